import Kernel
import Storage
import Values

/// 试导入。Reads the whole table, holds every row against its shape, the table itself and the house, and writes what it found into the staging file.
struct ImportCheck: Sendable {
    let room: ImportRoom
    let run: ImportRun

    /// Rows worked out at a time: short enough that others get their turn.
    private static let pieceRows = 500
    /// Pieces in flight: enough for every core.
    private static let pieces = 4
    public static let rowsAtMost = 2_000_000

    /// Checks and tells the register what was found.
    func perform() async throws {
        guard let counts = try await stage() else { return }
        try await room.counter.database.write { connection in
            try connection.run("""
                UPDATE import_run SET state = 'checked', rows_right = \(counts.right), rows_wrong = \(counts.wrong), rows_duplicate = \(counts.duplicate),
                       rows_present = \(counts.present), version = version + 1 WHERE id = \(run.id) AND state = 'checking'
                """)
        }
    }

    /// Fills a new staging file.
    /// - Returns: what was found; nil when somebody cancelled meanwhile.
    @discardableResult
    func stage() async throws -> Staging.Counts? {
        try await room.withUpload(run.id) { try await stage(from: $0) }
    }

    private func stage(from upload: SealedFile) async throws -> Staging.Counts? {
        let importer = try room.importer(run.importer), ground = try await ground()
        let source = try room.tables.open(upload, named: run.filename)
        return try await room.withStaging(run.id, isNew: true) { staging in
            guard try await fill(staging, from: source, importer, ground) else { return nil }
            let key = importer.outline[importer.keyColumn]?.label ?? importer.keyColumn
            try await staging.markDuplicates(at: importer.keyColumn, label: key)
            try await staging.markUnmet(at: importer.needsColumn)
            try await staging.complete()
            return try await staging.counts()
        }
    }

    private func ground() async throws -> ImportGround {
        let actor = Actor(user: run.uploadedBy, name: run.uploader, role: .systemAdministrator, region: run.region)
        return try await room.counter.read(as: actor) { reader in
            let codes: [RegionCode] = try reader.connection.all("SELECT code FROM region WHERE until_on IS NULL OR until_on > \(reader.today)") { try $0.read(0) }
            return ImportGround(actor: actor, today: reader.today, keyring: reader.house.keyring, regions: Set(codes))
        }
    }

    // MARK: Row by row

    /// Reading, working out and writing go on side by side; the rows keep their order.
    private func fill(_ staging: Staging, from source: any TableSource, _ importer: any Importing.Type, _ ground: ImportGround) async throws -> Bool {
        let columns = RowReader(run, importer)
        var ready: [ImportRow] = [], done = 0, isOpen = true, writing: Task<Void, any Error>?
        try await withThrowingTaskGroup(of: (Int, [ImportRow]).self) { group in
            var next = 0, asked = 0, waiting: [Int: [ImportRow]] = [:], isAtEnd = false
            while isOpen {
                while !isAtEnd, asked - next < Self.pieces {
                    let piece = try read(source, upTo: Self.pieceRows)
                    isAtEnd = piece.count < Self.pieceRows
                    guard !piece.isEmpty else { break }
                    let number = asked
                    asked += 1
                    group.addTask(priority: .utility) { (number, try await examine(piece, columns, importer, ground)) }
                }
                guard asked > next else { break }
                if waiting[next] == nil, let (number, rows) = try await group.next() { waiting[number] = rows }
                guard let rows = waiting.removeValue(forKey: next) else { continue }
                next += 1
                done += rows.count
                ready += rows
                if ready.count >= 4_000 {
                    try await writing?.value
                    let batch = ready
                    writing = Task { try await staging.add(batch) }
                    ready = []
                    isOpen = try await report(done)
                }
            }
        }
        try await writing?.value
        guard isOpen else { return false }
        try await staging.add(ready)
        guard done > 0 else { throw Refusal.invalid("表里没有数据行，请填好后重新上传") }
        return try await report(done)
    }

    private func read(_ source: any TableSource, upTo count: Int) throws -> [SourceRow] {
        var rows: [SourceRow] = []
        while rows.count < count, let row = try source.next() {
            guard row.line <= Self.rowsAtMost else { throw Refusal.tooLarge("表格超过 \(Self.rowsAtMost) 行，请分成几个文件导入") }
            if !row.isBlank { rows.append(row) }
        }
        return rows
    }

    private func examine(_ piece: [SourceRow], _ columns: RowReader, _ importer: any Importing.Type, _ ground: ImportGround) async throws -> [ImportRow] {
        let drafted = piece.map { columns.draft($0, ground) }
        return try await room.counter.read(as: ground.actor) { reader in
            var rows = drafted
            try importer.compare(&rows, ground, at: reader)
            return rows
        }
    }

    /// - Returns: whether the check is still wanted.
    private func report(_ done: Int) async throws -> Bool {
        try Task.checkCancellation()
        return try await room.counter.database.write { connection in
            try connection.run("UPDATE import_run SET progress = \(run.state == .checking ? done : run.progress) WHERE id = \(run.id) AND state = \(run.state)")
        } == 1
    }
}

/// Turns the cells of a row into what the importer reads.
private struct RowReader: Sendable {
    let importer: any Importing.Type
    private let columns: [(index: Int, name: String)]

    init(_ run: ImportRun, _ importer: any Importing.Type) {
        self.importer = importer
        columns = run.columns.enumerated().compactMap { index, column in column.field.map { (index, $0) } }
    }

    func draft(_ row: SourceRow, _ ground: ImportGround) -> ImportRow {
        var values: [String: Raw] = Dictionary(minimumCapacity: columns.count)
        for column in columns where column.index < row.cells.count { values[column.name] = .typed(row.cells[column.index]) }
        var drafted = importer.draft(RawFields(values), on: row.line, ground)
        for index in row.formulas {
            guard let column = columns.first(where: { $0.index == index }) else { continue }
            drafted.refuse(column.name, "这一格是公式，算出来的值可能已经过时，请复制后「粘贴为数值」")
        }
        for fault in row.faults { drafted.refuse(columns.first { $0.index == fault.column }?.name ?? "", fault.message) }
        return drafted
    }
}
