import Values

/// 方言。Which engine reads the text: it decides the marks of bound values, the types of columns and the form of a search.
public enum Dialect: String, Hashable, Sendable, CaseIterable {
    case sqlite, postgres
}

/// A statement on its way to an engine.
struct Rendering {
    let dialect: Dialect
    var sql = ""
    var binds: [StoredValue] = []

    /// - Parameter length: about so many bytes of text will come.
    init(_ dialect: Dialect, length: Int = 0) {
        self.dialect = dialect
        sql.reserveCapacity(length)
    }

    mutating func bind(_ value: StoredValue) {
        binds.append(value)
        mark()
    }

    mutating func bind(_ values: [StoredValue]) {
        for (place, value) in values.enumerated() {
            if place > 0 { sql += ", " }
            bind(value)
        }
    }

    private mutating func mark() {
        guard dialect == .postgres else { return sql += "?" }
        sql += "$"
        sql += String(binds.count)
    }
}
