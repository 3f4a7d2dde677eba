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
        sealedColumns = R.shape.fields.compactMap { field in field.reseal.map { SealedColumn(name: field.name, reseal: $0) } }
    }
}
