@testable import Commons
import Foundation
import Kernel
import SQLiteStorage
import Storage
import Testing
import Values

/// 导入：核对、确认、登记、撤销。
struct ImportTests {
    static let heading = "姓名,身份证号,性别,出生日期,电话,户籍地,住址\n"

    private func line(_ name: String, _ sequence: Int, year: Int = 1980, phone: String = "", region: String = "000181001", address: String = "") -> String {
        "\(name),\(number(born: year, sequence: sequence)),,,\(phone),\(region),\(address)\n"
    }

    @Test("从上传到登记：列名认得出，核对不动登记，另一人确认后才进，找得到")
    func wholeWay() async throws {
        let hall = try await ImportHall()
        let run = try await hall.checked("people", Self.heading + line("测试甲", 1, phone: "13800000000", address: "示范路 1 号") + line("测试乙", 2))
        #expect(run.state == .checked && run.right == 2 && run.acceptable == 2)
        #expect(run.columns.map(\.field) == ["name", "resident_id", "sex", "born_on", "phone", "region", "address"])
        #expect(try await hall.count("SELECT count(*) FROM person") == 0)
        try await hall.confirm(run.id)
        try await hall.work()
        let done = try await hall.find(run.id)
        #expect(done.state == .promoted && done.entered == 2 && done.confirmer == approver.name)
        let found = try await hall.office.counter.read(as: reviewer) { reader in
            (try reader.person(with: ResidentID(typed: number(born: 1980, sequence: 1))), try reader.all(Person.self, where: matching("id", in: "person_search", "csy")))
        }
        #expect(found.0?.name.shown == "测试甲" && found.0?.address == "示范路 1 号" && found.1.map(\.name.shown) == ["测试乙"])
        let phone = try await hall.office.counter.read(as: reviewer) { reader in try found.0?.phone.map { try reader.open($0).typed } }
        #expect(phone == "13800000000")
        #expect(try await hall.count("SELECT count(*) FROM journal WHERE cause IS NOT NULL AND action = 'exchange.enter-rows'") == 2)
    }

    @Test("每行每列的错都说到", arguments: [
        ("测试甲,000181198001010019,,,,000181001,\n", "2 身份证号", "校验"),
        (",\(number(born: 1980)),,,,000181001,\n", "2 姓名", "请填写"),
        ("测试甲,\(number(born: 1980)),女,,,000181001,\n", "2 性别", "与身份号码不符"),
        ("测试甲,\(number(born: 1980)),,1981-01-01,,000181001,\n", "2 出生日期", "与身份号码不符"),
        ("测试甲,\(number(born: 1980)),,,12,000181001,\n", "2 电话", ""),
        ("测试甲,\(number(born: 1980)),,,,000181009,\n", "2 户籍地", "没有登记"),
        ("测试甲,\(number(born: 1980)),,,,110105001,\n", "2 户籍地", "管辖"),
        ("测试甲,\(number(born: 1980)),,,,=A1,\n", "2 户籍地", "公式"),
        ("测试甲,,,,,000181001,\n", "2 性别", "没有身份号码"),
        ("测试甲,,女,二〇二四年五月,,000181001,\n", "2 出生日期", ""),
    ])
    func faultsAreToldAtTheirColumn(_ row: String, _ place: String, _ word: String) async throws {
        let hall = try await ImportHall()
        let run = try await hall.checked("people", Self.heading + row)
        let faults = try await hall.faults(run.id)
        #expect(run.wrong == 1 && run.right == 0)
        #expect(faults.contains { $0.hasPrefix(place) && (word.isEmpty || $0.contains(word)) }, "\(faults)")
    }

    @Test("文字写的日期认得", arguments: ["2024年5月1日", "2024/5/1", "20240501", "2024-05-01"])
    func textDates(_ text: String) async throws {
        let hall = try await ImportHall()
        let run = try await hall.checked("people", "姓名,性别,出生日期,document_kind,户籍地\n测试婴,女,\(text),newborn,000181001\n")
        let faults = try await hall.faults(run.id)
        #expect(run.right == 1, "\(faults)")
    }

    @Test("表内重复：两行都说出对方的行号，不能导入；明确选择后只导入正确的行")
    func duplicatesNameEachOther() async throws {
        let hall = try await ImportHall()
        let run = try await hall.checked("people", Self.heading + line("测试甲", 1) + line("测试乙", 2) + line("测试丙", 1))
        #expect(run.duplicate == 2 && run.right == 1)
        let faults = try await hall.faults(run.id)
        #expect(faults.contains { $0.hasPrefix("2 ") && $0.contains("第 4 行") } && faults.contains { $0.hasPrefix("4 ") && $0.contains("第 2 行") })
        #expect(try await hall.office.refusal { try await hall.confirm(run.id) } == .outOfOrder)
        try await hall.confirm(run.id, partial: true)
        try await hall.work()
        #expect(try await hall.find(run.id).entered == 1)
    }

    @Test("已有的人：同名只补空项，异名为错，其他区域的不透露姓名")
    func whoIsThere() async throws {
        let hall = try await ImportHall()
        let known = try await hall.office.register("测试甲", number(born: 1980, sequence: 1))
        _ = try await hall.office.register("测试乙", number(born: 1980, sequence: 2))
        let run = try await hall.entered("people", Self.heading + line("测试甲", 1, address: "新路 2 号"))
        #expect(run.present == 1 && run.changed == 1 && run.entered == 0)
        #expect(try await hall.count("SELECT count(*) FROM person WHERE id = \(known) AND address = '新路 2 号' AND version = 2") == 1)
        let again = try await hall.entered("people", Self.heading + line("测试甲", 1, address: "别处"))
        #expect(again.changed == 0 && again.skipped == 1)
        let other = try await hall.checked("people", Self.heading + line("测试丙", 2))
        let faults = try await hall.faults(other.id)
        #expect(other.wrong == 1 && faults.contains { $0.contains("测试乙") })
    }

    @Test("同一批人的两个文件：第二个全是已有，不重复登记")
    func theSamePeopleTwice() async throws {
        let hall = try await ImportHall()
        let rows = (1 ... 50).map { line("测试\(["甲", "乙", "丙"][$0 % 3])", $0) }.joined()
        let first = try await hall.checked("people", Self.heading + rows), second = try await hall.checked("people", Self.heading + rows)
        #expect(first.right == 50 && second.right == 50)
        for run in [first, second] { try await hall.confirm(run.id) }
        try await hall.work()
        #expect(try await hall.find(first.id).entered == 50)
        let repeated = try await hall.find(second.id)
        #expect(repeated.entered == 0 && repeated.skipped == 50)
        #expect(try await hall.count("SELECT count(*) FROM person") == 50)
    }

    @Test("谁能上传、谁能确认：上传人不能确认，系统管理员不能确认，镇街不能上传")
    func separation() async throws {
        let hall = try await ImportHall()
        let run = try await hall.checked("people", Self.heading + line("测试甲", 1))
        #expect(try await hall.office.refusal { try await hall.confirm(run.id, as: reviewer) } == .forbidden)
        let system = Actor(user: .make(at: .init(secondsSince1970: 1)), name: "系统癸", role: .systemAdministrator, region: county)
        #expect(try await hall.office.refusal { try await hall.confirm(run.id, as: system) } == .forbidden)
        #expect(try await hall.office.refusal { _ = try await hall.bring("people", Self.heading, as: clerk) } == .forbidden)
        #expect(try await hall.office.refusal { try await hall.submit("enter-rows", run.id, ["cursor_line": .typed("0")], as: system) } == .forbidden)
        #expect(try await hall.office.refusal { try await hall.submit("begin-import", .make(at: hall.office.clock.now()), ["importer": .typed("people"), "filename": .typed("x.csv")]) } == .invalid)
        try await hall.confirm(run.id)
    }

    @Test("缺必填列、一列选两次，都说出来；选过的列下次记得")
    func columnsAreMapped() async throws {
        let hall = try await ImportHall()
        let run = try await hall.bring("people", "甲列,乙列,丙列\n测试甲,\(number(born: 1980)),000181001\n")
        #expect(try await hall.find(run).columns.allSatisfy { $0.field == nil })
        #expect(try await hall.office.refusal { try await hall.check(run) } == .invalid)
        let chosen = ["name", "resident_id", "region"].enumerated().map { RawRow(key: "c\($0 + 1)", fields: ["heading": .typed("x"), "field": .typed($1)]) }
        try await hall.submit("map-columns", run, ["columns": .rows(chosen)])
        try await hall.work()
        #expect(try await hall.find(run).right == 1)
        let next = try await hall.bring("people", "甲列,乙列,丙列\n测试乙,\(number(born: 1981)),000181001\n")
        #expect(try await hall.find(next).columns.map(\.field) == ["name", "resident_id", "region"])
    }

    @Test("取消、读不了的表：什么也没动")
    func cancelled() async throws {
        let hall = try await ImportHall()
        let run = try await hall.bring("people", Self.heading + line("测试甲", 1))
        try await hall.submit("cancel-import", run)
        try await hall.work()
        #expect(try await hall.find(run).state == .cancelled)
        let empty = try await hall.checked("people", Self.heading)
        #expect(empty.state == .unreadable && empty.note?.contains("没有数据行") == true)
    }

    @Test("撤销：没人动过的撤回，动过的逐行说明；补充的空项也撤回")
    func undone() async throws {
        let hall = try await ImportHall()
        let known = try await hall.office.register("测试丁", number(born: 1970))
        let run = try await hall.entered("people", Self.heading + line("测试甲", 1) + line("测试乙", 2) + line("测试丁", 1, year: 1970, address: "补的"))
        #expect(run.entered == 2 && run.changed == 1)
        let second: ID<Person> = run.batch.id(3)
        try await hall.office.submit("people.record-death", ["person": second.text, "died_on": "2024-06-01"])
        try await hall.submit("undo-import", run.id, ["reason": .typed("传错了表")], as: approver)
        try await hall.work()
        let done = try await hall.find(run.id)
        #expect(done.state == .undone && done.withdrawn == 2 && done.left == 1)
        #expect(try await hall.count("SELECT count(*) FROM person") == 2)
        #expect(try await hall.count("SELECT count(*) FROM person WHERE id = \(known) AND address IS NULL") == 1)
        #expect(try await hall.count("SELECT count(*) FROM import_leftover WHERE line = 3 AND reason LIKE '%改过%'") == 1)
        #expect(try await hall.count(ownersIn: "person_search") == 2)
    }

    @Test("被引用的不撤：列出原因")
    func referencedStays() async throws {
        let hall = try await ImportHall()
        let run = try await hall.entered("people", Self.heading + line("测试甲", 1))
        try await hall.office.settle(.make(at: hall.office.clock.now()), [((run.batch.id(2) as ID<Person>).text, "01", nil)])
        try await hall.submit("undo-import", run.id, ["reason": .typed("传错了表")], as: approver)
        try await hall.work()
        #expect(try await hall.find(run.id).left == 1)
        #expect(try await hall.count("SELECT count(*) FROM person") == 1)
    }

    @Test("错误写回原表：每行的错在旁边")
    func faultsBesideRows() async throws {
        let hall = try await ImportHall()
        let run = try await hall.checked("people", Self.heading + line("测试甲", 1) + line("", 2))
        let lines = String(decoding: try await hall.room.annotated(run).content, as: UTF8.self).split(separator: "\n")
        #expect(lines[1].hasSuffix(",") && lines[2].contains("姓名：请填写"))
    }

    @Test("两万行里一行错：都不进；只导入正确的行，进 19,999")
    func oneBadRowInTwentyThousand() async throws {
        let hall = try await ImportHall()
        let rows = (0 ..< 20_000).map { index in index == 12_345 ? "测试坏,123,,,,000181001,\n" : line("测试甲", index % 999 + 1, year: 1900 + index / 999) }.joined()
        let run = try await hall.checked("people", Self.heading + rows)
        #expect(run.wrong == 1 && run.right == 19_999 && run.progress == 20_000)
        let faults = try await hall.faults(run.id)
        #expect(faults.first?.hasPrefix("12347 ") == true)
        #expect(try await hall.office.refusal { try await hall.confirm(run.id) } == .outOfOrder)
        #expect(try await hall.count("SELECT count(*) FROM person") == 0)
        try await hall.confirm(run.id, partial: true)
        // Killed half-way: what was at work is forgotten, another process goes on.
        let interrupted = ImportRoom(hall.office.counter, folder: hall.folder, tables: PlainTables()) { NarrowReads(try SQLiteDatabase(path: $0), reads: 3) }
        await #expect(throws: NarrowReads.Killed.self) { try await ImportRunner(interrupted).runSlice() }
        let half = try await hall.find(run.id)
        #expect(half.state == .promoting && half.entered > 0 && half.entered < 19_999)
        try await hall.work()
        #expect(try await hall.find(run.id).entered == 19_999)
        #expect(try await hall.count("SELECT count(*) FROM person") == 19_999)
        #expect(try await hall.count(ownersIn: "person_search") == 19_999)
    }

    @Test("磁盘满：说出来，不丢不重；腾出空间后接着办")
    func fullDisk() async throws {
        let hall = try await ImportHall { NarrowDatabase(try SQLiteDatabase(path: $0), writes: 0) }
        let run = try await hall.bring("people", Self.heading + line("测试甲", 1))
        try await hall.check(run)
        let halted = try await hall.find(run)
        #expect(halted.state == .checking && halted.halted?.contains("磁盘已满") == true)
        try await hall.submit("resume-import", run)
        let roomy = ImportRoom(hall.office.counter, folder: hall.folder, tables: PlainTables()) { try SQLiteDatabase(path: $0) }
        try await ImportRunner(roomy).runSlice()
        #expect(try await hall.find(run).state == .checked)
    }

    @Test("上传的文件和暂存里，找不到身份号码和电话的原文")
    func nothingInTheClear() async throws {
        let hall = try await ImportHall()
        let run = try await hall.checked("people", Self.heading + line("测试甲", 1, phone: "13800000000"))
        for name in try FileManager.default.contentsOfDirectory(atPath: hall.folder) {
            let data = FileManager.default.contents(atPath: "\(hall.folder)/\(name)") ?? Data()
            #expect(data.range(of: Data(number(born: 1980, sequence: 1).utf8)) == nil && data.range(of: Data("13800000000".utf8)) == nil, "\(name)")
        }
        #expect(run.right == 1)
    }
}
