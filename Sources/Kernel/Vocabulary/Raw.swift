import Values

/// One value on its way into the house: as a person typed it, as a machine sent it, as our own rows hold it, or a set of these.
public enum Raw: Sendable, Hashable {
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
///
/// A handful of names at most a few dozen long: they are looked through in order, and rows of one answer share them.
public struct RawFields: Sendable, ExpressibleByDictionaryLiteral {
    /// Each once, in the order in which they were named.
    public private(set) var names: [String]
    private var raws: [Raw]

    public init() { (names, raws) = ([], []) }

    /// - Precondition: as many names as values, none twice.
    init(names: [String], _ raws: [Raw]) { (self.names, self.raws) = (names, raws) }

    public init(_ values: [String: Raw]) {
        names = Array(values.keys)
        raws = Array(values.values)
    }

    public init(dictionaryLiteral elements: (String, Raw)...) {
        self.init()
        for (name, raw) in elements { self[name] = raw }
    }

    public subscript(name: String) -> Raw? {
        get { names.firstIndex(of: name).map { raws[$0] } }
        set {
            switch (names.firstIndex(of: name), newValue) {
            case (let place?, let raw?): raws[place] = raw
            case (let place?, nil):
                names.remove(at: place)
                raws.remove(at: place)
            case (nil, let raw?):
                names.append(name)
                raws.append(raw)
            case (nil, nil): break
            }
        }
    }

    public var isBlank: Bool { raws.allSatisfy(\.isBlank) }

    /// The text to put back into an input box; nil when there is none.
    public func text(_ name: String) -> String? {
        switch self[name] {
        case .typed(let text): text
        case .stored(.text(let text)), .received(.text(let text)): text
        case .stored(.integer(let number)), .received(.integer(let number)): String(number)
        default: nil
        }
    }

    public func rows(_ name: String) -> [RawRow] {
        if case .rows(let rows) = self[name] { rows } else { [] }
    }

    public func group(_ name: String) -> RawFields {
        if case .group(let fields) = self[name] { fields } else { RawFields() }
    }
}

/// The order in which values were named means nothing.
extension RawFields: Hashable {
    public static func == (one: RawFields, other: RawFields) -> Bool {
        one.names.count == other.names.count && one.names.allSatisfy { one[$0] == other[$0] }
    }

    public func hash(into hasher: inout Hasher) {
        for name in names.sorted() {
            hasher.combine(name)
            hasher.combine(self[name])
        }
    }
}
