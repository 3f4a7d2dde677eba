@testable import Commons
import Kernel
import Storage
import Synchronization
import TestSupport
import Testing
import Values

/// 手工指标：撤回、停报和恢复，名称不相混，整月导入，按区域一次读出。
@Suite struct ManualSeriesTests {
    private static func enter(_ office: Office, _ amount: String, _ from: String, _ through: String? = nil, reason: String? = nil, code: String = "manual.marriages",
                              in region: RegionCode = county, as actor: Actor = reviewer) async throws -> String {
        var values = ["indicator": code, "region": region.code, "from_month": from, "through_month": through ?? from, "amount": amount, "evidence": "登记处月报"]
        values["reason"] = reason
        return try await office.submit("indicators.enter-amount", values, as: actor).outcome.subject
    }

    private static func amount(_ office: Office, _ from: Month, _ through: Month, code: String = "manual.marriages", in region: RegionCode = county) async throws -> Int? {
        try await office.value(code, over: IndicatorPeriod(from, through: through), in: region, as: .house).amount.map(Int.init)
    }

    private static let january = Month(known: 2024, 1), march = Month(known: 2024, 3), june = Month(known: 2024, 6)

    // MARK: Retraction

    @Test("填错期间：撤回后不计入，原数和原因都在，可以按正确的期间再填")
    func retracted() async throws {
        let office = try await Office(), wrong = try await Self.enter(office, "805", "2024-01", "2024-03")
        #expect(try await Self.amount(office, Self.january, Self.march) == 805)
        let receipt = try await office.submit("indicators.retract-amount", ["entry": wrong, "reason": "一季度合计填错了年份"], as: reviewer)
        #expect(receipt.outcome.message.contains("已撤回") && receipt.outcome.message.contains("805 对"))
        #expect(try await Self.amount(office, Self.january, Self.march) == nil)
        _ = try await Self.enter(office, "262", "2024-03")
        #expect(try await Self.amount(office, Self.january, Self.march) == 262)
        #expect(try await office.count("SELECT count(*) FROM indicator_entry") == 2)
        let page = try await office.page("indicators", "show/{code}", ["code": "manual.marriages"], ["through": "2024-03"], as: leader)
        for part in ["已撤回", "一季度合计填错了年份", "现行", "/indicators/do/retract-amount?entry="] { #expect(page.text.contains(part), "\(part)") }
        #expect(try await IndicatorCheck.verify(office.counter).faults.isEmpty)
    }

    @Test("撤回：没有原因、已更正的、已撤回的、别处的、没有岗位的，都不行")
    func notRetracted() async throws {
        let office = try await Office(), first = try await Self.enter(office, "260", "2024-03"), second = try await Self.enter(office, "262", "2024-03", reason: "漏报")
        func refusal(_ entry: String, _ reason: String = "试", as actor: Actor = reviewer) async throws -> Refusal.Kind? {
            try await office.refusal { try await office.submit("indicators.retract-amount", ["entry": entry, "reason": reason], as: actor) }
        }
        #expect(try await refusal(second, "") == .invalid)
        #expect(try await refusal(first) == .outOfOrder)
        #expect(try await refusal(second, as: clerk) == .forbidden, "本级的数，街道不能撤")
        #expect(try await refusal(second, as: auditor) == .forbidden)
        #expect(try await refusal(second) == nil)
        #expect(try await refusal(second) == .outOfOrder)
        #expect(try await Self.amount(office, Self.march, Self.march) == nil, "撤回更正，不等于恢复原数")
    }

    @Test("核对：绕过程序删改的填报会被点名", arguments: [
        ("UPDATE indicator_entry SET retracted_at = '2024-12-20T00:00:00.000Z'", "没有撤回的原因"),
        ("INSERT INTO indicator_entry (id, indicator, region, from_month, through_month, amount, evidence, entered_by_name, known_at) SELECT '01HZZZZZZZZZZZZZZZZZZZZZZZ', indicator, region, '2024-03', '2024-04', 9, 'x', 'x', known_at FROM indicator_entry", "重叠"),
        ("INSERT INTO indicator_retraction (id, entry, indicator, region, reason, retracted_by_name, retracted_at) SELECT '01HZZZZZZZZZZZZZZZZZZZZZZZ', id, indicator, region, 'x', 'x', known_at FROM indicator_entry", "还在计入"),
    ] as [(Statement, String)])
    func editedReportsAreNamed(_ edit: Statement, _ words: String) async throws {
        let office = try await Office()
        _ = try await Self.enter(office, "260", "2024-03")
        #expect(try await IndicatorCheck.verify(office.counter).faults.isEmpty)
        try await office.database.write { _ = try $0.run(edit) }
        let verdict = try await IndicatorCheck.verify(office.counter)
        #expect(verdict.faults.contains { $0.contains(words) && $0.contains("结婚登记") }, "\(verdict.faults)")
    }

    // MARK: Closing

    @Test("停报：以后的月份不收，以前的可以更正；下级同样；恢复后接着报，停过的留着")
    func closing() async throws {
        let office = try await Office()
        _ = try await Self.enter(office, "260", "2024-03")
        let terms = ["indicator": "manual.marriages", "region": county.code, "last_month": "2024-03", "reason": "改由登记系统计算"]
        #expect(try await office.refusal { try await office.submit("indicators.close-series", terms.merging(["last_month": "2024-02"]) { $1 }, as: policyOfficer) } == .conflict, "三月已经报了")
        #expect(try await office.refusal { try await office.submit("indicators.close-series", terms, as: clerk) } == .forbidden)
        #expect(try await office.refusal { try await office.submit("indicators.close-series", terms.merging(["indicator": "people.registered"]) { $1 }, as: policyOfficer) } == .outOfOrder)
        #expect(try await office.refusal { try await office.submit("indicators.reopen-series", ["indicator": "manual.marriages", "region": county.code, "reason": "试"], as: policyOfficer) } == .outOfOrder)
        try await office.submit("indicators.close-series", terms, as: policyOfficer)
        #expect(try await office.refusal { try await office.submit("indicators.close-series", terms, as: policyOfficer) } == .conflict)
        for (month, expected) in [("2024-03", nil), ("2024-04", Refusal.Kind.outOfOrder)] {
            #expect(try await office.refusal { _ = try await Self.enter(office, "261", month, reason: "核对后更正") } == expected, "\(month)")
        }
        #expect(try await office.refusal { _ = try await Self.enter(office, "3", "2024-04", in: township, as: clerk) } == .outOfOrder)
        let closed = try await office.page("indicators", "show/{code}", ["code": "manual.marriages"], ["through": "2024-03"], as: policyOfficer)
        #expect(closed.text.contains("报到2024年3月为止：改由登记系统计算") && closed.acts.map(\.title) == ["更正以前的数", "恢复填报"])
        try await office.submit("indicators.reopen-series", ["indicator": "manual.marriages", "region": county.code, "reason": "系统推迟"], as: policyOfficer)
        _ = try await Self.enter(office, "270", "2024-04")
        #expect(try await office.count("SELECT count(*) FROM indicator_closing WHERE reopened_at IS NOT NULL") == 1)
        let open = try await office.page("indicators", "show/{code}", ["code": "manual.marriages"], ["through": "2024-04"], as: policyOfficer)
        #expect(open.acts.map(\.title) == ["填报数值", "停报"] && !open.text.contains("为止"))
    }

    // MARK: Names

    @Test("名称和别名：目录里有过的，不论哪个领域、怎样加标点，都在其栏拒绝", arguments: [
        ("结婚登记", "", "name"), ("结婚 登记", "", "name"), ("试用照料人次", "试用词、户籍人口", "words"), ("户籍人口", "", "name"),
    ])
    func namesakes(_ name: String, _ words: String, _ field: String) async throws {
        let office = try await Office()
        var values = ["region": county.code, "code": "trial", "name": name, "area": "老龄工作", "unit": "人次", "scale": "0", "nature": "flow", "definition": "试用口径。", "basis": "试用台账"]
        if !words.isEmpty { values["words"] = words }
        do {
            try await office.submit("indicators.add-manual-indicator", values, as: policyOfficer)
            Issue.record("「\(name)」不该收")
        } catch let refusal as Refusal {
            #expect(refusal.kind == .conflict && refusal.problems.first?.path == [field], "\(refusal)")
        }
        values["name"] = "老龄工作试用照料人次"
        values["words"] = "试用照料"
        try await office.submit("indicators.add-manual-indicator", values, as: policyOfficer)
        values["code"] = "trial-2"
        values["name"] = "试用照料"
        #expect(try await office.refusal { try await office.submit("indicators.add-manual-indicator", values, as: policyOfficer) } == .conflict, "已是别的指标的别名")
    }

    // MARK: Import

    private static let heading = "指标,区域,所属期起月,所属期止月,数值,依据,更正原因\n"

    @Test("整月导入：代码或名称都行，已有的跳过，更正留原数；撤销导入恢复原数")
    func imported() async throws {
        let hall = try await ImportHall()
        _ = try await Self.enter(hall.office, "260", "2024-03")
        _ = try await Self.enter(hall.office, "1349", "2024-03", code: "manual.care-beds")
        let rows = "manual.marriages,,2024-03,,262,登记处三月月报,漏报两对\n结婚登记,000181,2024-04,2024-04,270,登记处四月月报,\ncare-beds,000181,2024-03,,1349,登记处月报,\n"
        let run = try await hall.entered("indicator-amounts", Self.heading + rows)
        #expect(run.entered == 1 && run.changed == 1 && run.present == 1, "\(run)")
        #expect(try await Self.amount(hall.office, Self.march, Month(known: 2024, 4)) == 532)
        try await hall.submit("undo-import", run.id, ["reason": .typed("传错了")], as: approver)
        try await hall.work()
        #expect(try await hall.find(run.id).withdrawn == 2)
        #expect(try await Self.amount(hall.office, Self.march, Month(known: 2024, 4)) == 260)
        #expect(try await IndicatorCheck.verify(hall.office.counter).faults.isEmpty)
    }

    @Test("错在哪一格就说在哪一格", arguments: [
        ("没有这个,,2024-04,,1,月报,", "指标：", "目录里没有"), ("户籍人口,,2024-04,,1,月报,", "指标：", "由系统从登记中计算"), ("manual.marriages,,2024-04,,1.5,月报,", "数值：", "不带小数"),
        ("manual.marriages,,2024-04,,1,,", "依据：", "填写"), ("manual.marriages,000182,2024-04,,1,月报,", "区域：", "管辖"), ("manual.marriages,,2024-07,,1,月报,", "所属期止月：", "本月"),
        ("manual.marriages,,2024-03,,9,月报,", "更正原因：", "更正原因"), ("manual.marriages,,2024-02,2024-04,9,季报,", "所属期起月：", "重叠"), ("manual.care-beds,,2024-01,2024-03,9,季报,", "所属期起月：", "期末"),
        ("manual.marriages,,2024年四月,,1,月报,", "所属期起月：", "请填写月份"),
    ])
    func faultsAtTheCell(_ row: String, _ column: String, _ words: String) async throws {
        let hall = try await ImportHall()
        _ = try await Self.enter(hall.office, "260", "2024-03")
        let run = try await hall.checked("indicator-amounts", Self.heading + row + "\n")
        let faults = try await hall.faults(run.id)
        #expect(run.wrong == 1 && faults.contains { $0.contains(column) && $0.contains(words) }, "\(faults)")
    }

    // MARK: Places

    @Test("一个指标的各区域：几条语句读完，与逐个读的一样", arguments: ["people.registered", "people.births", "people.aged-60-share", "people.natural-growth", "manual.marriages", "manual.care-beds", "manual.destitute-standard"])
    func placesAreReadTogether(_ code: String) async throws {
        let office = try await Office()
        _ = try await office.register("测试长者", number(born: 1940, sequence: 1))
        _ = try await office.register("测试邻居", number(born: 2023, sequence: 3), region: nextTownship, as: neighbour)
        try await office.fold()
        _ = try await Self.enter(office, "7", "2024-04", in: township, as: clerk)
        _ = try await Self.enter(office, "90", "2024-04", code: "manual.care-beds", in: township, as: clerk)
        _ = try await Self.enter(office, "95.6", "2023-07", code: "manual.destitute-standard")
        let counted = CountedDatabase(office.database), counter = Counter(database: counted, house: office.counter.house, clock: office.clock)
        let places = try [township, nextTownship] + (3 ... 300).map { try RegionCode("000181\($0 < 10 ? "00" : $0 < 100 ? "0" : "")\($0)") }
        for period in [IndicatorPeriod.month(Self.june), IndicatorPeriod(Self.january, through: Self.june), .month(Month(known: 2024, 4)), .month(Month(known: 2030, 1))] {
            let together = try await counter.read(as: leader) { reader in
                try reader.values(of: try reader.indicatorBook().indicator(code), over: period, in: places, within: county)
            }
            #expect(together.count == 300)
            for place in places.prefix(3) {
                let alone = try await office.value(code, over: period, in: place), found = together[place]
                #expect(found?.amount == alone.amount && found?.missing == alone.missing && found?.asOf == alone.asOf, "\(code) \(place.code) \(period.shown)")
            }
        }
        #expect(counted.statements <= 4 * 6, "\(counted.statements)")
    }
}

/// Counts what is asked of a database.
private final class CountedDatabase: WrappedDatabase {
    let inner: any Database
    private let count = Mutex(0)
    var statements: Int { count.withLock { $0 } }

    init(_ inner: any Database) { self.inner = inner }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await inner.read { try body(CountedConnection($0) { self.count.withLock { $0 += 1 } }) }
    }
}

private final class CountedConnection: WrappedConnection {
    let inner: any Connection
    private let tell: () -> Void

    init(_ inner: any Connection, _ tell: @escaping () -> Void) { (self.inner, self.tell) = (inner, tell) }

    func run(_ statement: Statement) throws -> Int { tell(); return try inner.run(statement) }
    func each(_ statement: Statement, _ body: (Row) throws -> Void) throws { tell(); try inner.each(statement, body) }
}
