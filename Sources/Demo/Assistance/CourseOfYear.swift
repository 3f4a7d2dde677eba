import Commons
import Kernel
import Storage
import Values

/// 校准年份的低保。The roster of the older register, who came onto it in the year, and who left it.
///
/// Whoever came before the takeover comes with it; later ones apply, and are stopped, by the same acts as everybody.
struct CourseOfYear: Sendable {
    /// What happens after the takeover: each household's steps.
    private(set) var stories: [[CaseStory.Step]] = []
    /// How many of them applied here.
    private(set) var applied = 0
    private var rows: [RawFields] = []
    private let importID: ID<ImportRun>
    private let office: Office
    private let calibration: Calibration

    private init(_ office: Office, _ calibration: Calibration, _ dice: inout Dice) {
        (self.office, self.calibration) = (office, calibration)
        importID = .make(at: Instant(startOf: Calibration.takenOverOn), using: &dice)
    }

    /// - Parameter taken: households that have stories of their own.
    static func plan(_ calibration: Calibration, _ places: [CaseStory.Place], but taken: Set<ID<Household>>, at office: Office, _ dice: inout Dice) async throws -> CourseOfYear {
        var course = CourseOfYear(office, calibration, &dice)
        var pool = try await CandidatePool.gather(places.map(\.township), but: taken, at: office, &dice)
        try await course.bringNew(places, from: &pool, &dice)
        try await course.bringStanding(from: &pool, &dice)
        return course
    }

    /// The table of the older register is let in.
    func takeOver(at office: Office) async throws {
        guard !rows.isEmpty else { return }
        let uploader = try office.staff.actor("shenhe"), confirmer = try office.staff.actor("shenpi")
        _ = try await office.behind(on: Calibration.takenOverOn) { counter in
            try await counter.handOver(rows, to: "recipients", as: importID, called: "2024年2月在保户.xlsx", broughtBy: uploader, admittedBy: confirmer)
        }
    }

    // MARK: Who came in the year

    private mutating func bringNew(_ places: [CaseStory.Place], from pool: inout CandidatePool, _ dice: inout Dice) async throws {
        let count = calibration.scaled(Calibration.newHouseholds), shares = EvenShares(people: calibration.scaled(Calibration.newPeople), households: count)
        for index in 0 ..< count {
            let start = try Month(year: Calibration.year, month: 1 + index * 12 / count)
            guard start < Calibration.firstPaid else {
                let place = places[[0, 1, 0, 2, 0, 1, 0, 2, 0, 1][index % 10]]
                if let home = pool.take(shares.size(of: index), in: place.township) { try await apply(home, place, start, &dice) }
                continue
            }
            if let home = pool.take(shares.size(of: index)) { rows.append(try await row(home, from: start, &dice)) }
        }
    }

    /// Applied for at the beginning of the month before, decided by its end, and paid from the next.
    private mutating func apply(_ home: CandidatePool.Home, _ place: CaseStory.Place, _ start: Month, _ dice: inout Dice) async throws {
        let found = try await office.read { reader in try Applicants(reader.find(home.id), reader) }
        guard let found else { return }
        let day = office.workday(on: start.previous.first.adding(days: dice.below(4)))
        let fate = applied.isMultiple(of: 3) ? Fate.reviewed : .running
        stories.append(CaseStory(fate, Cases.form(found, fate, day, &dice), at: place, office.calendar, &dice).steps)
        applied += 1
    }

    // MARK: Who was there, and who left

    private mutating func bringStanding(from pool: inout CandidatePool, _ dice: inout Dice) async throws {
        let leaving = calibration.scaled(Calibration.stoppedHouseholds), shares = EvenShares(people: calibration.scaled(Calibration.stoppedPeople), households: leaving)
        for index in 0 ..< max(leaving, calibration.scaled(Calibration.onRoster)) {
            guard let home = pool.take(index < leaving ? shares.size(of: index) : [1, 2, 1, 1, 3][dice.below(5)]) else { return }
            let start = try Month(year: 2015 + dice.below(Calibration.year - 2015), month: 1 + dice.below(12))
            rows.append(try await row(home, from: start, &dice))
            let paid = Calibration.firstPaid.months(until: Calibration.lastPaid) + 1
            if index < leaving { stories.append(leave(home, line: rows.count + 1, Calibration.firstPaid.adding(index * paid / leaving), &dice)) }
        }
    }

    /// Stopped late in the month before the first that is no longer paid, and told in writing.
    private func leave(_ home: CandidatePool.Home, line: Int, _ until: Month, _ dice: inout Dice) -> [CaseStory.Step] {
        let month = until.previous, isFirst = month == Calibration.takenOverOn.monthOf
        let day = office.workday(on: isFirst ? Calibration.takenOverOn.adding(days: 1 + dice.below(3)) : month.first.adding(days: 19 + dice.below(6)))
        let allowance = (ImportBatch(importID).id(line) as ID<ImportRun>).text, told = office.workday(on: day.adding(days: 2))
        let isVoluntary = dice.chance(70)
        return [
            CaseStory.Step(day: day, permission: "assistance.stop-allowance", values: [
                "allowance": .typed(allowance), "cause": .typed(isVoluntary ? "VOLUNTARY_EXIT" : "NOT_REVERIFIED"), "event_on": .typed(day.adding(days: -1).typed),
                "told": .typed(isVoluntary ? "户主书面申请自愿退出，已告知停发月份。" : "两次书面通知后仍不配合复核，已告知停发月份。"),
            ], by: home.region.code.hasPrefix("000181003") ? "jingzheshenhe" : "shenpi"),
            CaseStory.Step(day: told, permission: "assistance.deliver-stop-notice", values: [
                "allowance": .typed(allowance), "delivered_on": .typed(told.typed), "delivery": .typed("in-person"),
            ], by: "shenhe"),
        ]
    }

    // MARK: A row of the older register

    private func row(_ home: CandidatePool.Home, from start: Month, _ dice: inout Dice) async throws -> RawFields {
        let (number, name) = try await office.read { reader in
            let head = try reader.find(home.head)
            guard let number = try head.residentID.map(reader.open) else { throw Refusal.absent("户主没有公民身份号码") }
            return (number.typed, head.name.typed)
        }
        let standard = home.area == .urban ? 728 : 515, yuan = home.people * standard * (45 + dice.below(41)) / 100
        let account = try BankAccount(kind: .passbook, number: "6228\(100_000_000_000 + dice.below(900_000_000))")
        return [
            "programme": .typed("minimum-living"), "head_number": .typed(number), "head_name": .typed(name), "member_count": .typed("\(home.people)"),
            "from_month": .typed(start.typed), "monthly_fen": .typed("\(yuan).00"), "bank": .typed("示范农商银行"), "account": .typed(account.typed), "holder": .typed(name),
            "household_class": .typed(["A", "B", "C"][dice.below(3)]), "next_review_month": .typed(office.today.monthOf.adding(1 + dice.below(12)).typed),
        ]
    }
}

/// 可以列入的家庭。Small households as they stand, in an order of chance; nobody of them was born or died since.
struct CandidatePool: Sendable {
    struct Home: Sendable {
        let id: ID<Household>, head: ID<Person>, region: RegionCode, area: Area, people: Int
    }

    /// By township, "" for all others, and by size.
    private var homes: [String: [Int: [Home]]] = [:]
    private let townships: [String]
    private var turn = 0

    static func gather(_ townships: [String], but taken: Set<ID<Household>>, at office: Office, _ dice: inout Dice) async throws -> CandidatePool {
        let before = CivilDate(written: Calibration.year, 1, 1)
        var all = try await office.read { reader in
            try reader.connection.all("""
                SELECT h.id, h.head_id, h.region, h.area, count(*) FROM household AS h JOIN membership AS m ON m.household_id = h.id JOIN person AS p ON p.id = m.person_id
                GROUP BY h.id, h.head_id, h.region, h.area
                HAVING count(*) <= 3 AND count(p.died_on) = 0 AND max(p.born_on) < \(before) AND max(CASE WHEN p.id = h.head_id THEN p.born_on ELSE '' END) < '2000-01-01'
                ORDER BY h.id
                """) { Home(id: try $0.read(0), head: try $0.read(1), region: try $0.read(2), area: try $0.read(3), people: try $0.read(4)) }
        }
        all.shuffle(using: &dice)
        var pool = CandidatePool(townships: townships)
        for home in all where !taken.contains(home.id) {
            let township = String(home.region.code.prefix(9))
            pool.homes[townships.contains(township) ? township : "", default: [:]][home.people, default: []].append(home)
        }
        return pool
    }

    private init(townships: [String]) { self.townships = townships }

    /// Every fifth from a township in which there are stories, as long as the others have any.
    mutating func take(_ size: Int) -> Home? {
        turn += 1
        let first = turn.isMultiple(of: 5) ? townships[turn / 5 % townships.count] : ""
        for township in [first, ""] + townships {
            if let home = homes[township]?[size]?.popLast() { return home }
        }
        return nil
    }

    mutating func take(_ size: Int, in township: String) -> Home? { homes[township]?[size]?.popLast() }
}
