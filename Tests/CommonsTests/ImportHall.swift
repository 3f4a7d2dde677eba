@testable import Commons
import Foundation
import Kernel
import SQLiteStorage
import Storage
import Synchronization
import Testing
import Values

/// A bureau that imports: an office, a folder, and a desk for tables whose files are plain comma-separated lines.
struct ImportHall {
    let office: Office
    let folder: String
    let room: ImportRoom

    init(opening: @escaping @Sendable (String) throws -> any Database = { try SQLiteDatabase(path: $0) }) async throws {
        office = try await Office(on: day(2024, 6, 20))
        folder = NSTemporaryDirectory() + "minzheng-imports-" + UUID().uuidString
        room = ImportRoom(office.counter, folder: folder, tables: PlainTables(), openDatabase: opening)
        let now = office.clock.now()
        try await office.database.write { connection in
            for (number, code) in ["000181", "000181001", "000181002"].enumerated() {
                try connection.run("INSERT INTO region (id, code, name, from_on) VALUES (\(ImportBatch(ID<Region>.make(at: now)).id(number) as ID<Region>), \(code), \(code), '2000-01-01')")
            }
        }
    }

    /// An import desk in an office that stands already.
    init(over office: Office) async throws {
        self.office = office
        folder = NSTemporaryDirectory() + "minzheng-imports-" + UUID().uuidString
        room = ImportRoom(office.counter, folder: folder, tables: PlainTables()) { try SQLiteDatabase(path: $0) }
    }

    /// Takes in a table as the door does.
    func bring(_ importer: String, _ text: String, as actor: Actor = reviewer) async throws -> ID<ImportRun> {
        let content = Array(text.utf8)
        return try await room.take(importer, as: actor) { writer in
            try writer.add(content)
            return "测试.csv"
        }.run
    }

    /// Begins the check with the columns as they were guessed.
    func check(_ run: ID<ImportRun>, as actor: Actor = reviewer) async throws {
        let columns = try await find(run).columns.map { RawRow(key: $0.key, fields: $0.raw) }
        try await submit("map-columns", run, ["columns": .rows(columns)], as: actor)
        try await work()
    }

    func checked(_ importer: String, _ text: String) async throws -> ImportRun {
        let run = try await bring(importer, text)
        try await check(run)
        return try await find(run)
    }

    /// Checked, confirmed by another person and entered.
    func entered(_ importer: String, _ text: String, partial: Bool = false) async throws -> ImportRun {
        let run = try await checked(importer, text)
        try await confirm(run.id, partial: partial)
        try await work()
        return try await find(run.id)
    }

    func confirm(_ run: ID<ImportRun>, partial: Bool = false, as actor: Actor = approver) async throws {
        try await submit("confirm-import", run, partial ? ["is_partial": .typed("1")] : [:], as: actor)
    }

    @discardableResult
    func submit(_ action: String, _ run: ID<ImportRun>, _ values: RawFields = [:], as actor: Actor = reviewer) async throws -> Receipt {
        var values = values
        values["import"] = .stored(run.stored)
        return try await office.counter.submit(Submission("exchange.\(action)", id: .make(at: office.clock.now()), values: values), as: actor)
    }

    /// Everything that waits, slice by slice.
    func work() async throws {
        let runner = ImportRunner(room)
        for _ in 0 ..< 100 where try await runner.runSlice() {}
    }

    func find(_ run: ID<ImportRun>) async throws -> ImportRun { try await office.counter.read(as: .house) { try $0.find(run) } }

    func faults(_ run: ID<ImportRun>) async throws -> [String] {
        try await room.faults(of: try await find(run), limit: 100).map { "\($0.line) \($0.column)：\($0.message)" }
    }

    func count(_ statement: Statement) async throws -> Int {
        try await office.database.read { try $0.value(statement) ?? 0 }
    }

    /// How many owners a search table knows.
    func count(ownersIn search: Statement) async throws -> Int {
        try await office.database.read { connection in
            let table: Statement = connection.dialect == .sqlite ? search + "_key" : search
            return try connection.value("SELECT count(*) FROM \(table)") ?? 0
        }
    }
}

/// The house under test speaks comma-separated lines; a cell that begins with `=` is a formula.
struct PlainTables: TableDesk {
    func open(_ file: SealedFile, named filename: String) throws -> any TableSource {
        PlainSource(String(decoding: try file.content(atMost: 100 << 20), as: UTF8.self))
    }

    func template(_ template: ImportTemplate, as format: TableFormat) throws -> [UInt8] {
        Array(([template.outline.fields.map(\.label)] + template.samples).map { $0.joined(separator: ",") }.joined(separator: "\n").utf8)
    }

    func annotate(_ file: SealedFile, named filename: String, faults: (Int) throws -> [SourceFault]) throws -> (content: [UInt8], filename: String) {
        let source = PlainSource(String(decoding: try file.content(atMost: 100 << 20), as: UTF8.self))
        var lines = [(source.headings + ["错误"]).joined(separator: ",")]
        while let row = try source.next() { lines.append((row.cells + [try faults(row.line).map { "\($0.heading)：\($0.message)" }.joined(separator: "；")]).joined(separator: ",")) }
        return (Array(lines.joined(separator: "\n").utf8), "标注.csv")
    }
}

private final class PlainSource: TableSource {
    let headings: [String]
    private var lines: ArraySlice<Substring>
    private var line = 1

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        headings = lines.popFirst()?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
    }

    func next() throws -> SourceRow? {
        guard let text = lines.popFirst() else { return nil }
        line += 1
        let cells = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return SourceRow(line: line, cells: cells, formulas: cells.indices.filter { cells[$0].hasPrefix("=") })
    }
}

/// A database that has no room left after so many bulk writes.
final class NarrowDatabase: Storage.Database {
    private let inner: any Database
    private let left: Mutex<Int>

    init(_ inner: any Database, writes: Int) {
        self.inner = inner
        left = Mutex(writes)
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T { try await inner.read(body) }
    func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T { try await inner.write(body) }
    func bulk<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        guard left.withLock({ $0 -= 1; return $0 >= 0 }) else { throw StorageError.full }
        return try await inner.bulk(body)
    }

    func alone<T: Sendable>(at errand: SoleErrand, _ work: @escaping @Sendable () async throws -> T) async throws -> T? { try await inner.alone(at: errand, work) }
    func migrate(_ migrations: [Migration]) async throws { try await inner.migrate(migrations) }
    func health() async throws -> [(name: String, value: String)] { try await inner.health() }
    func integrityCheck() async throws -> [String] { try await inner.integrityCheck() }
    func close() async throws { try await inner.close() }
}

/// Stops as a kill does: in the midst of the work, without a word to anybody.
final class NarrowReads: Storage.Database {
    struct Killed: Error {}
    private let inner: any Database
    private let left: Mutex<Int>

    init(_ inner: any Database, reads: Int) {
        self.inner = inner
        left = Mutex(reads)
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        guard left.withLock({ $0 -= 1; return $0 >= 0 }) else { throw Killed() }
        return try await inner.read(body)
    }
    func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T { try await inner.write(body) }
    func bulk<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T { try await inner.bulk(body) }
    func alone<T: Sendable>(at errand: SoleErrand, _ work: @escaping @Sendable () async throws -> T) async throws -> T? { try await inner.alone(at: errand, work) }
    func migrate(_ migrations: [Migration]) async throws { try await inner.migrate(migrations) }
    func health() async throws -> [(name: String, value: String)] { try await inner.health() }
    func integrityCheck() async throws -> [String] { try await inner.integrityCheck() }
    func close() async throws { try await inner.close() }
}
