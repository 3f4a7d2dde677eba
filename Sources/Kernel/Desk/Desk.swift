import Cryptography
import Storage
import Values

/// 办公桌。Where an act is performed: everything a reader may read, and the pens to write with.
///
/// It lives inside one transaction. What it collects on the way (rulings consulted, facts, moves) becomes the journal entry.
public final class Desk: Reader {
    /// The id of the act, made by the caller; repeating the act with it is safe.
    public let act: ID<JournalEntry>
    /// What only the house itself can bring to an act; nil for whatever came through a face.
    public let matter: (any Sendable)?
    let permission: String
    private(set) var facts: [any Fact] = []
    private var idsMade = 0

    init(_ connection: any Connection, actor: Actor, now: Instant, house: House, act: ID<JournalEntry>, permission: String, matter: (any Sendable)? = nil) {
        self.act = act
        self.matter = matter
        self.permission = permission
        super.init(connection, actor: actor, now: now, house: house)
    }

    // MARK: Records

    public func insert<R: Record>(_ record: R) throws {
        try RecordTable.of(R.self).insert(record.raw, connection)
    }

    /// Replaces a record that nobody else edits.
    public func update<R: Record>(_ record: R) throws {
        let changed = try RecordTable.of(R.self).update(record.raw, where: "id = \(record.id)", connection)
        guard changed == 1 else { throw Refusal.absent("找不到这条\(R.title)，没有改动") }
    }

    /// Replaces a record that people edit; its version must be one above the stored one.
    public func update<R: Versioned>(_ record: R) throws {
        let changed = try RecordTable.of(R.self).update(record.raw, where: "id = \(record.id) AND version = \(record.version - 1)", connection)
        guard changed == 1 else { throw Refusal.staleVersion(R.title) }
    }

    /// Replaces the search words of a record.
    public func index<R>(_ id: ID<R>, _ texts: [String], in table: String) throws {
        try connection.index(id.text, words: texts.flatMap(SearchWords.of), in: table)
    }

    // MARK: Values made here

    public func seal<Value: FieldValue>(_ value: Value) throws -> Sealed<Value> { try house.keyring.seal(value) }
    public func blindIndex<Value: FieldValue>(_ value: Value) throws -> BlindIndex<Value> { try house.keyring.index(value) }

    /// The next id that this act makes: the same ids in the same order when the act is repeated.
    public func makeID<R>() -> ID<R> {
        idsMade += 1
        return act.derived(idsMade)
    }

    /// The next number of a series within a year, without gaps: 123 in DB2024-000123.
    public func nextNumber(_ series: String, year: Int) throws -> Int {
        try connection.post("""
            INSERT INTO case_serial (series, year, last) VALUES (\(series), \(year), 1)
            ON CONFLICT (series, year) DO UPDATE SET last = case_serial.last + 1
            """)
        return try connection.value("SELECT last FROM case_serial WHERE series = \(series) AND year = \(year)") ?? 1
    }

    // MARK: What follows from the act

    /// Tells the other lines that something is so; their reactions run in this transaction.
    public func emit(_ fact: any Fact) { facts.append(fact) }

    /// Puts a message where a channel will find it after the commit; its key makes sending it twice harmless.
    public func send(_ message: OutboxMessage) throws {
        try connection.post("""
            INSERT INTO outbox (id, channel, key, recipient, body, created_at, tries)
            VALUES (\(makeID() as ID<OutboxMessage>), \(message.channel), \(message.key), \(try house.keyring.seal(message.recipient)),
                    \(try house.keyring.seal(message.body)), \(now), 0)
            ON CONFLICT (channel, key) DO NOTHING
            """)
    }

    /// Asks for long work to be done after the commit, in slices that each pass the counter.
    ///
    /// - Parameter day: not before this day; nil for as soon as may be.
    public func enqueue(_ kind: String, title: String, input: String, on day: CivilDate? = nil) throws {
        try connection.post("""
            INSERT INTO job (id, kind, title, input, state, done, failed, created_by, created_at, not_before)
            VALUES (\(makeID() as ID<Job>), \(kind), \(title), \(input), \(JobState.waiting), 0, 0, \(actor.user), \(now), \(day))
            """)
    }
}

extension Refusal {
    static func staleVersion(_ title: String) -> Refusal {
        .conflict("这条\(title)刚刚被别人改过。您填的内容还在下面，请核对最新内容后再提交")
    }
}

extension ID {
    /// A further id of the same moment, fixed by this one and a number.
    func derived<Other>(_ number: Int) -> ID<Other> { derived(by: String(number)) }

    /// The same, fixed by this one and a word.
    public func derived<Other>(by word: String) -> ID<Other> {
        let bytes = [UInt8](text.utf8) + [UInt8](word.utf8)
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        let random = (0 ..< 10).map { round -> UInt8 in
            for byte in bytes + [UInt8(round)] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            return UInt8(truncatingIfNeeded: hash >> 40)
        }
        return ID<Other>(at: madeAt, random: random)
    }
}
