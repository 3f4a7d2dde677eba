@testable import Commons
import Kernel
import Testing
import Values

/// People are entered once, found by what one knows of them, and only within one's region.
@Suite struct PeopleTests {
    private func hits(_ text: String, _ office: Office, as actor: Actor = clerk) async throws -> [String] {
        try await office.counter.read(as: actor) { try findPeople.find(text, $0).map(\.title) }
    }

    @Test("按姓名的一部分、拼音首字母、身份号码都找得到", arguments: [
        ("测试张三丰", ["测试张三丰"]), ("三丰", ["测试张三丰"]), ("cszsf", ["测试张三丰"]), (number(born: 1950), ["测试张三丰"]),
        ("测试", ["测试张三丰", "测试李四光"]), ("王五", []), (number(born: 1951), []), ("%", []), ("\" OR 1", []),
    ])
    func peopleAreFound(_ text: String, _ names: [String]) async throws {
        let office = try await Office()
        _ = try await office.register("测试张三丰", number(born: 1950))
        _ = try await office.register("测试李四光", number(born: 1960))
        #expect(try await hits(text, office) == names)
    }

    @Test("别的区域的人找不到，县里找得到")
    func peopleOfAnotherRegionAreNotFound() async throws {
        let office = try await Office()
        _ = try await office.register("测试张三丰", number(born: 1950))
        #expect(try await hits("三丰", office, as: neighbour).isEmpty)
        #expect(try await hits(number(born: 1950), office, as: neighbour) == ["有登记，不在您的辖区"])
        #expect(try await hits("三丰", office, as: reviewer).count == 1)
    }

    @Test("同一个身份号码登记两次：拒绝；替别的区域登记：拒绝")
    func peopleAreEnteredOnce() async throws {
        let office = try await Office()
        _ = try await office.register("测试张三丰", number(born: 1950))
        #expect(try await office.refusal { _ = try await office.register("测试别人", number(born: 1950)) } == .conflict)
        #expect(try await office.refusal { _ = try await office.register("测试王五", number(born: 1970), region: nextTownship) } == .forbidden)
    }

    @Test("身份号码已登记：本区域的说出姓名，别的区域的不说")
    func aNumberDoesNotBetrayANeighbour() async throws {
        let office = try await Office()
        _ = try await office.register("测试张三丰", number(born: 1950))
        for (region, isTold) in [(township, true), (nextTownship, false)] {
            let here = Actor(user: clerk.user, name: clerk.name, role: .townshipClerk, region: region)
            let values = ["name": "测试别人", "resident_id": number(born: 1950), "region": region.code]
            do {
                try await office.submit("people.register-person", values, as: here)
                Issue.record("登记了两次")
            } catch let refusal as Refusal {
                #expect(refusal.kind == .conflict && refusal.message.contains("测试张三丰") == isTold)
            }
        }
    }

    @Test("死亡日期：出生当天和今天可以，前一天和明天不行", arguments: [
        ("1949-12-31", Refusal.Kind.invalid), ("2024-06-21", .invalid), ("1950-01-01", nil), ("2024-06-20", nil),
    ])
    func deathLiesBetweenBirthAndToday(_ on: String, _ kind: Refusal.Kind?) async throws {
        let office = try await Office()
        let id = try await office.register("测试张三丰", number(born: 1950))
        #expect(try await office.refusal { try await office.submit("people.record-death", ["person": id, "died_on": on]) } == kind)
    }

    @Test("一人一档：身份号码遮蔽，各业务的事按年排，已故有标签且不再有登记死亡")
    func thePersonPageTellsALife() async throws {
        let office = try await Office()
        let id = try await office.register("测试张三丰", number(born: 1950))
        try await office.submit("errands.open-errand", ["region": township.code, "what": id])
        let page = try await office.page("people", "persons/{id}", ["id": id])
        #expect(page.title == "测试张三丰" && page.text.contains("74 岁") && page.text.contains("代办一次") && page.text.contains("1950年"))
        #expect(!page.text.contains(number(born: 1950)) && page.text.contains("000***********"))
        #expect(page.acts.map(\.title) == ["修改联系信息", "申请更正", "登记或更正证件号码", "登记死亡", "查看号码原文", "登记收款账户"])
        #expect(try await !office.page("people", "persons/{id}", ["id": id], ["line": "人员家庭"]).text.contains("代办一次"))
        try await office.submit("people.record-death", ["person": id, "died_on": "2024-06-19"])
        let after = try await office.page("people", "persons/{id}", ["id": id])
        #expect(after.text.contains("已故") && after.text.contains("待核实") && after.acts.map(\.title).contains("撤销死亡登记") && !after.acts.map(\.title).contains("登记死亡"))
    }

    @Test("别的区域的档案：不给看；没有的档案：说没有")
    func anotherRegionsRecordIsHidden() async throws {
        let office = try await Office()
        let id = try await office.register("测试张三丰", number(born: 1950))
        #expect(try await office.refusal { _ = try await office.page("people", "persons/{id}", ["id": id], as: neighbour) } == .forbidden)
        #expect(try await office.refusal { _ = try await office.page("people", "persons/{id}", ["id": "乱写的"]) } == .absent)
        let nobody: ID<Person> = .make(at: office.clock.now())
        #expect(try await office.refusal { _ = try await office.page("people", "persons/{id}", ["id": nobody.text]) } == .absent)
    }

    @Test("家庭档案：在的和离开的分开，户主在前")
    func theHouseholdPageTellsWhoLivesThere() async throws {
        let office = try await Office()
        let head = try await office.register("测试户主", number(born: 1950)), son = try await office.register("测试长子", number(born: 1980))
        let household: ID<Household> = .make(at: office.clock.now())
        try await office.settle(household, [(head, "01", nil), (son, "20", "2020-06-30")])
        let page = try await office.page("people", "households/{id}", ["id": household.text])
        #expect(try await office.page("desk", "search", [:], ["q": "户主"]).text.contains("/people/households/\(household.text)"))
        #expect(page.title == "测试户主户" && page.text.contains("1 人") && page.text.contains("至2020年6月29日"))
        #expect(try await office.refusal { _ = try await office.page("people", "households/{id}", ["id": household.text], as: neighbour) } == .forbidden)
        #expect(try await office.page("people", "persons/{id}", ["id": son]).text.contains("离开家庭"))
    }
}

extension Office {
    /// Writes a household as a line would, members since 2000.
    func settle(_ household: ID<Household>, _ members: [(person: String, relation: String, until: String?)]) async throws {
        let now = clock.now()
        try await database.write { connection in
            try connection.run("INSERT INTO household (id, head_id, region, area, version) VALUES (\(household), \(members[0].person), \(township), 'urban', 1)")
            for member in members {
                let id: ID<Membership> = .make(at: now)
                try connection.run("""
                    INSERT INTO membership (id, household_id, person_id, relation, from_on, until_on, known_at)
                    VALUES (\(id), \(household), \(member.person), \(member.relation), '2000-01-01', \(member.until), \(now))
                    """)
            }
        }
    }
}
