import Kernel
import Pages
import Values

/// 导入：what may be brought in, in which order, and the empty tables to fill in.
let importStartPage = Page("start", "导入数据", roles: .importers, inMenu: true) { visit in
    let reader = visit.reader
    let kinds = reader.house.importers.inOrder.filter { $0.uploaders.contains(reader.actor.role) || $0.confirmers.contains(reader.actor.role) }
    let role = reader.actor.role
    return Page.Body("导入数据", acts: [PageAct("导入记录", "/exchange/runs")]) { "\(orderNotice)\(each: kinds, { kindPanel($0, role) })" }
}

private let orderNotice = NoticeBoxView(.info, "按这个顺序导入", "行政区划 → 组织机构 → 人员 → 家庭 → 家庭成员 → 在保户。后面的表靠身份号码、户号找到前面导入的登记。")

extension [any Importing.Type] {
    /// In the order in which they are brought: the registers, then the roster that was paid, then what is held against both.
    public var inOrder: [any Importing.Type] {
        let reconciled = filter { $0 is any ReconciledImport.Type }, rosters = filter { $0.confirmers.isEmpty }
        return filter { !($0 is any ReconciledImport.Type) && !$0.confirmers.isEmpty } + rosters + reconciled
    }
}

private func kindPanel(_ importer: any Importing.Type, _ role: Role) -> Markup {
    let lines = importer.guidance.split(separator: "\n").map(String.init)
    let templates = [LinkView("下载模板（xlsx）", href: "/exchange/template/\(importer.name).xlsx"), LinkView("下载模板（CSV）", href: "/exchange/template/\(importer.name).csv")]
    let upload = importer.uploaders.contains(role) ? ActLink("上传\(importer.title)表", href: "/exchange/upload/\(importer.name)", weight: .secondary).markup : .empty
    let who = importer.confirmers.isEmpty ? "只用来核对，不登记" : "确认：\(importer.confirmers.labels)，须为另一人"
    let rules: Markup = "<ul>\(each: lines, { "<li>\($0)</li>" })</ul><p class=\"hint\">上传：\(importer.uploaders.labels)；\(who)。</p>\(upload)"
    return PanelView(importer.title, acts: templates, rules).markup
}

/// 一次导入：how far it came, what was found, what it brought about.
let importPage = Page("imports/{id}", "导入", roles: .importReaders) { visit in
    let reader = visit.reader, run = try reader.find(try visit.id() as ID<ImportRun>)
    try reader.requireScope(run.region, of: "这次导入")
    let importer = try reader.importer(run.importer)
    let view = ImportView(run: run, importer: importer, leftovers: try reader.leftovers(of: run.id, limit: 20), reconciliation: try reader.reconciliation(of: run.id))
    return Page.Body("导入\(importer.title)：\(run.filename)", breadcrumbs: [("导入导出", "/exchange"), ("导入记录", "/exchange/runs")],
                     acts: view.acts(for: reader.actor)) { view.markup }
}

extension Reader {
    func reconciliation(of run: ID<ImportRun>) throws -> FactsView? {
        try connection.first("""
            SELECT our_count, our_fen, their_count, their_fen, differences, note, reconciled_by, reconciled_at FROM import_reconciliation WHERE import_id = \(run)
            """) { row in
            let ours = try row.read(1) as Money, theirs = try row.read(3) as Money, differences = try row.read(4) as Int, note = try row.read(5) as String?
            let list: CellView = differences == 0 ? .text("没有差异") : .link("\(differences) 处，逐户查看", href: "/exchange/differences?import_id=\(run.text)")
            return FactsView([
                .init("本表", "\(try row.read(0) as Int) 户，\(ours.shown)"), .init("名册", "\(try row.read(2) as Int) 户，\(theirs.shown)"), .init("差异", list),
                .init("核对人", "\(try row.read(6) as String)，\((try row.read(7) as Instant).shown)"),
            ] + (note.map { [.init("差异的原因", $0)] } ?? []))
        }
    }

    func leftovers(of run: ID<ImportRun>, limit: Int) throws -> [(line: Int, reason: String)] {
        try connection.all("SELECT line, reason FROM import_leftover WHERE import_id = \(run) ORDER BY line LIMIT \(limit)") { (try $0.read(0), try $0.read(1)) }
    }
}

/// What the page of an import shows.
struct ImportView: Sendable {
    let run: ImportRun
    let importer: any Importing.Type
    let leftovers: [(line: Int, reason: String)]
    let reconciliation: FactsView?

    var markup: Markup {
        """
        \(head)\(each: notices, \.markup)\(PanelView("核对结果", counts.markup))\(some: faultLinks, { $0 })
        \(if: importer is any ReconciledImport.Type, reconciliationPanel)
        \(if: run.confirmedAt != nil, PanelView("导入报告", report.markup).markup)\(if: !leftovers.isEmpty, PanelView("未能登记或撤回的行", left).markup)
        \(PanelView("列的对应", columns.markup))
        """
    }

    func acts(for actor: Actor) -> [PageAct] {
        let on = "?import=\(run.id.text)"
        func act<A: Action>(_ type: A.Type, primary: Bool = false) -> PageAct? {
            A.roles.contains(actor.role) ? PageAct(A.title, "/exchange/do/\(A.name)\(on)", primary: primary) : nil
        }
        let mapping = PageAct("核对列的对应", "/exchange/mapping/\(run.id.text)", primary: run.state == .mapping)
        let isConfirmer = importer.confirmers.contains(actor.role) && run.uploadedBy != actor.user
        let found: [PageAct?] = switch run.state {
        case .mapping: [mapping, act(CancelImport.self)]
        case .checking: [act(CancelImport.self)]
        case .checked where importer.confirmers.isEmpty: [mapping, act(CancelImport.self)]
        case .checked: [isConfirmer ? act(ConfirmImport.self, primary: true) : nil, mapping, act(CancelImport.self)]
        case .promoting, .undoing: [run.halted != nil ? act(ResumeImport.self, primary: true) : nil, run.halted != nil && run.state == .promoting ? act(UndoImport.self) : nil]
        case .promoted: [importer.confirmers.contains(actor.role) ? act(UndoImport.self) : nil]
        case .unreadable: [act(CancelImport.self)]
        case .undone, .cancelled: []
        }
        return found.compactMap(\.self)
    }

    private var head: RecordHeadView {
        RecordHeadView(facts: ["\(run.uploader) \(run.uploadedAt.shown) 上传", "\(max(1, run.bytes >> 10)) KB"] + (run.confirmer.map { ["\($0) 确认"] } ?? []),
                       tags: [TagView(run.state.label, tone)])
    }

    private var tone: Tone {
        switch run.state {
        case .checked: run.wrong + run.duplicate == 0 ? .ok : .warn
        case .promoted: .ok
        case .unreadable: .stop
        case .checking, .promoting, .undoing: .warn
        default: .plain
        }
    }

    private var notices: [NoticeBoxView] {
        let refresh = [LinkView("刷新看进度", href: run.link)]
        if let halted = run.halted { return [NoticeBoxView(.stop, "中断了", halted)] }
        switch run.state {
        case .mapping: return [NoticeBoxView(.info, "还没有开始检查", "请先核对每一列对应什么。")]
        case .checking: return [NoticeBoxView(.info, "正在检查，已看 \(run.progress) 行", "检查不改动任何登记，可以离开这一页，也可以取消。", links: refresh)]
        case .promoting: return [NoticeBoxView(.info, "正在导入，\(run.progress) / \(run.acceptable) 行", "分批登记，停电重启后会接着办，不会重复。", links: refresh)]
        case .undoing: return [NoticeBoxView(.info, "正在撤销，已看 \(run.progress) 行", "", links: refresh)]
        case .unreadable: return [NoticeBoxView(.stop, "这个文件读不了", run.note ?? "")]
        case .checked where run.wrong + run.duplicate > 0: return [NoticeBoxView(.warn, "有 \(run.wrong + run.duplicate) 行需要改正", mending)]
        case .checked where importer.confirmers.isEmpty: return [NoticeBoxView(.info, "全部 \(run.acceptable) 行可以用来核对", "名册只用来核对，不登记任何数据。")]
        case .checked: return [NoticeBoxView(.info, "全部 \(run.acceptable) 行都可以导入", "下一步：由上传人以外的人（\(importer.confirmers.labels)）确认导入。")]
        default: return []
        }
    }

    private var mending: String {
        "下载标注了错误的原表，在原表上改好后重新上传。" + (importer.mayEnterPartly ? "也可以由确认人选择「只导入正确的行」。" : "\(importer.title)须全部正确才能导入。")
    }

    private var faultLinks: Markup? {
        guard run.wrong + run.duplicate > 0, [.checked, .promoting, .promoted].contains(run.state) else { return nil }
        return """
            <p class="links">\(ActLink("下载标注了错误的原表", href: "/exchange/imports/\(run.id.text)/faults.file"))</p>
            <p class="links">\(LinkView("在页面上看前 100 处错误", href: "/exchange/faults/\(run.id.text)"))</p>
            """
    }

    private var counts: FactsView {
        FactsView([.init("正确、将新增", "\(run.right) 行"), .init("系统里已有", "\(run.present) 行"), .init("有误", "\(run.wrong) 行"), .init("表内重复", "\(run.duplicate) 行")])
    }

    private var report: FactsView {
        var facts: [FactsView.Fact] = [
            .init("新增", "\(run.entered) 条"), .init("补充了空项", "\(run.changed) 条"), .init("已有、未改动", "\(run.skipped) 条"),
            .init("没有导入的行", run.isPartial ? "\(run.wrong + run.duplicate) 行有误或重复" : "0 行"),
        ]
        if run.state == .undoing || run.state == .undone { facts += [.init("已撤回", "\(run.withdrawn) 条"), .init("未能撤回", "\(run.left) 条")] }
        if let note = run.note { facts.append(.init("说明", note)) }
        return FactsView(facts)
    }

    private var reconciliationPanel: Markup {
        let links = run.state == .checked ? [LinkView("与发放名册核对", href: "/exchange/reconcile/\(run.id.text)")] : []
        let none = EmptyView("还没有核对", "确认导入之前，须与最近一次发放名册逐户核对，或核对户数和金额合计。").markup
        return PanelView("与发放名册核对", acts: links, reconciliation?.markup ?? none).markup
    }

    private var left: Markup {
        let table = TableView(id: "left", caption: "行号和原因", columns: [ColumnView("行号", .number), ColumnView("原因")],
                              rows: leftovers.map { TableRowView([.text(String($0.line)), .text($0.reason)]) }, empty: EmptyView("没有", ""))
        return "\(table)<p class=\"links\">\(LinkView("全部列出", href: "/exchange/leftovers?import_id=\(run.id.text)"))</p>"
    }

    private var columns: TableView {
        let rows = run.columns.map { column in
            TableRowView([.text(column.heading), column.field.map { .text(importer.outline[$0]?.label ?? $0) } ?? .absent])
        }
        return TableView(id: "columns", caption: "表中的列和对应的数据项", columns: [ColumnView("表中的列"), ColumnView("导入为")], rows: rows, empty: EmptyView("没有列", ""))
    }
}
