@testable import Commons
import Cryptography
import Foundation
import Kernel
import SQLiteStorage
import Storage
import TestSupport
import Testing
import Values

/// Several nodes over one database, each with folders of its own: what one takes in, another finds.
@Suite struct NodeTests {
    /// Nodes as two machines have them: databases opened apart, nothing shared but what is in them.
    struct Nodes {
        let counters: [Counter]
        let rooms: [ImportRoom]
        let clock: VirtualClock
        let folder: String

        init(_ count: Int = 2) async throws {
            folder = NSTemporaryDirectory() + "minzheng-nodes-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let house = House(lines: [errands] + commonLines, keyring: try Keyring.ephemeral()), clock = VirtualClock(day(2024, 6, 20))
            self.clock = clock
            counters = try await TestDatabase.twins(count).map { Counter(database: $0, house: house, clock: clock) }
            let staged = "\(folder)/staged"
            try FileManager.default.createDirectory(atPath: staged, withIntermediateDirectories: true)
            let own = folder
            rooms = counters.enumerated().map { number, counter in
                ImportRoom(counter, folder: "\(own)/imports-\(number)", tables: PlainTables(), staging: .files(in: staged) { try SQLiteDatabase(path: $0) }, keeping: .database)
            }
            try await counters[0].database.migrate(house.migrations)
            let now = clock.now()
            try await counters[0].database.write { connection in
                for (number, code) in ["000181", "000181001", "000181002"].enumerated() {
                    try connection.run("INSERT INTO region (id, code, name, from_on) VALUES (\(ImportBatch(ID<Region>.make(at: now)).id(number) as ID<Region>), \(code), \(code), '2000-01-01')")
                }
            }
        }

        func bring(_ text: String, at node: Int, act: ID<JournalEntry>? = nil) async throws -> (run: ID<ImportRun>, receipt: Receipt) {
            let content = Array(text.utf8)
            return try await rooms[node].take("people", act: act, as: reviewer) { writer in
                try writer.add(content)
                return "测试.csv"
            }
        }

        func submit(_ action: String, _ run: ID<ImportRun>, _ values: RawFields = [:], as actor: Actor = reviewer, at node: Int) async throws {
            var values = values
            values["import"] = .stored(run.stored)
            _ = try await counters[node].submit(Submission("exchange.\(action)", id: .make(at: clock.now()), values: values), as: actor)
        }

        func find(_ run: ID<ImportRun>) async throws -> ImportRun { try await counters[0].read(as: .house) { try $0.find(run) } }
        func count(_ statement: Statement) async throws -> Int { try await counters[0].database.read { try $0.value(statement) ?? -1 } }
        func files(of node: Int) throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: "\(folder)/imports-\(node)") }
    }

    private static func table(_ rows: Int, faultyAt: Int? = nil) -> String {
        "姓名,公民身份号码,性别,出生日期,联系电话,所属区域,住址\n" + (0 ..< rows).map { row in
            row == faultyAt ? "测试坏,123,,,,000181001,\n" : "测试甲,\(number(born: 1900 + row / 900, sequence: row % 900 + 1)),,,,000181001,\n"
        }.joined()
    }

    @Test("一个节点收下的表，另一个核对、登记、标注、撤销；节点自己的目录里什么也不留")
    func importsMove() async throws {
        let nodes = try await Nodes()
        let run = try await nodes.bring(Self.table(300, faultyAt: 7), at: 0).run
        let columns = try await nodes.find(run).columns.map { RawRow(key: $0.key, fields: $0.raw) }
        try await nodes.submit("map-columns", run, ["columns": .rows(columns)], at: 0)
        #expect(try await ImportRunner(nodes.rooms[1]).runSlice())
        let checked = try await nodes.find(run)
        #expect(checked.wrong == 1 && checked.right == 299)
        #expect(try await nodes.rooms[0].faults(of: checked, limit: 10).first?.line == 9)
        #expect(String(decoding: try await nodes.rooms[0].annotated(checked).content, as: UTF8.self).contains("公民身份号码"))
        try await nodes.submit("confirm-import", run, ["is_partial": .typed("1")], as: approver, at: 1)
        #expect(try await ImportRunner(nodes.rooms[0]).runSlice())
        #expect(try await nodes.find(run).state == .promoted)
        #expect(try await nodes.count("SELECT count(*) FROM person") == 299)
        try await nodes.submit("undo-import", run, ["reason": .typed("测试")], as: approver, at: 0)
        #expect(try await ImportRunner(nodes.rooms[1]).runSlice())
        #expect(try await nodes.find(run).state == .undone)
        #expect(try await nodes.count("SELECT count(*) FROM person") == 0)
        #expect(try nodes.files(of: 0).isEmpty && nodes.files(of: 1).isEmpty)
        nodes.clock.set(day(2024, 6, 22))
        #expect(try await nodes.rooms[1].sweep() == 1)
        #expect(try await nodes.count("SELECT count(*) FROM import_piece") == 0)
    }

    @Test("两个节点抢着登记：不重不漏")
    func importsRace() async throws {
        let nodes = try await Nodes(), run = try await nodes.bring(Self.table(20_000), at: 0).run
        let columns = try await nodes.find(run).columns.map { RawRow(key: $0.key, fields: $0.raw) }
        try await nodes.submit("map-columns", run, ["columns": .rows(columns)], at: 0)
        try await race(nodes)
        try await nodes.submit("confirm-import", run, as: approver, at: 1)
        try await race(nodes)
        let done = try await nodes.find(run)
        #expect(done.state == .promoted && done.entered == 20_000)
        #expect(try await nodes.count("SELECT count(*) FROM person") == 20_000)
        #expect(try await nodes.count("SELECT count(*) FROM journal WHERE action = 'exchange.enter-rows'") == 6)
    }

    private func race(_ nodes: Nodes) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for room in nodes.rooms { group.addTask { for _ in 0 ..< 5 { _ = try await ImportRunner(room).runSlice() } } }
            try await group.waitForAll()
        }
        while try await ImportRunner(nodes.rooms[0]).runSlice() {}
    }

    @Test("同一个办理编号上传两次，换一个节点也是同一次导入；内容不同的不认")
    func uploadsRepeat() async throws {
        let nodes = try await Nodes(), act = ID<JournalEntry>.make(at: nodes.clock.now())
        let first = try await nodes.bring(Self.table(3), at: 0, act: act), second = try await nodes.bring(Self.table(3), at: 1, act: act)
        #expect(first.run == second.run && second.receipt.isRepeat && !first.receipt.isRepeat)
        await #expect(throws: Refusal.self) { try await nodes.bring(Self.table(4), at: 1, act: act) }
        #expect(try await nodes.count("SELECT count(DISTINCT import_id) FROM import_piece") == 1)
        #expect(try await nodes.count("SELECT count(*) FROM import_run") == 1)
    }

    @Test("同一件同时交到两个节点：办一次，答复一样；批量的也是")
    func submittedTwice() async throws {
        let nodes = try await Nodes(), act = ID<JournalEntry>.make(at: nodes.clock.now()), bulk = ID<JournalEntry>.make(at: nodes.clock.now())
        let submission = Submission("errands.open-errand", id: act, values: ["region": .typed("000181001"), "what": .typed("测试")])
        let receipts = try await both(nodes) { try await $0.submit(submission, as: clerk) }
        #expect(Set(receipts.map(\.outcome)).count == 1 && receipts.count(where: \.isRepeat) == 1)
        let subject = receipts[0].outcome.subject
        let reports = try await both(nodes) { counter in
            try await counter.submit(all: BulkAct("errands.do-errand", id: bulk, values: [:], subjects: [BulkSubject(subject)]), as: clerk)
        }
        #expect(reports.contains { $0.done == 1 } && reports.allSatisfy { $0.refused == 0 })
        #expect(try await nodes.count("SELECT count(*) FROM journal") == 2)
    }

    private func both<T: Sendable>(_ nodes: Nodes, _ work: @escaping @Sendable (Counter) async throws -> T) async throws -> [T] {
        try await withThrowingTaskGroup(of: T.self) { group in
            for counter in nodes.counters { group.addTask { try await work(counter) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test("附件放在库里：换一个节点照样看，同一内容只存一份，没随事项的一天后清掉；与目录之间收拢")
    func attachments() async throws {
        let nodes = try await Nodes()
        let stores = nodes.counters.enumerated().map { AttachmentStore($1, folder: "\(nodes.folder)/attachments-\($0)", keeping: .database) }
        let picture = try await stores[0].store(AttachmentTests.png, filename: "甲.png", by: clerk), again = try await stores[1].store(AttachmentTests.png, filename: "乙.png", by: clerk)
        let paper = try await stores[1].store(AttachmentTests.pdf, filename: "丙.pdf", by: clerk)
        #expect(picture.hash == again.hash)
        #expect(try await stores[1].content(of: picture) == stores[0].content(of: picture))
        #expect(try await stores[0].content(of: paper) == AttachmentTests.pdf)
        #expect(try await stores[1].thumbnail(of: picture).type == "image/jpeg")
        #expect(try await nodes.count("SELECT count(DISTINCT name) FROM stored_piece") == 3)
        #expect(try await stores[0].names() == [picture.hash, picture.hash + ".small", paper.hash])
        #expect(try stores[0].shelf.names().isEmpty)

        let folder = AttachmentStore(nodes.counters[0], folder: "\(nodes.folder)/attachments-0")
        let old = try await folder.store(AttachmentTests.jpeg, filename: "旧.jpg", by: clerk)
        #expect(try await stores[0].content(of: old).count == old.bytes)
        #expect(try await stores[0].gather() == 2)
        #expect(try await stores[0].gather() == 0)
        #expect(try await stores[1].content(of: old).count == old.bytes)

        // And back, where the house has one machine again.
        #expect(try await folder.content(of: paper) == AttachmentTests.pdf)
        #expect(try await folder.gather() == 3)
        #expect(try folder.shelf.names().count == 5)

        let keyring = nodes.counters[0].house.keyring
        try keyring.addKey()
        _ = try await Resealing(nodes.counters[0], stores[0].shelf).run()
        #expect(try await nodes.count("SELECT count(*) FROM stored_piece WHERE content NOT LIKE \("%.\(keyring.currentKey).%")") == 0)
        #expect(try await stores[1].content(of: paper) == AttachmentTests.pdf)

        nodes.clock.set(day(2024, 6, 22))
        #expect(try await stores[1].sweepOrphans() == 4)
        #expect(try await nodes.count("SELECT count(*) FROM stored_piece") == 0)
    }

    @Test("大附件分段存放，原样回来；段被调换就打不开")
    func pieces() async throws {
        let nodes = try await Nodes(1), files = StoredFiles(nodes.counters[0], place: "测试")
        for size in [0, 1, StoredFiles.pieceBytes - 1, StoredFiles.pieceBytes, StoredFiles.pieceBytes + 1, 3 * StoredFiles.pieceBytes] {
            let content = (0 ..< size).map { UInt8(truncatingIfNeeded: $0 / 7) }
            try await files.write(content, as: "\(size)", at: nodes.clock.now())
            #expect(try await files.read("\(size)") == content)
        }
        #expect(try await files.read("没有") == nil)
        try await files.database.write { connection in
            try connection.run("UPDATE stored_piece SET content = (SELECT content FROM stored_piece WHERE name = '1') WHERE name = '0'")
            try connection.run("DELETE FROM stored_piece WHERE name = \("\(3 * StoredFiles.pieceBytes)") AND number = '000002'")
        }
        await #expect(throws: Refusal.self) { try await files.read("0") }
        await #expect(throws: Refusal.self) { try await files.read("\(3 * StoredFiles.pieceBytes)") }
    }

    @Test("登录限次、动态口令、会话：在一个节点办，另一个节点认")
    func signIn() async throws {
        let nodes = try await Nodes(), doors = nodes.counters.map { Accounts($0) }
        let user = User(id: .make(at: nodes.clock.now()), username: "jia", name: try PersonName(typed: "测试甲"), role: .townshipClerk, region: township,
                        passwordHash: try await PasswordHash.make("test-password-1"))
        try await nodes.counters[0].database.write { connection in
            try connection.run("""
                INSERT INTO user_account (id, username, name, role, region, password_hash, version)
                VALUES (\(user.id), \(user.username), \(user.name), \(user.role), \(user.region), \(user.passwordHash), 1)
                """)
        }
        let session = try await doors[0].signIn("jia", "test-password-1")
        let seen = try await doors[1].session(session.token)
        #expect(seen?.csrf == session.csrf && seen?.actedAt == nil)
        _ = try await nodes.counters[0].submit(Submission("errands.open-errand", id: .make(at: nodes.clock.now()), values: ["region": .typed("000181001"), "what": .typed("测试")]),
                                               as: session.actor)
        #expect(try await doors[1].session(session.token)?.actedAt != nil)
        try await doors[1].signOut(session.token)
        #expect(try await doors[0].session(session.token) == nil)
        for number in 0 ..< 5 { await #expect(throws: Refusal.self) { try await doors[number % 2].signIn("jia", "wrong") } }
        for door in doors {
            let refusal = await #expect(throws: Refusal.self) { try await door.signIn("jia", "test-password-1") }
            #expect(refusal?.kind == .busy)
        }
    }

    @Test("换用新密钥：同一数据目录的每个进程都跟上")
    func keys() async throws {
        let folder = NSTemporaryDirectory() + "minzheng-keys-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let first = try Keyring.create(in: folder, profile: .international), second = try Keyring.load(from: folder), third = try Keyring.load(from: folder)
        let name = try first.addKey(), sealed = try first.seal("测试", for: "test")
        // It meets a key it hasn't heard of, before it asked for news.
        #expect(try third.open(sealed, for: "test") == "测试")
        #expect(try second.refresh() && second.currentKey == name)
        #expect(try third.open(try second.seal("测试乙", for: "test"), for: "test") == "测试乙")
    }
}
