import Kernel
import Storage
import Values

/// 登记一批。A slice of a confirmed table enters: by the house alone, from the staging file.
struct EnterRows: Action {
    let run: ID<ImportRun>
    /// The slice begins after this line.
    let after: Int

    static let title = "登记一批导入的行"
    static let guidance = "确认导入后由系统分批办理。"
    static let roles: Set<Role> = [.systemAdministrator]
    static let subject = Subject<EnterRows>.record(.importRun, \.run)
    static let shape = Shape<EnterRows> {
        Field(.importRun, \.run)
        Field(.cursorLine, \.after)
    }

    init(from reading: Reading<EnterRows>) throws(Refusal) {
        run = try reading(.importRun)
        after = try reading(.cursorLine)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let (run, slice) = try desk.slice(of: run, .promoting, from: after)
        guard let last = slice.rows.last else {
            try desk.connection.run("UPDATE import_run SET state = \(ImportState.promoted), version = version + 1 WHERE id = \(run.id)")
            return Outcome(run.id, "导入完成：新增 \(run.entered)，补充 \(run.changed)，已有未动 \(run.skipped)", link: run.link)
        }
        let tally = try desk.importer(run.importer).enter(slice.rows, run.batch, at: desk)
        try desk.connection.insert(into: "import_change", ["import_id", "line", "note"], rows: tally.changes.map {
            [.text(run.id.text), .integer(Int64($0.line)), .text($0.note)]
        })
        try desk.connection.insert(into: "import_leftover", ["import_id", "line", "reason"], rows: tally.refused.map {
            [.text(run.id.text), .integer(Int64($0.line)), .text($0.note)]
        })
        try desk.connection.run("""
            UPDATE import_run SET cursor_line = \(last.line), progress = progress + \(slice.rows.count), entered = entered + \(tally.entered),
                   changed = changed + \(tally.changed), skipped = skipped + \(tally.skipped) WHERE id = \(run.id)
            """)
        let refused = tally.refused.isEmpty ? "" : "，未能登记 \(tally.refused.count)"
        let told = "新增 \(tally.entered)，补充 \(tally.changed)，已有未动 \(tally.skipped)\(refused)"
        return Outcome(run.id, "第 \(slice.rows[0].line) 至 \(last.line) 行：\(told)", link: run.link)
    }
}

/// 撤回一批。A slice of an undone import goes again, the last lines first.
struct WithdrawRows: Action {
    let run: ID<ImportRun>
    /// The slice begins before this line.
    let before: Int

    static let title = "撤回一批导入的行"
    static let guidance = "撤销导入后由系统分批办理。"
    static let roles: Set<Role> = [.systemAdministrator]
    static let subject = Subject<WithdrawRows>.record(.importRun, \.run)
    static let shape = Shape<WithdrawRows> {
        Field(.importRun, \.run)
        Field(.cursorLine, \.before)
    }

    init(from reading: Reading<WithdrawRows>) throws(Refusal) {
        run = try reading(.importRun)
        before = try reading(.cursorLine)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let (run, slice) = try desk.slice(of: run, .undoing, from: before)
        guard let last = slice.rows.last else {
            try desk.connection.run("UPDATE import_run SET state = \(ImportState.undone), version = version + 1 WHERE id = \(run.id)")
            return Outcome(run.id, "撤销完成：撤回 \(run.withdrawn)，未能撤回 \(run.left)", link: run.link)
        }
        let importer = try desk.importer(run.importer)
        var withdrawn = 0, left = 0
        for row in slice.rows {
            switch try desk.withdraw(row, importer, run) {
            case .gone: withdrawn += 1
            case .nothing: break
            case .stays(let reason):
                left += 1
                try desk.connection.run("INSERT INTO import_leftover (import_id, line, reason) VALUES (\(run.id), \(row.line), \(reason)) ON CONFLICT (import_id, line) DO NOTHING")
            }
        }
        try desk.connection.run("""
            UPDATE import_run SET cursor_line = \(last.line), progress = progress + \(slice.rows.count), withdrawn = withdrawn + \(withdrawn), left_over = left_over + \(left)
            WHERE id = \(run.id)
            """)
        return Outcome(run.id, "第 \(last.line) 至 \(slice.rows[0].line) 行：撤回 \(withdrawn)，未能撤回 \(left)", link: run.link)
    }
}

/// The rows that only the house can bring.
struct ImportSlice: Sendable {
    let rows: [ImportRow]
}

private enum Withdrawal { case gone, nothing, stays(String) }

extension Desk {
    /// - Throws: `.forbidden` for whoever isn't the house; `.outOfOrder` when the slice isn't the next.
    fileprivate func slice(of id: ID<ImportRun>, _ state: ImportState, from line: Int) throws -> (ImportRun, ImportSlice) {
        guard actor.user == Actor.house.user, let slice = matter as? ImportSlice else { throw Refusal.forbidden("导入的行由系统在确认后分批登记，不能单独提交") }
        let run = try find(id)
        guard run.state == state, run.cursor == line else { throw run.outOfOrder("从第 \(line) 行接着办") }
        return (run, slice)
    }

    fileprivate func withdraw(_ row: ImportRow, _ importer: any Importing.Type, _ run: ImportRun) throws -> Withdrawal {
        let changed: String? = try connection.value("SELECT note FROM import_change WHERE import_id = \(run.id) AND line = \(row.line)")
        do {
            return try connection.savepoint { try importer.withdraw(row, changed: changed, run.batch, at: self) } ? .gone : .nothing
        } catch let refusal as Refusal {
            return .stays(refusal.message)
        } catch StorageError.foreignKey {
            return .stays("导入之后已被其他登记引用，请先处理引用它的登记")
        }
    }
}
