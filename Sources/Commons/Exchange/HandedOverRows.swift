import Cryptography
import Kernel
import Storage
import Values

/// 不经文件的迁入。Rows that a program already holds: they are held against the house like those of a file, and enter by the same acts, slice by slice.
extension Counter {
    /// - Parameters:
    ///   - rows: as they would be typed, by term; lines are counted from 2, as in a table with a heading.
    ///   - id: of the import; with the same id it is the same import.
    /// - Returns: what names the records that the rows became.
    /// - Throws: `.invalid` when a row is wrong, saying what is the matter with the first: nothing enters then.
    @discardableResult
    public func handOver(_ rows: [RawFields], to name: String, as id: ID<ImportRun>, called filename: String, broughtBy uploader: Actor,
                         admittedBy confirmer: Actor) async throws -> ImportBatch {
        guard let importer = house.importer(name) else { throw Refusal.absent("没有「\(name)」这种导入") }
        let drafted = try await held(rows, importer, uploader), batch = ImportBatch(id)
        let headings = importer.outline.fields.filter { rows.first?[$0.name] != nil }.map(\.label)
        let upload = ImportUpload(filename: filename, digest: try digest(of: drafted), bytes: drafted.count, headings: headings)
        try await submit(BeginImport.name, ["import": .stored(id.stored), "importer": .typed(name), "filename": .typed(filename)], batch, 0xC1, as: uploader, bringing: upload)
        try await database.write { connection in
            try connection.run("""
                UPDATE import_run SET state = \(ImportState.checked), progress = \(drafted.count), rows_right = \(drafted.count), version = version + 1 WHERE id = \(id)
                """)
        }
        try await reconcile(drafted, importer, id, as: uploader)
        try await submit(ConfirmImport.name, ["import": .stored(id.stored)], batch, 0xC3, as: confirmer)
        try await enter(drafted, id)
        return batch
    }

    /// Rows of a piece that is held against the house at a time.
    private static let pieceRows = 500

    private func held(_ rows: [RawFields], _ importer: any Importing.Type, _ uploader: Actor) async throws -> [ImportRow] {
        let actor = Actor(user: uploader.user, name: uploader.name, role: .systemAdministrator, region: uploader.region)
        return try await read(as: actor) { reader in
            let codes: [RegionCode] = try reader.connection.all("SELECT code FROM region WHERE until_on IS NULL OR until_on > \(reader.today)") { try $0.read(0) }
            let ground = ImportGround(actor: actor, today: reader.today, keyring: reader.house.keyring, regions: Set(codes))
            var all: [ImportRow] = []
            for start in stride(from: 0, to: rows.count, by: Self.pieceRows) {
                var piece = (start ..< min(start + Self.pieceRows, rows.count)).map { importer.draft(rows[$0], on: $0 + 2, ground) }
                try importer.compare(&piece, ground, at: reader)
                if let wrong = piece.first(where: { $0.state != .right }) {
                    throw Refusal.invalid("第 \(wrong.line) 行不能迁入：\(wrong.problems.first?.message ?? "已经登记过")")
                }
                all += piece
            }
            return all
        }
    }

    private func digest(of rows: [ImportRow]) throws -> String {
        let total = try RunningHash(.international)
        var block = RowSeal.Writer()
        for row in rows {
            for value in row.values { block.add(value) }
            try block.pour(into: total, above: 1 << 16)
        }
        try block.pour(into: total, above: 0)
        return try total.finish().hex
    }

    /// What the other register paid is what it hands over: the same count, the same sum.
    private func reconcile(_ rows: [ImportRow], _ importer: any Importing.Type, _ id: ID<ImportRun>, as uploader: Actor) async throws {
        guard let importer = importer as? any ReconciledImport.Type else { return }
        let sum = Money(fen: rows.reduce(0) { $0 + ($1.values[importer.amountPlace].flatMap(Int64.init) ?? 0) })
        let found = Reconciliation(ourCount: rows.count, ourSum: sum, theirCount: rows.count, theirSum: sum, differences: [])
        let values: RawFields = ["import": .stored(id.stored), "count": .stored(rows.count.stored), "sum_fen": .stored(sum.stored)]
        try await submit(ReconcileImport.name, values, ImportBatch(id), 0xC2, as: uploader, bringing: found)
    }

    private func enter(_ rows: [ImportRow], _ id: ID<ImportRun>) async throws {
        let confirmation = try await read(as: .house) { try $0.find(id).confirmation }, slices = stride(from: 0, to: rows.count, by: ImportRunner.sliceRows)
        var cursor = 0
        for slice in slices.map({ Array(rows[$0 ..< min($0 + ImportRunner.sliceRows, rows.count)]) }) + [[]] {
            let values: RawFields = ["import": .stored(id.stored), "cursor_line": .stored(cursor.stored)]
            try await submit(EnterRows.name, values, ImportBatch(id), 0xA0, line: cursor, as: .house, bringing: ImportSlice(rows: slice), cause: confirmation)
            cursor = slice.last?.line ?? cursor
        }
    }

    private func submit(_ action: String, _ values: RawFields, _ batch: ImportBatch, _ part: UInt8, line: Int = 0, as actor: Actor, bringing matter: (any Sendable)? = nil,
                        cause: ID<JournalEntry>? = nil) async throws {
        _ = try await submit(Submission("exchange.\(action)", id: batch.id(line, part: part), values: values, cause: cause), as: actor, bringing: matter)
    }
}
