import Commons
import Kernel
import Storage
import Values

/// 示范市。An invented city for showing and trying: everyone in it is made up, and its database is marked as such.
///
/// At scale 1 it is calibrated to seed 001 (`Calibration`): 694,000 people at the end of 2024 with its age bands and deaths, the course of 低保 in
/// that year, homes for the old and names of places. People, households, communities and the course of 低保 are in proportion to the scale.
/// The same scale and seed on the same day make the same city.
public enum DemoCity {
    /// The password of every demo account.
    public static let password = "minzheng-demo"

    /// What was made.
    public struct Summary: Sendable, Hashable {
        public var regions = 0
        public var households = 0
        public var people = 0
        /// Entered at the window, beyond the census.
        public var newcomers = 0
        public var users = 0
        public var places = 0
        public var organisations = 0
        public var cases = 0
        /// Months that were paid and closed; one more lies with the bank.
        public var months = 0
        public var acts = 0
        /// What the counter refused on the way: cases that stopped where they were. Empty, unless a rule has changed since.
        public var refusals: [String] = []
    }

    /// Fills an empty, migrated database that already has the rulings that ship with the program.
    ///
    /// - Parameters:
    ///   - scale: 0.0005 to 3; 1 is the city of seed 001.
    ///   - counter: acts of the past pass through its house and database with a clock of their own; its clock says what today is.
    ///   - progress: step, how much of it is done, and of how much.
    /// - Throws: `.invalid` for another scale; `.conflict` when somebody is already registered.
    public static func build(scale: Double, seed: UInt64, in counter: Counter,
                             progress: @escaping @Sendable (String, Int, Int) -> Void = { _, _, _ in }) async throws -> Summary {
        guard (0.0005...3).contains(scale) else { throw Refusal.invalid("规模应在 0.0005 到 3 之间，如 0.01") }
        try await requireEmpty(counter.database)
        var dice = Dice(seed: seed), summary = Summary()
        let plan = try CityPlan(scale: scale, &dice)
        try await counter.database.bulk { try $0.insertAll(plan.regions) }
        try await noteSplit(in: counter.database)
        try await publishEarly(in: counter.database)
        summary.regions = plan.regions.count
        let staff = try await Staff.employ(in: counter, &dice)
        summary.users = staff.count
        let census = Census(plan, ages: Ages(scale: scale), today: counter.clock.now().date, keyring: counter.house.keyring, dice)
        (summary.people, summary.households, dice) = try await census.settle(in: counter.database, progress)
        try await work(Office(counter, staff), scale, &dice, &summary, progress)
        try await seal(counter, progress)
        progress("结转指标", 0, 1)
        try await IndicatorFolding(counter).recount()
        try await YearSummary.write(at: Office(counter, staff), &dice)
        summary.acts = try await counter.database.read { try $0.value("SELECT count(*) FROM journal") ?? 0 }
        try await seal(counter, progress)
        try await mark(counter.database, seed, scale)
        return summary
    }

    /// 老站社区 was split before this house was built: who looks for the old code finds the new ones.
    private static func noteSplit(in database: any Database) async throws {
        let street = CityPlan.city + "001"
        try await database.write { connection in
            for successor in ["901", "902"] {
                try connection.run("INSERT INTO region_successor (code, successor, changed_on) VALUES (\(street + "900"), \(street + successor), '2022-01-01')")
            }
        }
    }

    /// The rules that ship were in force before the office opened, and were known then: what is published later makes every paid month be looked at again.
    private static func publishEarly(in database: any Database) async throws {
        let opened = Instant(startOf: CivilDate(written: 2023, 12, 29))
        try await database.write { connection in
            try connection.run("UPDATE ruling SET drafted_at = \(opened), published_at = \(opened) WHERE published_at > \(opened)")
        }
    }

    private static func requireEmpty(_ database: any Database) async throws {
        let known = try await database.read { connection in
            try connection.value("SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM region) + (SELECT count(*) FROM user_account)") ?? 0
        }
        guard known == 0 else { throw Refusal.conflict("数据库里已有人员、区划或者账号，示范市只能建在空的数据文件夹里。请换一个文件夹") }
    }

    /// What people of the office did since 2024, act by act through the counter.
    private static func work(_ office: Office, _ scale: Double, _ dice: inout Dice, _ summary: inout Summary,
                             _ progress: @Sendable (String, Int, Int) -> Void) async throws {
        summary.places = try await Places.name(max(40, Int(60 * scale)), at: office, &dice, progress)
        summary.newcomers = try await Newcomers.enter(at: office, &dice)
        summary.organisations = try await Organisations.register(at: office, &dice)
        let calibration = Calibration(scale: scale), months = Months(office, calibration)
        (summary.cases, summary.refusals) = try await Cases.open(Cases.count(scale), at: office, calibration, paying: months, &dice, progress)
        try await months.catchUp(to: office.today.adding(days: 1), &dice)
        (summary.months, summary.refusals) = (months.paid, summary.refusals + months.refusals)
        try await Supervision.practise(at: office, &dice)
        try await Reports.save(at: office, &dice)
        try await Figures.report(at: office, &dice)
        try await PlanYear.follow(at: office, &dice)
    }

    private static func seal(_ counter: Counter, _ progress: @Sendable (String, Int, Int) -> Void) async throws {
        let sealer = Sealer(database: counter.database, clock: counter.clock)
        var sealed = 0
        while case let count = try await sealer.sealWaiting(), count > 0 {
            sealed += count
            progress("封存日志", sealed, sealed)
        }
    }

    /// Written last: a city without its mark was not finished.
    private static func mark(_ database: any Database, _ seed: UInt64, _ scale: Double) async throws {
        let values = [("demo", "\(seed)"), ("demo-scale", "\(scale)")]
        try await database.write { connection in
            for (name, value) in values { try connection.run("INSERT INTO mark (name, value) VALUES (\(name), \(value))") }
        }
    }
}
