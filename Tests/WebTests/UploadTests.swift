import Hummingbird
import HummingbirdTesting
import Kernel
@testable import Pictures
import Storage
import Testing
import Values
@testable import Web

/// Documents handed in with a form.
@Suite struct UploadTests {
    static let address = "/garden/do/file-paper"
    /// Sixteen grey points.
    static let picture = (try? Picture.packed([UInt8](repeating: 200, count: 16), 4, 4, PNGChannels(isColoured: false, isTransparent: false))) ?? []

    @Test("先存附件：别的项有错时，文件不用再选一次；办成后长期保存")
    func theFileIsKeptWhileTheFormIsMended() async throws {
        try await TestHouse.atWork { house, browser in
            try await browser.get(Self.address)
            try await browser.upload(Self.address, [("name", "")], file: ("paper._file", "证明.png", Self.picture))
            #expect(browser.page.status == .unprocessableContent && browser.page.says("已上传：证明.png"))
            let id = browser.page.value("paper")
            #expect(id.count == 26)
            try await browser.submit(Self.address, [("name", "测试")])
            #expect(browser.page.status == .seeOther && browser.page.location.hasPrefix("/desk/receipt/"))
            #expect(try await house.count("SELECT count(*) FROM carried_attachment WHERE attachment = \(id)") == 1)
            let noted = try await house.count("""
                SELECT count(*) FROM journal AS j JOIN carried_attachment AS c ON c.act = j.id JOIN attachment AS a ON a.id = c.attachment WHERE j.attachments = a.hash
                """)
            #expect(noted == 1, "摘要应在日志里")
            try await browser.get("/attachments/\(id)/thumbnail")
            #expect(browser.page.headers[.contentType] == "image/jpeg" && browser.page.headers[.contentSecurityPolicy] == "default-src 'none'; sandbox")
            try await browser.get("/attachments/\(id)")
            #expect(browser.page.body == Self.picture && browser.page.headers[.contentType] == "image/png")
            #expect(browser.page.headers[.contentDisposition]?.contains("filename*=UTF-8''%E8%AF%81%E6%98%8E.png") == true)
        }
    }

    @Test("不收的文件，说在那一项", arguments: [("坏.exe", Array("MZ program".utf8)), ("空.png", [])])
    func unwantedFiles(_ filename: String, _ content: [UInt8]) async throws {
        try await TestHouse.atWork { _, browser in
            try await browser.get(Self.address)
            try await browser.upload(Self.address, [("name", "测试")], file: ("paper._file", filename, content))
            #expect(browser.page.status == .unprocessableContent && browser.page.says("只收 JPG、PNG 图片和 PDF 文件") && browser.page.value("name") == "测试")
        }
    }

    @Test("文件放错了地方，不办理", arguments: ["name._file", "paper", "nothing._file", "_file"])
    func filesInTheWrongPlace(_ name: String) async throws {
        try await TestHouse.atWork { house, browser in
            try await browser.get(Self.address)
            try await browser.upload(Self.address, [("name", "测试")], file: (name, "图.png", Self.picture))
            #expect(browser.page.status == .unprocessableContent)
            #expect(try await house.count("SELECT count(*) FROM attachment") == 0)
        }
    }

    @Test("谁能看附件：本人、上级能，邻镇和系统管理员不能", arguments: [
        ("shangji", Role.countyReviewer, "000181", true), ("linzhen", .townshipClerk, "000181002", false), ("xitong", .systemAdministrator, "000181", false),
    ])
    func whoMaySee(_ username: String, _ role: Role, _ region: String, _ may: Bool) async throws {
        try await TestHouse.atWork { house, browser in
            try await browser.get(Self.address)
            try await browser.upload(Self.address, [("name", "")], file: ("paper._file", "图.png", Self.picture))
            let id = browser.page.value("paper")
            try await house.open(username, role, region: region)
            try await browser.signIn(username)
            try await browser.get("/attachments/\(id)")
            #expect(browser.page.status == (may ? .ok : .forbidden))
            try await browser.get("/attachments/\(id)/thumbnail")
            #expect(browser.page.status == (may ? .ok : .forbidden))
        }
    }

    @Test("手机上可以拍照，也可以选文件")
    func cameraAndFile() async throws {
        try await TestHouse.atWork { _, browser in
            try await browser.get(Self.address)
            #expect(browser.page.says("name=\"paper._file\" type=\"file\" accept=\"image/*,application/pdf\""))
            #expect(browser.page.says("accept=\"image/*\" capture=\"environment\""))
        }
    }

    @Test("一行里选了几个文件，各成一行", arguments: [(["d1"], ["x"], nil), (["d1"], ["d1"], ["d1", "d2"]), (["d1", "d7"], ["d1"], ["d1", "d8", "d7"])] as [([String], [String], [String]?)])
    func severalFiles(_ keys: [String], _ repeated: [String], _ expected: [String]?) {
        var values: RawFields = ["papers": .rows(keys.map { RawRow(key: $0, fields: ["kind": .typed("id")]) })]
        let made = repeated.map { values.repeatRow(at: ["papers", $0]) }
        #expect(made.allSatisfy { ($0 != nil) == (expected != nil) })
        #expect(values.rows("papers").map(\.key) == expected ?? keys)
        #expect(values.rows("papers").allSatisfy { $0.fields.text("kind") == "id" })
    }
}

/// Forms cut into pieces at every place arrive whole.
@Suite struct DecoderTests {
    static let plain = "name=%E6%B2%B3%E8%BE%B9+1&beds.b1=1&note=a%3Db%26c&empty=&bare"

    @Test("网址编码的表单，从哪里断开都一样", arguments: 1 ... plain.utf8.count)
    func urlEncoded(_ size: Int) throws {
        var decoder = URLEncodedDecoder()
        try Array(Self.plain.utf8).pieces(of: size).forEach { try decoder.take(ByteBuffer(bytes: $0)) }
        let form = try decoder.finished()
        #expect(form.text("name") == "河边 1" && form.text("note") == "a=b&c" && form.text("empty") == "" && form.text("bare") == "")
        #expect(form.names == ["name", "beds.b1", "note", "empty", "bare"])
    }

    static let parts = "preamble\r\n--seam\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n河边\r\n--sea\r\n--seam\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n"
        + "\r\n--seam\r\nContent-Disposition: form-data; name=\"f._file\"; filename=\"C:\\a\\图.png\"\r\nContent-Type: image/png\r\n\r\n\r\n\r\n--\r\n--seam--\r\nrest"

    @Test("分段表单，从哪里断开都一样", arguments: [1, 2, 3, 5, 7, 11, 64, 1000])
    func multipart(_ size: Int) throws {
        var decoder = try MultipartDecoder(contentType: "multipart/form-data; boundary=\"seam\"")
        try Array(Self.parts.utf8).pieces(of: size).forEach { try decoder.take(ByteBuffer(bytes: $0)) }
        let form = try decoder.finished()
        #expect(form.text("name") == "河边\r\n--sea" && form.text("empty") == "")
        #expect(form.files.first?.filename == "图.png" && form.files.first?.content == Array("\r\n\r\n--".utf8))
    }

    @Test("残缺的分段表单不收", arguments: [
        "", "--seam", "--seam--x", "--seam\r\nContent-Disposition: form-data\r\n\r\nx\r\n--seam--", "--seam\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
        "--seam\r\n\r\nx\r\n--seam--", "--seamx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--seam--",
    ])
    func broken(_ text: String) throws {
        #expect(throws: Refusal.self) {
            var decoder = try MultipartDecoder(contentType: "multipart/form-data; boundary=seam")
            try decoder.take(ByteBuffer(string: text))
            if try decoder.finished().names.isEmpty { throw MultipartDecoder.broken }
        }
    }

    @Test("文件过大只留开头并说明")
    func aFileThatIsTooLarge() throws {
        var decoder = try MultipartDecoder(contentType: "multipart/form-data; boundary=seam")
        try decoder.take(ByteBuffer(string: "--seam\r\nContent-Disposition: form-data; name=\"f._file\"; filename=\"a.png\"\r\n\r\n"))
        for _ in 0 ... 10 { try decoder.take(ByteBuffer(repeating: 7, count: 1 << 20)) }
        try decoder.take(ByteBuffer(string: "\r\n--seam--"))
        let file = try #require(try decoder.finished().files.first)
        #expect(!file.isWhole && file.content.count == FormLimits.fileBytes)
    }
}

extension [UInt8] {
    func pieces(of size: Int) -> [ArraySlice<UInt8>] { stride(from: 0, to: count, by: size).map { self[$0 ..< Swift.min($0 + size, count)] } }
}
