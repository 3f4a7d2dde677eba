/// What machines hold, in SQL and in JSON: nothing, text, or a 64-bit integer.
public enum StoredValue: Hashable, Sendable {
    case null
    case text(String)
    case integer(Int64)
}

/// 选项。One entry of a code list: the code machines hold and the label people read.
public struct Choice: Hashable, Sendable {
    public let code: String
    public let label: String

    public init(code: String, label: String) {
        self.code = code
        self.label = label
    }
}

/// How a field is asked for. A closed set: every face knows all of them.
public enum FieldKind: Hashable, Sendable {
    case text, longText, integer, money, ratio, date, month, yesNo
    case choice([Choice])
    case reference, attachment
}

/// A civil value with two faces: what people type and read, and what machines hold.
///
/// Both faces round-trip: `Self(typed: value.typed) == value` and `Self(stored: value.stored) == value`.
public protocol FieldValue: Hashable, Sendable {
    static var kind: FieldKind { get }

    /// The longest typed text, in characters. Longer text is refused before anything else is done with it.
    static var maximumLength: Int { get }

    /// Reads what a person typed. Trims; accepts full-width digits and marks where that is sensible.
    init(typed text: String) throws(Refusal)

    /// What goes back into an input box.
    var typed: String { get }

    /// What people read.
    var shown: String { get }

    /// Reads what our own machines hold. For a value from outside (JSON) use `init(received:)`.
    init(stored: StoredValue) throws(Refusal)

    /// The JSON and SQL face.
    var stored: StoredValue { get }
}

extension FieldValue {
    public static var maximumLength: Int { 200 }
    public var shown: String { typed }

    /// Reads the machine face of a value that comes from outside and is held to the limits of a typed one.
    public init(received: StoredValue) throws(Refusal) {
        if case .text(let text) = received { try Door.checkLength(of: text, for: Self.self) }
        let value = try Self(stored: received)
        self = try Self(typed: value.typed)
    }
}
