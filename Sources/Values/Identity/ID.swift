/// 编号。The identity of one record: 26 characters of Crockford base 32, the first ten of them the time it was made.
///
/// Made in Swift, sortable by time, typed by what it names; the form carries it, so that repeating an act is safe.
public struct ID<Owner>: FieldValue, Comparable {
    /// Milliseconds since 1970: the first 50 bits.
    private let time: UInt64
    /// 80 random bits.
    private let high: UInt16
    private let low: UInt64

    private init(time: UInt64, high: UInt16, low: UInt64) {
        self.time = time
        self.high = high
        self.low = low
    }

    /// - Parameter random: ten random bytes; an id made of fewer would not be unique.
    public init(at instant: Instant, random: [UInt8]) {
        precondition(random.count == 10, "an id takes ten random bytes")
        self.init(
            time: UInt64(max(instant.milliseconds, 0)),
            high: random.prefix(2).reduce(0) { $0 << 8 | UInt16($1) },
            low: random.dropFirst(2).reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// The same from 16 and 64 bits, for ids that are reckoned by the million.
    public init(at instant: Instant, high: UInt16, low: UInt64) {
        self.init(time: UInt64(max(instant.milliseconds, 0)), high: high, low: low)
    }

    /// A new id, made at this instant with the system's randomness.
    public static func make(at instant: Instant) -> ID<Owner> {
        var source = ChosenSource()
        return make(at: instant, using: &source)
    }

    /// A new id, made at this instant with the given randomness.
    public static func make(at instant: Instant, using source: inout some RandomNumberGenerator) -> ID<Owner> {
        ID(time: UInt64(max(instant.milliseconds, 0)), high: source.next(), low: source.next())
    }

    /// The same identity under another name, where two kinds of record share one.
    public init<Other>(_ other: ID<Other>) {
        self.init(time: other.time, high: other.high, low: other.low)
    }

    /// nil when this is not the text of an id.
    public init?(rawValue: String) {
        guard let parts = Crockford.read(rawValue) else { return nil }
        self.init(time: parts.time, high: parts.high, low: parts.low)
    }

    public var rawValue: String { text }

    /// The 26 characters.
    public var text: String { Crockford.write(time: time, high: high, low: low) }

    /// When it was made.
    public var madeAt: Instant { Instant(milliseconds: Int64(time)) }

    public static func < (left: ID<Owner>, right: ID<Owner>) -> Bool {
        (left.time, left.high, left.low) < (right.time, right.high, right.low)
    }
}

extension ID {
    public static var kind: FieldKind { .reference }
    public static var maximumLength: Int { 40 }

    public init(typed text: String) throws(Refusal) {
        let narrow = try Door.narrow(text, for: ID<Owner>.self)
        guard let id = ID(rawValue: narrow) else { throw .invalid("编号应为26位数字和字母，请从列表中选择") }
        self = id
    }

    public var typed: String { text }

    public init(stored: StoredValue) throws(Refusal) {
        guard let id = ID(rawValue: try stored.text(as: "编号")) else { throw .invalid("编号应为26位数字和字母") }
        self = id
    }

    public var stored: StoredValue { .text(text) }
}

extension ID: CustomStringConvertible {
    public var description: String { text }
}
