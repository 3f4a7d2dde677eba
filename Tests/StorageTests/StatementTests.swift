import Storage
import Testing
import Values

@Suite("语句")
struct StatementTests {
    struct Case: Sendable {
        let statement: Statement
        let sqlite: String
        let postgres: String
        let binds: [StoredValue]
    }

    static let none: String? = nil
    static let filter: Statement = "beds > \(3) AND id <> \("x'); DROP TABLE home; --")"

    @Test("两种方言的写法", arguments: [
        Case(statement: "", sqlite: "", postgres: "", binds: []),
        Case(statement: "SELECT '中文'", sqlite: "SELECT '中文'", postgres: "SELECT '中文'", binds: []),
        Case(statement: "\(1)\("甲")\(none)", sqlite: "???", postgres: "$1$2$3", binds: [.integer(1), .text("甲"), .null]),
        Case(statement: "\(StoredValue.null), \(true)", sqlite: "?, ?", postgres: "$1, $2", binds: [.null, .integer(1)]),
        // 嵌套片段里的值接着外层编号
        Case(statement: "a = \(1) AND (\(filter)) AND b = \(2)",
             sqlite: "a = ? AND (beds > ? AND id <> ?) AND b = ?",
             postgres: "a = $1 AND (beds > $2 AND id <> $3) AND b = $4",
             binds: [.integer(1), .integer(3), .text("x'); DROP TABLE home; --"), .integer(2)]),
        Case(statement: "x" + " y \(1)" + .empty, sqlite: "x y ?", postgres: "x y $1", binds: [.integer(1)]),
        Case(statement: [Statement]().joined(", "), sqlite: "", postgres: "", binds: []),
        Case(statement: ["\(1)", "\(2)", "c"].joined(", "), sqlite: "?, ?, c", postgres: "$1, $2, c",
             binds: [.integer(1), .integer(2)]),
        // 文字作参数时是值，不是语句
        Case(statement: "id = \("h1")", sqlite: "id = ?", postgres: "id = $1", binds: [.text("h1")]),
        Case(statement: matching("p.id", in: "person_search", "张建国 a\"1"),
             sqlite: "p.id IN (SELECT k.owner FROM person_search AS f JOIN person_search_key AS k ON k.id = f.rowid WHERE f.person_search MATCH ?)",
             postgres: "p.id IN (SELECT f.owner FROM person_search AS f WHERE f.words @@ CAST($1 AS tsquery))", binds: []),
        Case(statement: matching("p.id", in: "person_search", " ，！"), sqlite: "1 = 0", postgres: "1 = 0", binds: []),
    ])
    func rendersForBothDialects(_ c: Case) {
        let (sqlite, postgres) = (c.statement.rendered(for: .sqlite), c.statement.rendered(for: .postgres))
        #expect(sqlite.sql == c.sqlite)
        #expect(postgres.sql == c.postgres)
        if !c.sqlite.contains("MATCH") {
            #expect(sqlite.binds == c.binds)
            #expect(postgres.binds == c.binds)
        }
    }

    @Test("检索条件的参数", arguments: [
        ("张建国", "\"张建\" AND \"建国\"", "'张建' & '建国'"),
        ("国", "\"国\" *", "'国':*"),
        ("张 建国 A-1", "\"张\" * AND \"建国\" AND \"a\" AND \"1\"", "'张':* & '建国' & 'a' & '1'"),
    ])
    func searchIsOneBind(_ typed: String, _ fts5: String, _ tsquery: String) {
        let statement = matching("id", in: "t", typed)
        #expect(statement.rendered(for: .sqlite).binds == [.text(fts5)])
        #expect(statement.rendered(for: .postgres).binds == [.text(tsquery)])
    }

    @Test("标识符", arguments: [
        ("", false), ("1a", false), ("_a", false), ("A", false), ("a b", false), ("a;", false), ("a\"", false), ("名", false),
        (String(repeating: "a", count: 64), false),
        ("a", true), ("person_2", true), (String(repeating: "a", count: 63), true),
    ])
    func identifiersAreChecked(_ name: String, _ valid: Bool) {
        #expect(Identifier.isValid(name) == valid)
        #expect(((try? Statement(identifier: name)) != nil) == valid)
    }
}
