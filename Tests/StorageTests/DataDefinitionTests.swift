@testable import Storage
import Testing

@Suite("建表语句")
struct DataDefinitionTests {
    struct Case: Sendable {
        let text: String
        let sqlite: [String]
        var postgres: [String]? = nil
    }

    @Test("两种引擎的写法", arguments: [
        Case(text: "", sqlite: []),
        Case(text: " ; -- 只有注释\n;", sqlite: []),
        Case(text: "CREATE TABLE a (n BIGINT)", sqlite: ["CREATE TABLE a (n INTEGER) STRICT"],
             postgres: ["CREATE TABLE a (n BIGINT)"]),
        Case(text: "create table if not exists a (n bigint);", sqlite: ["create table if not exists a (n INTEGER) STRICT"],
             postgres: ["create table if not exists a (n bigint)"]),
        Case(text: "CREATE TABLE a (n TEXT PRIMARY KEY) WITHOUT ROWID",
             sqlite: ["CREATE TABLE a (n TEXT PRIMARY KEY) WITHOUT ROWID, STRICT"],
             postgres: ["CREATE TABLE a (n TEXT PRIMARY KEY)  "]),
        // 引号和注释中的词与分号不动
        Case(text: "-- 为什么；BIGINT; REAL\nCREATE TABLE a (n BIGINT /* INT; */ DEFAULT 0, s TEXT CHECK (s <> ';BIGINT''s')) -- 完",
             sqlite: ["-- 为什么；BIGINT; REAL\nCREATE TABLE a (n INTEGER /* INT; */ DEFAULT 0, s TEXT CHECK (s <> ';BIGINT''s')) STRICT -- 完"],
             postgres: ["-- 为什么；BIGINT; REAL\nCREATE TABLE a (n BIGINT /* INT; */ DEFAULT 0, s TEXT CHECK (s <> ';BIGINT''s')) -- 完"]),
        Case(text: "CREATE INDEX i ON a (n);ALTER TABLE a ADD COLUMN m BIGINT;",
             sqlite: ["CREATE INDEX i ON a (n)", "ALTER TABLE a ADD COLUMN m INTEGER"],
             postgres: ["CREATE INDEX i ON a (n)", "ALTER TABLE a ADD COLUMN m BIGINT"]),
    ])
    func maps(_ c: Case) throws {
        #expect(try Self.texts(c.text, .sqlite) == c.sqlite)
        #expect(try Self.texts(c.text, .postgres) == c.postgres ?? c.sqlite)
    }

    @Test("只用两种类型", arguments: ["INTEGER", "int", "REAL", "BOOLEAN", "VARCHAR(20)", "TEXT DEFERRABLE", "BIGINT AUTOINCREMENT"])
    func refusesWhatEnginesDoNotShare(_ type: String) {
        #expect(throws: StorageError.self) { try Self.texts("CREATE TABLE a (n \(type))", .sqlite) }
    }

    private static func texts(_ text: String, _ dialect: Dialect) throws -> [String] {
        try DataDefinition.statements(in: text, for: dialect).map { $0.rendered(for: dialect).sql }
    }
}
