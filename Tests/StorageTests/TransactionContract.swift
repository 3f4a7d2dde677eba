import Storage
import Testing
import Values

@Suite("契约：事务")
struct TransactionContract {
    @Test("保存点只撤回自己", arguments: Engine.all)
    func savepointUndoesItself(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            try await database.write { connection in
                try connection.addHome("a")
                #expect(throws: Stop()) {
                    try connection.savepoint {
                        try connection.addHome("b")
                        try connection.savepoint { try connection.addHome("c") }
                        throw Stop()
                    }
                }
                #expect(throws: StorageError.unique("home.id")) { try connection.savepoint { try connection.addHome("a") } }
                try connection.savepoint { try connection.addHome("d") }
            }
            try await database.expectHomes(["a", "d"])
        }
    }

    @Test("边读边写，逐个成败", arguments: Engine.all)
    func savepointsInsideALoopOverRows(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            try await database.write { connection in
                for id in ["a", "b", "c"] { try connection.addHome(id) }
                try connection.each("SELECT id FROM home ORDER BY id") { row in
                    let id: String = try row.read(0)
                    try? connection.savepoint {
                        try connection.addResident(id, home: id)
                        if id == "b" { throw Stop() }
                    }
                }
            }
            let residents = try await database.read { try $0.all("SELECT id FROM resident ORDER BY id") { $0[0] } }
            #expect(residents == [.text("a"), .text("c")])
        }
    }

    @Test("同一语句可以嵌套", arguments: Engine.all)
    func oneStatementInsideItself(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            let pairs = try await database.write { connection in
                for id in ["a", "b"] { try connection.addHome(id) }
                var pairs: [String] = []
                for outer in try connection.homes() {
                    try connection.each("SELECT id FROM home ORDER BY id") { row in
                        let inner = try connection.homes()
                        pairs.append("\(outer)\(try row.read(0) as String)\(inner.count)")
                    }
                }
                return pairs
            }
            #expect(pairs == ["aa2", "ab2", "ba2", "bb2"])
        }
    }

    @Test("写入出错则全部撤回，错误原样返回", arguments: Engine.all)
    func failedWriteLeavesNothing(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            let refusal = Refusal(.ineligible, "不符合条件")
            await #expect(throws: refusal) {
                try await database.write { connection in
                    try connection.addHome("a")
                    throw refusal
                }
            }
            await #expect(throws: Stop()) {
                try await database.bulk { connection in
                    try connection.addHome("b")
                    throw Stop()
                }
            }
            try await database.expectHomes([])
        }
    }

    @Test("读处不能写", arguments: Engine.all)
    func readsDoNotWrite(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            await #expect(throws: StorageError.self) { try await database.read { try $0.addHome("a") } }
            try await database.expectHomes([])
        }
    }

    @Test("一次读取所见不变，且不等写者", arguments: Engine.all)
    func readsAreSnapshots(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            let gate = Gate()
            async let seen = database.read { connection in
                let before = try connection.homes()
                gate.hold()
                return (before, try connection.homes())
            }
            await gate.arrival()
            try await database.write { try $0.addHome("a") }
            gate.open()
            let (before, after) = try await seen
            #expect(before == [] && after == [])
            try await database.expectHomes(["a"])
        }
    }

    @Test("读者不等写者", arguments: Engine.all)
    func readsDoNotWaitForTheWriter(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            let gate = Gate()
            async let written: Void = database.write { connection in
                try connection.addHome("a")
                gate.hold()
            }
            await gate.arrival()
            try await database.expectHomes([])
            gate.open()
            try await written
            try await database.expectHomes(["a"])
        }
    }

    @Test("并发写入不丢失更新", arguments: Engine.all)
    func concurrentWritersAddUp(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            try await database.write { try $0.addHome("a", beds: 0) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        for _ in 0..<10 { try await database.write { try $0.addOneBed(to: "a") } }
                    }
                }
                try await group.waitForAll()
            }
            let beds: Int? = try await database.read { try $0.value("SELECT beds FROM home") }
            #expect(beds == 160)
        }
    }

    @Test("写到一半客户离开，写入照样完成", arguments: Engine.all)
    func cancelledCallerLeavesAWholeWrite(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            let gate = Gate()
            let caller = Task {
                try await database.write { connection in
                    try connection.addHome("a")
                    gate.hold()
                    try connection.addHome("b")
                }
            }
            await gate.arrival()
            caller.cancel()
            gate.open()
            try await caller.value
            try await database.expectHomes(["a", "b"])
        }
    }

    @Test("客户离开，长读取即停", arguments: Engine.all)
    func cancelledReadStops(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            let gate = Gate()
            let caller = Task {
                try await database.read { connection in
                    gate.hold()
                    return try connection.value("""
                        WITH RECURSIVE endless (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM endless) SELECT count(*) FROM endless
                        """) as Int?
                }
            }
            await gate.arrival()
            caller.cancel()
            gate.open()
            let result = await caller.result
            #expect(throws: CancellationError.self) { try result.get() }
            try await database.expectHomes([])
        }
    }

    @Test("批量写入", arguments: Engine.all)
    func bulkInserts(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            let count = try await database.bulk { connection in
                try connection.insert(into: "home", ["id", "beds"], rows: (0..<5000).lazy.map { [.text("h\($0)"), .integer($0)] })
            }
            #expect(count == 5000)
            let sum: Int? = try await database.read { try $0.value("SELECT CAST(sum(beds) AS BIGINT) FROM home") }
            #expect(sum == 12_497_500)
        }
    }

    @Test("备好的行：重复的、空的、长的文本各在其位", arguments: Engine.all)
    func packedRows(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            var rows = PackedRows(["id", "beds"], reserving: 3)
            let long = String(repeating: "敬老院", count: 400)
            for (id, beds) in [("", 1), ("h1", 1), (long, 2), ("敬老院", 2)] as [(String, Int64)] {
                rows.add(id)
                rows.add(beds)
            }
            let ready = rows
            let written = try await database.bulk { try $0.insert(into: "home", ready) }
            #expect(written == 4)
            // The statement is free again, and holds nothing of what was bound.
            _ = try await database.bulk { try $0.insert(into: "home", ["id", "beds"], rows: (0 ..< 200).map { [.text("x\($0)"), .integer(3)] }) }
            let found = try await database.read { try $0.all("SELECT id, beds FROM home WHERE beds < 3 ORDER BY beds, length(id)") { ($0[0], $0[1]) } }
            #expect(found.map(\.0) == ["", "h1", "敬老院", long].map(StoredValue.text) && found.map(\.1) == [1, 1, 2, 2].map(StoredValue.integer))
        }
    }

    @Test("备好的行有毛病：一行也不留", arguments: Engine.all, ["double", "unfinished", "nul"])
    func faultyPackedRows(_ engine: Engine, _ fault: String) async throws {
        try await engine.withDatabase { database in
            var rows = PackedRows(["id", "beds"])
            for id in ["a", fault == "double" ? "a" : fault == "nul" ? "b\0" : "b"] {
                rows.add(id)
                if fault != "unfinished" || id == "a" { rows.add(1 as Int64) }
            }
            let ready = rows
            await #expect(throws: StorageError.self) { try await database.bulk { try $0.insert(into: "home", ready) } }
            try await database.expectHomes([])
        }
    }

    @Test("批量写入的错误", arguments: Engine.all, [
        ("home; --", ["id"], [[StoredValue.text("a")]]),
        ("home", ["ID"], [[.text("a")]]),
        ("home", ["id", "beds"], [[.text("a"), .integer(1)], [.text("b")]]),
        ("home", ["id", "beds"], [[.text("a"), .integer(1)], [.text("a"), .integer(2)]]),
    ])
    func faultyBulkLeavesNothing(_ engine: Engine, _ c: (table: String, columns: [String], rows: [[StoredValue]])) async throws {
        try await engine.withDatabase { database in
            await #expect(throws: StorageError.self) {
                try await database.bulk { try $0.insert(into: c.table, c.columns, rows: c.rows) }
            }
            try await database.expectHomes([])
        }
    }

    @Test("关闭之后", arguments: Engine.all)
    func closedMeansClosed(_ engine: Engine) async throws {
        let database = try await engine.make()
        try await database.migrate([schema])
        let gate = Gate()
        async let last: Void = database.write { connection in
            gate.hold()
            try connection.addHome("a")
        }
        await gate.arrival()
        async let closing: Void = database.close()
        gate.open()
        try await last
        try await closing
        await #expect(throws: StorageError.self) { try await database.homes() }
        await #expect(throws: StorageError.self) { try await database.write { try $0.addHome("b") } }
        try await database.close()
    }
}

extension Connection {
    /// Reads, reckons in Swift and writes back: a lost update would show.
    func addOneBed(to home: String) throws {
        let beds: Int? = try value("SELECT beds FROM home WHERE id = \(home)")
        try run("UPDATE home SET beds = \((beds ?? 0) + 1) WHERE id = \(home)")
    }
}
