@testable import Commons
import Kernel
import Testing
import Values

/// 查重：依据和分数，后台逐键扫描，核对过的不再提出。
@Suite struct PeopleDuplicateTests {
    private static func traits(_ name: String, _ born: String = "1980-03-04", sex: Sex = .male, number: String? = nil, document: String? = nil, phone: String? = nil,
                               address: String? = nil, place: RegionCode = township) -> Traits {
        Traits(id: .make(at: Instant(secondsSince1970: 1)), name: name, sex: sex, bornOn: (try? CivilDate(typed: born)) ?? .earliest, number: number, document: document,
               phone: phone, region: place, address: address)
    }

    struct Case: Sendable { let a: Traits, b: Traits, evidence: [Evidence], score: Int }

    @Test("依据和分数", arguments: [
        Case(a: traits("测试王五"), b: traits("测试王五"), evidence: [.sameNameBirth], score: 80),
        Case(a: traits("测试王五"), b: traits("测试王五", "1980-03-05"), evidence: [], score: 0),
        Case(a: traits("测试王五"), b: traits("测试王武"), evidence: [.samePinyinBirth], score: 50),
        Case(a: traits("测试王五", number: "n"), b: traits("某", "1990-01-01", number: "n"), evidence: [.sameNumber], score: 100),
        Case(a: traits("测试王五", document: "passport x"), b: traits("某", "1990-01-01", document: "passport x"), evidence: [.sameDocument], score: 90),
        Case(a: traits("测试王五", document: "passport x"), b: traits("测试王五", document: "passport x"), evidence: [.sameDocument, .sameNameBirth], score: 99),
        Case(a: traits("测试王五", phone: "p"), b: traits("测试王五", "1990-01-01", phone: "p"), evidence: [.samePhone], score: 70),
        Case(a: traits("测试王五", phone: "p"), b: traits("测试王六", "1980-09-09", phone: "p"), evidence: [.samePhone], score: 70),
        Case(a: traits("测试王五", phone: "p"), b: traits("测试王六", "1981-09-09", phone: "p"), evidence: [], score: 0),
        Case(a: traits("测试王五", address: "甲路1号"), b: traits("测试王五", "1990-01-01", address: "甲路1号"), evidence: [.sameNameAddress], score: 60),
        Case(a: traits("测试王五", address: "甲路1号"), b: traits("测试王五", "1990-01-01", address: "甲路1号", place: nextTownship), evidence: [], score: 0),
        Case(a: traits("测试王五", number: "n"), b: traits("测试王五", number: "m"), evidence: [.sameNameBirth, .otherNumber], score: 30),
        Case(a: traits("测试王五", number: "n", phone: "p"), b: traits("测试王五", number: "m", phone: "p"), evidence: [.sameNameBirth, .samePhone, .otherNumber], score: 40),
        Case(a: traits("测试王五"), b: traits("测试王五", sex: .female), evidence: [.sameNameBirth, .otherSex], score: 60),
        Case(a: traits("测试王五"), b: traits("测试王五", sex: .unknown), evidence: [.sameNameBirth], score: 80),
        Case(a: traits("姓名不详"), b: traits("姓名不详"), evidence: [], score: 0),
    ])
    func weights(_ c: Case) {
        for found in [likeness(c.a, c.b), likeness(c.b, c.a)] { #expect(found.evidence.all == c.evidence && found.score == c.score) }
    }

    @Test("差一个字", arguments: [("王五", "王六", true), ("王五", "王五六", true), ("王大五", "王五", true), ("王五", "王五", false), ("王五", "李六", false), ("王", "李", false), ("甲乙丙", "乙丙丁", false)])
    func oneApart(_ a: String, _ b: String, _ isOne: Bool) { #expect(isOneApart(Array(a), Array(b)) == isOne) }

    /// Files written as an older system would, past the question asked at the window.
    private func fill(_ office: Office, _ people: [(name: String, born: String, phone: String?)], in place: RegionCode = township) async throws {
        let now = office.clock.now(), keyring = office.counter.house.keyring
        try await office.database.write { connection in
            for person in people {
                let id: ID<Person> = .make(at: now), phone = try person.phone.map { try keyring.index(Phone(typed: $0)) }
                try connection.run("""
                    INSERT INTO person (id, name, sex, born_on, region, phone_index, version) VALUES (\(id), \(person.name), '1', \(person.born), \(place), \(phone), 1)
                    """)
            }
        }
    }

    @Test("后台查找：找得出每一对，只提一次；重跑不重复；核对过的不再提出")
    func theJobFindsPairs() async throws {
        let office = try await Office()
        try await fill(office, [("测试甲一", "1980-01-01", "19900000001"), ("测试甲一", "1980-01-01", "19900000001"), ("测试甲依", "1980-01-01", nil), ("测试乙二", "1990-01-01", "19900000001"),
                                ("姓名不详", "1980-01-01", nil), ("姓名不详", "1980-01-01", nil)])
        try await fill(office, [("测试甲一", "1980-01-01", nil)], in: region("000182001"))
        for round in 1 ... 2 {
            try await office.submit("people.find-duplicates", ["region": county.code], as: reviewer)
            try await office.runJobs()
            #expect(try await office.count("SELECT count(*) FROM duplicate_pair") == 3, "第 \(round) 遍")
        }
        let best = try await office.database.read { try $0.first("SELECT id, score, evidence FROM duplicate_pair ORDER BY score DESC, id") { ($0[0].text ?? "", try $0.read(1) as Int, try $0.read(2) as EvidenceList) } }
        #expect(best?.1 == 90 && best?.2.all == [.sameNameBirth, .samePhone])
        #expect(try await office.refusal { try await office.submit("people.mark-distinct", ["pair": best?.0 ?? "", "reason": "见过两人"], as: clerk) } == .forbidden)
        try await office.submit("people.mark-distinct", ["pair": best?.0 ?? "", "reason": "见过两人"], as: townReviewer)
        #expect(try await office.refusal { try await office.submit("people.mark-distinct", ["pair": best?.0 ?? "", "reason": "再标"], as: townReviewer) } == .outOfOrder)
        try await office.submit("people.find-duplicates", ["region": county.code], as: reviewer)
        try await office.runJobs()
        #expect(try await office.count("SELECT count(*) FROM duplicate_pair WHERE state = 'open'") == 2)
        #expect(try await office.count("SELECT count(*) FROM duplicate_pair WHERE state = 'distinct'") == 1)
    }

    @Test("切片：切多小都找到一样多；一组比一片还大也不漏", arguments: [1, 2, 3, 7, 100])
    func slicesMissNobody(_ rows: Int) async throws {
        let office = try await Office()
        try await fill(office, (0 ..< 6).map { ("测试同名", "198\($0 / 3)-01-01", "1990000000\($0 % 2)") } + [("测试孤", "1980-01-01", nil)])
        let found = try await office.counter.read(as: .house) { reader in
            var scan = DuplicateScan(reader: reader, region: county), place: DuplicateScan.Place? = .init(), pairs: Set<[ID<Person>]> = [], slices = 0
            scan.rows = rows
            while let here = place {
                let slice = try scan.slice(from: try #require(DuplicateScan.Place(here.text)))
                pairs.formUnion(slice.found.map { [min($0.a.id, $0.b.id), max($0.a.id, $0.b.id)] })
                place = slice.next
                slices += 1
                try #require(slices < 200)
            }
            return pairs.count
        }
        // Three born on each day are pairs by name and birth; across the years those of one phone are: 3 + 3 + 4 or 5.
        #expect(found == 10)
    }

    @Test("大组只比相邻的：一百份同名同日生不成五千对")
    func largeGroupsStayLinear() async throws {
        let office = try await Office()
        try await fill(office, (0 ..< 100).map { _ in ("测试同名", "1980-01-01", nil) })
        let pairs = try await office.counter.read(as: .house) { try DuplicateScan(reader: $0, region: county).slice(from: .init(pass: .name)).found.count }
        #expect(pairs == 99)
    }

    @Test("系统记的事，人不能办；正在查找时不再开始")
    func onlyTheHouseNotes() async throws {
        let office = try await Office()
        let system = Actor(user: .make(at: office.clock.now()), name: "系统员", role: .systemAdministrator, region: county)
        #expect(try await office.refusal { try await office.submit("people.note-duplicates", [:], as: system) } == .forbidden)
        try await office.submit("people.find-duplicates", ["region": county.code], as: reviewer)
        #expect(try await office.refusal { try await office.submit("people.find-duplicates", ["region": county.code], as: approver) } == .conflict)
    }

    @Test("查重页和疑似重复页：对照两份，号码遮蔽；外乡看不到")
    func pages() async throws {
        let office = try await Office()
        let one = try await office.register("测试王五", number(born: 1980))
        let other = try await office.stranger("测试王五", ["distinct_reason": "本人说没有登记过"])
        let page = try await office.page("people", "persons/{id}/matches", ["id": other], as: townReviewer)
        #expect(page.text.contains("姓名和出生日期相同") && page.text.contains("待核对"))
        let pair = try await office.database.read { try $0.value("SELECT id FROM duplicate_pair") ?? "" }
        let shown = try await office.page("people", "duplicates/{id}", ["id": pair], as: townReviewer)
        #expect(shown.text.contains("本人说没有登记过") && shown.text.contains("一方没有") && !shown.text.contains(number(born: 1980)))
        #expect(shown.acts.count == 2 && shown.acts.contains { $0.href.contains("kept=\(one)") })
        #expect(try await office.refusal { _ = try await office.page("people", "duplicates/{id}", ["id": pair], as: neighbourReviewer) } == .forbidden)
    }
}
