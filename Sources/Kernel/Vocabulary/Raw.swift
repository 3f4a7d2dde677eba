import Values

/// One value on its way into the house: as a person typed it, as a machine sent it, as our own rows hold it, or a set of these.
public indirect enum Raw: Sendable, Hashable {
    case typed(String)
    /// A machine's face from outside: held to the same limits as what people type.
    case received(StoredValue)
    /// A machine's face from our own rows.
    case stored(StoredValue)
    case group(RawFields)
    case rows([RawRow])

    /// Nothing was said: no text, or no value.
    public var isBlank: Bool {
        switch self {
        case .typed(let text): text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
        case .stored(.null), .received(.null): true
        case .group(let fields): fields.isBlank
        case .rows(let rows): rows.isEmpty
        case .stored, .received: false
        }
    }
}

/// One row of a repeated group. Its key is stable: it is the row's name in paths, drafts and child tables.
public struct RawRow: Sendable, Hashable {
    public let key: String
    public var fields: RawFields

    public init(key: String, fields: RawFields) {
        self.key = key
        self.fields = fields
    }
}

/// Named raw values: what a form, a JSON object, a spreadsheet row or a database row becomes before it is read.
public struct RawFields: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    public var values: [String: Raw]

    public init(_ values: [String: Raw] = [:]) { self.values = values }
    public init(dictionaryLiteral elements: (String, Raw)...) {
        values = Dictionary(elements, uniquingKeysWith: { _, last in last })
    }

    public subscript(name: String) -> Raw? {
        get { values[name] }
        set { values[name] = newValue }
    }

    public var isBlank: Bool { values.values.allSatisfy(\.isBlank) }

    /// The text to put back into an input box; nil when there is none.
    public func text(_ name: String) -> String? {
        switch values[name] {
        case .typed(let text): text
        case .stored(.text(let text)), .received(.text(let text)): text
        case .stored(.integer(let number)), .received(.integer(let number)): String(number)
        default: nil
        }
    }

    public func rows(_ name: String) -> [RawRow] {
        if case .rows(let rows) = values[name] { rows } else { [] }
    }

    public func group(_ name: String) -> RawFields {
        if case .group(let fields) = values[name] { fields } else { RawFields() }
    }
}
