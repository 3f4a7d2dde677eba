import Bureau
import Commons
import Demo
import Foundation
import Kernel
import Storage
import Testing
import Values

/// 示范市的指标：从登记重数得出，看板放得满，001 号材料说到的数都有指标。
struct IndicatorCityTests {
    private func city() async throws -> TrialBureau { try await DemoCityTests.small.value.bureau }

    @Test("建成即已结转，与重数一致")
    func provedWhenBuilt() async throws {
        let verdict = try await IndicatorCheck.verify(city().counter)
        #expect(verdict.isSound && verdict.uncounted.isEmpty && verdict.registers >= 14 && verdict.totals > 1_000, "\(verdict.faults)")
    }

    @Test("每个月：在保的增减就是新增减停发；人口的增减就是出生减死亡")
    func stocksFollowFlows() async throws {
        let pairs = [("assistance.households", "assistance.new-households", "assistance.stopped-households"), ("assistance.people", "assistance.new-people", "assistance.stopped-people"),
                     ("people.registered", "people.births", "people.deaths")]
        let through = DemoCityTests.today.monthOf
        try await city().counter.read(as: .house) { reader in
            let book = try reader.indicatorBook()
            for (stock, more, less) in pairs {
                let all = try [stock, more, less].map { try reader.series(of: try book.indicator($0), months: .months(25, through: through), in: .country).map { $0.amount ?? 0 } }
                for month in 1 ..< 25 { #expect(all[0][month] - all[0][month - 1] == all[1][month] - all[2][month], "\(stock) 第 \(month) 月") }
                #expect(all[0][24] > 0)
            }
        }
    }

    @Test("填报的历史：2024 年与 001 号材料相等", arguments: [
        ("manual.marriages", 2024, "3,104 对"), ("manual.divorces", 2024, "418 对"), ("manual.destitute-new-people", 2024, "86 人"), ("manual.burial-subsidy", 2024, "16,261,900.00 元"),
        ("manual.canteens-in-use", 2024, "8 个"), ("manual.minors-at-risk", 2024, "4,907 人"), ("manual.child-scattered-standard", 2024, "1,350.00 元/人/月"),
        ("manual.spring-student-spending", 2024, "24,595,200.00 元"), ("manual.cremation-rate", 2024, "100%"), ("manual.rural-names-collected", 2024, "2,868 条"),
    ])
    func manualHistory(_ code: String, _ year: Int, _ shown: String) async throws {
        let value = try await city().counter.read(as: .house) { reader in
            try reader.value(of: try reader.indicatorBook().indicator(code), over: try .year(year), in: .demonstration)
        }
        #expect(value.shown == shown && value.isManual)
    }

    @Test("看板放得下六十项，领导看得到，翻得到下一页")
    func boardIsFull() async throws {
        let counter = try await city().counter, leader = Actor(user: .make(at: counter.clock.now()), name: "局长", role: .leader, region: .demonstration)
        let page = try #require(counter.house.line("indicators")?.pages.first { $0.path == "board" })
        let text = try await counter.read(as: leader) { try page.body(Visit(reader: $0, parameters: [:], query: [:])).render().text }
        #expect(text.components(separatedBy: "<svg").count - 1 == 60)
        #expect(text.contains("下一页") && text.contains("低保在保户数") && text.contains("手工填报"))
    }

    @Test("至少三十项由系统计算；目录代码不重复；明细的台账都在")
    func catalogue() throws {
        let all = bureau.flatMap(\.offers).compactMap { $0 as? Indicator }
        #expect(Set(all.map(\.code)).count == all.count)
        #expect(all.count { !$0.isManual } >= 60 && all.count(where: \.isManual) >= 75)
        let names = Dictionary(grouping: all, by: { "\($0.area) \($0.name)" }).filter { $0.value.count > 1 }
        #expect(names.isEmpty, "\(names.keys.sorted())")
        for indicator in all {
            guard case .counted(let tally) = indicator.source, let behind = tally.register.listing else { continue }
            #expect(bureau.first { $0.name == behind.line }?.listing(behind.name) != nil, "\(indicator.code)")
        }
    }

    @Test("每项的明细都打得开")
    func rowsOpen() async throws {
        try await city().counter.read(as: .house) { reader in
            let leader = reader.seen(by: Actor(user: reader.actor.user, name: "局长", role: .leader, region: .demonstration))
            for indicator in try leader.indicatorBook().all {
                #expect(throws: Never.self, "\(indicator.code)") {
                    _ = try leader.rowsBehind(indicator, over: .months(12, through: DemoCityTests.today.monthOf), in: .demonstration)
                    for category in indicator.categories?.choices ?? [] {
                        _ = try leader.rowsBehind(indicator, over: .months(12, through: DemoCityTests.today.monthOf), in: .demonstration, category: category.code)
                    }
                }
            }
        }
    }

    @Test("数与行相符：期末数等于明细的行数")
    func rowsMatch() async throws {
        try await city().counter.read(as: .house) { reader in
            let reader = reader.seen(by: Actor(user: reader.actor.user, name: "局长", role: .leader, region: .demonstration)), book = try reader.indicatorBook()
            for code in ["assistance.households", "households.standing", "organisations.elder-care", "place-names.standing", "people.aged-80", "people.deaths"] {
                let indicator = try book.indicator(code), period = IndicatorPeriod.month(DemoCityTests.today.monthOf)
                let value = try reader.value(of: indicator, over: period, in: .demonstration)
                let rows = try reader.rowsBehind(indicator, over: period, in: .demonstration, limit: 100_000).rows.count
                #expect(value.amount.map(Int.init) == rows || rows == 500, "\(code)")
            }
        }
    }
}
