import Commons
import Demo
import Kernel
import SQLiteStorage
import Storage
import Testing
import Values

/// 示范市。What can be counted on in an invented city of any size.
struct DemoCityTests {
    static let today = CivilDate(written: 2026, 6, 10)
    typealias City = (bureau: TrialBureau, summary: DemoCity.Summary)
    /// Most tests look at one small city.
    static let small = Task { try await built(0.004, seed: 7) }

    private static func built(_ scale: Double, seed: UInt64) async throws -> City {
        let bureau = try await TrialBureau(on: today)
        return (bureau, try await DemoCity.build(scale: scale, seed: seed, in: bureau.counter))
    }

    @Test("2024 年末的人口、年龄段和全年死亡按比例，且与 001 号材料一致", arguments: [(0.004, 2776, 505, 64, 0, 15), (0.0125, 8675, 1579, 200, 1, 46)])
    func theYearsEndIsExact(_ scale: Double, _ all: Int, _ from60: Int, _ from80: Int, _ from100: Int, _ died: Int) async throws {
        let (bureau, summary) = scale == 0.004 ? try await Self.small.value : try await Self.built(scale, seed: 7)
        #expect(try await bureau.count("person") == summary.people + summary.newcomers)
        let end = CivilDate(written: 2024, 12, 31), entered = summary.newcomers
        for (age, count) in [(60, from60), (80, from80), (100, from100)] {
            let born = end.adding(years: -age)
            #expect(try await bureau.read { try $0.value("SELECT count(*) FROM person WHERE born_on <= \(born) AND (died_on IS NULL OR died_on > \(end))") } == count)
        }
        let living: Int? = try await bureau.read { try $0.value("SELECT count(*) FROM person WHERE born_on <= \(end) AND (died_on IS NULL OR died_on > \(end))") }
        #expect((all ... all + entered).contains(living ?? 0))
        #expect(try await bureau.read { try $0.value("SELECT count(*) FROM person WHERE died_on >= '2024-01-01' AND died_on <= \(end)") } == died)
        let since: Int? = try await bureau.read { try $0.value("SELECT count(*) FROM person WHERE died_on > \(end)") }
        let born: Int? = try await bureau.read { try $0.value("SELECT count(*) FROM person WHERE born_on > \(end)") }
        #expect((since ?? 0) > 0 && (born ?? 0) > entered)
        let largest: Int? = try await bureau.read {
            try $0.value("SELECT max(c) FROM (SELECT count(*) AS c FROM membership WHERE until_on IS NULL GROUP BY household_id) AS sizes")
        }
        #expect(summary.people * 10 / summary.households >= 20 && summary.people * 10 / summary.households <= 32)
        #expect((largest ?? 0) <= 8)
    }

    @Test("2024 年的低保、机构、地名：登记算得的数就是 001 号材料按规模的数", arguments: [
        ("assistance.new-households", 4), ("assistance.new-people", 7), ("assistance.stopped-households", 5), ("assistance.stopped-people", 8),
        ("people.deaths", 15), ("people.aged-80", 64), ("organisations.elder-care", 15), ("place-names.named", 19),
    ])
    func theYearIsTold(_ code: String, _ amount: Int64) async throws {
        let (bureau, summary) = try await Self.small.value
        #expect(summary.refusals == [])
        let value = try await bureau.counter.read(as: .house) { reader in
            try reader.value(of: try reader.indicatorBook().indicator(code), over: try .year(2024), in: .demonstration)
        }
        #expect(value.amount == amount, "\(code)")
    }

    @Test("2024 年的钱：迁入后十个月都发了，高龄津贴约为标准乘人数乘十，账平")
    func theYearIsPaid() async throws {
        let (bureau, _) = try await Self.small.value
        let months: [String] = try await bureau.read { try $0.all("SELECT month FROM payment_run WHERE kind = 'month' AND month < '2025-01' ORDER BY month") { try $0.read(0) } }
        #expect(months.count == 10 && months.first == "2024-03" && months.last == "2024-12")
        let paid = try await bureau.counter.read(as: .house) { reader in
            let book = try reader.indicatorBook()
            return try ["elder-allowance.paid", "assistance.paid"].map { try reader.value(of: try book.indicator($0), over: try .year(2024), in: .demonstration).amount ?? 0 }
        }
        // 64 人，每月 50 元，十个月：上下一成以内。
        let whole: Int64 = 64 * 5_000 * 10
        #expect(paid[0] > whole * 9 / 10 && paid[0] < whole * 11 / 10)
        #expect(paid[1] > paid[0])
        #expect(try await LedgerCheck.verify(bureau.database, bureau.counter.house.keyring).isSound)
    }

    @Test("一户一个户主，人人有户；号码都合校验，和性别、生日一致")
    func everybodyHasAHomeAndANumber() async throws {
        let (bureau, summary) = try await Self.small.value
        #expect(try await bureau.count("household") == summary.households)
        #expect(try await bureau.read { try $0.value("SELECT count(*) FROM membership WHERE relation = '01'") } == summary.households)
        #expect(try await bureau.read { try $0.value("SELECT count(DISTINCT person_id) FROM membership") } == summary.people)
        let orphans: Int? = try await bureau.read { connection in
            try connection.value("""
                SELECT count(*) FROM household AS h JOIN person AS p ON p.id = h.head_id WHERE p.born_on > '2008-06-10'
                """)
        }
        #expect((orphans ?? 0) <= 3)
        let actor = Actor.house
        try await bureau.counter.read(as: actor) { reader in
            for person in try reader.all(Person.self, where: "1 = 1 ORDER BY id LIMIT 300") {
                let number = try #require(try person.residentID.map(reader.open))
                #expect(number.birth == person.bornOn && number.sex == person.sex && number.area.hasPrefix("0001"))
                #expect(try reader.person(with: number)?.id == person.id)
                if let phone = try person.phone.map(reader.open) { #expect(phone.number.hasPrefix("199000")) }
            }
        }
    }

    @Test("同一种子、同一规模、同一天，是同一座城；换一个种子就是另一座")
    func oneSeedIsOneCity() async throws {
        let first = try await Self.census(Self.small.value), second = try await Self.census(Self.built(0.004, seed: 7))
        #expect(first == second)
        #expect(try await Self.census(Self.built(0.0005, seed: 7)) != Self.census(Self.built(0.0005, seed: 8)))
    }

    private static func census(_ city: City) async throws -> [String] {
        try await city.bureau.read { try $0.all("SELECT id || name || born_on || region FROM person ORDER BY id") { try $0.read(0) } }
    }

    @Test("改名和拆分过的社区，旧名旧码仍查得到")
    func oldRegionsAreFound() async throws {
        let (bureau, _) = try await Self.small.value
        try await bureau.counter.read(as: .house) { reader in
            let first = try RegionCode("000181001001"), split = try RegionCode("000181001900")
            #expect(try reader.regionName(first, on: .init(written: 2021, 6, 30)) == "旧街社区")
            #expect(try reader.regionName(first, on: .init(written: 2021, 7, 1)) == "和园社区")
            #expect(try reader.regionName(split, on: .init(written: 2021, 12, 31)) == "老站社区")
            #expect(try reader.regionName(split, on: .init(written: 2022, 1, 1)) == "老站社区", "撤销之后仍叫最后的名称")
            #expect(try reader.regionName(split, on: .init(written: 1999, 12, 31)) == split.shown)
            #expect(try reader.regionPath(split) == "示范市立春街道老站社区")
        }
    }

    @Test("账号都能登录；日志已封存且相接；标记最后写上")
    func theOfficeIsReady() async throws {
        let (bureau, summary) = try await Self.small.value
        let session = try await Accounts(bureau.counter).signIn("jingban", DemoCity.password)
        #expect(session.actor.role == .townshipClerk)
        let roles: Int? = try await bureau.read { try $0.value("SELECT count(DISTINCT role) FROM user_account") }
        #expect(roles == Set<Role>.everyone.count)
        let verdict = try await Sealer.verify(bureau.database)
        #expect(verdict.isSound && verdict.unsealedEntries == 0 && verdict.sealedEntries == summary.acts)
        #expect(summary.places == 40)
        #expect(summary.refusals == [])
        #expect(try await bureau.count("place_name") == 40)
        let namings: Set<String> = try await bureau.read { Set(try $0.all("SELECT DISTINCT state FROM case_file WHERE process = 'naming'") { try $0.read(0) as String }) }
        #expect(namings.isSuperset(of: ["approved", "filed", "settled"]))
        #expect(try await bureau.read { try $0.value("SELECT value FROM mark WHERE name = 'demo'") } == "7")
    }

    @Test("低保：两个程序的每个状态都有件，今天的待办有超期的也有未到期的")
    func casesStandInEveryState() async throws {
        let (bureau, summary) = try await Self.small.value
        #expect(summary.refusals == [])
        #expect(summary.cases == 43, "40 件走遍各种状态，2024 年另有 3 户在这里申请")
        let states: Set<String> = try await bureau.read {
            Set(try $0.all("SELECT DISTINCT process || '/' || state FROM case_file WHERE process IN ('application', 'allowance')") { try $0.read(0) as String })
        }
        let house = bureau.counter.house
        for process in [try house.process("application"), try house.process("allowance")] {
            // 县级公示只在 2021 年 7 月以前的程序里有。
            for state in try process.edition(on: Self.today).states where state.name != "county-noticing" {
                #expect(states.contains("\(process.name)/\(state.name)"), "没有「\(state.title)」的\(process.title)")
            }
        }
        let today = Self.today
        let clocks: [Bool] = try await bureau.read { try $0.all("SELECT due_on < \(today) FROM case_clock WHERE ended_on IS NULL") { try $0.read(0) } }
        #expect(clocks.contains(true) && clocks.contains(false))
        let future: Int? = try await bureau.read { try $0.value("SELECT count(*) FROM journal WHERE at > \(Instant(startOf: today.adding(days: 1)))") }
        #expect(future == 0)
    }

    @Test("换一天为今天，办件和发放也不被拒绝", arguments: ["2024-07-01", "2025-01-01", "2026-12-31"])
    func otherDaysAreAsSmooth(_ today: String) async throws {
        let bureau = try await TrialBureau(on: try CivilDate(typed: today))
        let summary = try await DemoCity.build(scale: 0.01, seed: 20_240_701, in: bureau.counter)
        #expect(summary.refusals == [])
        #expect(summary.months >= 5)
    }

    @Test("有人登记过的数据库不动")
    func aTownWithPeopleIsLeftAlone() async throws {
        let (bureau, summary) = try await Self.small.value
        await #expect(throws: Refusal.self) { try await DemoCity.build(scale: 0.0005, seed: 8, in: bureau.counter) }
        #expect(try await bureau.count("person") == summary.people + summary.newcomers)
    }

    @Test("规模之外的数不收", arguments: [0.0, -1, 0.0001, 4, .nan])
    func otherScalesAreRefused(_ scale: Double) async throws {
        let bureau = try await TrialBureau(on: Self.today)
        await #expect(throws: Refusal.self) { try await DemoCity.build(scale: scale, seed: 7, in: bureau.counter) }
        #expect(try await bureau.count("region") == 0)
    }
}

/// 大厅不漏人。In the whole invented city, no page that is open to visitors says who anybody is.
struct HallLeakTests {
    @Test("示范市的大厅各页：没有一个完整姓名、身份证号、电话和住址")
    func noPageTellsWhoAnybodyIs() async throws {
        let counter = try await DemoCityTests.small.value.bureau.counter
        let secrets = try await counter.read(as: .house) { reader in
            try reader.all(Person.self, where: "id IN (SELECT person_id FROM declaration_member)").flatMap { person in
                [person.name.shown, try person.residentID.map { try reader.open($0).typed }, try person.phone.map { try reader.open($0).typed }, person.address].compactMap(\.self)
            }.filter { $0.count > 1 }
        }
        #expect(secrets.count > 100)
        let regions = try await counter.read(as: .house) { try $0.all(Region.self, where: "length(code) = 12").map(\.code.code) }
        var shown = ""
        for page in counter.house.lines.flatMap(\.pages).filter({ $0.roles.contains(.visitor) }) {
            for region in [nil] + regions.map({ $0 as String? }) {
                let query = region.map { ["region": $0] } ?? [:]
                shown += try await counter.read(as: .visitor(in: .country)) { try page.body(Visit(reader: $0, parameters: [:], query: query)).render().text }
            }
        }
        #expect(shown.contains("某某"))
        for secret in secrets { #expect(!shown.contains(secret), "\(secret)") }
    }
}
