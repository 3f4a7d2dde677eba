import Kernel
import Values

/// 表格下载。A table that a line reckons rather than lists: a page's figures as CSV, for spreadsheets and other programs.
///
/// Served at `/{line}/{path}` to whoever may open the page, its columns named as other programs know them.
public struct TableDownload: Offer {
    public struct Table: Sendable {
        /// Without an ending.
        public let filename: String
        public let columns: [String]
        public let rows: [[String]]

        public init(_ filename: String, columns: [String], rows: [[String]]) {
            self.filename = filename
            self.columns = columns
            self.rows = rows
        }
    }

    public let line: String
    /// Below the line's own path, ending in `.csv`; what it is of comes as a query value.
    public let path: String
    public let title: String
    public let roles: Set<Role>
    public let load: @Sendable (Visit) throws -> Table

    public init(_ line: String, _ path: String, _ title: String, roles: Set<Role> = .readers, load: @escaping @Sendable (Visit) throws -> Table) {
        self.line = line
        self.path = path
        self.title = title
        self.roles = roles
        self.load = load
    }
}
