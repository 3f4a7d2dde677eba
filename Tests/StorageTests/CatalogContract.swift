import Storage
import Testing
import Values

/// What stands in a database is told alike by every engine: tables, order, rows; and whether it may be written.
@Suite("契约：库表目录")
struct CatalogContract {
    /// Names in the order of bytes, which is not that of any language.
    private static let names = ["", "A", "Z", "a", "é", "中", "丰\u{2FA1D}", "𠮷", "\u{F9DC}", "隆"].sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }

    private static let more = Migration(owner: "contract", number: 2, why: "没有主键的、两列主键的、引用自身的", steps: [
        .ddl("""
            CREATE TABLE bag (word TEXT, weight BIGINT);
            CREATE TABLE pair (left_part TEXT NOT NULL, right_part BIGINT NOT NULL, note TEXT, PRIMARY KEY (right_part, left_part));
            CREATE TABLE branch (id TEXT PRIMARY KEY, parent TEXT REFERENCES branch (id));
            CREATE INDEX branch_by_parent ON branch (parent);
            """),
    ])

    private func withDatabase(_ engine: Engine, _ body: (any Database) async throws -> Void) async throws {
        try await engine.withDatabase { database in
            try await database.migrate([schema, Self.more])
            try await body(database)
        }
    }

    private func table(_ name: String, _ database: any Database) async throws -> StoredTable {
        try #require(try await database.read { try $0.tables() }.first { $0.name == name })
    }

    private func rows(_ name: String, _ database: any Database, from place: TablePlace = .beginning) async throws -> [[StoredValue]] {
        let table = try await table(name, database)
        return try await database.survey { connection in
            var rows: [[StoredValue]] = []
            try connection.eachRow(of: table, from: place) { rows.append($0) }
            return rows
        }
    }

    @Test("表、列、主键、引用；被引用的在前，检索表在后", arguments: Engine.all)
    func tablesAreTold(_ engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let tables = try await database.read { try $0.tables() }
            #expect(tables.map(\.name) == ["bag", "branch", "home", "pair", "resident", "schema_migration", "resident_search"])
            let resident = try await table("resident", database), pair = try await table("pair", database), bag = try await table("bag", database)
            #expect(resident.columns == [.init("id", .text), .init("home", .text), .init("name", .text), .init("bed", .integer)])
            #expect(resident.key == ["id"] && resident.references == ["home"])
            #expect(pair.key == ["right_part", "left_part"])
            #expect(bag.key == [] && bag.order == ["word", "weight"])
            #expect(try await table("branch", database).references == ["branch"])
            #expect(try await table("resident_search", database).kind == .search)
        }
    }

    @Test("行按主键的字节排；从任一处接着读", arguments: Engine.all)
    func rowsComeInOrderOfBytes(_ engine: Engine) async throws {
        try await withDatabase(engine) { database in
            try await database.write { connection in for name in Self.names.reversed() { try connection.addHome(name) } }
            #expect(try await rows("home", database).map { $0[0] } == Self.names.map { .text($0) })
            for (index, name) in Self.names.enumerated() {
                #expect(try await rows("home", database, from: .after([.text(name)])).count == Self.names.count - 1 - index)
            }
        }
    }

    @Test("两列主键按声明的次序；没有主键的按各列，空的在前，重复的都在", arguments: Engine.all)
    func otherKeys(_ engine: Engine) async throws {
        try await withDatabase(engine) { database in
            try await database.write { connection in
                for (left, right) in [("b", 1), ("a", 2), ("a", 1), ("a", -1)] { try connection.run("INSERT INTO pair (left_part, right_part) VALUES (\(left), \(right))") }
                for word in ["x", nil, "x"] as [String?] { try connection.run("INSERT INTO bag (word, weight) VALUES (\(word), \(1))") }
                try connection.run("INSERT INTO bag (word, weight) VALUES ('x', NULL)")
            }
            #expect(try await rows("pair", database).map { $0[1] } == [.integer(-1), .integer(1), .integer(1), .integer(2)])
            #expect(try await rows("pair", database, from: .after([.integer(1), .text("a")])).map { $0[0] } == [.text("b"), .text("a")])
            let bag: [[StoredValue]] = [[.null, .integer(1)], [.text("x"), .null], [.text("x"), .integer(1)], [.text("x"), .integer(1)]]
            #expect(try await rows("bag", database) == bag)
            #expect(try await rows("bag", database, from: .count(3)).count == 1)
            let table = try await table("bag", database)
            #expect(try await database.read { try $0.reached(in: table) } == .count(4))
        }
    }

    @Test("检索表是人和词，词各一次，按字节排；批量放回去照样查得到", arguments: Engine.all)
    func searchTablesAreOwnersAndWords(_ engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let table = try await table("resident_search", database)
            try await database.write { connection in
                try connection.index("r2", words: ["张建", "国", "张建", "o'neil", "a\\b"], in: "resident_search")
                try connection.index("r1", words: ["李"], in: "resident_search")
                try connection.index("r3", words: ["没"], in: "resident_search")
                try connection.index("r3", words: [], in: "resident_search")
            }
            let told = try await rows("resident_search", database)
            #expect(told == [[.text("r1"), .text("李")], [.text("r2"), .text("a\\b o'neil 国 张建")]])
            try await database.write { connection in
                for owner in ["r1", "r2"] { try connection.index(owner, words: [], in: "resident_search") }
                try connection.enter(told, into: table)
            }
            #expect(try await rows("resident_search", database) == told)
            #expect(try await database.read { try $0.reached(in: table) } == .after([.text("r2")]))
            let hits: [String] = try await database.read { try $0.all("SELECT owner FROM \(found(in: "resident_search", "张建") ?? "") AS hit") { try $0.read(0) } }
            #expect(hits == ["r2"])
        }
    }

    @Test("搬迁中：办什么都不行，看照样看；放弃后又能办", arguments: Engine.all)
    func aDatabaseBeingLeftRefusesWrites(_ engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let move = StoreMove(id: "m1", place: "新库", at: Instant(secondsSince1970: 1_700_000_000))
            try await database.write { connection in
                try connection.addHome("h1")
                try connection.index("r1", words: ["李"], in: "resident_search")
            }
            #expect(try await database.read { try $0.standing() } == .serving)
            try await database.bulk { try $0.leave(move) }
            #expect(try await database.read { try $0.standing() } == .leaving(move))
            try await expectRefusals(database)
            try await database.expectHomes(["h1"])
            try await database.bulk { try $0.stay() }
            #expect(try await database.read { try $0.standing() } == .serving)
            try await database.write { try $0.addHome("h2") }
            try await database.bulk { try $0.leave(move) }
            try await database.bulk { try $0.markLeft(move) }
            #expect(try await database.read { try $0.standing() } == .left(move))
            try await expectRefusals(database)
            try await database.expectHomes(["h1", "h2"])
        }
    }

    private func expectRefusals(_ database: any Database) async throws {
        let writes: [@Sendable (any Connection) throws -> Void] = [
            { try $0.addHome("h9") }, { try $0.run("UPDATE home SET beds = 1") }, { try $0.run("DELETE FROM home") },
            { try $0.run("INSERT INTO home (id, beds) VALUES ('h1', 1) ON CONFLICT (id) DO UPDATE SET beds = excluded.beds") },
            { try $0.index("r1", words: ["王"], in: "resident_search") }, { try $0.index("r7", words: ["王"], in: "resident_search") },
            { try $0.insert(into: "home", ["id", "beds"], rows: (0 ..< 100).map { [.text("x\($0)"), .integer(1)] }) },
            { connection in try connection.savepoint { try connection.addHome("h9") } },
        ]
        for write in writes {
            let refusal = await #expect(throws: Refusal.self) { try await database.write(write) }
            #expect(refusal?.kind == .busy)
            await #expect(throws: Refusal.self) { try await database.bulk(write) }
        }
        await #expect(throws: Refusal.self) {
            try await database.migrate([schema, Self.more, Migration(owner: "contract", number: 3, why: "试", steps: [.ddl("CREATE TABLE late (id TEXT PRIMARY KEY)")])])
        }
        #expect(try await database.read { try $0.tables() }.contains { $0.name == "late" } == false)
    }

    @Test("装入时放到一边的索引和外键，装完都在", arguments: Engine.all)
    func whatIsPutAsideComesBack(_ engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let before = try await database.read { try $0.tables() }
            try await database.bulk { connection in
                try connection.arrive(StoreMove(id: "m1", place: "旧库", at: Instant(secondsSince1970: 1_700_000_000)))
                try connection.setAside()
                try connection.setAside()
            }
            let waiting = try await database.read { try $0.waitingAside() }
            if try await database.read({ $0.dialect }) == .postgres { try await database.bulk { try $0.addResident("r1", home: "nowhere-yet") } }
            try await database.bulk { try $0.run("DELETE FROM resident") }
            for part in waiting { try await database.bulk { try $0.putBack(part) } }
            try await database.bulk { try $0.learnSizes() }
            #expect(try await database.read { try $0.waitingAside() } == [])
            try await database.bulk { try $0.markArrived() }
            #expect(try await database.read { try $0.tables() } == before)
            await #expect(throws: StorageError.foreignKey) { try await database.write { try $0.addResident("r1", home: "nowhere") } }
            await #expect(throws: StorageError.self) {
                try await database.write { connection in
                    try connection.addHome("h1")
                    for id in ["r1", "r2"] { try connection.addResident(id, bed: 1) }
                }
            }
        }
    }
}
