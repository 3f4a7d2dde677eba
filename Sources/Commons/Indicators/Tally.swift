import Kernel
import Storage
import Values

/// 计数。How the rows of a register make up an indicator: each row counts in a month, or from a month until another.
public struct Tally: Sendable {
    /// 登记。The tables that are counted, and what tells when they changed.
    public struct Register: Sendable {
        /// Recounted together: `people`.
        public let name: String
        /// What follows FROM.
        public let tables: Statement
        /// The column of the place that a row counts for.
        public let region: String
        /// The id of a row, as the listing behind it calls its subjects.
        public let subject: Statement
        /// The line and listing that show the rows behind a figure.
        public let listing: (line: String, name: String)?
        /// Lines, and single acts such as `exchange.enter-rows`, that may change what is counted in the places they are about.
        public let watches: Set<String>
        /// Acts of those lines that never do.
        public let ignores: Set<String>
        /// Places, besides those of the acts themselves, where acts on these subjects may have changed something: one column.
        public let places: @Sendable (_ subjects: Statement) -> Statement?

        public init(_ name: String, _ tables: Statement, region: String, subject: Statement, listing: (line: String, name: String)? = nil, watches: Set<String>,
                    ignores: Set<String> = [],
                    places: @escaping @Sendable (_ subjects: Statement) -> Statement? = { _ in nil }) {
            self.name = name
            self.tables = tables
            self.region = region
            self.subject = subject
            self.listing = listing
            self.watches = watches
            self.ignores = ignores
            self.places = places
        }
    }

    /// When a row counts. Months are texts such as 2024-07.
    public enum Time: Sendable {
        /// Once, in this month.
        case month(Statement)
        /// From a month on, until the first month in which it no longer does; NULL while it goes on.
        case spell(from: Statement, until: Statement)
    }

    /// One way in which rows count.
    public struct Part: Sendable {
        public let time: Time
        public let condition: Statement
        /// A code of the indicator's categories; empty where it has none.
        public let category: Statement
        public let amount: Statement

        public init(_ time: Time, where condition: Statement = "1 = 1", category: Statement = "''", amount: Statement = "1") {
            self.time = time
            self.condition = condition
            self.category = category
            self.amount = amount
        }
    }

    public let register: Register
    public let parts: [Part]

    public init(_ register: Register, _ parts: Part...) { (self.register, self.parts) = (register, parts) }
    public init(_ register: Register, _ parts: [Part]) { (self.register, self.parts) = (register, parts) }
}
