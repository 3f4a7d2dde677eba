import Cryptography
import Storage
import Values

/// Reads the registers for one person on one day, within one snapshot. It decides nothing and writes nothing.
///
/// Not Sendable: it lives inside one lease of a connection.
public class Reader {
    public let connection: any Connection
    public let actor: Actor
    public let now: Instant
    public let house: House
    /// Every ruling that was asked for, once each.
    public private(set) var rulingsConsulted: [ID<Ruling>] = []
    /// A record that was asked for beforehand.
    private var expected: (table: RecordTable, id: String, sought: RecordTable.Sought)?

    init(_ connection: any Connection, actor: Actor, now: Instant, house: House) {
        self.connection = connection
        self.actor = actor
        self.now = now
        self.house = house
    }

    /// Today in Beijing.
    public var today: CivilDate { now.date }
    public var calendar: WorkCalendar { house.calendar }

    /// The same snapshot through another's eyes, to tell what he may.
    public func seen(by actor: Actor) -> Reader { Reader(connection, actor: actor, now: now, house: house) }

    // MARK: Records

    public func find<R: Record>(_ id: ID<R>) throws -> R {
        let table = RecordTable.of(R.self)
        guard let raw = try table.found(try sought(id.text, in: table), connection) else { throw Refusal.absent("找不到这条\(R.title)，可能已被合并或编号有误") }
        return try R(from: Reading(raw))
    }

    private func sought(_ id: String, in table: RecordTable) throws -> RecordTable.Sought {
        if let expected, expected.table === table, expected.id == id, expected.sought.stands { return expected.sought }
        return try table.seek(id, connection)
    }

    /// Asks for a record that is likely to be found next, where asking it later would cost a journey of its own.
    func expect<R: Record>(_ id: ID<R>) throws {
        guard connection.isDistant else { return }
        let table = RecordTable.of(R.self)
        expected = (table, id.text, try table.seek(id.text, connection))
    }

    public func first<R: Record>(_ type: R.Type, where condition: Statement) throws -> R? {
        try all(type, where: condition + " LIMIT 1").first
    }

    /// Every record that meets the condition, in the order that the condition's own ORDER BY gives.
    public func all<R: Record>(_ type: R.Type, where condition: Statement) throws -> [R] {
        try RecordTable.of(R.self).select(where: condition, connection).map { try R(from: Reading($0)) }
    }

    // MARK: Sealed values

    public func open<Value>(_ sealed: Sealed<Value>) throws -> Value {
        try house.keyring.open(sealed)
    }

    /// A sealed value as `FieldMask` lets the reader's role see it; what is hidden from it isn't opened.
    public func shown<Value: Maskable>(_ sealed: Sealed<Value>) throws -> String {
        guard FieldMask.masking(of: Value.identifier, for: actor.role) != .hidden else { return FieldMask.hidden }
        return try open(sealed).masked
    }

    // MARK: Scope

    /// Rows whose region column lies within the actor's region.
    public func within(_ column: String) -> Statement { Self.within(column, actor.region) }

    public static func within(_ column: String, _ region: RegionCode) -> Statement {
        let prefix = region.scopePrefix
        guard !prefix.isEmpty else { return "1 = 1" }
        let name = Statement(name: column)
        return "(\(name) >= \(prefix) AND \(name) < \(after(prefix)))"
    }

    /// The first text after every text that begins with these digits.
    private static func after(_ prefix: String) -> String { prefix + ":" }

    // MARK: Rulings

    /// 当日当地的规则。The rulings that hold on a day in a region.
    public func rulings(on day: CivilDate, in region: RegionCode) -> RulingBook {
        RulingBook(connection, on: day, in: region) { [weak self] in self?.consulted($0) }
    }

    /// What was read beside the act counts as read by it.
    public func consulted(_ ruling: ID<Ruling>) {
        if !rulingsConsulted.contains(ruling) { rulingsConsulted.append(ruling) }
    }
}
