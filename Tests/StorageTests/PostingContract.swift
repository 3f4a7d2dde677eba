import Storage
import Testing

@Suite("契约：先寄后听")
struct PostingContract {
    @Test("寄出的都写下，次序不变", arguments: Engine.all, [1, 63, 64, 65, 300])
    func postedRowsStand(_ engine: Engine, _ count: Int) async throws {
        try await engine.withDatabase { database in
            let seen = try await database.write { connection in
                for number in 0 ..< count { try connection.post("INSERT INTO home (id, beds) VALUES (\("h\(1000 + number)"), \(number))") }
                try connection.post("UPDATE home SET beds = beds + 1")
                return try connection.value("SELECT count(*) FROM home WHERE beds > 0") as Int?
            }
            #expect(seen == count)
            #expect(try await database.homes().count == count)
        }
    }

    /// Wherever the fault is heard, it is told unchanged and nothing of the write stands.
    @Test("寄出的出错，整笔撤回", arguments: Engine.all, ["末尾", "再寄", "再问", "保存点吞了", "循环里"])
    func postedFaultUndoesTheWrite(_ engine: Engine, _ place: String) async throws {
        try await engine.withDatabase { database in
            try await database.write { try $0.addHome("a") }
            await #expect(throws: StorageError.unique("home.id")) {
                try await database.write { connection in
                    try connection.addHome("b")
                    switch place {
                    case "末尾": try connection.post("INSERT INTO home (id, beds) VALUES ('a', 1)")
                    case "再寄":
                        try connection.post("INSERT INTO home (id, beds) VALUES ('a', 1)")
                        try connection.post("INSERT INTO home (id, beds) VALUES ('c', 1)")
                    case "再问":
                        try connection.post("INSERT INTO home (id, beds) VALUES ('a', 1)")
                        _ = try connection.ask("SELECT id FROM home").rows()
                    case "保存点吞了":
                        try connection.post("INSERT INTO home (id, beds) VALUES ('a', 1)")
                        try? connection.savepoint { try connection.addHome("c") }
                        // An engine that heard it at once has let the caller know.
                        if connection.dialect == .sqlite { throw StorageError.unique("home.id") }
                    default:
                        try connection.each("SELECT id FROM home") { _ in try connection.post("INSERT INTO home (id, beds) VALUES ('a', 1)") }
                    }
                }
            }
            try await database.expectHomes(["a"])
        }
    }

    @Test("保存点里寄出的，在保存点里听", arguments: Engine.all)
    func savepointHearsItsOwn(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            try await database.write { connection in
                try connection.post("INSERT INTO home (id, beds) VALUES ('a', 1)")
                #expect(throws: StorageError.unique("home.id")) { try connection.savepoint { try connection.post("INSERT INTO home (id, beds) VALUES ('a', 2)") } }
                for id in ["a", "b"] {
                    #expect(throws: Stop()) { try connection.savepoint { try connection.postAndStop(id) } }
                }
                try connection.savepoint { try connection.post("INSERT INTO home (id, beds) VALUES ('c', 1)") }
            }
            try await database.expectHomes(["a", "c"])
        }
    }

    @Test("一起问，按任意次序听；见得到先前寄出的", arguments: Engine.all)
    func questionsAreAnsweredInAnyOrder(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            let told = try await database.write { connection in
                try connection.post("INSERT INTO home (id, beds) VALUES ('a', 1)")
                let before = try connection.ask("SELECT count(*) FROM home")
                try connection.post("INSERT INTO home (id, beds) VALUES ('b', 2)")
                let ids = try connection.ask("SELECT id FROM home ORDER BY id"), none = try connection.ask("SELECT id FROM home WHERE beds > 9")
                var within: [Int] = []
                try connection.each("SELECT id FROM home ORDER BY id") { row in
                    let id: String = try row.read(0)
                    within.append(try connection.ask("SELECT beds FROM home WHERE id = \(id)").value() ?? 0)
                }
                return (try ids.rows().map { try $0.read(0) as String }, try before.value() as Int?, try none.rows().count, within, try ids.rows().count)
            }
            #expect(told.0 == ["a", "b"] && told.1 == 1 && told.2 == 0 && told.3 == [1, 2] && told.4 == 2)
        }
    }

    @Test("拒绝之后，会话照常可用", arguments: Engine.all)
    func sessionsOutliveUnheardFaults(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            for _ in 0 ..< 8 {
                await #expect(throws: Stop()) {
                    try await database.write { connection in
                        try? connection.post("INSERT INTO resident (id, home) VALUES ('r', 'nowhere')")
                        try? connection.post("INSERT INTO home (id, beds) VALUES ('a', -1)")
                        _ = try? connection.ask("SELECT id FROM home")
                        throw Stop()
                    }
                }
            }
            try await database.write { try $0.addHome("z") }
            try await database.expectHomes(["z"])
        }
    }
}

extension Connection {
    fileprivate func postAndStop(_ id: String) throws {
        try? post("INSERT INTO home (id, beds) VALUES (\(id), 3)")
        throw Stop()
    }
}
