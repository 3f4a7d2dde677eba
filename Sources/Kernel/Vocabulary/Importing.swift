import Cryptography
import Values

/// 导入。One kind of table that people bring: the type is one row, its shape the columns.
///
/// Rows are read and worked out beside any transaction, held against the house in chunks, and enter in slices, each an act.
public protocol Importing: Shaped {
    static var name: String { get }
    static var title: String { get }
    /// What to know before filling in the table.
    static var guidance: String { get }
    /// Who may bring a table, and who may let it in: never the same person.
    static var uploaders: Set<Role> { get }
    static var confirmers: Set<Role> { get }
    /// Whether the right rows may enter while others wait.
    static var mayEnterPartly: Bool { get }
    /// The columns that a repeated key and a missing need are told at.
    static var keyColumn: String { get }
    static var needsColumn: String { get }
    /// Other headings by which a column is known, by term.
    static var synonyms: [String: [String]] { get }
    /// Invented rows for the template, by term.
    static var samples: [[String: String]] { get }
    /// What is kept of the row until it enters: sealed, indexed, cut into words. Called on several threads.
    func drafted(on line: Int, _ ground: ImportGround) throws(Refusal) -> ImportRow
    /// Holds rows against the house: what is there already, what they refer to.
    static func compare(_ rows: inout [ImportRow], _ ground: ImportGround, at reader: Reader) throws
    /// The last word before a table is let in.
    static func admit(_ batch: ImportBatch, at desk: Desk) throws
    static func enter(_ rows: [ImportRow], _ batch: ImportBatch, at desk: Desk) throws -> ImportTally
    /// Takes back what one row brought, given what it changed.
    /// - Throws: `Refusal` where that can't be, saying why.
    /// - Returns: whether there was anything to take back.
    static func withdraw(_ row: ImportRow, changed: String?, _ batch: ImportBatch, at desk: Desk) throws -> Bool
}

/// What every row is held against: who brings it, on which day, and which regions there are.
public struct ImportGround: Sendable {
    public let actor: Actor, today: CivilDate, keyring: Keyring, regions: Set<RegionCode>

    public init(actor: Actor, today: CivilDate, keyring: Keyring, regions: Set<RegionCode>) {
        (self.actor, self.today, self.keyring, self.regions) = (actor, today, keyring, regions)
    }
}

/// One row on its way in. It holds no identifier in the clear.
public struct ImportRow: Sendable, Hashable {
    public enum State: String, Sendable { case right, wrong, duplicate, present }

    public let line: Int
    public var state = State.right
    /// Rows of one key are one thing twice.
    public var key: String?
    /// A key that must stand elsewhere in the table; nil where the house has it.
    public var needs: String?
    /// What the house has already, when it is there.
    public var match: String?
    /// Up to sixteen texts, as the importer will need them.
    public var values: [String?]
    /// By column, the path being the term.
    public var problems: [Refusal.Problem] = []

    public init(line: Int, key: String? = nil, needs: String? = nil, values: [String?]) {
        (self.line, self.key, self.needs, self.values) = (line, key, needs, values)
    }

    public mutating func refuse(_ term: String, _ message: String) {
        state = .wrong
        problems.append(.init([term], message))
    }
}

/// The rows of one import have ids of their own: fixed by import, line and part, and in the order of the lines.
public struct ImportBatch: Sendable, Hashable {
    public let origin: String
    private let madeAt: Instant
    private let mark: UInt64

    public init<R>(_ origin: ID<R>) {
        self.origin = origin.text
        madeAt = origin.madeAt
        let hash = origin.text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        mark = (3 ... 7).reduce(0) { $0 << 8 | (hash >> UInt64(8 * $1) & 255) }
    }

    public func id<R>(_ line: Int, part: UInt8 = 0) -> ID<R> {
        ID(at: madeAt, high: UInt16(mark >> 24), low: (mark & 0xFF_FFFF) << 40 | UInt64(part) << 32 | UInt64(UInt32(truncatingIfNeeded: line)))
    }
}

/// What a slice brought about. A change names the line and what must be known to take it back.
public struct ImportTally: Sendable, Hashable {
    public struct Change: Sendable, Hashable {
        public let line: Int, note: String
        public init(_ line: Int, _ note: String) { (self.line, self.note) = (line, note) }
    }

    public var entered = 0, changed = 0, skipped = 0
    public var changes: [Change] = []
    /// Rows the house said no to after all, and why.
    public var refused: [Change] = []
    public init() {}
}

extension Importing {
    public static var needsColumn: String { keyColumn }
    public static func admit(_ batch: ImportBatch, at desk: Desk) throws {}
    public static var outline: Outline { shape.outline }

    /// Reads a row, with every fault in it.
    public static func draft(_ raw: RawFields, on line: Int, _ ground: ImportGround) -> ImportRow {
        do throws(Refusal) { return try Self(from: Reading(raw)).drafted(on: line, ground) } catch {
            var row = ImportRow(line: line, values: [])
            let problems = shape.problems(in: raw)
            row.problems = problems.isEmpty ? (error.problems.isEmpty ? error.at([]).problems : error.problems) : problems
            row.state = .wrong
            return row
        }
    }
}
