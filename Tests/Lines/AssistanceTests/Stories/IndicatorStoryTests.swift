import Commons
import Kernel
import Testing
import Values
@testable import Assistance

@Suite("指标随办件走")
struct IndicatorStoryTests {
    @Test("申请、确认、成员死亡、停发：每一步结转后与重数一致，新增减停发就是在保的增减")
    func everyStep() async throws {
        let office = try await Office(on: "2024-08-01")
        let two = try alone() + [member("m2", "试乙三", .spouse, born: "1970-03-04", sequence: 706)]
        let id = try await office.granted(application(of: two))
        try await office.prove()
        #expect(try await office.amounts(["applied", "accepted", "visits", "confirmed", "refused", "mean-days", "households"], in: "2024-08") == [1, 1, 1, 1, 0, 80, 0])
        try office.go(to: "2024-10-20")
        try await office.prove()
        #expect(try await office.amounts(["households", "people", "monthly", "per-head", "new-households", "new-people"], in: "2024-09") == [1, 2, 147_000, 73_500, 1, 2])
        #expect(try await office.amounts(["households", "people", "new-households", "new-people"], in: "2024-10") == [1, 2, 0, 0])
        let spouse = try await office.read { try $0.first(Person.self, where: "name = '试乙三'")?.id.text ?? "" }
        try await office.submit("people.record-death", ["person": .typed(spouse), "died_on": .typed("2024-10-12")], as: clerk)
        try await office.prove()
        try await office.change(id, on: "2024-10-12", alone())
        try await office.on(id, "recompute-allowance", ["told": .typed("已告知")], as: approver)
        try office.go(to: "2024-12-10")
        try await office.prove()
        #expect(try await office.amounts(["households", "people", "monthly", "stopped-people", "stopped-households"], in: "2024-11") == [1, 1, 73_500, 1, 0])
        try await office.on(id, "stop-allowance", ["cause": .typed("VOLUNTARY_EXIT"), "event_on": .typed("2024-12-05"), "told": .typed("本人书面申请退出")], as: approver)
        try office.go(to: "2025-02-10")
        try await office.prove()
        #expect(try await office.amounts(["households", "people", "monthly", "stopped-people", "stopped-households"], in: "2025-01") == [0, 0, 0, 1, 1])
        let year = try await office.read { reader in
            try reader.value(of: try reader.indicatorBook().indicator("assistance.new-people"), over: try .year(2024), in: .demonstration).amount
        }
        #expect(year == 2)
    }

    @Test("标准随规则走：调整前后各月不同")
    func standards() async throws {
        let office = try await Office(on: "2024-12-10")
        #expect(try await office.amounts(["standard-urban", "standard-rural"], in: "2024-06") == [72_800, 618_800])
        #expect(try await office.amounts(["standard-urban", "standard-rural"], in: "2024-07") == [73_500, 643_100])
    }
}

extension Office {
    /// Seals, folds and counts everything again.
    fileprivate func prove() async throws {
        try await Sealer(database: database, clock: clock).sealWaiting()
        try await IndicatorFolding(counter).foldWaiting()
        let verdict = try await IndicatorCheck.verify(counter)
        #expect(verdict.isSound && verdict.waiting == 0 && verdict.uncounted.isEmpty, "\(verdict.faults)")
    }

    fileprivate func amounts(_ codes: [String], in month: String) async throws -> [Int64?] {
        let period = IndicatorPeriod.month(try Month(typed: month))
        return try await read { reader in
            let book = try reader.indicatorBook()
            return try codes.map { try reader.value(of: try book.indicator("assistance.\($0)"), over: period, in: .demonstration).amount }
        }
    }
}
