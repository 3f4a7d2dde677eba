@testable import Commons
import Kernel
import Storage
import Testing
import Values

/// Regions are founded, renamed, merged and split; everything that stood in a code stands in the one that follows, and nobody sees more than before.
@Suite struct RegionChangeTests {
    /// 测试市, 甲街道 with three communities, 乙镇 with one; entered by act into an empty house.
    private static func office() async throws -> Office {
        let office = try await Office()
        try await office.submit("people.found-region", ["code": "000181", "name": "测试市", "on_date": "2000-01-01", "document": "测试文件"], as: administrator)
        for (code, name) in [("000181001", "甲街道"), ("000181002", "乙镇"), ("000181001001", "一社区"), ("000181001002", "二社区"), ("000181001003", "三社区"), ("000181002001", "乙村")] {
            try await office.submit("people.add-region", ["code": code, "name": name, "on_date": "2000-01-01", "document": "测试文件"], as: policyOfficer)
        }
        return office
    }

    private static func rows(_ pairs: [(String, String)], name: String? = nil) -> Raw {
        .rows(pairs.enumerated().map { number, pair in
            var fields: RawFields = ["code": .typed(pair.0), "successor": .typed(pair.1)]
            if number == 0, let name { fields["name"] = .typed(name) }
            return RawRow(key: "\(number + 1)", fields: fields)
        })
    }

    private static func merge(_ office: Office, _ pairs: [(String, String)], name: String? = nil, on: String = "2024-06-20") async throws {
        try await office.submit(raw: "people.merge-regions", ["parts": rows(pairs, name: name), "on_date": .typed(on), "document": .typed("测试撤并批复")], as: policyOfficer)
    }

    private static func split(_ office: Office, _ code: String, into: [(String, String)], ending: Bool, on: String = "2024-06-20") async throws {
        let parts = Raw.rows(into.enumerated().map { RawRow(key: "\($0 + 1)", fields: ["code": .typed($1.0), "name": .typed($1.1)]) })
        try await office.submit(raw: "people.split-region", ["code": .typed(code), "parts": parts, "is_ended": .typed(ending ? "1" : "0"), "on_date": .typed(on),
                                                             "document": .typed("测试拆分批复")], as: policyOfficer)
    }

    private static func user(_ office: Office, _ name: String, _ region: String) async throws {
        let now = office.clock.now()
        try await office.database.write { connection in
            let id: ID<User> = .make(at: now)
            try connection.run("INSERT INTO user_account (id, username, name, role, region, password_hash, version) VALUES (\(id), \(name), '测试员', 'community', \(region), 'x', 1)")
        }
    }

    private static func people(_ office: Office) async throws -> [String] {
        try await office.database.read { try $0.all("SELECT name, region FROM person ORDER BY name") { "\(try $0.read(0) as String) \(try $0.read(1) as String)" } }
    }

    private static func users(_ office: Office) async throws -> [String] {
        try await office.database.read { try $0.all("SELECT username, region FROM user_account ORDER BY username") { "\(try $0.read(0) as String) \(try $0.read(1) as String)" } }
    }

    // MARK: The empty house

    @Test("空的系统先登记本区县：系统管理员只登记到县级；政策员登记乡镇、社区，上级要先有", arguments: [
        ("found-region", "000181", true, nil), ("found-region", "000181001", true, Refusal.Kind.forbidden), ("add-region", "000181001", false, .invalid),
    ])
    func anEmptyHouseBegins(_ act: String, _ code: String, _ isAdministrator: Bool, _ kind: Refusal.Kind?) async throws {
        let office = try await Office()
        let values = ["code": code, "name": "测试地", "on_date": "2000-01-01", "document": "测试文件"]
        #expect(try await office.refusal { try await office.submit("people.\(act)", values, as: isAdministrator ? administrator : policyOfficer) } == kind)
    }

    @Test("设立：代码已用、同级重名、上级未到日子的拒绝", arguments: [
        ("000181001001", "四社区", "2024-06-20", Refusal.Kind.conflict), ("000181001004", "一社区", "2024-06-20", .conflict), ("000181001004", "四社区", "1999-12-31", .invalid),
        ("000181001004", "四社区", "2000-01-01", nil), ("000181002002", "一社区", "2024-06-20", nil), ("000182001", "外县镇", "2024-06-20", .forbidden),
    ])
    func newRegionsFit(_ code: String, _ name: String, _ on: String, _ kind: Refusal.Kind?) async throws {
        let office = try await Self.office()
        let values = ["code": code, "name": name, "on_date": on, "document": "测试文件"]
        #expect(try await office.refusal { try await office.submit("people.add-region", values, as: policyOfficer) } == kind)
    }

    @Test("更名：前一天旧名，当天新名；起始当天不能再更名")
    func renaming() async throws {
        let office = try await Self.office()
        try await office.submit("people.rename-region", ["code": "000181001001", "name": "新一社区", "on_date": "2024-06-10", "document": "测试批复"], as: policyOfficer)
        let names = try await office.counter.read(as: reviewer) { reader in
            try [day(2024, 6, 9), day(2024, 6, 10)].map { try reader.regionName(region("000181001001"), on: $0) }
        }
        #expect(names == ["一社区", "新一社区"])
        let again = ["code": "000181001001", "name": "又一社区", "on_date": "2024-06-10", "document": "测试批复"]
        #expect(try await office.refusal { try await office.submit("people.rename-region", again, as: policyOfficer) } == .invalid)
    }

    // MARK: Merging

    @Test("三个社区并成新的一个：人、户、账号、办件都随新代码，旧代码说明由谁接续，用过的代码不再用")
    func threeBecomeOne() async throws {
        let office = try await Self.office()
        for (index, code) in ["000181001001", "000181001002", "000181001003"].enumerated() {
            _ = try await office.register("测试\(index)", number(born: 1950 + index), region: region(code))
            try await Self.user(office, "user\(index)", code)
        }
        let household = try await office.household(number(born: 1950), from: "2001-01-01", region: region("000181001001"))
        try await office.submit("errands.open-errand", ["region": "000181001001", "what": "测试"])
        try await Self.merge(office, [("000181001001", "000181001009"), ("000181001002", "000181001009"), ("000181001003", "000181001009")], name: "大社区")
        #expect(try await Self.people(office).allSatisfy { $0.hasSuffix(" 000181001009") })
        #expect(try await Self.users(office).allSatisfy { $0.hasSuffix(" 000181001009") })
        let found = try await office.counter.read(as: reviewer) { reader in
            (try reader.find(try #require(ID<Household>(rawValue: household))).region.code, try reader.caseFiles(where: "1 = 1").map(\.region.code),
             try reader.successors(of: region("000181001002")).map(\.code), try reader.regionName(region("000181001002"), on: day(2024, 6, 19)),
             try findRegions.find("二社区", reader).map(\.detail))
        }
        #expect(found.0 == "000181001009" && found.1 == ["000181001009"] && found.2 == ["000181001009"] && found.3 == "二社区")
        #expect(found.4.first?.contains("由大社区（000181001009）接续") == true)
        let reuse = ["code": "000181001002", "name": "新二社区", "on_date": "2024-06-20", "document": "测试文件"]
        #expect(try await office.refusal { try await office.submit("people.add-region", reuse, as: policyOfficer) } == .conflict)
        #expect(try await office.page("people", "regions", [:], ["region": "000181001", "open": "all"], as: reviewer).text.contains("测试撤并批复"))
    }

    @Test("乡镇撤并：社区沿用末三位；被占的要列明，列明了就行")
    func townshipsMergeWithTheirCommunities() async throws {
        let office = try await Self.office()
        _ = try await office.register("测试乙", number(born: 1950), region: region("000181002001"), as: neighbour)
        #expect(try await office.refusal { try await Self.merge(office, [("000181002", "000181001")]) } == .conflict)
        try await Self.merge(office, [("000181002", "000181001"), ("000181002001", "000181001004")])
        #expect(try await Self.people(office) == ["测试乙 000181001004"])
        let name = try await office.counter.read(as: reviewer) { try $0.regionName(region("000181001004")) }
        #expect(name == "乙村")
    }

    @Test("只换代码的：镇和村一起换", arguments: [("000181003", nil), ("000182003", Refusal.Kind.forbidden), ("000181001001", .invalid), ("000181001", .conflict)])
    func aTownshipIsRecoded(_ code: String, _ kind: Refusal.Kind?) async throws {
        let office = try await Self.office()
        #expect(try await office.refusal { try await Self.merge(office, [("000181002", code)]) } == kind)
        guard kind == nil else { return }
        let names = try await office.counter.read(as: reviewer) { try [$0.regionName(region(code)), $0.regionName(region(code + "001"))] }
        #expect(names == ["乙镇", "乙村"])
    }

    @Test("撤并的日期：起始当天不行，第二天可以；撤了又接续别人的不行")
    func mergingHasBounds() async throws {
        let office = try await Self.office()
        #expect(try await office.refusal { try await Self.merge(office, [("000181001001", "000181001002")], on: "2000-01-01") } == .invalid)
        #expect(try await office.refusal { try await Self.merge(office, [("000181001001", "000181001002"), ("000181001002", "000181001003")]) } == .invalid)
        #expect(try await office.refusal { try await Self.merge(office, [("000181001001", "000181001002")], on: "2000-01-02") } == nil)
    }

    @Test("登记在没有登记的代码下的人，不会悄悄丢下")
    func strayRowsAreNotLeftBehind() async throws {
        let office = try await Self.office()
        _ = try await office.register("测试丙", number(born: 1950), region: region("000181002077"), as: neighbour)
        #expect(try await office.refusal { try await Self.merge(office, [("000181002", "000181003")]) } == .conflict)
    }

    // MARK: Splitting

    @Test("拆分：人和账号留在原代码（或第一个新代码），管的范围不变大，安全管理员得到提醒", arguments: [(false, "000181001001"), (true, "000181001011")])
    func splittingWidensNobody(_ ending: Bool, _ stays: String) async throws {
        let office = try await Self.office()
        _ = try await office.register("测试丁", number(born: 1950), region: region("000181001001"))
        try await Self.user(office, "shequ", "000181001001")
        try await Self.split(office, "000181001001", into: [("000181001011", "东社区"), ("000181001012", "西社区")], ending: ending)
        #expect(try await Self.users(office) == ["shequ \(stays)"])
        #expect(try await Self.people(office) == ["测试丁 \(stays)"])
        #expect(try await office.page("desk", "workbench", as: security).text.contains("1 个账号要核对"))
    }

    @Test("拆分的新区划须同级、同上级", arguments: [("000181001011", nil), ("000181003", Refusal.Kind.invalid), ("000181002011", .invalid), ("000181001002", .conflict)])
    func partsAreNeighbours(_ code: String, _ kind: Refusal.Kind?) async throws {
        let office = try await Self.office()
        #expect(try await office.refusal { try await Self.split(office, "000181001001", into: [(code, "新社区")], ending: false) } == kind)
    }

    @Test("划转：住址含有那条路的家庭、成员和办件过去，其余留下")
    func householdsAreTransferred() async throws {
        let office = try await Self.office(), old = region("000181001001")
        for (index, address) in ["建设路 1 号", "人民路 2 号"].enumerated() {
            _ = try await office.register("测试\(index)", number(born: 1950 + index), region: old)
            _ = try await office.household(number(born: 1950 + index), from: "2001-01-01", region: old, address: address)
        }
        try await Self.split(office, "000181001001", into: [("000181001011", "东社区")], ending: false)
        let values = ["code": "000181001001", "into": "000181001011", "address_part": "建设路", "document": "测试批复"]
        #expect(try await office.refusal { try await office.submit("people.transfer-households", values.merging(["into": "000181001099"]) { $1 }, as: policyOfficer) } == .absent)
        #expect(try await office.refusal { try await office.submit("people.transfer-households", values.merging(["address_part": "%"]) { $1 }, as: policyOfficer) } == .absent)
        try await office.submit("people.transfer-households", values, as: policyOfficer)
        #expect(try await Self.people(office) == ["测试0 000181001011", "测试1 000181001001"])
    }

    // MARK: Ahead of time

    @Test("今后的变更：先登记，前一天不动，当天自动办；取消的不办，办成的不能取消")
    func changesWaitForTheirDay() async throws {
        let office = try await Self.office()
        let runner = JobRunner(office.counter)
        _ = try await office.register("测试戊", number(born: 1950), region: region("000181001001"))
        try await Self.merge(office, [("000181001001", "000181001002")], on: "2024-07-01")
        try await Self.merge(office, [("000181001003", "000181001002")], on: "2024-07-01")
        let changes = try await office.counter.page(of: regionChanges, ListingRequest(filters: ["state": "planned"]), as: reviewer).rows.map { $0.raw.text("id") ?? "" }.sorted()
        #expect(changes.count == 2)
        try await office.submit("people.cancel-region-change", ["change": changes[1], "reason": "批复改期"], as: policyOfficer)
        office.clock.set(day(2024, 6, 30))
        #expect(try await runner.runSlice() == false)
        #expect(try await Self.people(office) == ["测试戊 000181001001"])
        office.clock.set(day(2024, 7, 1))
        while try await runner.runSlice() {}
        #expect(try await Self.people(office) == ["测试戊 000181001002"])
        let standing = try await office.counter.read(as: reviewer) { try $0.regions(below: township).map(\.code.code) }
        #expect(standing == ["000181001", "000181001002", "000181001003"])
        #expect(try await office.refusal { try await office.submit("people.cancel-region-change", ["change": changes[0], "reason": "反悔"], as: policyOfficer) } == .outOfOrder)
    }

    @Test("登记时就查：办不成的变更，不等到那一天才说")
    func impossiblePlansAreRefusedAtOnce() async throws {
        let office = try await Self.office()
        #expect(try await office.refusal { try await Self.merge(office, [("000181002", "000181001")], on: "2025-01-01") } == .conflict)
        #expect(try await office.counter.page(of: regionChanges, ListingRequest(filters: ["state": "planned"]), as: reviewer).rows.isEmpty)
    }

    @Test("撤销：有人登记的拒绝，没有人的可以；写错的名称改在原处")
    func endingAndCorrecting() async throws {
        let office = try await Self.office()
        _ = try await office.register("测试己", number(born: 1950), region: region("000181001001"))
        for (code, kind) in [("000181001001", Refusal.Kind.conflict), ("000181001002", nil), ("000181001", .conflict)] {
            let values = ["code": code, "on_date": "2024-06-20", "document": "测试批复"]
            #expect(try await office.refusal { try await office.submit("people.end-region", values, as: policyOfficer) } == kind)
        }
        try await office.submit("people.correct-region-name", ["code": "000181001003", "name": "叁社区", "reason": "登记时写错"], as: policyOfficer)
        #expect(try await office.counter.read(as: reviewer) { try $0.regionName(region("000181001003"), on: day(2010, 1, 1)) } == "叁社区")
    }
}

let administrator = Actor(user: .make(at: Instant(secondsSince1970: 1_700_000_000)), name: "系统壬", role: .systemAdministrator, region: .country)
