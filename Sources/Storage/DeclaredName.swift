extension Statement {
    /// A table or column named by a declaration in the program; with its table's alias if it has one: `h.region`.
    ///
    /// A name that isn't `[a-z][a-z0-9_]*` is quoted, so that nothing that arrives as text becomes SQL.
    public init(name: String) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map { part -> String in
            Identifier.isValid(String(part)) ? String(part) : "\"" + part.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        }
        self.init(trusted: parts.joined(separator: "."))
    }
}
