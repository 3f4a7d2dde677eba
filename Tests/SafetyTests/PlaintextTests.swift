import Commons
import Foundation
import HTTPTypes
import Kernel
import Storage
@testable import Terminal
import Testing
import Values

/// 明文搜查。Marked people are put through every door; afterwards no byte of the data folder, the backup or the log gives their numbers away.
@Suite struct PlaintextTests {
    /// Numbers that stand nowhere else.
    private struct Marks {
        private(set) var all: [String] = []

        mutating func resident() -> String { add(residentID(500 + all.count)) }
        mutating func phone() -> String { add("1390009\(2_000 + all.count)") }
        mutating func account() -> String { add("62220299990000\(10_000 + all.count)") }

        private mutating func add(_ text: String) -> String {
            all.append(text)
            return text
        }
    }

    @Test("证件号、电话、账号：库、日志、草稿、导出、备份、附件里都搜不到")
    func nothingInPlainSight() async throws {
        let house = try await SafeHouse.withCity(), office = try await house.office(), log = LogBook(), region = try await office.clerk().region.code
        var marks = Marks()
        let one = marks.resident(), phone = marks.phone(), drafted = marks.resident(), draftedPhone = marks.phone(), wrong = marks.resident(), searched = marks.resident()
        let filtered = marks.resident(), addressed = marks.resident(), signing = marks.resident(), sent = marks.resident(), sentPhone = marks.phone()
        let member = marks.resident(), memberPhone = marks.phone(), filed = marks.resident(), account = marks.account(), headed = marks.resident()
        try await office.visited(log: log) { visitor in
            try await visitor.signIn(signing, "minzheng-demo")
            try await visitor.signIn("jingban", "minzheng-demo")
            let form = "/people/do/register-person"
            try await visitor.fill(form, [("name", "测试甲"), ("resident_id", one), ("phone", phone), ("region", region), ("address", "测试路")])
            #expect(visitor.status == .seeOther)
            try await visitor.fill(form, [("name", "测试乙"), ("resident_id", drafted), ("phone", draftedPhone), ("region", region), ("address", ""), ("_draft", "1")])
            #expect(visitor.status == .ok && visitor.text.contains("草稿保存于"))
            // Known already, in no known region, with a field that isn't there: every way of failing.
            try await visitor.fill(form, [("name", "测试丙"), ("resident_id", one), ("phone", ""), ("region", region), ("address", "")])
            try await visitor.fill(form, [("name", "测试丙"), ("resident_id", wrong), ("phone", ""), ("region", "999999"), ("address", "")])
            #expect(visitor.status != .seeOther)
            try await visitor.fill(form, [(wrong, wrong), ("name", wrong)])
            try await visitor.get("/desk/search?q=\(searched)")
            try await visitor.get("/people/persons?resident_id=\(filtered)&q=\(filtered)")
            for address in ["/people/persons/\(addressed)", "/people/\(addressed)", "/\(addressed)", "/attachments/\(addressed)"] { try await visitor.get(address) }
            for ending in ["csv", "xlsx"] { try await visitor.get("/people/persons.\(ending)?q=\(filtered)") }
            try await visitor.call(.post, "/api/people/register-person", #"{"name": "测试丁", "resident_id": "\#(sent)", "phone": "\#(sentPhone)", "region": "\#(region)"}"#)
            #expect(visitor.status == .created || visitor.status == .ok, "\(visitor.text)")
            try await visitor.call(.post, "/api/people/register-person", #"{"name": "测试戊", "resident_id": \#(sentPhone), "\#(headed)": 1}"#)
            try await visitor.call(.post, "/api/people/\(headed)", "{")
            try await visitor.call(.get, "/api/people/persons?resident_id=\(headed)&after=\(headed)")
        }
        let json = house.path("household.json")
        try Data(#"""
            {"region": "\#(region)001", "area": "urban", "address": "测试路", "phone": "\#(memberPhone)",
             "members": [{"name": "测试己", "resident_id": "\#(member)", "consented": true, "kinship": "self"}]}
            """#.utf8).write(to: URL(fileURLWithPath: json))
        let told = await house.run("do", "assistance.apply-for-allowance", "--as", "jingban", "--json", json)
        #expect(told.code == 0, "\(told)")
        try FileManager.default.removeItem(atPath: json)
        _ = try await office.attachments.store(picture(note: filed), filename: "身份证 \(filed)，账号\(account).jpg", by: try await office.clerk())
        try await office.counter.access.flush()
        #expect(await house.run("backup", "--to", house.backups.path).code == 0)
        #expect(await house.run("keys", "export", "--to", house.path("keys.sealed")).code == 0)
        #expect(await house.run("keys", "rotate").code == 0)

        #expect(log.text.contains("request"))
        for mark in marks.all { #expect(!log.text.contains(mark), "日志里有 \(mark)") }
        let files = try search(house.folder, for: marks.all)
        #expect(files.searched > 6, "库、WAL、密钥、附件、备份都在其中")
        #expect(files.found == [])
        try await office.close()
    }

    /// A photograph whose camera wrote a number into it.
    private func picture(note: String) throws -> [UInt8] {
        let plain = try testJPEG(), comment = Array(note.utf8)
        return Array(plain.prefix(2)) + [0xFF, 0xFE, 0, UInt8(comment.count + 2)] + comment + plain.dropFirst(2) + comment
    }

    /// Every file below a folder, byte by byte, also in the two-byte writing of other systems.
    private func search(_ folder: String, for marks: [String]) throws -> (searched: Int, found: [String]) {
        var searched = 0, found: [String] = []
        for path in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(path)") else { continue }
            searched += 1
            for mark in marks {
                if data.range(of: Data(mark.utf8)) != nil || mark.data(using: .utf16LittleEndian).map({ data.range(of: $0) != nil }) == true { found.append("\(path)：\(mark)") }
                if path.contains(mark) { found.append("文件名 \(path)") }
            }
        }
        return (searched, found)
    }
}
