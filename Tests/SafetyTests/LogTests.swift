import Commons
import Foundation
import Kernel
import Logging
import Storage
import Synchronization
@testable import Terminal
import Testing
import Values
@testable import Web

/// 日志。One event a line, whatever it holds; and nothing of anybody in it.
@Suite struct LogTests {
    private final class Paper: Sendable {
        private let written = Mutex("")
        var text: String { written.withLock { $0 } }
        func logger(_ format: LogLines.Format) -> Logger {
            Logger(label: "test") { label in
                var lines = LogLines(format, label: label, node: "node1", clock: VirtualClock(CivilDate.epochDay), write: { text in self.written.withLock { $0 += text } })
                lines.logLevel = .trace
                return lines
            }
        }
    }

    @Test("一事一行：换行、控制符、改变书写方向的符号都写成代号；长号码抹去", arguments: [
        ("平常的话", "平常的话"), ("甲\n2024 伪造的一行", "甲\\u{a}2024 伪造的一行"), ("a\r\nb\tc", "a\\u{d}\\u{a}b\\u{9}c"), ("\u{1B}[31m红", "\\u{1b}[31m红"),
        ("甲\u{202E}乙\u{2028}丙\u{85}", "甲\\u{202e}乙\\u{2028}丙\\u{85}"), ("号码 000181194904011234。", "号码 …。"), ("电话13900099100", "电话…"), ("卡6222029999000010000", "卡…"),
        ("０００１８１１９４９０４０１１２３４", "…"), ("1234567890", "1234567890"), ("12345678901", "…"), ("2024-07-01T08:00:00.000Z", "2024-07-01T08:00:00.000Z"),
    ])
    func plain(_ text: String, _ expected: String) {
        #expect(LogLines.plain(text) == expected)
    }

    @Test("两种格式：字段齐全，JSON 每行读得回来，冒充的字段让位")
    func formats() throws {
        for format in LogLines.Format.allCases {
            let paper = Paper(), logger = paper.logger(format)
            logger.info("request", metadata: ["route": "/people/persons/{id}", "status": "200", "ms": "12", "node": "冒充\n的", "level": "错"])
            logger.error("两\n行\"引号\"")
            let lines = paper.text.split(separator: "\n")
            #expect(lines.count == 2)
            guard format == .json else {
                #expect(lines[0].contains("info node1 request") && lines[0].contains("route=/people/persons/{id} status=200"))
                continue
            }
            let first = try JSON(parsing: String(lines[0])), second = try JSON(parsing: String(lines[1]))
            #expect(first["node"] == .string("node1") && first["level"] == .string("info") && first["status"] == .integer(200) && first["ms"] == .integer(12))
            #expect(first["node_"] == .string("冒充\\u{a}的") && first["level_"] == .string("错") && first["event"] == .string("request"))
            #expect(second["event"] == .string("两\\u{a}行\"引号\"") && second["level"] == .string("error"))
        }
    }

    @Test("做过记号的姓名、证号、密码、口令、地址：不论办成还是出错，日志里都没有", arguments: LogLines.Format.allCases)
    func nothingOfAnybody(_ format: LogLines.Format) async throws {
        let house = try await SafeHouse.withCity(), office = try await house.office(), paper = Paper(), region = try await office.clerk().region.code
        let marks = ["mima-jihao-0001", "口令记号", "姓名记号", "住址记号", "查询记号", "cookie-jihao", "agent-jihao", residentID(700), residentID(701), "13900092777"]
        let services = Services(office.counter, attachments: office.attachments.shelf.folder, node: ServingNode(name: "node1"))
        try await application(services, logger: paper.logger(format)).test(.router) { client in
            var visitor = Visitor(client)
            try await visitor.signIn(marks[2], marks[0])
            try await visitor.signIn("jingban", marks[0])
            try await visitor.signIn("jingban", "minzheng-demo")
            try await visitor.fill("/people/do/register-person", [("name", marks[2]), ("resident_id", marks[7]), ("phone", marks[9]), ("region", region), ("address", marks[3])])
            try await visitor.fill("/people/do/register-person", [("name", marks[2]), ("resident_id", marks[8] + "\nerror 伪造"), ("region", marks[1])])
            for address in [
                "/desk/search?q=\(Query.encoded(marks[4]))", "/people/persons/\(marks[7])", "/\(marks[7])?x=%0Aerror", "/hall/progress?number=\(marks[8])", "/people/persons.csv?q=\(marks[7])",
            ] {
                try await visitor.get(address)
            }
            try await visitor.call(.post, "/api/people/register-person", #"{"name": "\#(marks[2])", "resident_id": "\#(marks[8])", "region": "\#(marks[1])"}"#)
            // A fault of ours: the table is gone.
            try await office.database.write { try $0.run("ALTER TABLE saved_view RENAME TO saved_view_gone") }
            try await visitor.get("/people/persons?q=\(marks[7])&name=\(Query.encoded(marks[2]))")
            #expect(visitor.status == .internalServerError)
        }
        #expect(paper.text.contains("fault") && paper.text.contains("/people/do/register-person"))
        for mark in marks { #expect(!paper.text.contains(mark), "日志里有 \(mark)") }
        for line in paper.text.split(separator: "\n") {
            #expect(format == .json ? line.hasPrefix(#"{"at":"#) : line.contains(" node1 "), "\(line)")
        }
        try await office.close()
    }
}

extension CivilDate {
    fileprivate static var epochDay: CivilDate { Instant(secondsSince1970: 0).date }
}
