import Commons
import Foundation
import Kernel
import SQLiteStorage
import Storage
import Testing
import Values
@testable import Assistance

/// 在保户迁入：与发放名册核对、照原金额登记、调标不自动重算、可撤销。
struct TakeoverTests {
    static let heading = "项目,户主身份证号,户主,人数,起始月,月保障金额,开户行,账号,户名,家庭类别,下次复核月\n"

    private func row(_ more: String = "735.00", count: Int = 2, holder: String = "迁入甲") throws -> String {
        "最低生活保障,\(try number(1)),迁入甲,\(count),2023-07,\(more),示范农商银行,存折12345678,\(holder),B,2026-12\n"
    }

    private func number(_ sequence: Int) throws -> String { try ResidentID(area: "000181", birth: try day("1980-03-05"), sequence: sequence).typed }

    /// An office with one household of two, and a room to import in.
    private func settled() async throws -> (Office, ImportRoom) {
        let office = try await Office(on: "2026-06-10")
        let room = ImportRoom(office.counter, folder: NSTemporaryDirectory() + "minzheng-takeover-" + UUID().uuidString, tables: LineTables()) { try SQLiteDatabase(path: $0) }
        let now = office.clock.now(), first = try number(1), second = try number(2)
        _ = try await office.database.write { connection in
            for (place, code) in ["000181", "000181001", "000181001001"].enumerated() {
                try connection.run("INSERT INTO region (id, code, name, from_on) VALUES (\(ImportBatch(ID<Region>.make(at: now)).id(place) as ID<Region>), \(code), \(code), '2000-01-01')")
            }
        }
        for (kind, table) in [
            ("people", "姓名,身份证号,户籍地\n迁入甲,\(first),000181001001\n迁入乙,\(second),000181001001\n"),
            ("households", "户主身份证号,户主姓名,城乡,区划代码\n\(first),迁入甲,城市,000181001001\n"),
            ("memberships", "户主身份证号,成员身份证号,姓名,关系\n\(first),\(second),迁入乙,配偶\n"),
        ] { _ = try await enter(kind, table, room) }
        return (office, room)
    }

    private func check(_ kind: String, _ text: String, _ room: ImportRoom) async throws -> ImportRun {
        let taken = try await room.take(kind, as: checker) { writer in
            try writer.add(Array(text.utf8))
            return "表.csv"
        }.run
        let columns = try await room.counter.read(as: checker) { try $0.find(taken) }.columns.map { RawRow(key: $0.key, fields: $0.raw) }
        try await act("map-columns", taken, ["columns": .rows(columns)], room, checker)
        return try await work(taken, room)
    }

    private func enter(_ kind: String, _ text: String, _ room: ImportRoom) async throws -> ImportRun {
        let run = try await check(kind, text, room)
        try await act("confirm-import", run.id, [:], room, approver)
        return try await work(run.id, room)
    }

    private func act(_ name: String, _ run: ID<ImportRun>, _ values: RawFields, _ room: ImportRoom, _ actor: Actor) async throws {
        var values = values
        values["import"] = .stored(run.stored)
        _ = try await room.counter.submit(Submission("exchange.\(name)", id: .make(at: room.counter.clock.now()), values: values), as: actor)
    }

    private func work(_ run: ID<ImportRun>, _ room: ImportRoom) async throws -> ImportRun {
        let runner = ImportRunner(room)
        while try await runner.runSlice() {}
        return try await room.counter.read(as: checker) { try $0.find(run) }
    }

    @Test("全程：先核对名册才能确认；照原金额登记，标明迁入，账户密存；调标不自动改")
    func wholeWay() async throws {
        let (office, room) = try await settled()
        let run = try await check("recipients", Self.heading + row(), room)
        #expect(run.right == 1)
        await #expect(throws: Refusal.self) { try await act("confirm-import", run.id, [:], room, approver) }
        let roster = try await check("paid-rosters", "身份证号,姓名,实发金额\n\(number(1)),迁入甲,735\n", room)
        _ = try await room.reconcile(run.id, roster: roster.id, count: nil, sum: nil, note: nil, as: checker)
        try await act("confirm-import", run.id, [:], room, approver)
        #expect(try await work(run.id, room).entered == 1)
        let allowance = try #require(try await office.read { try $0.first(Allowance.self, where: "application_id IS NULL") })
        let due = try await office.read { try $0.due(allowance.id, in: $0.today.monthOf) }
        #expect(due == .yuan(735) && allowance.nextReview.typed == "2026-12")
        let known = try await office.read { reader in (try reader.periods(of: allowance.id).map(\.decision), try reader.find(allowance.declaration).source, try reader.roster(of: allowance.id).count) }
        #expect(known.0 == [nil] && known.1 == .takenOver && known.2 == 2)
        let account = try await office.read { try $0.paymentAccount(of: allowance.head, on: $0.today) }
        #expect(account?.bank == "示范农商银行")
        let repricing: RawFields = ["allowance": .stored(allowance.id.stored), "from_month": .typed("2026-06")]
        await #expect(throws: Refusal.self) { try await office.submit("reprice-allowance", repricing, as: .house) }
        try await act("undo-import", run.id, ["reason": .typed("传错了表")], room, approver)
        #expect(try await work(run.id, room).withdrawn == 1)
        #expect(try await office.read { try $0.first(Allowance.self, where: "1 = 1") } == nil)
    }

    @Test("每行的错", arguments: [
        ("0", 2, "迁入甲", "大于零"), ("735.00", 3, "迁入甲", "应为 2"), ("735.00", 2, "别人", "开户名"), ("-5", 2, "迁入甲", "负数"), ("七百", 2, "迁入甲", ""),
    ])
    func faults(_ amount: String, _ count: Int, _ holder: String, _ word: String) async throws {
        let (_, room) = try await settled()
        let run = try await check("recipients", Self.heading + row(amount, count: count, holder: holder), room)
        let faults = try await room.faults(of: run, limit: 10)
        #expect(run.wrong == 1 && faults.contains { word.isEmpty || $0.message.contains(word) }, "\(faults)")
    }

    @Test("与名册有差异：逐户列出；写明原因才能确认", arguments: [("730", 1), ("735", 0)])
    func differences(_ paid: String, _ count: Int) async throws {
        let (office, room) = try await settled()
        let run = try await check("recipients", Self.heading + row(), room)
        let roster = try await check("paid-rosters", "身份证号,实发金额\n\(number(1)),\(paid)\n", room)
        _ = try await room.reconcile(run.id, roster: roster.id, count: nil, sum: nil, note: nil, as: checker)
        let found: Int? = try await office.database.read { try $0.value("SELECT count(*) FROM import_difference") }
        #expect(found == count)
        guard count > 0 else { return }
        await #expect(throws: Refusal.self) { try await act("confirm-import", run.id, [:], room, approver) }
        _ = try await room.reconcile(run.id, roster: roster.id, count: nil, sum: nil, note: "上月扣回多发 5 元", as: checker)
        try await act("confirm-import", run.id, [:], room, approver)
    }

    @Test("只核对合计：户数、金额都要相符", arguments: [(1, 735, 0), (2, 735, 1), (1, 700, 1), (2, 700, 2)])
    func totals(_ count: Int, _ yuan: Int, _ differences: Int) async throws {
        let (office, room) = try await settled()
        let run = try await check("recipients", Self.heading + row(), room)
        _ = try await room.reconcile(run.id, roster: nil, count: count, sum: try Amount(.yuan(yuan)), note: nil, as: checker)
        let found: Int? = try await office.database.read { try $0.value("SELECT differences FROM import_reconciliation") }
        #expect(found == differences)
    }
}

/// Comma-separated lines, as the tests write them.
private struct LineTables: TableDesk {
    func open(_ file: SealedFile, named filename: String) throws -> any TableSource { LineSource(String(decoding: try file.content(atMost: 1 << 20), as: UTF8.self)) }
    func template(_ template: ImportTemplate, as format: TableFormat) throws -> [UInt8] { [] }
    func annotate(_ file: SealedFile, named filename: String, faults: (Int) throws -> [SourceFault]) throws -> (content: [UInt8], filename: String) { ([], filename) }
}

private final class LineSource: TableSource {
    let headings: [String]
    private var lines: ArraySlice<Substring>
    private var line = 1

    init(_ text: String) {
        lines = text.split(separator: "\n")[...]
        headings = lines.popFirst()?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
    }

    func next() -> SourceRow? {
        line += 1
        return lines.popFirst().map { SourceRow(line: line, cells: $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)) }
    }
}
