import Commons
import Cryptography
import Kernel
import Storage
import TestSupport
import Testing
import Values
@testable import PlaceNames

/// 地名科的一天。A small office of place names over a temporary database.
struct NamingStory {
    @Test("命名、备案、公告，十五日内办结")
    func aStreetIsNamedFiledAndAnnounced() async throws {
        let office = try await Office()
        let named = try await office.name("建设", "路")
        #expect(named.message.contains("「建设路」（Jianshe Lu）已登记，编号 DM2024-000001，由直辖市、市、县人民政府批准"))
        #expect(try await office.dueDates(named) == ["filing": "2024-07-16", "announcement": "2024-07-16"])
        try await office.act("file-name", named.subject, "filing_number", "示地备〔2024〕1号")
        #expect(try await office.state(named) == "filed")
        let outcome = try await office.act("announce-name", named.subject, "announcement_number", "示地告〔2024〕1号")
        #expect(outcome.message.contains("备案和公告都已办结"))
        #expect(try await office.state(named) == "settled")
        #expect(try await office.dueDates(named) == [:])
        await #expect(throws: Refusal.self) { try await office.act("file-name", named.subject, "filing_number", "再备一次") }
    }

    @Test("部门批准的，备案后才公告，公告时限自备案起算")
    func aDepartmentsNameIsFiledFirst() async throws {
        let office = try await Office()
        let named = try await office.name("示范家", "园", class: "building", approver: "housing")
        #expect(try await office.dueDates(named) == ["filing": "2024-07-16"])
        await #expect(throws: Refusal.self) { try await office.act("announce-name", named.subject, "announcement_number", "先公告") }
        office.clock.set(.init(written: 2024, 7, 10))
        try await office.act("file-name", named.subject, "filing_number", "备1")
        #expect(try await office.dueDates(named) == ["announcement": "2024-07-25"])
    }

    @Test("批准机关不合法规、日期在后、声明不成立：各在其栏拒绝", arguments: [
        ("approver", "housing", "由直辖市、市、县人民政府批准"), ("approved_on", "2024-07-03", "不能晚于今天"), ("is_proper", "0", "退回重新拟名"), ("specific", "龘", "生僻字"),
    ])
    func unlawfulNamesAreRefused(_ field: String, _ value: String, _ part: String) async throws {
        let office = try await Office()
        let refusal = await office.refusal { try await office.name("建设", "路", changing: [field: .typed(value)]) }
        #expect(refusal?.problems.first?.path == ["approved_name", field])
        #expect(refusal?.problems.first?.message.contains(part) == true)
        #expect(try await office.journalled() == 0)
    }

    @Test("重名和同音都拒绝，并说出是哪一处", arguments: [
        ("建设", "路", "street", "000181002", "重名"), ("建社", "路", "street", "000181002", "同音"), ("建设", "街", "street", "000181001", nil),
        ("建设", "路", "street", "000182001", nil), ("建设", "路", "facility", "000181001", nil),
    ] as [(String, String, String, String, String?)])
    func sameSoundsAreRefused(_ specific: String, _ generic: String, _ kind: String, _ region: String, _ fault: String?) async throws {
        let office = try await Office()
        try await office.name("建设", "路")
        let approver = kind == "facility" ? "department" : "county"
        let refusal = await office.refusal { try await office.name(specific, generic, class: kind, approver: approver, region: region) }
        #expect(refusal?.message == fault.map { "与示范市第一街道的「建设路」（Jianshe Lu）\($0)，请另拟名称" })
    }

    @Test("更名：旧名仍能查到，名称沿革完整")
    func aRenamedStreetIsFoundByBothNames() async throws {
        let office = try await Office()
        let named = try await office.name("建设", "路")
        let place = try await office.place(named)
        await #expect(throws: Refusal.self) { try await office.rename(place, "示范", "大道") }
        try await office.settle(named)
        let renamed = try await office.rename(place, "示范", "大道")
        #expect(try await office.found("范大") == ["示范大道"])
        #expect(try await office.found("建设") == ["示范大道"])
        #expect(try await office.found("jsl") == ["示范大道"])
        #expect(try await office.found("sfdd") == ["示范大道"])
        #expect(try await office.found("人民").isEmpty)
        let page = try await office.page(renamed)
        for text in ["示范大道", "Shifan Dadao", "建设路", "示政函〔2024〕1号", "未备案", "更名理由"] { #expect(page.contains(text)) }
    }

    @Test("只有地名专管可以办理")
    func othersMayNot() async throws {
        let office = try await Office()
        let refusal = await office.refusal { try await office.name("建设", "路", as: .townshipClerk) }
        #expect(refusal?.kind == .forbidden)
    }
}

/// The office: 示范市 with two streets, and 邻市 beside it.
struct Office {
    let counter: Counter
    let clock = VirtualClock(.init(written: 2024, 7, 2))

    init() async throws {
        let house = House(lines: commonLines + [placeNames], keyring: try Keyring.ephemeral())
        counter = Counter(database: try await TestDatabase.make(), house: house, clock: clock)
        try await counter.database.migrate(house.migrations)
        try await counter.database.write { connection in
            for (code, name) in [("000181", "示范市"), ("000181001", "第一街道"), ("000181002", "第二街道"), ("000182", "邻市"), ("000182001", "邻街道")] {
                let id = ID<Region>.make(at: Instant(secondsSince1970: 0))
                try connection.run("INSERT INTO region (id, code, name, from_on) VALUES (\(id), \(code), \(name), '2000-01-01')")
            }
        }
    }

    private func actor(_ role: Role) throws -> Actor {
        Actor(user: ID<Actor>(at: Instant(secondsSince1970: 0), random: [UInt8](repeating: 1, count: 10)), name: "甲", role: role, region: try RegionCode("000100"))
    }

    private func submit(_ act: String, _ values: RawFields, as role: Role = .placeNameOfficer) async throws -> Outcome {
        try await counter.submit(Submission("place-names.\(act)", id: .make(at: clock.now()), values: values), as: try actor(role)).outcome
    }

    private func approved(_ specific: String, _ generic: String, _ approver: String, _ changes: [String: Raw] = [:]) -> Raw {
        let fields: [String: Raw] = ["specific": .typed(specific), "generic": .typed(generic), "approver": .typed(approver),
                                     "document": .typed("示政函〔2024〕1号"), "approved_on": .typed("2024-07-01"), "is_proper": .typed("是")]
        return .group(RawFields(fields.merging(changes) { $1 }))
    }

    @discardableResult
    func name(_ specific: String, _ generic: String, class kind: String = "street", approver: String = "county", region: String = "000181001",
              changing: [String: Raw] = [:], as role: Role = .placeNameOfficer) async throws -> Outcome {
        try await submit("name-place", ["class": .typed(kind), "region": .typed(region), "approved_name": approved(specific, generic, approver, changing),
                                        "position": .typed("113.26,23.12"), "meaning": .typed("取意“\(specific)”")], as: role)
    }

    func rename(_ place: String, _ specific: String, _ generic: String) async throws -> Outcome {
        try await submit("rename-place", ["place": .typed(place), "approved_name": approved(specific, generic, "county"),
                                          "meaning": .typed("示范之意"), "reason": .typed("道路拓宽并延长")])
    }

    @discardableResult
    func act(_ act: String, _ naming: String, _ field: String, _ number: String) async throws -> Outcome {
        try await submit(act, ["naming": .typed(naming), field: .typed(number)])
    }

    func settle(_ named: Outcome) async throws {
        try await act("file-name", named.subject, "filing_number", "备")
        try await act("announce-name", named.subject, "announcement_number", "告")
    }

    func refusal(_ body: () async throws -> Outcome) async -> Refusal? {
        do { _ = try await body(); return nil } catch { return error as? Refusal }
    }

    func place(_ named: Outcome) async throws -> String {
        try await counter.database.read { try $0.value("SELECT place FROM naming WHERE id = \(named.subject)") ?? "" }
    }

    func state(_ named: Outcome) async throws -> String? {
        try await counter.read(as: try actor(.placeNameOfficer)) { try $0.caseFile(id: named.subject)?.state }
    }

    func dueDates(_ named: Outcome) async throws -> [String: String] {
        try await counter.read(as: try actor(.placeNameOfficer)) { reader in
            guard let file = try reader.caseFile(id: named.subject) else { return [:] }
            let running = try reader.clocks(of: file).filter(\.isRunning)
            return Dictionary(running.map { ($0.name, $0.dueOn.typed) }, uniquingKeysWith: { first, _ in first })
        }
    }

    func found(_ text: String) async throws -> [String] {
        try await counter.read(as: try actor(.leader)) { try $0.page(gazetteer, ListingRequest(filters: ["q": text])).rows.map { $0.cells[0] } }
    }

    func page(_ named: Outcome) async throws -> String {
        try await counter.read(as: try actor(.placeNameOfficer)) { reader in
            try namingPage.body(Visit(reader: reader, parameters: ["id": named.subject], query: [:])).render().text
        }
    }

    func journalled() async throws -> Int { try await counter.database.read { try $0.value("SELECT count(*) FROM journal") ?? -1 } }
}
