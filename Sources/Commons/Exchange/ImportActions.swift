import Kernel
import Values

/// 上传导入表。The file is taken in first, at the door; this act enters that it came, and from whom.
struct BeginImport: Action {
    let run: ID<ImportRun>
    let importer: String
    let filename: String

    static let title = "上传导入表"
    static let guidance = "先选要导入什么，上传填好的表。上传只是核对的开始，不会改动任何登记。"
    static let roles: Set<Role> = .importers
    static let subject = Subject<BeginImport>.house
    static let shape = Shape<BeginImport> {
        Field(.newImport, \.run)
        Field(.importer, \.importer)
        Field(.filename, \.filename)
    }

    init(from reading: Reading<BeginImport>) throws(Refusal) {
        run = try reading(.newImport)
        importer = try reading(.importer)
        filename = try reading(.filename)
    }

    func perform(at desk: Desk) throws -> Outcome {
        guard let upload = desk.matter as? ImportUpload else { throw Refusal.invalid("请连同文件一起上传：页面上选文件，接口用 POST /api/exchange/files") }
        let importer = try desk.importer(importer)
        try desk.requireRole(importer.uploaders, "上传\(importer.title)表")
        let columns = ColumnGuess(importer: importer).columns(upload.headings, remembered: try desk.rememberedColumns(importer, upload.headings))
        try desk.insert(ImportRun(run, of: importer, upload, columns, by: desk.actor, at: desk.now))
        return Outcome(run, "已收下 \(upload.headings.count) 列。下一步：核对列的对应，开始检查", link: "/exchange/mapping/\(run.text)")
    }
}

/// 对应列并开始检查。Says which column holds what; the checking begins behind.
struct MapColumns: Action {
    let run: ID<ImportRun>
    let columns: [ImportColumn]

    static let title = "对应列并开始检查"
    static let guidance = "每一列对应一个数据项，不导入的列留空。系统会记住这次的选择。"
    static let roles: Set<Role> = .importers
    static let subject = Subject<MapColumns>.record(.importRun, \.run)
    static let shape = Shape<MapColumns> {
        Field(.importRun, \.run)
        Each(.importColumns, \.columns)
    }

    init(from reading: Reading<MapColumns>) throws(Refusal) {
        run = try reading(.importRun)
        columns = try reading(.importColumns)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<ImportRun>.init(rawValue:)) else { return RawFields() }
        let run = try reader.find(id)
        return ["import": .stored(id.stored), "columns": .rows(run.columns.map { RawRow(key: $0.key, fields: $0.raw) })]
    }

    func perform(at desk: Desk) throws -> Outcome {
        var run = try desk.find(run)
        guard run.state == .mapping || run.state == .checked else { throw run.outOfOrder("改列的对应") }
        guard run.uploadedBy == desk.actor.user else {
            throw Refusal.forbidden("列的对应由上传人（\(run.uploader)）核对。您发现不对的，请退回上传人")
        }
        let importer = try desk.importer(run.importer)
        // What was reconciled was reconciled under the former columns.
        try desk.forgetReconciliation(of: run)
        let chosen = Dictionary(columns.map { ($0.key, $0.field) }, uniquingKeysWith: { first, _ in first })
        run.columns = run.columns.enumerated().map { ImportColumn($0 + 1, $1.heading, (chosen[$1.key] ?? nil).flatMap { $0.isEmpty ? nil : $0 }) }
        let problems = importer.outline.problems(with: run.columns)
        guard problems.isEmpty else { throw Refusal.faults(problems) }
        (run.state, run.progress, run.right, run.wrong, run.duplicate, run.present) = (.checking, 0, 0, 0, 0, 0)
        run.version += 1
        try desk.update(run)
        try desk.remember(run.columns, for: importer)
        return Outcome(run.id, "已开始检查，检查不改动任何登记。下一步：等检查完成后看结果", link: run.link)
    }
}

/// 取消导入。
struct CancelImport: Action {
    let run: ID<ImportRun>

    static let title = "取消导入"
    static let guidance = "还没有确认导入的表可以取消，上传的文件随后删除。"
    static let roles: Set<Role> = .importers
    static let subject = Subject<CancelImport>.record(.importRun, \.run)
    static let shape = Shape<CancelImport> { Field(.importRun, \.run) }

    init(from reading: Reading<CancelImport>) throws(Refusal) { run = try reading(.importRun) }

    func perform(at desk: Desk) throws -> Outcome {
        var run = try desk.find(run)
        guard [.mapping, .checking, .checked, .unreadable].contains(run.state) else { throw run.outOfOrder("取消") }
        run.state = .cancelled
        run.halted = nil
        run.version += 1
        try desk.update(run)
        return Outcome(run.id, "已取消，没有改动任何登记", link: run.link)
    }
}

/// 确认导入。Another person than who brought the table lets it in.
struct ConfirmImport: Action {
    let run: ID<ImportRun>
    let isPartial: Bool?
    let note: String?

    static let title = "确认导入"
    static let guidance = "由上传人以外的人确认。全部行都正确才能导入；只导入正确的行须明确选择。"
    static let roles: Set<Role> = .importConfirmers
    static let subject = Subject<ConfirmImport>.record(.importRun, \.run)
    static let shape = Shape<ConfirmImport> {
        Field(.importRun, \.run)
        Field(.isPartial, \.isPartial)
        Field(.importNote, \.note)
    }

    init(from reading: Reading<ConfirmImport>) throws(Refusal) {
        run = try reading(.importRun)
        isPartial = try reading(.isPartial)
        note = try reading(.importNote)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var run = try desk.find(run)
        let importer = try desk.importer(run.importer)
        guard run.state == .checked else { throw run.outOfOrder("确认") }
        try desk.requireRole(importer.confirmers, "确认导入\(importer.title)")
        guard run.uploadedBy != desk.actor.user else { throw Refusal.forbidden("这张表是您本人上传的，须由另一人确认导入") }
        try require(run, importer)
        try importer.admit(run.batch, at: desk)
        run.isPartial = isPartial ?? false
        (run.state, run.progress, run.cursor) = (.promoting, 0, 0)
        (run.confirmer, run.confirmedBy, run.confirmedAt, run.confirmation, run.note) = (desk.actor.name, desk.actor.user, desk.now, desk.act, note)
        run.version += 1
        try desk.update(run)
        return Outcome(run.id, "已确认，将导入 \(run.acceptable) 行。下一步：在后台分批导入，完成后看报告", link: run.link)
    }

    private func require(_ run: ImportRun, _ importer: any Importing.Type) throws(Refusal) {
        guard run.acceptable > 0 else { throw .outOfOrder("没有可以导入的行，请按错误说明改好后重新上传") }
        let faulty = run.wrong + run.duplicate
        guard faulty > 0 else { return }
        guard importer.mayEnterPartly else { throw .outOfOrder("有 \(faulty) 行有误或重复。\(importer.title)须全部正确才能导入，请改好后重新上传") }
        guard isPartial == true else {
            throw Refusal.outOfOrder("有 \(faulty) 行有误或重复。请改好后重新上传；确要先导入其余 \(run.acceptable) 行的，请选「只导入正确的行」").at(["is_partial"])
        }
    }
}

/// 继续中断的导入。After a full disk or a fault was mended.
struct ResumeImport: Action {
    let run: ID<ImportRun>

    static let title = "继续中断的导入"
    static let roles: Set<Role> = .importers
    static let subject = Subject<ResumeImport>.record(.importRun, \.run)
    static let shape = Shape<ResumeImport> { Field(.importRun, \.run) }

    init(from reading: Reading<ResumeImport>) throws(Refusal) { run = try reading(.importRun) }

    func perform(at desk: Desk) throws -> Outcome {
        var run = try desk.find(run)
        guard run.halted != nil, run.state.isAtWork else { throw Refusal.outOfOrder("这次导入没有中断，不用继续") }
        run.halted = nil
        run.version += 1
        try desk.update(run)
        return Outcome(run.id, "已继续，从中断的地方接着办", link: run.link)
    }
}

/// 撤销导入。Takes back what an import brought, where nothing else has touched it since.
struct UndoImport: Action {
    let run: ID<ImportRun>
    let reason: String

    static let title = "撤销导入"
    static let guidance = "撤回这次导入新增的登记；之后有人改过、办过件、被别的登记引用的不撤，逐行列出原因。"
    static let roles: Set<Role> = .importConfirmers
    static let subject = Subject<UndoImport>.record(.importRun, \.run)
    static let shape = Shape<UndoImport> {
        Field(.importRun, \.run)
        Field(.undoReason, \.reason)
    }

    init(from reading: Reading<UndoImport>) throws(Refusal) {
        run = try reading(.importRun)
        reason = try reading(.undoReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var run = try desk.find(run)
        let importer = try desk.importer(run.importer)
        guard run.state == .promoted || run.state == .promoting && run.halted != nil else { throw run.outOfOrder("撤销") }
        try desk.requireRole(importer.confirmers, "撤销导入\(importer.title)")
        if let at = run.confirmedAt, at.adding(seconds: 90 * 86_400) < desk.now { throw Refusal.outOfOrder("导入已过 90 天，暂存的对照已清理，不能整批撤销，请逐条更正") }
        (run.state, run.cursor, run.progress, run.halted, run.note) = (.undoing, .max, 0, nil, reason)
        run.version += 1
        try desk.update(run)
        return Outcome(run.id, "已开始撤销。下一步：完成后看哪些没有撤回", link: run.link)
    }
}

extension ImportRun {
    func outOfOrder(_ act: String) -> Refusal { .outOfOrder("这次导入现在是「\(state.label)」，不能\(act)。请刷新页面看最新情况") }
}

extension Desk {
    func requireRole(_ roles: Set<Role>, _ act: String) throws(Refusal) {
        guard roles.contains(actor.role) else { throw .forbidden("「\(act)」由\(roles.labels)办理，您的岗位是\(actor.role.label)") }
    }
}

extension Reader {
    func importer(_ name: String) throws -> any Importing.Type {
        guard let importer = house.importer(name) else { throw Refusal.absent("没有「\(name)」这种导入") }
        return importer
    }
}

extension Set<Role> {
    /// Everyone who has a part in some import; each kind is narrower.
    static let importers: Set<Role> = importConfirmers.union([.systemAdministrator])
    /// The business lets a table in and takes it back; whoever keeps the machine may only bring it.
    static let importConfirmers: Set<Role> = [.countyReviewer, .countyApprover]
}

extension Term where Value == String {
    static var undoReason: Term<String> { Term("reason", "撤销的原因") }
}
