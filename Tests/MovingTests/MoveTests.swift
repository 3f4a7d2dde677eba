import Bench
import Bureau
import Foundation
import Kernel
import Moving
import SQLiteStorage
import Storage
import Synchronization
import Testing
import Values

/// 搬迁：搬到哪里、断在哪里、搬回来，行都一个不差。
@Suite("搬迁", .serialized) struct MoveTests {
    @Test("搬过去：逐行相符，日志链完好，新的启用，旧的只能看", arguments: Journey.all)
    func everythingArrives(_ journey: Journey) async throws {
        try await journey.take { from, to in
            let before = try await from.survey { try $0.digest() }
            let report = try await Self.move(from, to).run()
            #expect(report.digest == before && report.journal.isSound && report.copied == before.rows)
            #expect(try await to.read { try $0.standing() } == .serving)
            guard case .left(let move) = try await from.read({ try $0.standing() }) else { return #expect(Bool(false), "旧库没有停用") }
            #expect(move.place == "新库")
            await #expect(throws: Refusal.self) { try await from.write(Self.scribble) }
            try await to.write(Self.scribble)
            await #expect(throws: Refusal.self, "搬完了就不能再搬") { _ = try await Self.move(from, to).run() }
        }
    }

    @Test("断在任何一处，再来一次就接着搬", arguments: Journey.all)
    func itGoesOnWhereItWasCut(_ journey: Journey) async throws {
        try await journey.take { from, to in
            let before = try await from.survey { try $0.digest() }
            var copied = 0, cuts = 0
            for allowed in [1, 2, 3, 9, 15, 25] {
                await #expect(throws: Cut.self) { _ = try await Self.move(from, CutShort(to, after: allowed), slice: 200).run() }
                cuts += 1
                if case .leaving = try await from.read({ try $0.standing() }) { await #expect(throws: Refusal.self) { try await from.write(Self.scribble) } }
                let sum = try await to.survey { connection in try connection.tables().reduce(0) { $0 + (try connection.rowCount(of: $1)) } }
                #expect(sum >= copied, "搬过去的又没了")
                copied = sum
            }
            let report = try await Self.move(from, to, slice: 200).run()
            #expect(cuts == 6 && report.digest == before && report.copied < before.rows && report.journal.isSound)
        }
    }

    @Test("搬到一半有人改动了新库：不启用，说出是哪张表哪一行哪一列", arguments: Journey.all)
    func aDifferenceIsNamed(_ journey: Journey) async throws {
        try await journey.take { from, to in
            // 旧库停办、全部复制之后，最后一步之前断开。
            await #expect(throws: Cut.self) { _ = try await Self.move(from, CutShort(to, beforeCheck: true)).run() }
            try await to.bulk { _ = try $0.run("UPDATE person SET name = '被改过' WHERE id = (SELECT min(id) FROM person)") }
            let refusal = await #expect(throws: Refusal.self) { _ = try await Self.move(from, to).run() }
            #expect(refusal?.kind == .conflict && refusal?.message.contains("person") == true)
            #expect(refusal?.problems.first?.message.contains("name") == true && refusal?.problems.first?.message.contains("被改过") == true)
            guard case .arriving = try await to.read({ try $0.standing() }) else { return #expect(Bool(false), "不符的新库启用了") }
            try await Relocation.giveUp(from)
            try await from.write(Self.scribble)
        }
    }

    @Test("新的不是空的，不搬；旧的照常办理")
    func onlyIntoAnEmptyOne() async throws {
        let from = try await City.copy(), to = try await City.copy()
        let refusal = await #expect(throws: Refusal.self) { _ = try await Self.move(from, to).run() }
        #expect(refusal?.message.contains("不是空的") == true)
        try await from.write(Self.scribble)
        await #expect(throws: Refusal.self) { try await Relocation.giveUp(from) }
    }

    @Test("搬过去再搬回来，与原来一样", arguments: Journey.all)
    func thereAndBack(_ journey: Journey) async throws {
        try await journey.take { from, to in
            let before = try await from.survey { try $0.digest() }
            _ = try await Self.move(from, to).run()
            let home = try Journey.emptyFile()
            let report = try await Self.move(to, home).run()
            #expect(report.digest == before)
            try await home.close()
        }
    }

    static func move(_ from: any Database, _ to: any Database, slice: Int = 10_000) -> Relocation {
        var move = Relocation(from: .init(from, at: "旧库"), to: .init(to, at: "新库"), migrations: House.migrations(of: bureau), clock: VirtualClock(CivilDate(written: 2026, 6, 10)))
        move.slice = slice
        return move
    }

    @Sendable private static func scribble(_ connection: any Connection) throws {
        try connection.run("INSERT INTO mark (name, value) VALUES ('scribble', '1') ON CONFLICT (name) DO UPDATE SET value = excluded.value")
    }
}

struct Cut: Error {}

/// A database whose holder dies after so many transactions.
final class CutShort: Database {
    private let inner: any Database
    private let left: Mutex<Int>

    /// Whether he dies when all has come, before it is checked.
    private let beforeCheck: Bool

    init(_ inner: any Database, after allowed: Int = .max, beforeCheck: Bool = false) {
        self.inner = inner
        self.beforeCheck = beforeCheck
        left = Mutex(allowed)
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T { try await inner.read(body) }
    func survey<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        if beforeCheck, try await inner.read({ try $0.rowCount(of: StoredTable("person", columns: [], key: [])) }) > 0 { throw Cut() }
        return try await inner.survey(body)
    }
    func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T { try await inner.write(body) }
    func bulk<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        guard left.withLock({ $0 -= 1; return $0 >= 0 }) else { throw Cut() }
        return try await inner.bulk(body)
    }
    func alone<T: Sendable>(at errand: SoleErrand, _ work: @escaping @Sendable () async throws -> T) async throws -> T? { try await inner.alone(at: errand, work) }
    func migrate(_ migrations: [Migration]) async throws { try await inner.migrate(migrations) }
    func health() async throws -> [(name: String, value: String)] { try await inner.health() }
    func integrityCheck() async throws -> [String] { try await inner.integrityCheck() }
    func close() async throws { try await inner.close() }
}
