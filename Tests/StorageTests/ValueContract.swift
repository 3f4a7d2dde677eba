import Storage
import Testing
import Values

@Suite("契约：值")
struct ValueContract {
    @Test("往返", arguments: Engine.all)
    func valuesComeBack(_ engine: Engine) async throws {
        let texts = ["", " ", "张建国", "𠮷𬱖䶮", "e\u{301}", "🧓🏽", "'\";--\\", "a\nb\r\n", String(repeating: "长", count: 100_000)]
        let integers: [Int64] = [.min, -1, 0, 1, .max]
        try await engine.withDatabase { database in
            let back = try await database.write { connection in
                for (bed, text) in texts.enumerated() {
                    try connection.addHome("t\(bed)")
                    try connection.addResident("t\(bed)", home: "t\(bed)", name: text)
                }
                try connection.addHome("h1")
                for integer in integers {
                    try connection.run("INSERT INTO resident (id, home, bed) VALUES (\("i\(integer)"), 'h1', \(StoredValue.integer(integer)))")
                }
                return (
                    try connection.all("SELECT name FROM resident WHERE name IS NOT NULL ORDER BY id") { $0[0] },
                    try connection.all("SELECT bed FROM resident WHERE home = 'h1' ORDER BY bed") { $0[0] }
                )
            }
            #expect(back.0 == texts.map(StoredValue.text))
            #expect(back.1 == integers.map(StoredValue.integer))
        }
    }

    @Test("空值与类型", arguments: Engine.all)
    func nullsAndTypesAreTold(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            try await database.read { connection in
                let row = try #require(try connection.first("SELECT NULL AS a, 7 AS b, 'x' AS c") { $0 })
                #expect(row.count == 3)
                #expect(row["b"] == .integer(7) && row["a"] == .null && row["z"] == nil)
                #expect(throws: StorageError.self) { try row.read(0) as Int }
                #expect(throws: StorageError.self) { try row.read(2) as Int }
                #expect(throws: StorageError.self) { try row.read(2) as Int? }
                #expect(throws: StorageError.self) { try row.read(1) as String }
                #expect(throws: StorageError.self) { try row.read(3) as Int }
                #expect(throws: StorageError.self) { try row.read(3) as Int? }
                #expect(try row.read(0) as Int? == nil)
                #expect(try row.read(1) as Int? == 7)
                #expect(try row.read(2) as String == "x")
            }
        }
    }

    @Test("单个值", arguments: Engine.all)
    func oneValue(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            try await database.read { connection in
                let five: Int? = try connection.value("SELECT \(5) AS n")
                let null: Int? = try connection.value("SELECT NULL")
                let none: String? = try connection.value("SELECT id FROM home")
                #expect(five == 5 && null == nil && none == nil)
            }
        }
    }

    @Test("小数与空字符不收", arguments: Engine.all)
    func fractionsAndNulsAreRefused(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            await #expect(throws: StorageError.self) { try await database.read { try $0.all("SELECT 1.5") { $0[0] } } }
            await #expect(throws: StorageError.self) { try await database.write { try $0.addHome("a\u{0}b") } }
            try await database.expectHomes([])
        }
    }

    struct Fault: Sendable {
        let statement: Statement
        let error: StorageError

        /// A check without a name of its own is named by each engine in its way.
        func isMet(by found: any Error) -> Bool {
            switch (found as? StorageError, error) {
            case (.check, .check): true
            case (let found, let error): found == error
            }
        }
    }

    @Test("约束", arguments: Engine.all, [
        Fault(statement: "INSERT INTO home (id, beds) VALUES ('h1', 1)", error: .unique("home.id")),
        Fault(statement: "INSERT INTO resident (id, home, bed) VALUES ('r2', 'h1', 1)", error: .unique("resident.home, resident.bed")),
        Fault(statement: "INSERT INTO resident (id, home) VALUES ('r2', 'none')", error: .foreignKey),
        Fault(statement: "DELETE FROM home WHERE id = 'h1'", error: .foreignKey),
        Fault(statement: "INSERT INTO home (id, beds) VALUES ('h2', \(-1))", error: .check("beds >= 0")),
        Fault(statement: "INSERT INTO home (id) VALUES ('h2')", error: .notNull("home.beds")),
    ])
    func constraintsAreNamed(_ engine: Engine, _ fault: Fault) async throws {
        try await engine.withDatabase { database in
            try await database.write { connection in
                try connection.addHome("h1")
                try connection.addResident("r1", bed: 1)
            }
            await #expect { try await database.write { try $0.run(fault.statement) } } throws: { fault.isMet(by: $0) }
            await #expect(throws: StorageError.self) {
                try await database.write { try $0.run("INSERT INTO home (id, beds) VALUES ('h2', 'many')") }
            }
            try await database.expectHomes(["h1"])
        }
    }

    @Test("改动的行数", arguments: Engine.all)
    func rowsChangedAreCounted(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            let counts = try await database.write { connection in
                for id in ["a", "b", "c"] { try connection.addHome(id) }
                return [
                    try connection.run("UPDATE home SET beds = 1 WHERE id <> 'c'"),
                    try connection.run("UPDATE home SET beds = 1 WHERE id = 'none'"),
                    try connection.run("INSERT INTO home (id, beds) VALUES ('a', 1) ON CONFLICT DO NOTHING"),
                    try connection.run("DELETE FROM home"),
                ]
            }
            #expect(counts == [2, 0, 0, 3])
        }
    }
}
