import Commons
import Kernel
import Storage
import Synchronization
import Values

/// 民政局的过去。Acts of the past, through the counter and its every check, with a clock that is put where it is needed.
///
/// Acts and fields are called by their names, as a program of another department would: the city knows no line.
final class Office: Sendable {
    let staff: Staff
    let today: CivilDate
    private let counter: Counter
    private let clock: VirtualClock
    private let lastDay = Mutex(nil as CivilDate?)

    init(_ counter: Counter, _ staff: Staff) {
        self.staff = staff
        today = counter.clock.now().date
        clock = VirtualClock(today)
        self.counter = Counter(database: counter.database, house: counter.house, clock: clock)
    }

    /// Somebody at the hall, without an account.
    static let visitor = "来访"

    func knows(_ permission: String) -> Bool { (try? counter.house.action(permission)) != nil }

    /// One act, on a day, by one of the staff.
    @discardableResult
    func act(_ permission: String, _ values: RawFields, by username: String, on day: CivilDate, _ dice: inout Dice) async throws -> Outcome {
        turn(to: day)
        let submission = Submission(permission, id: .make(at: clock.now(), using: &dice), values: values)
        return try await counter.submit(submission, as: username == Self.visitor ? .visitor(in: .country) : try staff.actor(username)).outcome
    }

    /// Acts of one day follow each other; another day begins at nine.
    private func turn(to day: CivilDate) {
        lastDay.withLock { last in
            if last != day { clock.set(day) }
            last = day
        }
    }

    /// Work of the house itself, on the day on which the last act was done or on another.
    func behind<T>(on day: CivilDate? = nil, _ work: (Counter) async throws -> T) async throws -> T {
        if let day { turn(to: day) }
        return try await work(counter)
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (Reader) throws -> T) async throws -> T { try await counter.read(as: .house, body) }

    // MARK: Days

    var calendar: WorkCalendar { counter.house.calendar }
    var daysSince2024: Int { CivilDate(written: 2024, 1, 8).days(until: today) }

    /// That day, or the next on which the office works.
    func workday(on day: CivilDate) -> CivilDate {
        var day = day
        while !calendar.isWorkday(day) { day = day.adding(days: 1) }
        return day
    }

    /// So many days ago, or the last working day before that.
    func workday(before days: Int) -> CivilDate {
        var day = today.adding(days: -days)
        while !calendar.isWorkday(day) { day = day.adding(days: -1) }
        return day
    }
}
