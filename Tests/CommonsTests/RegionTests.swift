@testable import Commons
import Kernel
import Storage
import Testing
import Values

/// The region tree on a day, and what became of old codes.
@Suite struct RegionTests {
    private func office() async throws -> Office {
        let office = try await Office()
        let rows: [(String, String, String, String?)] = [
            ("000181", "测试市", "2000-01-01", nil), ("000181001", "甲街道", "2000-01-01", nil), ("000181001001", "老社区", "2000-01-01", "2022-01-01"),
            ("000181001002", "东社区", "2022-01-01", nil), ("000181001003", "西社区", "2022-01-01", nil), ("000181002", "乙乡", "2000-01-01", "2023-01-01"),
            ("000181002", "乙镇", "2023-01-01", nil),
        ]
        let now = office.clock.now()
        try await office.database.write { connection in
            for (code, name, from, until) in rows {
                let id: ID<Region> = .make(at: now)
                try connection.run("INSERT INTO region (id, code, name, from_on, until_on) VALUES (\(id), \(code), \(name), \(from), \(until))")
            }
            for successor in ["000181001002", "000181001003"] {
                try connection.run("INSERT INTO region_successor (code, successor, changed_on) VALUES ('000181001001', \(successor), '2022-01-01')")
            }
        }
        return office
    }

    @Test("当日的名称：更名前一天旧名，当天新名", arguments: [(day(2022, 12, 31), "乙乡"), (day(2023, 1, 1), "乙镇"), (day(1999, 12, 31), "000181002")])
    func namesAreDated(_ on: CivilDate, _ name: String) async throws {
        #expect(try await office().counter.read(as: reviewer) { try $0.regionName(nextTownship, on: on) } == name)
    }

    @Test("区划页：现行的成树，旧代码说明由谁接续、更名为何；外区的不给看")
    func thePageTellsWhatBecameOfOldCodes() async throws {
        let office = try await office()
        let page = try await office.page("people", "regions", [:], ["open": "all"], as: reviewer)
        #expect(page.text.contains("　　东社区") && page.text.contains("由东社区（000181001002）、西社区（000181001003）接续") && page.text.contains("更名为乙镇"))
        let before = try await office.page("people", "regions", [:], ["day": "2021-12-31", "open": "all"], as: reviewer)
        #expect(before.text.contains("　　老社区") && !before.text.contains("东社区"))
        let own = try await office.page("people", "regions")
        #expect(own.text.contains("东社区") && !own.text.contains("乙镇"))
        #expect(try await office.refusal { _ = try await office.page("people", "regions", [:], ["region": "000181002"]) } == .forbidden)
    }
}
