/// 分布。Which key lays a table over the nodes of a distributed database (Citus, YugabyteDB), and why what is unique stays so.
///
/// On one node, and on a primary with standbys, nothing of this is used. `DistributionTests` holds it against the schema, table by table.
public struct Distribution: Sendable, Hashable {
    /// What a row is laid by.
    public enum Key: String, Sendable, Hashable, CaseIterable {
        /// Whole on every node: small, read by every act, seldom changed.
        case reference = "on every node"
        /// By the person, wherever he lives: what must be unique for a person is unique in the country.
        case person = "person"
        /// By the county that keeps the file: the first six digits of the region, fixed when the file is opened.
        case region = "county"
        /// By the account of a colleague.
        case user = "account"
        /// By a column of its own, named in the table: no company is needed, only an even spread.
        case own = "own column"
    }

    public let table: String
    /// The key of a table laid by a column of its own; nil for one laid with its parent.
    public let key: Key?
    /// The column that holds the key, or that names the parent. A reference table has none.
    public let column: String?
    public let parent: String?
    /// Columns of a unique constraint that hold no key → what makes them unique all the same.
    public let elsewhere: [[String]: Guarantee]

    private init(_ table: String, _ key: Key?, _ column: String?, parent: String? = nil, _ elsewhere: [[String]: Guarantee] = [:]) {
        self.table = table
        self.key = key
        self.column = column
        self.parent = parent
        self.elsewhere = elsewhere
    }

    static func reference(_ table: String) -> Distribution { Distribution(table, .reference, nil) }
    static func by(_ key: Key, _ table: String, _ column: String, _ elsewhere: [[String]: Guarantee] = [:]) -> Distribution { Distribution(table, key, column, elsewhere) }
    static func with(_ parent: String, _ table: String, _ column: String, _ elsewhere: [[String]: Guarantee] = [:]) -> Distribution {
        Distribution(table, nil, column, parent: parent, elsewhere)
    }
}

/// 另有保证。Why a value is unique in the whole database although no single node sees all of them.
public enum Guarantee: String, Sendable, Hashable {
    /// 26 characters: milliseconds and 80 random bits, or reckoned from the act's id, which the journal's own key holds unique.
    case born = "unique when made"
    /// A keyed digest of something random.
    case token = "digest of a random token"
    /// One row of counters gives each number once, wherever the case is kept.
    case serial = "given out by one row of `case_serial`"
    /// YugabyteDB keeps the unique index over all nodes. Citus needs a table laid by these columns, filled in the same transaction.
    case index = "YugabyteDB: a global unique index; Citus: a table laid by this column, written in the same transaction"
    /// The act is an entry of the journal, which is laid by it.
    case act = "an act's id, which the journal's key holds unique"
    /// What is reversed and what reverses it lie together.
    case reversal = "a reversal has the subject of what it reverses"
    /// The value belongs to one row of the same county, whose own id is unique.
    case sameCounty = "names a row of the same county"
}

/// 跨键引用。A foreign key between tables of different keys: no node can check it, so this says what does.
public struct Crossing: Sendable, Hashable {
    public let table: String, column: String, why: String

    init(_ table: String, _ column: String, _ why: String) {
        self.table = table
        self.column = column
        self.why = why
    }
}

extension Distribution {
    /// The key after following the parents; nil when a parent isn't listed.
    public func resolved(among all: [Distribution]) -> Key? {
        if let key { return key }
        guard let next = all.first(where: { $0.table == parent }), next.table != table else { return nil }
        return next.resolved(among: all)
    }
}
