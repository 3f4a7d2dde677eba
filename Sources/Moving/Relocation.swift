import Kernel
import Storage
import Values

/// 搬迁。Takes a whole house from one database into another: file to cluster, and back.
///
/// The old one refuses writes from the first row to the last; what is copied is therefore all there is. Both ends bear the move's id, so that a move
/// that was killed anywhere is taken up by asking for it again. Nothing serves from the new one until every table's digest and the journal agree.
public struct Relocation: Sendable {
    /// One end: the database, and its name for people.
    public struct End: Sendable {
        let database: any Database
        /// Without passwords.
        let place: String

        public init(_ database: any Database, at place: String) { (self.database, self.place) = (database, place) }
    }

    public enum Stage: Hashable, Sendable { case copying(String), rebuilding, verifying }

    let from: End
    let to: End
    let migrations: [Migration]
    let clock: any WallClock
    public var slice = 10_000
    /// What is being done, how much of it is done and, where it is known, of how much.
    public var tell: @Sendable (Stage, Int, Int?) -> Void = { _, _, _ in }

    public init(from: End, to: End, migrations: [Migration], clock: any WallClock) {
        (self.from, self.to, self.migrations, self.clock) = (from, to, migrations, clock)
    }

    /// What was moved.
    public struct Report: Sendable {
        public let digest: StoreDigest
        public let journal: JournalVerdict
        /// Rows copied by this call: fewer than all where an earlier one was cut off.
        public let copied: Int
    }

    static let errand = SoleErrand("move")

    /// - Throws: `.conflict` when either end is not in the state for it, when another move is under way, or when the two don't agree afterwards.
    public func run() async throws -> Report {
        let report = try await from.database.alone(at: Self.errand) { try await to.database.alone(at: Self.errand) { try await runAlone() } }
        guard let report, let report else { throw Refusal.conflict("另一次搬迁正在进行，请等它结束") }
        return report
    }

    /// 放弃搬迁。The old database is written again; what has come into the new one is of no use any more.
    /// - Throws: `.conflict` unless rows are still being copied: when the new one serves there is no way back but another move.
    public static func giveUp(_ database: any Database) async throws {
        try await database.bulk { connection in
            guard case .leaving = try connection.standing() else { throw Refusal.conflict("这个数据库没有正在进行的搬迁，不需要放弃") }
            try connection.stay()
        }
    }

    private func runAlone() async throws -> Report {
        let move = try await prepare()
        let copied = try await copy()
        try await rebuild()
        let report = try await verify(copied)
        try await finish(move)
        return report
    }

    // MARK: Preparing

    /// The target is marked before the source, so that a source that is closed always has a target to go on with.
    private func prepare() async throws -> StoreMove {
        let (here, there) = (try await from.database.read { try $0.standing() }, try await to.database.read { try $0.standing() })
        if case .arriving(let move) = here { throw Refusal.conflict("\(from.place) 自己还没有搬完（从 \(move.place) 搬来），不能再搬走") }
        let id: String
        switch there {
        case .arriving(let move): id = move.id
        case .leaving(let move), .left(let move): throw Refusal.conflict("\(to.place) 正在或已经搬到 \(move.place)，不能搬进去。请另建一个空库")
        case .serving:
            if case .left(let move) = here { throw Refusal.conflict("\(from.place) 已经在 \(move.at.shown)搬到 \(move.place)，不再是启用的数据库") }
            if let move = here.move { throw Refusal.conflict("\(from.place) 正在搬往 \(move.place)，请接着往那里搬；那里不要了，就先放弃（minzheng move --give-up）") }
            id = try await furnish()
        }
        if let move = here.move, move.id != id { throw Refusal.conflict("\(from.place) 正在或已经搬往 \(move.place)，与 \(to.place) 不是同一次搬迁") }
        let move = StoreMove(id: id, place: to.place, at: here.move?.at ?? clock.now())
        if case .serving = here { try await leave(move) }
        return move
    }

    /// An empty database gets its tables, and what is not needed while it is filled is put aside.
    private func furnish() async throws -> String {
        guard try await to.database.read({ try $0.tables().isEmpty }) else { throw Refusal.conflict("\(to.place) 不是空的，搬迁只写入空的数据库") }
        let wanted = Set(migrations.map { "\($0.owner) \($0.number)" })
        let applied = try await from.database.read { connection in
            Set(try connection.all("SELECT owner, number FROM schema_migration") { "\(try $0.read(0) as String) \(try $0.read(1) as Int)" })
        }
        guard applied == wanted else { throw Refusal.conflict("\(from.place) 不是本程序的版本，请先用本程序运行 minzheng migrate，再搬迁") }
        try await to.database.migrate(migrations)
        let move = StoreMove(id: (.make(at: clock.now()) as ID<Relocation>).text, place: from.place, at: clock.now())
        try await to.database.bulk { connection in
            try connection.run("DELETE FROM schema_migration")
            try connection.arrive(move)
            try connection.setAside()
        }
        return move.id
    }

    /// A writer may hold what the triggers need, and the other way round: then the engine lets one go, and it is tried again.
    private func leave(_ move: StoreMove) async throws {
        for _ in 0 ..< 20 {
            do { return try await from.database.bulk { try $0.leave(move) } } catch StorageError.serialization, StorageError.busy {
                try await Task.sleep(for: .milliseconds(200))
            }
        }
        throw Refusal.busy("\(from.place) 上一直有人在写，没能停下来。请稍后再试")
    }

    // MARK: Copying

    private func copy() async throws -> Int {
        let total = try await from.database.survey { connection in try connection.tables().reduce(0) { $0 + (try connection.rowCount(of: $1)) } }
        let before = try await to.database.survey { connection in try connection.tables().reduce(0) { $0 + (try connection.rowCount(of: $1)) } }
        var copying = StoreCopy(from: from.database, to: to.database)
        copying.slice = slice
        copying.tell = { tell(.copying($0.table), before + $0.rows, total) }
        return try await copying.run()
    }

    private func rebuild() async throws {
        let waiting = try await to.database.read { try $0.waitingAside() }
        for (number, part) in waiting.enumerated() {
            tell(.rebuilding, number, waiting.count)
            try await to.database.bulk { try $0.putBack(part) }
        }
        try await to.database.bulk { try $0.learnSizes() }
    }

    // MARK: Verifying

    private func verify(_ copied: Int) async throws -> Report {
        async let ours = digest(from.database), theirs = digest(to.database)
        let (left, right) = (try await ours, try await theirs)
        let differing = left.differing(from: right)
        guard differing.isEmpty else {
            let found = try await from.database.differences(from: to.database, in: differing)
            throw Refusal(.conflict, "搬过去的与原来的不符，没有启用：\(differing.joined(separator: "、"))", problems: found.map { .init([$0.table], $0.description) })
        }
        let journal = try await Sealer.verify(to.database)
        guard journal.isSound else { throw Refusal.conflict("搬过去的日志链不完好，没有启用：\(journal.faults.joined(separator: "；"))") }
        let faults = try await to.database.integrityCheck()
        guard faults.isEmpty else { throw Refusal.conflict("新库有损坏，没有启用：\(faults.prefix(5).joined(separator: "；"))") }
        return Report(digest: right, journal: journal, copied: copied)
    }

    private func digest(_ database: any Database) async throws -> StoreDigest {
        try await database.survey { connection in try connection.digest { table, rows in tell(.verifying, rows, nil) } }
    }

    /// The old one is closed for good before the new one opens: never do both serve.
    private func finish(_ move: StoreMove) async throws {
        try await from.database.bulk { connection in
            if case .left = try connection.standing() { return }
            try connection.markLeft(move)
        }
        try await to.database.bulk { try $0.markArrived() }
    }
}
