import Cryptography
import Storage
import Values

/// One line of a shape: a term and where its value lives in the type.
public struct Field<Root>: Sendable {
    public let outline: FieldOutline
    let check: Check
    let write: @Sendable (Root) -> Raw
    /// The person's face of a stored value. Sealed values are opened and masked by the reader.
    let show: @Sendable (Raw?, Reader) throws -> String
    /// The same with sealed values open.
    let whole: @Sendable (Raw?, Reader) throws -> String
    /// Set for a repeated group that a record keeps in a table of its own.
    let child: ChildTable?
    /// Set for a value that rests sealed: the same value, sealed by the current key.
    var reseal: (@Sendable (String, Keyring) throws -> String)?

    public var name: String { outline.name }

    /// The faults of a value, told with where it stands.
    typealias Check = @Sendable (Raw?, _ here: () -> [String]) -> [Refusal.Problem]

    /// A value that must be given.
    public init<Value: FieldValue>(_ term: Term<Value>, _ path: KeyPath<Root, Value> & Sendable) {
        outline = term.outline(required: true)
        check = { raw, here in Self.problems(at: here) { () throws(Refusal) in _ = try Reading<Root>.required(raw, term) } }
        write = { .stored($0[keyPath: path].stored) }
        show = Self.show(Value.self)
        whole = Self.show(Value.self, isWhole: true)
        child = nil
        reseal = Self.reseal(Value.self)
    }

    /// A value that may be left out.
    public init<Value: FieldValue>(_ term: Term<Value>, _ path: KeyPath<Root, Value?> & Sendable) {
        outline = term.outline(required: false)
        check = { raw, here in Self.problems(at: here) { () throws(Refusal) in _ = try Reading<Root>.parse(raw, as: Value.self) } }
        write = { .stored($0[keyPath: path]?.stored ?? .null) }
        show = Self.show(Value.self)
        whole = Self.show(Value.self, isWhole: true)
        child = nil
        reseal = Self.reseal(Value.self)
    }

    /// What kind of value it is, is asked once and not for each row.
    private static func show<Value: FieldValue>(_ type: Value.Type, isWhole: Bool = false) -> @Sendable (Raw?, Reader) throws -> String {
        if let sealed = Value.self as? any AnySealed.Type {
            let face = sealed.face(isWhole: isWhole), identifier = sealed.identifier
            return { raw, reader in
                guard case .stored(.text(let text)) = raw else { return "" }
                guard isWhole || FieldMask.masking(of: identifier, for: reader.actor.role) != .hidden else { return FieldMask.hidden }
                return try face(text, reader.house.keyring)
            }
        }
        return { raw, _ in
            guard case .stored(let stored) = raw, stored != .null else { return "" }
            return try Value(stored: stored).shown
        }
    }

    private static func reseal<Value: FieldValue>(_ type: Value.Type) -> (@Sendable (String, Keyring) throws -> String)? {
        guard let sealed = Value.self as? any AnySealed.Type else { return nil }
        return { try sealed.reseal($0, by: $1) }
    }

    private static func problems(at path: () -> [String], _ body: () throws(Refusal) -> Void) -> [Refusal.Problem] {
        do throws(Refusal) { try body(); return [] } catch { return error.at(path()).problems }
    }
}

/// 一组数据。Several values that belong together, nested in the form and in JSON.
public func Group<Root, Part: Shaped>(_ term: Term<Part>, _ path: KeyPath<Root, Part> & Sendable) -> Field<Root> {
    Field(outline: term.outline(.group(Part.shape.outline), required: true),
          check: { raw, here in Part.shape.problems(in: raw.fields, at: here()) },
          write: { .group($0[keyPath: path].raw) },
          show: { _, _ in "" }, child: nil)
}

/// 多行数据。A repeated group. Given a table, a record keeps its rows there, keyed by (parent, key) and ordered by position.
public func Each<Root, Row: Entry>(_ term: Term<[Row]>, _ path: KeyPath<Root, [Row]> & Sendable, table: String? = nil) -> Field<Root> {
    Field(outline: term.outline(.rows(Row.shape.outline), required: false),
          check: { raw, here in raw.rowList.flatMap { Row.shape.problems(in: $0.fields, at: here() + [$0.key]) } },
          write: { .rows($0[keyPath: path].map { RawRow(key: $0.key, fields: $0.raw) }) },
          show: { raw, _ in "\(raw.rowList.count) 行" },
          child: table.map { ChildTable(name: $0, columns: ChildTable.columns(of: Row.shape)) })
}

extension Field {
    init(outline: FieldOutline, check: @escaping Check,
         write: @escaping @Sendable (Root) -> Raw, show: @escaping @Sendable (Raw?, Reader) throws -> String, child: ChildTable?) {
        self.outline = outline
        self.check = check
        self.write = write
        self.show = show
        whole = show
        self.child = child
    }
}

/// One row of a repeated group. Its key is stable from the first form to the last table.
public protocol Entry: Shaped {
    var key: String { get }
}

/// The table that keeps a record's repeated rows, and the tables of the rows inside those rows.
struct ChildTable: Sendable {
    let name: String
    let columns: [Column]

    struct Column: Sendable {
        let name: String
        let child: ChildTable?
        let reseal: (@Sendable (String, Keyring) throws -> String)?
    }

    static func columns<Row>(of shape: Shape<Row>) -> [Column] {
        shape.fields.map { Column(name: $0.name, child: $0.child, reseal: $0.reseal) }
    }
}

extension Optional where Wrapped == Raw {
    var fields: RawFields { if case .group(let fields) = self { fields } else { RawFields() } }
    var rowList: [RawRow] { if case .rows(let rows) = self { rows } else { [] } }
}

extension Term {
    func outline(_ content: FieldOutline.Content, required: Bool, nature: FieldOutline.Nature = .plain) -> FieldOutline {
        FieldOutline(name: name, label: label, hint: hint, isRequired: required, origin: origin, content: content, nature: nature)
    }
}

extension Term where Value: FieldValue {
    func outline(required: Bool) -> FieldOutline {
        outline(.value(Value.kind, maximumLength: Value.maximumLength), required: required, nature: nature)
    }

    private var nature: FieldOutline.Nature {
        switch Value.self {
        case is any Identifying.Type: .identifier
        case is RegionCode.Type: .region
        case is Instant.Type: .instant
        case is any Concealed.Type: .sealed
        default: .plain
        }
    }
}
