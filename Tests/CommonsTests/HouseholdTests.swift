@testable import Commons
import Kernel
import Testing
import Values

/// Who lives with whom, since when, and as it was known: one person, one household, one day.
@Suite struct HouseholdTests {
    /// A household of 测试户主 (1950) since 2000, and 测试配偶 (1952) as its second member since 2010.
    private struct Home {
        let office: Office, id: String, head: String, spouse: String

        init() async throws {
            office = try await Office()
            head = try await office.register("测试户主", number(born: 1950))
            spouse = try await office.register("测试配偶", number(born: 1952))
            id = try await office.household(number(born: 1950), from: "2000-01-01")
            try await office.join(id, number(born: 1952), "10", from: "2010-01-01")
        }

        func membership(_ person: String, as actor: Actor = clerk) async throws -> String {
            try await office.memberships(of: person).last?.id.text ?? ""
        }

        func end(_ person: String, on day: String, because reason: String = "moved-out") async throws {
            try await office.submit("people.end-membership", ["household": id, "membership": try await membership(person), "until_on": day, "end_reason": reason])
        }
    }

    @Test("加入日期：出生当天和今天可以，前一天和明天不行", arguments: [
        ("1979-12-31", Refusal.Kind.invalid), ("2024-06-21", .invalid), ("1980-01-01", nil), ("2024-06-20", nil),
    ])
    func joiningLiesBetweenBirthAndToday(_ from: String, _ kind: Refusal.Kind?) async throws {
        let home = try await Home()
        _ = try await home.office.register("测试长子", number(born: 1980))
        #expect(try await home.office.refusal { try await home.office.join(home.id, number(born: 1980), "20", from: from) } == kind)
    }

    @Test("离开日期：加入当天不行，第二天和今天可以，明天不行", arguments: [
        ("2010-01-01", Refusal.Kind.invalid), ("2024-06-21", .invalid), ("2010-01-02", nil), ("2024-06-20", nil),
    ])
    func leavingFollowsJoining(_ until: String, _ kind: Refusal.Kind?) async throws {
        let home = try await Home()
        #expect(try await home.office.refusal { try await home.end(home.spouse, on: until) } == kind)
    }

    @Test("一人一天只属于一户：重叠的拒绝，前一段结束当天起可以", arguments: [
        ("2019-12-31", Refusal.Kind.conflict), ("2020-01-01", nil), ("2005-01-01", .conflict),
    ])
    func nobodyLivesTwice(_ from: String, _ kind: Refusal.Kind?) async throws {
        let home = try await Home()
        try await home.end(home.spouse, on: "2020-01-01")
        _ = try await home.office.register("测试邻居", number(born: 1960))
        let other = try await home.office.household(number(born: 1960), from: "2001-01-01")
        #expect(try await home.office.refusal { try await home.office.join(other, number(born: 1952), "99", from: from) } == kind)
    }

    @Test("已在别的家庭：不说迁入的拒绝并说明在哪一户，说了迁入的原来那段到前一日为止")
    func whoMovesLeaves() async throws {
        let home = try await Home(), office = home.office
        _ = try await office.register("测试邻居", number(born: 1960))
        let other = try await office.household(number(born: 1960), from: "2001-01-01")
        do {
            try await office.join(other, number(born: 1952), "99", from: "2023-05-01")
            Issue.record("同一天属于两户")
        } catch let refusal as Refusal {
            #expect(refusal.kind == .conflict && refusal.description.contains("测试户主户"))
        }
        try await office.join(other, number(born: 1952), "99", from: "2023-05-01", moving: true)
        let times = try await office.memberships(of: home.spouse)
        #expect(times.map(\.until) == [day(2023, 5, 1), nil] && times.map(\.household.text) == [home.id, other])
        #expect(try await office.refusal { try await office.join(other, number(born: 1950), "99", from: "2023-06-01", moving: true) } == nil, "最后一人迁走，原户注销")
        #expect(try await office.page("people", "households/{id}", ["id": home.id]).text.contains("这一户已注销"))
        #expect(try await office.refusal { try await office.join(home.id, number(born: 1952), "10", from: "2024-01-01", moving: true) } == .outOfOrder)
    }

    @Test("别的区域的家庭：迁入须由原属地或区县办理")
    func anotherRegionsHouseholdIsNotTouched() async throws {
        let home = try await Home(), office = home.office
        _ = try await office.register("测试外乡", number(born: 1970), region: nextTownship, as: neighbour)
        let there = try await office.household(number(born: 1970), from: "2001-01-01", region: nextTownship, as: neighbour)
        let values = ["household": there, "resident_id": number(born: 1952), "relation": "99", "from_on": "2024-01-01", "is_moving": "1"]
        #expect(try await office.refusal { try await office.submit("people.add-member", values, as: neighbour) } == .forbidden)
        #expect(try await office.refusal { try await office.submit("people.add-member", values, as: reviewer) } == nil)
    }

    @Test("户主不能先走；换了户主就可以，关系从那天起重写")
    func aHouseholdAlwaysHasAHead() async throws {
        let home = try await Home(), office = home.office
        #expect(try await office.refusal { try await home.end(home.head, on: "2024-01-01") } == .conflict)
        #expect(try await office.refusal { try await office.join(home.id, number(born: 1950), "01", from: "2024-01-01") } == .invalid)
        let chosen = try await home.membership(home.spouse), old = try await home.membership(home.head)
        let rows = Raw.rows([RawRow(key: old, fields: ["relation": .typed("10")])])
        try await office.submit(raw: "people.change-head", ["household": .typed(home.id), "membership": .typed(chosen), "changed_on": .typed("2024-02-01"), "members": rows])
        #expect(try await office.refusal { try await home.end(home.head, on: "2024-03-01", because: "divorced") } == nil)
        let times = try await office.memberships(of: home.spouse)
        #expect(times.map(\.relation) == [.spouse, .head] && times.map(\.from) == [day(2010, 1, 1), day(2024, 2, 1)])
        #expect(try await office.page("people", "households/{id}", ["id": home.id]).title == "测试配偶户")
        #expect(try await office.page("people", "persons/{id}", ["id": home.spouse]).text.contains("与户主关系变更"))
    }

    @Test("换户主时每个人的关系都要填")
    func everyRelationIsSaidAnew() async throws {
        let home = try await Home()
        let values = ["household": home.id, "membership": try await home.membership(home.spouse), "changed_on": "2024-02-01"]
        #expect(try await home.office.refusal { try await home.office.submit("people.change-head", values) } == .invalid)
    }

    @Test("去世：当天仍是成员，第二天不是；户主去世的提示换户主")
    func deathEndsMembership() async throws {
        let home = try await Home(), office = home.office
        try await office.submit("people.record-death", ["person": home.head, "died_on": "2024-06-10"])
        let last = try #require(try await office.memberships(of: home.head).last)
        #expect(last.until == day(2024, 6, 11) && last.endReason == .died)
        let page = try await office.page("people", "households/{id}", ["id": home.id])
        #expect(page.text.contains("户主已去世") && page.text.contains("1 人"))
    }

    @Test("更正：旧的撤回留理由，按当时的登记仍看得到；撤销的不再算数")
    func correctionKeepsWhatWasKnown() async throws {
        let home = try await Home(), office = home.office
        office.clock.set(day(2024, 7, 1))
        try await office.submit("people.correct-membership", ["household": home.id, "membership": try await home.membership(home.spouse), "relation": "10",
                                                              "from_on": "2012-01-01", "reason": "结婚证为 2012 年"])
        #expect(try await office.memberships(of: home.spouse).map(\.from) == [day(2012, 1, 1)])
        let path = "households/{id}"
        let now = try await office.page("people", path, ["id": home.id], ["day": "2011-01-01"])
        let then = try await office.page("people", path, ["id": home.id], ["day": "2011-01-01", "known": "2024-06-30"])
        #expect(now.text.contains("1 人") && then.text.contains("2 人") && now.text.contains("结婚证为 2012 年"))
        try await office.submit("people.retract-membership", ["household": home.id, "membership": try await home.membership(home.spouse), "reason": "录错了人"])
        #expect(try await office.memberships(of: home.spouse).isEmpty)
    }

    @Test("旧的一行不能再办：提示从最新的一行办理")
    func aSupersededRowIsRefused() async throws {
        let home = try await Home(), old = try await home.membership(home.spouse)
        try await home.office.submit("people.change-relation", ["household": home.id, "membership": old, "relation": "99", "changed_on": "2024-01-01"])
        let again = ["household": home.id, "membership": old, "relation": "70", "changed_on": "2024-01-01"]
        #expect(try await home.office.refusal { try await home.office.submit("people.change-relation", again) } == .conflict)
    }

    @Test("版本：看着旧页面办的，拒绝")
    func anOlderPageIsRefused() async throws {
        let home = try await Home(), office = home.office
        let values: RawFields = ["household": .typed(home.id), "dissolved_on": .typed("2024-06-20"), "reason": .typed("全家迁往外地")]
        let stale = Submission("people.dissolve-household", id: .make(at: office.clock.now()), values: values, version: 1)
        #expect(try await office.refusal { _ = try await office.counter.submit(stale, as: clerk) } == .conflict)
    }

    @Test("分户：新户须有且只有一名户主，原户主不能走", arguments: [
        (["spouse": "01"], nil), (["spouse": "10"], Refusal.Kind.invalid), (["head": "01"], .conflict), ([:], .invalid),
    ] as [([String: String], Refusal.Kind?)])
    func splittingMakesAHousehold(_ leaving: [String: String], _ kind: Refusal.Kind?) async throws {
        let home = try await Home(), office = home.office
        let ids = ["spouse": try await home.membership(home.spouse), "head": try await home.membership(home.head)]
        let rows = leaving.map { RawRow(key: ids[$0.key] ?? "", fields: ["relation": .typed($0.value)]) }
        let values: RawFields = ["household": .typed(home.id), "split_on": .typed("2024-06-01"), "region": .typed(township.code), "area": .typed("urban"), "members": .rows(rows)]
        #expect(try await office.refusal { try await office.submit(raw: "people.split-household", values) } == kind)
        if kind == nil { #expect(try await office.memberships(of: home.spouse).map(\.endReason) == [.split, nil]) }
    }

    @Test("迁移：区域和住址换了，旧住处留着；原区域的看不到，同一天往前迁的拒绝")
    func movingKeepsTheOldPlace() async throws {
        let home = try await Home(), office = home.office
        let values = ["household": home.id, "moved_on": "2024-06-01", "region": nextTownship.code, "area": "rural", "address": "新村 1 号", "is_registration_moved": "1"]
        #expect(try await office.refusal { try await office.submit("people.move-household", values) } == .forbidden, "跨乡镇由区县办")
        try await office.submit("people.move-household", values, as: reviewer)
        #expect(try await office.refusal { _ = try await office.page("people", "households/{id}", ["id": home.id]) } == .forbidden)
        let page = try await office.page("people", "households/{id}", ["id": home.id], as: neighbour)
        #expect(page.text.contains("新村 1 号") && page.text.contains("家庭迁移"))
        let person = try await office.counter.read(as: reviewer) { try $0.find(try #require(ID<Person>(rawValue: home.spouse))).region }
        #expect(person == nextTownship)
        let back = ["household": home.id, "moved_on": "2024-05-31", "region": township.code, "area": "urban", "is_registration_moved": "0"]
        #expect(try await office.refusal { try await office.submit("people.move-household", back, as: reviewer) } == .invalid)
    }

    @Test("台账：按户主、区域、城乡、人数筛选；注销的另列", arguments: [
        (["q": "户主"], 1), (["q": "邻居"], 0), (["region": township.code], 1), (["region": nextTownship.code], 0), (["area": "rural"], 0), (["member_count": "2"], 1),
        (["member_count": "3"], 0), (["member_count_min": "2"], 1), (["member_count_min": "3"], 0),
    ] as [([String: String], Int)])
    func householdsAreListed(_ filters: [String: String], _ count: Int) async throws {
        let home = try await Home()
        let page = try await home.office.counter.page(of: households, ListingRequest(filters: filters), as: reviewer)
        #expect(page.rows.count == count)
    }

    @Test("注销：成员到此为止，之后不能再加入")
    func dissolvingEndsEverything() async throws {
        let home = try await Home(), office = home.office
        try await office.submit("people.dissolve-household", ["household": home.id, "dissolved_on": "2024-06-20", "reason": "全家迁往外地"])
        #expect(try await office.memberships(of: home.spouse).last?.endReason == .dissolved)
        #expect(try await office.counter.page(of: households, ListingRequest(), as: reviewer).rows.isEmpty)
        #expect(try await office.counter.page(of: dissolvedHouseholds, ListingRequest(), as: reviewer).rows.count == 1)
        #expect(try await office.refusal { try await office.submit("people.dissolve-household", ["household": home.id, "dissolved_on": "2024-06-20", "reason": "再来"]) } == .outOfOrder)
    }
}

extension Office {
    @discardableResult
    func submit(raw permission: String, _ values: RawFields, as actor: Actor = clerk) async throws -> Receipt {
        try await counter.submit(Submission(permission, id: .make(at: clock.now()), values: values), as: actor)
    }

    /// - Returns: the id of the new household.
    func household(_ head: String, from: String, region: RegionCode = township, address: String? = nil, as actor: Actor = clerk) async throws -> String {
        var values = ["resident_id": head, "from_on": from, "region": region.code, "area": "urban"]
        values["address"] = address
        return try await submit("people.register-household", values, as: actor).outcome.subject
    }

    func join(_ household: String, _ number: String, _ relation: String, from: String, moving: Bool = false) async throws {
        try await submit("people.add-member", ["household": household, "resident_id": number, "relation": relation, "from_on": from, "is_moving": moving ? "1" : "0"])
    }

    /// A person's memberships as held true now.
    func memberships(of person: String) async throws -> [Membership] {
        try await counter.read(as: reviewer) { reader in try ID<Person>(rawValue: person).map { try reader.memberships(of: $0) } ?? [] }
    }
}
