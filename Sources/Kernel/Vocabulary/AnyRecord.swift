import Cryptography
import Values

/// A record without its type: its table, what it is made of, and what rests sealed in it.
///
/// Whoever must reach every row of the house goes by these: re-sealing under a new key, rows that follow a changed region, the data dictionary.
public struct AnyRecord: Sendable {
    public let table: String
    public let title: String
    public let outline: Outline
    /// Belongs to a region by its column `region`.
    public let isPlaced: Bool
    /// Columns of this table that rest sealed.
    public let sealedColumns: [SealedColumn]
    /// The same as places, with those of the tables that keep its repeated rows.
    public let sealedPlaces: [SealedPlace]

    public struct SealedColumn: Sendable {
        public let name: String
        /// The same value, sealed by the current key.
        public let reseal: @Sendable (String, Keyring) throws -> String
    }

    public init<R: Record>(_ type: R.Type) {
        table = R.table
        title = R.title
        outline = R.shape.outline
        isPlaced = R.self is any Placed.Type
        sealedPlaces = SealedPlace.places(in: R.table, key: ["id"], ChildTable.columns(of: R.shape))
        sealedColumns = R.shape.fields.compactMap { field in field.reseal.map { SealedColumn(name: field.name, reseal: $0) } }
    }
}

/// 密存之处。A column in which values rest sealed, with what it takes to reach every row of it.
public struct SealedPlace: Sendable {
    public let table: String
    public let column: String
    /// The columns of the table's primary key.
    public let key: [String]
    /// The same value, sealed by the current key.
    public let reseal: @Sendable (String, Keyring) throws -> String

    /// A column of a table that no record describes, holding `Sealed<Value>`.
    public init<Value: FieldValue>(_ table: String, _ column: String, key: [String], of type: Value.Type) {
        self.init(table: table, column: column, key: key) { try Sealed<Value>.reseal($0, by: $1) }
    }

    /// A column holding texts sealed for a purpose of their own.
    public init(_ table: String, _ column: String, key: [String], purpose: String) {
        self.init(table: table, column: column, key: key) { try $1.seal(try $1.open($0, for: purpose), for: purpose) }
    }

    init(table: String, column: String, key: [String], reseal: @escaping @Sendable (String, Keyring) throws -> String) {
        self.table = table
        self.column = column
        self.key = key
        self.reseal = reseal
    }

    static func places(in table: String, key: [String], _ columns: [ChildTable.Column]) -> [SealedPlace] {
        columns.flatMap { column -> [SealedPlace] in
            if let reseal = column.reseal { return [SealedPlace(table: table, column: column.name, key: key, reseal: reseal)] }
            return column.child.map { places(in: $0.name, key: ["parent_id", "key"], $0.columns) } ?? []
        }
    }

    /// What the kernel itself keeps sealed.
    static var ofTheKernel: [SealedPlace] {
        [SealedPlace("draft", "sealed", key: ["user_id", "permission", "subject"], of: LongDraft.self),
         SealedPlace("outbox", "recipient", key: ["id"], of: String.self), SealedPlace("outbox", "body", key: ["id"], of: LongText.self)]
    }
}
