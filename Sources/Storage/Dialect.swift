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

    init(_ dialect: Dialect) {
        self.dialect = dialect
    }

    mutating func bind(_ value: StoredValue) {
        binds.append(value)
        sql += dialect == .sqlite ? "?" : "$\(binds.count)"
    }
}
