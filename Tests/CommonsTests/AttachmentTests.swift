@testable import Commons
import Foundation
import Kernel
@testable import Pictures
import Storage
import Testing
import Values

/// Documents are judged by content, cleaned, rest sealed, and come back as they were kept.
@Suite struct AttachmentTests {
    private func store(_ office: Office) -> AttachmentStore {
        AttachmentStore(office.counter, folder: FileManager.default.temporaryDirectory.appending(path: "attachments-\(UUID().uuidString)").path)
    }

    static let png = (try? Picture.packed([UInt8](repeating: 9, count: 48), 4, 4, PNGChannels(isColoured: true, isTransparent: false))) ?? []
    static let jpeg = (try? Raster(width: 16, height: 16, pixels: [UInt8](repeating: 99, count: 768)).jpeg(quality: 90)) ?? []
    static let pdf = Array("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n".utf8)

    @Test("看内容不看文件名", arguments: [
        ([], "空.pdf", nil), (Array("GIF89a/*".utf8), "图.jpg", nil), (Array("<script>".utf8), "页.pdf", nil), ([0xFF, 0xD8], "半张.jpg", nil),
        ([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3], "坏.jpg", nil), (Array("%PDF-1.7".utf8), "半份.pdf", nil), (Array("PK\u{3}\u{4}".utf8), "包.docx", nil),
        (Array("MZ".utf8) + jpeg, "程序.jpg", nil), (Array("<html>".utf8) + pdf, "页.pdf", nil),
        (jpeg, "证件.pdf", "证件.jpg"), (png, "证件", "证件.png"), (pdf, "表.exe", "表.pdf"), (jpeg, "../../etc/passwd", "passwd.jpg"), (png, "C:\\a\\图.PNG", "图.png"),
    ] as [([UInt8], String, String?)])
    func contentDecides(_ content: [UInt8], _ name: String, _ kept: String?) async throws {
        let office = try await Office(), store = store(office)
        guard let kept else {
            #expect(try await office.refusal { _ = try await store.store(content, filename: name, by: clerk) } == .invalid)
            return
        }
        let attachment = try await store.store(content, filename: name, by: clerk)
        #expect(attachment.filename == kept && attachment.bytes > 0)
        #expect(try await store.content(of: attachment).count == attachment.bytes)
        #expect(try await office.counter.database.read { try $0.value("SELECT hash FROM attachment") } == attachment.hash)
    }

    @Test("文件名不留号码、不藏真身", arguments: [
        ("身份证000181199001010017.jpg", "身份证（号码略）.jpg"), ("000181 19900101 001X 正面.jpg", "（号码略） 正面.jpg"), ("13800099001", "（号码略）.jpg"),
        ("6222 0200 0000 0000 001.png", "（号码略）.jpg"), ("IMG_20240705.jpeg", "IMG_20240705.jpg"), ("0123456789.jpg", "0123456789.jpg"), ("a\u{202E}gpj.exe", "agpj.jpg"),
        ("", "附件.jpg"), ("...", "附件.jpg"), (".htaccess", "htaccess.jpg"), ("第3.2版 说明", "第3.2版 说明.jpg"), ("行\n二.jpg", "行二.jpg"),
    ])
    func names(_ typed: String, _ kept: String) { #expect(FileName(typed, type: "image/jpeg").text == kept) }

    private static let bomb = "这份 PDF 里带有"

    @Test("PDF 首尾要全，不带会自己动的东西", arguments: [
        ("%PDF-x.7\n%%EOF", "不完整"), ("%PDF-1.7\n1 0 obj", "不完整"), ("%PDF-1.7 %%EOF" + String(repeating: " ", count: 3_000), "不完整"),
        ("%PDF-1.4\n<< /S /JavaScript /JS (app.alert(1)) >>\n%%EOF", bomb), ("%PDF-1.4\n<< /S /J#61vaScript >>\n%%EOF", bomb), ("%PDF-1.4\n<</S/Launch/F(a.exe)>>\n%%EOF", bomb),
        ("%PDF-1.4\n<< /Names << /EmbeddedFiles 3 0 R >> >>\n%%EOF", bomb), ("%PDF-1.4\nstream\nx endstream /JS\n%%EOF", bomb), ("%PDF-1.4\n<< /AcroForm << /XFA 1 0 R >> >>\n%%EOF", bomb),
        ("%PDF-1.4\nstream\n/JS /Launch\nendstream\n%%EOF\n", nil), ("%PDF-1.4\n<< /JSomething 1 /Launcher 2 >>\n%%EOF", nil), ("%PDF-1.4\n(JavaScript)\n%%EOF\r\n", nil),
    ] as [(String, String?)])
    func documents(_ text: String, _ told: String?) throws {
        let bytes = Array(text.utf8)
        guard let told else { #expect(try PortableDocument(bytes).bytes == bytes); return }
        let refusal = #expect(throws: Refusal.self) { try PortableDocument(bytes) }
        #expect(refusal?.message.contains(told) == true)
    }

    @Test("图后、文末夹带的内容切掉", arguments: [(jpeg, Array("PK\u{3}\u{4}evil.exe".utf8)), (png, Array("<script>evil</script>".utf8)), (pdf, Array("<html>evil</html>".utf8))])
    func polyglots(_ content: [UInt8], _ rider: [UInt8]) async throws {
        let office = try await Office(), store = store(office)
        let attachment = try await store.store(content + rider, filename: "甲", by: clerk)
        #expect(Data(try await store.content(of: attachment)).range(of: Data("evil".utf8)) == nil)
    }

    @Test("十兆可以，多一个字节不行")
    func sizeIsBounded() async throws {
        let office = try await Office(), store = store(office)
        let limit = Self.jpeg + [UInt8](repeating: 0, count: AttachmentStore.maximumBytes - Self.jpeg.count)
        #expect(try await store.store(limit, filename: "大.jpg", by: clerk).bytes < 2_000)
        #expect(try await office.refusal { _ = try await store.store(limit + [0], filename: "大.jpg", by: clerk) } == .tooLarge)
    }

    @Test("缩略图与原图分别密存；PDF 没有缩略图")
    func thumbnailsRestSealed() async throws {
        let office = try await Office(), store = store(office)
        let picture = try await store.store(Self.png, filename: "甲.png", by: clerk), paper = try await store.store(Self.pdf, filename: "乙.pdf", by: clerk)
        #expect(try await store.thumbnail(of: picture).type == "image/jpeg")
        #expect(try await office.refusal { _ = try await store.thumbnail(of: paper) } == .absent)
        let names = try store.shelf.names()
        #expect(names == [paper.hash, picture.hash, picture.hash + ".small"].sorted())
        for name in names {
            let bytes = FileManager.default.contents(atPath: "\(store.shelf.folder)/\(name)") ?? Data()
            #expect(bytes.range(of: Data(Self.pdf.prefix(8))) == nil && bytes.range(of: Data(Self.png.prefix(8))) == nil)
            #expect(try store.shelf.key(of: name) == office.counter.house.keyring.currentKey)
        }
    }

    @Test("换封：内容不变，密钥换新")
    func resealing() async throws {
        let office = try await Office(), store = store(office), keyring = office.counter.house.keyring
        let attachment = try await store.store(Self.jpeg, filename: "甲.jpg", by: clerk), before = try await store.content(of: attachment)
        try keyring.addKey(.national)
        for name in try store.shelf.names() { try store.shelf.reseal(name) }
        #expect(try store.shelf.names().allSatisfy { try store.shelf.key(of: $0) == keyring.currentKey })
        #expect(try await store.content(of: attachment) == before)
        #expect(try store.shelf.fault(in: attachment.hash) == nil)
    }

    @Test("放不下、放不进，说明是磁盘的事", arguments: ["/dev/null/attachments", "/proc/attachments"])
    func unwritableShelf(_ folder: String) async throws {
        let office = try await Office(), store = AttachmentStore(office.counter, folder: folder)
        await #expect(throws: StorageError.self) { try await store.store(Self.png, filename: "甲.png", by: clerk) }
        #expect(try await office.counter.database.read { try $0.value("SELECT count(*) FROM attachment") } == 0)
    }
}
