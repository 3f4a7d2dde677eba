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
    private let count = Mutex(0)

    init(_ counter: Counter, _ staff: Staff) {
        self.staff = staff
        today = counter.clock.now().date
        clock = VirtualClock(today)
        self.counter = Counter(database: counter.database, house: counter.house, clock: clock)
    }

    /// How many acts were done.
    var acts: Int { count.withLock { $0 } }

    func knows(_ permission: String) -> Bool { (try? counter.house.action(permission)) != nil }

    /// One act, on a day, by one of the staff.
    @discardableResult
    func act(_ permission: String, _ values: RawFields, by username: String, on day: CivilDate, _ dice: inout Dice) async throws -> Outcome {
        clock.set(day)
        let submission = Submission(permission, id: .make(at: clock.now(), using: &dice), values: values)
        let outcome = try await counter.submit(submission, as: try staff.actor(username)).outcome
        count.withLock { $0 += 1 }
        return outcome
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (Reader) throws -> T) async throws -> T { try await counter.read(as: .house, body) }

    // MARK: Days

    var calendar: WorkCalendar { counter.house.calendar }
    var daysSince2024: Int { CivilDate(written: 2024, 1, 8).days(until: today) }

    /// So many days ago, or the last working day before that.
    func workday(before days: Int) -> CivilDate {
        var day = today.adding(days: -days)
        while !calendar.isWorkday(day) { day = day.adding(days: -1) }
        return day
    }
}
