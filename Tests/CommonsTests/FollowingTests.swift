@testable import Commons
import Kernel
import Storage
import Testing
import Values

/// 上门。An errand done at a household: it belongs to that household, wherever it moves.
struct HomeCall: Placed {
    let id: ID<HomeCall>, household: ID<Household>, region: RegionCode

    static let table = "home_call"
    static let title = "上门"
    static let shape = Shape<HomeCall> {
        Field(.id, \.id)
        Field(.householdID, \.household)
        Field(.region, \.region)
    }

    init(from reading: Reading<HomeCall>) throws(Refusal) {
        id = try reading(.id)
        household = try reading(.householdID)
        region = try reading(.region)
    }
}

/// What is running goes with the household; what is closed stays where it was decided.
@Suite struct FollowingTests {
    /// A household with one running and one closed errand at home.
    private func home() async throws -> (office: Office, id: String) {
        let office = try await Office()
        _ = try await office.register("测试户主", number(born: 1950))
        let id = try await office.household(number(born: 1950), from: "2000-01-01", address: "建设路 1 号")
        let running = try await office.submit("errands.open-errand", ["region": township.code, "what": "在办"]).outcome.subject
        let closed = try await office.submit("errands.open-errand", ["region": township.code, "what": "办结"]).outcome.subject
        try await office.submit("errands.drop-errand", ["errand": closed])
        try await office.database.write { connection in
            for call in [running, closed] { try connection.run("INSERT INTO home_call (id, household_id, region) VALUES (\(call), \(id), \(township))") }
        }
        return (office, id)
    }

    private func regions(_ office: Office) async throws -> [String] {
        try await office.database.read { connection in
            try connection.all("SELECT c.title, c.region, h.region FROM case_file AS c JOIN home_call AS h ON h.id = c.id ORDER BY c.number") {
                "\(try $0.read(0) as String) \(try $0.read(1) as String) \(try $0.read(2) as String)"
            }
        }
    }

    @Test("迁移：在办的件随户，办结的留下；人只在户籍随迁时跟去", arguments: [("1", "000181002"), ("0", "000181001")])
    func runningCasesFollow(_ withPeople: String, _ person: String) async throws {
        let (office, id) = try await home()
        let values = ["household": id, "moved_on": "2024-06-01", "region": nextTownship.code, "area": "urban", "is_registration_moved": withPeople]
        #expect(try await office.submit("people.move-household", values, as: reviewer).outcome.message.contains("1 件"))
        #expect(try await regions(office) == ["在办 000181002 000181002", "办结 000181001 000181001"])
        #expect(try await office.database.read { try $0.value("SELECT region FROM person") as String? } == person)
    }

    @Test("有在办的件，不能注销家庭；件名告诉经办人")
    func runningCasesKeepAHousehold() async throws {
        let (office, id) = try await home()
        do {
            try await office.submit("people.dissolve-household", ["household": id, "dissolved_on": "2024-06-20", "reason": "迁走"])
            Issue.record("注销了还有在办件的家庭")
        } catch let refusal as Refusal { #expect(refusal.kind == .conflict && refusal.message.contains("PT2024-000001")) }
    }

    @Test("区划撤并：办结的也随新代码，谁都不会看不见自己的档案；日志留着当时的代码")
    func closedCasesFollowTheCode() async throws {
        let (office, _) = try await home()
        try await office.submit("people.found-region", ["code": "000181", "name": "测试市", "on_date": "2000-01-01", "document": "测试文件"], as: administrator)
        for (code, name) in [("000181001", "甲街道"), ("000181002", "乙镇")] {
            try await office.submit("people.add-region", ["code": code, "name": name, "on_date": "2000-01-01", "document": "测试文件"], as: policyOfficer)
        }
        let before = office.clock.now()
        let rows = Raw.rows([RawRow(key: "1", fields: ["code": .typed(township.code), "successor": .typed(nextTownship.code)])])
        try await office.submit(raw: "people.merge-regions", ["parts": rows, "on_date": .typed("2024-06-20"), "document": .typed("测试批复")], as: policyOfficer)
        #expect(try await regions(office) == ["在办 000181002 000181002", "办结 000181002 000181002"])
        let then = try await office.counter.read(as: reviewer) { reader in
            let subject = try reader.caseFiles(where: "title = '在办'").first?.id ?? ""
            let code = try reader.region(of: subject, asOf: before, now: nextTownship)
            return try reader.regionName(code, on: day(2024, 6, 19))
        }
        #expect(then == "甲街道", "旧文书仍是当时的名称")
    }
}
