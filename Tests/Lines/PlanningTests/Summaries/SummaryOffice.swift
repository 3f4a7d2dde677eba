import Commons
import Cryptography
import Kernel
import Pages
import Storage
import TestSupport
import Testing
import Values
@testable import Planning

/// A small office with four invented indicators entered by hand, one of them of a whole year, one a standard.
struct SummaryOffice {
    let database: any Database
    let counter: Counter
    let clock: VirtualClock

    init(on today: CivilDate = CivilDate(written: 2025, 1, 10)) async throws {
        database = try await TestDatabase.make()
        clock = VirtualClock(today)
        let shed = Line("shed", "试验", offers: indicators)
        // The tables of the common registers without their own indicators: only the invented ones are told of.
        let ground = Line("ground", "登记", migrations: commonLines.flatMap(\.migrations))
        counter = Counter(database: database, house: House(lines: [shed, planning, ground], keyring: try Keyring.ephemeral()), clock: clock)
        try await database.migrate(counter.house.migrations)
        try await database.write { connection in
            for (code, name) in [("000000", "全国"), ("000181", "示范市"), ("000181001", "第一街道"), ("000182", "邻市")] {
                try connection.run("INSERT INTO region (id, code, name, from_on) VALUES (\(ID<SummaryLine>.make(at: Instant(secondsSince1970: 1))), \(code), \(name), '2000-01-01')")
            }
        }
        try await enter("shed.households", 1_000, "2023-01", "2023-12")
        try await enter("shed.households", 1_010, "2024-01", "2024-12")
        try await enter("shed.money", 10_000_000_000, "2023-01", "2023-12")
        try await enter("shed.money", 11_656_260_000, "2024-01", "2024-12")
        try await enter("shed.beds", 1_400, "2023-12", "2023-12")
        try await enter("shed.beds", 1_349, "2024-12", "2024-12")
        try await enter("shed.rate", 73_500, "2024-07", "2024-07")
    }

    /// What was reported; what was there before for the same months is retracted.
    func enter(_ code: String, _ amount: Int, _ from: String, _ through: String) async throws {
        let now = clock.now(), id = ID<SummaryLine>.make(at: now)
        try await database.write { connection in
            try connection.run("UPDATE indicator_entry SET retracted_at = \(now) WHERE indicator = \(code) AND from_month = \(from) AND through_month = \(through) AND retracted_at IS NULL")
            try connection.run("""
                INSERT INTO indicator_entry (id, indicator, region, from_month, through_month, amount, evidence, entered_by_name, known_at)
                VALUES (\(id), \(code), '000181', \(from), \(through), \(amount), '台账', '甲', \(now))
                """)
        }
    }

    @discardableResult
    func act(_ name: String, _ values: [String: String], as actor: Actor) async throws -> Outcome {
        try await counter.submit(Submission("planning.\(name)", id: .make(at: clock.now()), values: RawFields(values.mapValues { .typed($0) })), as: actor).outcome
    }

    func draft(_ year: Int = 2024, kind: String = "annual") async throws -> String {
        try await act("draft-summary", ["region": "000181", "year": "\(year)", "kind": kind], as: writer).subject
    }

    func standing(_ id: String, as actor: Actor = writer) async throws -> SummaryStanding {
        let summary = try #require(ID<WorkSummary>(rawValue: id))
        return try await counter.read(as: actor) { try $0.standing(of: try $0.summary(summary)) }
    }

    func paper(_ id: String, isMarked: Bool = true, as actor: Actor = writer) async throws -> OfficialPaper {
        try await standing(id, as: actor).paper(isMarked: isMarked, on: CivilDate(written: 2025, 1, 10))
    }

    func verification(_ id: String) async throws -> SummaryVerification {
        let summary = try #require(ID<WorkSummary>(rawValue: id))
        return try await counter.read(as: writer) { try $0.verify(try $0.summary(summary)) }
    }

    func approved() async throws -> String {
        let id = try await draft()
        try await act("review-summary", ["summary": id], as: checker)
        try await act("approve-summary", ["summary": id], as: head)
        return id
    }

    func check(_ text: String, year: Int = 2024) async throws -> [CheckedFigure] {
        try await counter.read(as: writer) { try DraftChecker(text, year: year, in: $0.actor.region, $0).results().figures }
    }

    func page(_ path: String, _ parameters: [String: String], as actor: Actor = writer) async throws -> String {
        let page = try #require(planning.pages.first { $0.path == path })
        return try await counter.read(as: actor) { try page.body(Visit(reader: $0, parameters: parameters, query: [:])).render().text }
    }

    func refusal(_ work: () async throws -> Void) async -> Refusal? {
        do { try await work(); return nil } catch { return error as? Refusal }
    }
}

private let indicators = [
    Indicator("shed.households", "试验新增户数", area: "社会救助", unit: .households, .flow, definition: "当年新增的户", basis: "手工台账", words: ["试验新增"], from: .entered),
    Indicator("shed.money", "试验资金发放额", area: "社会救助", unit: .yuan, .flow, definition: "当年发放的钱", basis: "手工台账", from: .entered),
    Indicator("shed.beds", "试验床位", area: "养老服务", unit: IndicatorUnit("张"), .stock, definition: "期末现有的床", basis: "手工台账", from: .entered),
    Indicator("shed.rate", "试验保障标准", area: "社会救助", unit: .monthlyYuan, .standard, definition: "每人每月", basis: "手工台账", from: .entered),
    Indicator("shed.silent", "试验空缺件数", area: "社会救助", unit: .cases, .flow, definition: "没有人报过", basis: "手工台账", from: .entered),
]

private func someone(_ name: String, _ role: Role, _ region: String, _ number: UInt8) -> Actor {
    Actor(user: ID(at: Instant(secondsSince1970: 1_700_000_000), random: [UInt8](repeating: number, count: 10)), name: name, role: role, region: (try? RegionCode(region)) ?? .country)
}

let writer = someone("政策甲", .policyOfficer, "000181", 1)
let checker = someone("审核乙", .countyReviewer, "000181", 2)
let head = someone("局长丙", .leader, "000181", 3)
let town = someone("街道丁", .townshipClerk, "000181001", 4)
let stranger = someone("邻市戊", .policyOfficer, "000182", 5)
