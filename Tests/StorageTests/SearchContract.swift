import Storage
import Testing
import Values

@Suite("契约：检索")
struct SearchContract {
    static let people = [
        "p1": "张建国 示范市和平区1号楼301室",
        "p2": "王和平 Room 301B",
        "p3": "李建 国营农场",
        "p4": "𠮷𬱖 བོད",
        "p5": "阿依古丽·买买提",
    ]

    static func search(_ typed: String, in database: any Database) async throws -> [String] {
        try await database.read { connection in
            try connection.all("SELECT r.id FROM resident AS r WHERE \(matching("r.id", in: "resident_search", typed)) ORDER BY r.id") {
                try $0.read(0)
            }
        }
    }

    static func fill(_ database: any Database) async throws {
        try await database.write { connection in
            try connection.addHome("h1")
            for (id, text) in people {
                try connection.addResident(id, name: text)
                try connection.index(id, words: SearchWords.of(text), in: "resident_search")
            }
        }
    }

    @Test("查找", arguments: Engine.all, [
        ("和平", ["p1", "p2"]),
        ("建国", ["p1"]),
        ("张建国", ["p1"]),
        ("国", ["p1", "p3"]),                 // 一个字：词首或词尾
        ("𬱖", ["p4"]), ("𠮷𬱖", ["p4"]), ("བོད", ["p4"]),
        ("301", ["p1"]), ("301b", ["p2"]), ("ｒｏｏｍ", ["p2"]),
        ("和平 301", ["p1"]), ("和平区301", ["p1"]),
        ("买买提", ["p5"]), ("古丽买买", []),
        ("没有", []), ("", []), ("！", []),
        // 输入里的引号和运算符都只是文字
        ("\"和平\"", ["p1", "p2"]), ("和平\" OR \"建国", []), ("和平*", ["p1", "p2"]), ("NOT", []), ("'; --", []), ("words:和平", []),
    ] as [(String, [String])])
    func finds(_ engine: Engine, _ c: (typed: String, owners: [String])) async throws {
        try await engine.withDatabase { database in
            try await Self.fill(database)
            #expect(try await Self.search(c.typed, in: database) == c.owners)
        }
    }

    @Test("换词与去词", arguments: Engine.all)
    func wordsAreReplaced(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            try await Self.fill(database)
            try await database.write { connection in
                try connection.index("p1", words: SearchWords.of("张建军"), in: "resident_search")
                try connection.index("p2", words: [], in: "resident_search")
                try connection.index("none", words: [], in: "resident_search")
            }
            #expect(try await Self.search("建国", in: database) == [])
            #expect(try await Self.search("建军", in: database) == ["p1"])
            #expect(try await Self.search("和平", in: database) == [])
        }
    }

    @Test("撤回的写入不留检索词", arguments: Engine.all)
    func wordsShareTheTransaction(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            try await Self.fill(database)
            await #expect(throws: Stop()) {
                try await database.write { connection in
                    try connection.index("p1", words: SearchWords.of("赵六"), in: "resident_search")
                    throw Stop()
                }
            }
            #expect(try await Self.search("赵六", in: database) == [])
            #expect(try await Self.search("建国", in: database) == ["p1"])
        }
    }

    @Test("表名须是标识符", arguments: Engine.all)
    func tableNamesAreChecked(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            await #expect(throws: StorageError.self) { try await database.write { try $0.index("p1", words: ["a"], in: "x; --") } }
        }
    }
}
