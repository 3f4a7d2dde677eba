import Kernel
import Storage
import Values

/// 后台导入。Checks, enters and takes back tables, a slice at a time; where it stands is in the register, so that a stop in between loses nothing.
/// Several runners share the imports, one at each: what one of them left when it died, another goes on with.
public struct ImportRunner: Sendable {
    let room: ImportRoom
    private var counter: Counter { room.counter }

    /// Rows of a slice: one act, one commit.
    static let sliceRows = 4_000

    public init(_ room: ImportRoom) { self.room = room }

    /// Does one piece of work on the oldest import that has some and that nobody is at.
    /// - Returns: whether there was anything to do.
    @discardableResult
    public func runSlice() async throws -> Bool {
        let waiting = try await counter.read(as: .house) { try $0.all(ImportRun.self, where: "state IN ('checking', 'promoting', 'undoing') AND halted IS NULL ORDER BY id") }
        for run in waiting {
            if try await work(on: run.id) { return true }
        }
        return false
    }

    /// - Returns: whether anything was done; not when another process is at it.
    func work(on id: ID<ImportRun>) async throws -> Bool {
        try await room.alone(with: id) {
            // What it was before the lock may be past.
            let run = try await counter.read(as: .house) { try $0.find(id) }
            do { try await work(on: run) } catch { try await halt(run, error) }
            return true
        } ?? false
    }

    private func work(on run: ImportRun) async throws {
        switch run.state {
        case .checking: try await ImportCheck(room: room, run: run).perform()
        case .promoting: try await promote(run)
        case .undoing: try await undo(run)
        default: break
        }
    }

    // MARK: Slices

    private func promote(_ run: ImportRun) async throws {
        try await ensureStaged(run)
        try await room.withStaging(run.id) { staging in
            var cursor = run.cursor, rows = try await staging.acceptable(after: cursor, limit: Self.sliceRows)
            for _ in 0 ..< 20 {
                guard let last = rows.last else { return try await submit(EnterRows.name, run, cursor, part: 0xA0, []) }
                // The next rows are read while these are entered.
                async let next = staging.acceptable(after: last.line, limit: Self.sliceRows)
                try await submit(EnterRows.name, run, cursor, part: 0xA0, rows)
                (cursor, rows) = (last.line, try await next)
            }
        }
    }

    private func undo(_ run: ImportRun) async throws {
        try await ensureStaged(run)
        try await room.withStaging(run.id) { staging in
            var cursor = run.cursor
            for _ in 0 ..< 20 {
                let rows = try await staging.acceptable(before: cursor, limit: Self.sliceRows / 8)
                try await submit(WithdrawRows.name, run, cursor, part: 0xB0, rows)
                guard let last = rows.last else { return }
                cursor = last.line
            }
        }
    }

    /// The act of a slice has an id of its own, so that doing it again does nothing.
    private func submit(_ action: String, _ run: ImportRun, _ cursor: Int, part: UInt8, _ rows: [ImportRow]) async throws {
        let act: ID<JournalEntry> = run.batch.id(min(cursor, Int(UInt32.max)), part: part)
        let values: RawFields = ["import": .stored(run.id.stored), "cursor_line": .stored(.integer(Int64(cursor)))]
        let submission = Submission("exchange.\(action)", id: act, values: values, cause: run.confirmation)
        _ = try await counter.submit(submission, as: .house, bringing: ImportSlice(rows: rows))
    }

    /// A staging file that was lost is made again from the upload.
    private func ensureStaged(_ run: ImportRun) async throws {
        if try await room.withStaging(run.id, { try await $0.isComplete }) { return }
        try await ImportCheck(room: room, run: run).stage()
    }

    // MARK: What stops the work

    /// What the file itself says no to ends the check; what the machine lacks waits for somebody to mend it. Nothing that entered is lost.
    private func halt(_ run: ImportRun, _ error: any Error) async throws {
        let reason: String
        switch error {
        case let refusal as Refusal where run.state == .checking && refusal.kind != .busy: return try await close(run, as: .unreadable, refusal.message)
        case let refusal as Refusal: reason = refusal.message
        // A primary that is being replaced, a crowd: it is tried again in a moment, by whichever node comes first.
        case StorageError.connection, StorageError.serialization, StorageError.busy, StorageError.tooSlow: throw error
        case StorageError.full: reason = "磁盘已满，已导入的不受影响。请腾出空间后办理「继续中断的导入」"
        case is StorageError: reason = "数据库写入出错，已导入的不受影响。请联系系统管理员核对磁盘后继续"
        default: throw error
        }
        try await counter.database.write { try $0.run("UPDATE import_run SET halted = \(reason), version = version + 1 WHERE id = \(run.id) AND state = \(run.state)") }
    }

    private func close(_ run: ImportRun, as state: ImportState, _ reason: String) async throws {
        try await counter.database.write {
            try $0.run("UPDATE import_run SET state = \(state), note = \(reason), version = version + 1 WHERE id = \(run.id) AND state = 'checking'")
        }
    }
}
