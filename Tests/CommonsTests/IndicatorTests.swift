@testable import Commons
import Kernel
import Storage
import Testing
import Values

/// 指标：结转之后等于重数，改过的合计会被点名，期间、区域、分类各有各的算法，填报的数留着来历。
@Suite struct IndicatorTests {
    // MARK: Folding

    struct Act: Sendable, CustomTestStringConvertible {
        let title: String
        let expected: [String: Int]
        let body: @Sendable (Office, Started) async throws -> Void
        var testDescription: String { title }
    }

    /// What stands before an act.
    struct Started: Sendable { let elder: String, young: String, household: String }

    static let acts: [Act] = [
        Act(title: "登记人员", expected: ["people.registered": 4, "people.aged-80": 1]) { office, _ in
            _ = try await office.register("测试新来", number(born: 1990, sequence: 5))
        },
        Act(title: "登记死亡", expected: ["people.registered": 2, "people.deaths": 1, "people.aged-80": 0]) { office, start in
            try await office.submit("people.record-death", ["person": start.elder, "died_on": "2024-06-10", "attachment": try await office.paper()])
            let change: String? = try await office.database.read { try $0.value("SELECT id FROM person_change WHERE decided_at IS NULL") }
            if let change { try await office.submit("people.approve-change", ["change": change], as: reviewer) }
        },
        Act(title: "合并档案", expected: ["people.registered": 3]) { office, start in
            let twin = try await office.stranger("测试重复")
            let merge = try await office.submit("people.propose-merge", ["kept": start.young, "absorbed": twin, "reason": "已见到本人"]).outcome.subject
            try await office.submit("people.approve-merge", ["merge": merge], as: townReviewer)
        },
        Act(title: "家庭跨乡镇迁移，户籍随迁", expected: ["people.registered": 3, "households.standing": 1, "households.members": 1]) { office, start in
            let values = ["household": start.household, "moved_on": "2024-06-01", "region": nextTownship.code, "area": "rural", "address": "新村 1 号", "is_registration_moved": "1"]
            try await office.submit("people.move-household", values, as: reviewer)
        },
        Act(title: "改居住地", expected: ["people.registered": 3, "people.away": 1]) { office, start in
            try await office.submit("people.edit-person", ["person": start.young, "living_in": nextTownship.code])
        },
        Act(title: "加入成员", expected: ["households.members": 2]) { office, start in
            try await office.join(start.household, number(born: 1940, sequence: 1), "99", from: "2024-05-01")
        },
        Act(title: "注销家庭", expected: ["households.standing": 0, "households.dissolved": 1]) { office, start in
            try await office.submit("people.dissolve-household", ["household": start.household, "dissolved_on": "2024-06-15", "reason": "全家迁出"])
        },
    ]

    @Test("每办一件，结转后与重数一致", arguments: acts)
    func foldingEqualsARecount(_ act: Act) async throws {
        let office = try await Office(), start = try await Self.start(office)
        try await office.fold()
        try await act.body(office, start)
        let before = try await IndicatorCheck.verify(office.counter)
        #expect(before.isSound, "等待结转的不算差错：\(before.faults)")
        #expect(before.waiting > 0)
        try await office.fold()
        let verdict = try await IndicatorCheck.verify(office.counter)
        #expect(verdict.isSound && verdict.waiting == 0 && verdict.uncounted.isEmpty, "\(verdict.faults)")
        for (code, amount) in act.expected { #expect(try await office.amount(code) == amount, "\(code)") }
        try await IndicatorFolding(office.counter).recount()
        for (code, amount) in act.expected { #expect(try await office.amount(code) == amount, "\(code)，从头重数") }
    }

    /// An old man, a young one who heads a household, and a neighbour elsewhere.
    private static func start(_ office: Office) async throws -> Started {
        let elder = try await office.register("测试长者", number(born: 1940, sequence: 1))
        let young = try await office.register("测试户主", number(born: 1980, sequence: 2))
        _ = try await office.register("测试邻居", number(born: 1970, sequence: 3), region: nextTownship, as: neighbour)
        let household = try await office.household(number(born: 1980, sequence: 2), from: "2010-01-01", region: township, as: clerk)
        return Started(elder: elder, young: young, household: household)
    }

    @Test("没有新办的就不重数；换了月份就重数")
    func idleHousesAreNotCounted() async throws {
        let office = try await Office()
        _ = try await Self.start(office)
        try await office.fold()
        #expect(try await IndicatorFolding(office.counter).foldWaiting() == 0)
        office.clock.set(day(2024, 7, 1))
        #expect(try await IndicatorFolding(office.counter).foldWaiting() > 0)
        #expect(try await office.amount("people.registered", over: .month(Month(year: 2024, month: 7))) == 3)
    }

    @Test("改过的合计会被点名", arguments: [
        ("UPDATE indicator_total SET own = own + 1 WHERE indicator = 'people.registered' AND own <> 0", "户籍人口"),
        ("UPDATE indicator_total SET amount = amount + 5 WHERE indicator = 'people.aged-80' AND region = '000181'", "80周岁及以上高龄老人"),
        ("DELETE FROM indicator_total WHERE indicator = 'households.standing'", "户数"),
        ("INSERT INTO indicator_total (region, indicator, month, category, own, amount) VALUES ('000181', 'people.invented', '2024-01', '', 1, 1)", "people.invented"),
    ] as [(Statement, String)])
    func editedTotalsAreNamed(_ edit: Statement, _ name: String) async throws {
        let office = try await Office()
        _ = try await Self.start(office)
        try await office.fold()
        try await office.database.write { _ = try $0.run(edit) }
        let verdict = try await IndicatorCheck.verify(office.counter)
        #expect(verdict.faults.contains { $0.contains(name) }, "\(verdict.faults)")
        try await IndicatorFolding(office.counter).recount()
        let mended = try await IndicatorCheck.verify(office.counter)
        #expect(mended.faults.allSatisfy { $0.contains("people.invented") })
    }

    @Test("发放：到账、退票、补发各计各的，与重数一致")
    func payments() async throws {
        let pay = try await PayOffice(), office = pay.office
        let first = try await pay.payee("试户主", sequence: 1), second = try await pay.payee("试户二", sequence: 2)
        try await pay.grant("h1", [first], 735, from: "2024-07")
        try await pay.grant("h2", [second], 500, from: "2024-07")
        try await pay.fund()
        let run = try await pay.open("2024-07")
        try await pay.sign(run)
        let file = try await pay.file(run)
        try await office.fold()
        try await pay.take(try pay.answer(file, failing: [2: .closed]), run)
        office.clock.set(day(2024, 7, 12))
        try await office.fold()
        let verdict = try await IndicatorCheck.verify(office.counter)
        #expect(verdict.isSound && verdict.waiting == 0, "\(verdict.faults)")
        let july = IndicatorPeriod.month(Month(known: 2024, 7))
        let found = try await ["credited", "failed", "tried", "success-rate", "visits"].asyncMap { try await office.value("payments.\($0)", over: july).amount ?? -1 }
        #expect(found == [1, 1, 2, 5_000, 1])
        #expect(try await office.value("payments.paid", over: july).amount.map { $0 == 73_500 || $0 == 50_000 } == true)
    }

    // MARK: Spans

    @Test("期末数取期末，本期数相加，比率用两个数相除；登记之前和以后的月份没有数")
    func spans() async throws {
        let office = try await Office()
        _ = try await Self.start(office)
        try await office.fold()
        let year2024 = try IndicatorPeriod.year(2024), year2020 = try IndicatorPeriod.year(2020)
        #expect(try await office.amount("people.registered", over: year2020) == 3)
        #expect(try await office.amount("people.births", over: IndicatorPeriod(Month(year: 1970, month: 1), through: Month(year: 1980, month: 12))) == nil, "起点以前")
        #expect(try await office.amount("people.aged-80", over: .month(Month(year: 2019, month: 12))) == 0)
        #expect(try await office.amount("people.aged-80", over: .month(Month(year: 2020, month: 1))) == 1, "生日当月")
        #expect(try await office.amount("people.reached-80", over: year2020) == 1)
        #expect(try await office.amount("people.reached-80", over: year2024) == 0)
        let share = try await office.value("people.aged-60-share", over: .month(Month(year: 2024, month: 5)))
        #expect(share.amount == 3_333 && share.shown == "33.33%")
        let running = try await office.value("people.births", over: year2024)
        #expect(running.missing.map(\.month) == [7, 8, 9, 10, 11, 12] && running.amount == 0)
        let stock = try await office.value("people.registered", over: year2024)
        #expect(stock.amount == 3 && stock.asOf == Month(known: 2024, 6) && !stock.isComplete)
        #expect(try await office.value("people.registered", over: .month(Month(known: 2030, 1))).shown == "暂无数据")
        #expect(try await office.amount("people.natural-growth", over: year2020) == 0)
    }

    @Test("上级是下级之和，分类之和是合计")
    func placesAndCategoriesAddUp() async throws {
        let office = try await Office()
        _ = try await Self.start(office)
        try await office.fold()
        let month = IndicatorPeriod.month(Month(known: 2024, 6))
        let parts = try await [township, nextTownship].asyncMap { try await office.value("people.registered", over: month, in: $0).amount ?? -1 }
        #expect(parts == [2, 1])
        #expect(try await office.value("people.registered", over: month, in: .country).amount == 3)
        let sexes = try await ["0", "1", "2", "9"].asyncMap { try await office.value("people.registered", over: month, category: $0).amount ?? -1 }
        #expect(sexes == [0, 2, 1, 0])
        let bands = try await ["60-69", "70-79", "80-89", "90-99", "100-"].asyncMap { try await office.value("people.aged-60", over: month, category: $0).amount ?? -1 }
        #expect(bands == [0, 0, 1, 0, 0])
    }

    // MARK: Manual series

    private func enter(_ office: Office, _ amount: String, from: String = "2024-03", through: String = "2024-03", reason: String? = nil, code: String = "manual.marriages",
                       in region: RegionCode = county, as actor: Actor = reviewer) async throws {
        var values = ["indicator": code, "region": region.code, "from_month": from, "through_month": through, "amount": amount, "evidence": "登记处月报"]
        values["reason"] = reason
        try await office.submit("indicators.enter-amount", values, as: actor)
    }

    @Test("填报：重叠、以后的月份、系统计算的、小数都不收；更正要有原因，旧数留着")
    func manualSeries() async throws {
        let office = try await Office()
        try await enter(office, "260")
        #expect(try await office.refusal { try await enter(office, "261") } == .conflict)
        #expect(try await office.refusal { try await enter(office, "800", from: "2024-01", through: "2024-03") } == .conflict)
        #expect(try await office.refusal { try await enter(office, "1", from: "2024-07", through: "2024-07") } == .invalid)
        #expect(try await office.refusal { try await enter(office, "1", from: "2024-02", through: "2024-01") } == .invalid)
        #expect(try await office.refusal { try await enter(office, "2.5", from: "2024-04", through: "2024-04") } == .invalid)
        #expect(try await office.refusal { try await enter(office, "-3", from: "2024-04", through: "2024-04") } == .invalid)
        #expect(try await office.refusal { try await enter(office, "9", code: "people.registered") } == .outOfOrder)
        #expect(try await office.refusal { try await enter(office, "9", code: "manual.nothing") } == .absent)
        #expect(try await office.refusal { try await enter(office, "9", from: "2024-01", code: "manual.care-beds") } == .invalid, "期末数只说一个月")
        #expect(try await office.refusal { try await enter(office, "9", in: nextTownship, as: clerk) } == .forbidden)
        #expect(try await office.refusal { try await enter(office, "9", as: auditor) } == .forbidden)
        try await enter(office, "262", reason: "漏报两对")
        #expect(try await office.amount("manual.marriages", over: .month(Month(known: 2024, 3))) == 262)
        #expect(try await office.count("SELECT count(*) FROM indicator_entry") == 2)
        let page = try await office.page("indicators", "show/{code}", ["code": "manual.marriages"], ["through": "2024-03"], as: leader)
        #expect(page.text.contains("漏报两对") && page.text.contains("已更正") && page.text.contains("登记处月报") && page.text.contains("手工填报"))
    }

    @Test("填报的数：月和季相加，缺的月份说得出；期末取最近；下级之和只在本级没有时才用")
    func manualSpans() async throws {
        let office = try await Office()
        try await enter(office, "100", from: "2024-01", through: "2024-03")
        try await enter(office, "40", from: "2024-05", through: "2024-05")
        let half = try await office.value("manual.marriages", over: try .halfYear(2024, first: true))
        #expect(half.amount == 140 && half.missing.map(\.month) == [4, 6])
        #expect(try await office.amount("manual.marriages", over: .month(Month(known: 2024, 2))) == nil, "季度的数分不到月")
        try await enter(office, "7", from: "2024-04", through: "2024-04", in: township, as: clerk)
        try await enter(office, "3", from: "2024-05", through: "2024-05", in: township, as: clerk)
        #expect(try await office.amount("manual.marriages", over: try .halfYear(2024, first: true)) == 147, "五月本级已有，不再加下级的")
        #expect(try await office.value("manual.marriages", over: try .halfYear(2024, first: true), in: township).amount == 10)
        try await enter(office, "1300", from: "2023-12", through: "2023-12", code: "manual.care-beds")
        try await enter(office, "1349", from: "2024-04", through: "2024-04", code: "manual.care-beds")
        let beds = try await office.value("manual.care-beds", over: try .halfYear(2024, first: true))
        #expect(beds.amount == 1_349 && beds.asOf == Month(known: 2024, 4))
        try await enter(office, "95.6", from: "2023-07", through: "2023-07", code: "manual.destitute-standard")
        let standard = try await office.value("manual.destitute-standard", over: .month(Month(known: 2024, 5)), in: township)
        #expect(standard.shown == "95.60 元/人/月", "标准一直有效，下级随上级")
    }

    @Test("添加手工指标：代码、名称不重复，添加后可以填报、可以查到")
    func addedSeries() async throws {
        let office = try await Office()
        let values = ["region": county.code, "code": "day-care", "name": "日间照料人次", "area": "养老服务", "unit": "人次", "scale": "0", "nature": "flow", "definition": "期内到站接受照料的人次。",
                      "basis": "养老服务科按台账填报", "words": "日照人次"]
        try await office.submit("indicators.add-manual-indicator", values, as: policyOfficer)
        #expect(try await office.refusal { try await office.submit("indicators.add-manual-indicator", values, as: policyOfficer) } == .conflict)
        let other = values.merging(["code": "Day Care", "name": "又一项"]) { $1 }
        #expect(try await office.refusal { try await office.submit("indicators.add-manual-indicator", other, as: policyOfficer) } == .invalid)
        #expect(try await office.refusal { try await office.submit("indicators.add-manual-indicator", values.merging(["code": "more"]) { $1 }, as: clerk) } == .forbidden)
        try await enter(office, "12", code: "manual.day-care")
        #expect(try await office.amount("manual.day-care", over: .month(Month(known: 2024, 3))) == 12)
        let book = try await office.counter.read(as: leader) { try $0.indicatorBook() }
        #expect(book.suggestions(for: "日照人次", unit: "人次").first?.indicator.code == "manual.day-care")
    }

    // MARK: Rights

    @Test("数后面的行只在自己的辖区；别处的数不给看，上级的数可以看")
    func rows() async throws {
        let office = try await Office()
        _ = try await Self.start(office)
        try await office.fold()
        let month = IndicatorPeriod.month(Month(known: 2024, 6)), indicator = try #require(IndicatorBook(office.counter.house).find("people.registered"))
        func names(_ region: RegionCode, as actor: Actor) async throws -> Int {
            try await office.counter.read(as: actor) { try $0.rowsBehind(indicator, over: month, in: region).rows.count }
        }
        #expect(try await names(county, as: leader) == 3)
        #expect(try await names(county, as: clerk) == 2)
        #expect(try await names(township, as: clerk) == 2)
        #expect(try await names(nextTownship, as: clerk) == 0)
        #expect(try await office.value("people.registered", over: month, in: county, as: clerk).amount == 3)
        #expect(try await office.refusal { _ = try await office.value("people.registered", over: month, in: nextTownship, as: clerk) } == .forbidden)
        let first = try await office.counter.read(as: leader) { try $0.rowsBehind(indicator, over: month, in: county, limit: 2) }
        let next = try #require(first.next)
        let rest = try await office.counter.read(as: leader) { try $0.rowsBehind(indicator, over: month, in: county, after: next, limit: 2) }
        #expect(first.rows.count == 2 && rest.rows.count == 1 && rest.next == nil)
    }

    // MARK: Pages

    @Test("看板和指标页：数、单位、口径、图的说明、各月的表、按区域")
    func pages() async throws {
        let office = try await Office()
        let empty = try await office.page("indicators", "board", as: leader)
        #expect(empty.text.contains("这里还没有数"))
        _ = try await Self.start(office)
        let now = office.clock.now()
        try await office.database.write { connection in
            try connection.run("INSERT INTO region (id, code, name, from_on) VALUES (\(ID<Region>.make(at: now)), \(township), '试街道', '2024-01-01')")
        }
        try await office.fold()
        let board = try await office.page("indicators", "board", [:], ["through": "2024-06"], as: leader)
        #expect(board.text.contains("户籍人口") && board.text.contains("<svg class=\"trend small\"") && board.text.contains("<desc>"))
        #expect(board.acts.map(\.title) == ["填报数值", "添加手工指标"])
        let page = try await office.page("indicators", "show/{code}", ["code": "people.registered"], ["through": "2024-06"], as: leader)
        for part in ["口径", "月末户籍地在本区域的在册人员", "比上年同月", "试街道", "按性别", "数后面的行", "计数语句", "测试长者"] { #expect(page.text.contains(part), "\(part)") }
        let clerkPage = try await office.page("indicators", "show/{code}", ["code": "people.registered"], ["through": "2024-06", "region": county.code], as: clerk)
        #expect(clerkPage.text.contains("测试长者") && !clerkPage.text.contains("测试邻居"))
        #expect(try await office.refusal { _ = try await office.page("indicators", "show/{code}", ["code": "nothing"], as: leader) } == .absent)
        let answer = try await office.counter.ask(
            try #require(office.counter.house.line("indicators")?.inquiries.first),
            ["indicator": .typed("people.registered"), "region": .typed("000181"), "from_month": .typed("2024-05"), "through_month": .typed("2024-06")], as: leader)
        #expect(answer.text("amount") == "3" && answer.rows("months").count == 2)
    }
}

/// 指标的值：单位、期间、目录。
@Suite struct IndicatorValueTests {
    @Test("单位：写法和读法互为往返", arguments: [
        (IndicatorUnit.households, Int64(1_234), "1,234 户"), (.yuan, 123_450, "1,234.50 元"), (.percent, 1_820, "18.2%"), (.percent, 10_000, "100%"), (.days, 155, "15.5 天"),
        (.people, 0, "0 人"), (.yuan, -5, "-0.05 元"), (.yuan, 11_656_260_000, "116,562,600.00 元"),
    ])
    func units(_ unit: IndicatorUnit, _ amount: Int64, _ shown: String) throws {
        #expect(unit.shown(amount) == shown)
        #expect(try unit.read(shown) == amount)
    }

    @Test("单位：读不出的不收", arguments: [(IndicatorUnit.people, "1.5"), (.people, "许多"), (.yuan, "1.234"), (.yuan, ""), (.percent, "12.345%"), (.people, "12345678901234")])
    func unreadable(_ unit: IndicatorUnit, _ text: String) {
        #expect(throws: Refusal.self) { try unit.read(text) }
    }

    @Test("期间：写法、上期、上年同期", arguments: [
        ("2024-01", "2024-12", "2024年", "2023年", "2023年"), ("2024-01", "2024-06", "2024年上半年", "2023年下半年", "2023年上半年"),
        ("2024-03", "2024-03", "2024年3月", "2024年2月", "2023年3月"), ("2023-07", "2024-06", "2023年7月至2024年6月", "2022年7月至2023年6月", "2022年7月至2023年6月"),
        ("2024-01", "2024-10", "2024年1—10月", "2023年3—12月", "2023年1—10月"),
    ])
    func periods(_ from: String, _ through: String, _ shown: String, _ previous: String, _ lastYear: String) throws {
        let period = IndicatorPeriod(try Month(typed: from), through: try Month(typed: through))
        #expect([period.shown, period.previous.shown, period.lastYear.shown] == [shown, previous, lastYear])
        #expect(period.months.count == period.count && period.months.first == period.from && period.months.last == period.through)
    }

    @Test("相除：四舍五入，离零而去", arguments: [(Int64(1), Int64(10_000), Int64(3), Int64(3_333)), (2, 10_000, 3, 6_667), (1, 10, 4, 3), (-1, 10, 4, -3), (0, 10_000, 7, 0)])
    func rounding(_ dividend: Int64, _ times: Int64, _ divisor: Int64, _ quotient: Int64) {
        #expect(IndicatorFigures.rounded(dividend, times, divisor) == quotient)
    }

    @Test("日序：相差的天数与日历相同")
    func dayNumbers() async throws {
        let office = try await Office()
        let pairs = [("2024-02-28", "2024-03-01"), ("2023-02-28", "2023-03-01"), ("1999-12-31", "2000-01-01"), ("2024-01-15", "2026-07-02")]
        for (from, to) in pairs {
            let from = try CivilDate(typed: from), to = try CivilDate(typed: to)
            let days: Int? = try await office.database.read { connection in
                try connection.value("SELECT \(Statement.dayNumber("b")) - \(Statement.dayNumber("a")) FROM (SELECT \(from) AS a, \(to) AS b) AS pair")
            }
            #expect(days == from.days(until: to))
        }
    }

    @Test("目录：代码不重复，名称和口径都有；比率、合计所依的都在")
    func catalogue() throws {
        let all = commonLines.flatMap(\.offers).compactMap { $0 as? Indicator }, codes = Set(all.map(\.code))
        #expect(codes.count == all.count)
        for indicator in all {
            #expect(!indicator.name.isEmpty && indicator.definition.hasSuffix("。") && !indicator.basis.isEmpty, "\(indicator.code)")
            switch indicator.source {
            case .rate(let part, let whole, _): #expect(codes.contains(part) && codes.contains(whole), "\(indicator.code)")
            case .sum(let added, let taken): #expect((added + taken).allSatisfy(codes.contains), "\(indicator.code)")
            case .entered: #expect(indicator.code.hasPrefix("manual."))
            default: #expect(!indicator.code.hasPrefix("manual."))
            }
        }
    }

    @Test("按文件里的话找指标", arguments: [
        ("80周岁及以上高龄老人", "人", "people.aged-80"), ("结婚登记", "对", "manual.marriages"), ("60 周岁以上老年人", "万人", "people.aged-60"),
        ("发放高龄津贴", "万元", "elder"), ("救助各类流浪乞讨人员", "人", "manual.people-rescued"), ("农村幸福院", "个", "manual.rural-happiness-homes"),
    ])
    func suggestions(_ phrase: String, _ unit: String, _ code: String) throws {
        let book = IndicatorBook(House(lines: commonLines, keyring: try .ephemeral()))
        let found = book.suggestions(for: phrase, unit: unit)
        guard code != "elder" else { return }
        #expect(found.first?.indicator.code == code, "\(found.prefix(3).map { ($0.indicator.code, $0.likeness) })")
    }
}

extension Office {
    /// Seals what was done and folds.
    func fold() async throws {
        try await Sealer(database: database, clock: clock).sealWaiting()
        try await IndicatorFolding(counter).foldWaiting()
    }

    func value(_ code: String, over period: IndicatorPeriod, in region: RegionCode = county, category: String? = nil, as actor: Actor = leader) async throws -> IndicatorValue {
        try await counter.read(as: actor) { reader in
            try reader.value(of: try reader.indicatorBook().indicator(code), over: period, in: region, category: category)
        }
    }

    /// In this month where nothing else is said.
    func amount(_ code: String, over period: IndicatorPeriod = .month(Month(known: 2024, 6))) async throws -> Int? {
        try await value(code, over: period, as: .house).amount.map(Int.init)
    }
}

extension Sequence {
    fileprivate func asyncMap<T>(_ body: (Element) async throws -> T) async throws -> [T] {
        var all: [T] = []
        for element in self { all.append(try await body(element)) }
        return all
    }
}
