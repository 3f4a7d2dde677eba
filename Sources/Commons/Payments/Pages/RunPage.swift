import Kernel
import Pages
import Values

/// 一个批次：the month as one screen. Six stages, the differences explained to zero, the work list, signatures, files.
let runPage = Page("runs/{id}", "发放批次", roles: .paymentReaders) { visit in
    let reader = visit.reader, (run, file) = try reader.run(visit.id())
    try reader.requireScope(run.region, of: "这个批次")
    let view = try RunView(run, file, reader)
    let acts = view.acts(try reader.moves(of: file))
    return Page.Body("\(run.title)（\(file.number)）", breadcrumbs: [("待遇发放", "/payments/month")], acts: acts) { view.markup }
}

/// What the page of a run shows.
struct RunView: Sendable {
    private let run: PaymentRun
    private let file: CaseFile
    private let proof: RunProof
    private let findings: [(code: CheckCode, count: Int)]
    private let titles: [String: String]
    private let isFinance: Bool
    private let regionName: String
    /// What became known since the roster was drawn up or checked, before it is signed.
    private let news: [RosterNews.Item]
    /// Why it came back, while it waits to be checked again.
    private let returned: String?

    init(_ run: PaymentRun, _ file: CaseFile, _ reader: Reader) throws {
        (self.run, self.file) = (run, file)
        proof = try reader.proof(of: run)
        findings = try reader.connection.all("""
            SELECT code, count(*) FROM payment_finding WHERE run_id = \(run.id) AND resolved_at IS NULL GROUP BY code ORDER BY code
            """) { (try $0.read(0), try $0.read(1)) }
        titles = reader.house.paidTitles
        isFinance = reader.actor.role == .finance
        regionName = try reader.regionName(run.region)
        news = Self.waiting.contains(file.state) ? try RosterNews(run, reader).items() : []
        returned = file.state == RunState.drafted.name && run.checkedAt != nil ? try reader.connection.value("""
            SELECT message FROM journal WHERE subject = \(run.id) AND action IN (\("payments.\(SendBack.name)"), \("payments.\(PostSlice.name)")) ORDER BY at DESC LIMIT 1
            """) : nil
    }

    private static let waiting: Set<String> = Set([RunState.drafted, RunState.checked, RunState.byBusiness, RunState.byFinance].map(\.name))

    // MARK: Acts

    /// The next step first; what takes back or gives up is never the one that stands out, and what can't be done now isn't offered.
    func acts(_ moves: [AnyAction]) -> [PageAct] {
        let open = moves.filter { !$0.roles.isSubset(of: [.systemAdministrator]) && isDue($0.name) }
        let next = Self.forward.first { name in open.contains { $0.name == name } && (name != CheckMonth.name || isCheckNext) }
        let ordered = open.filter { $0.name == next } + open.filter { $0.name != next && $0.name != AbandonMonth.name }
        let last = open.filter { $0.name == AbandonMonth.name }
        return ordered.map { PageAct($0, on: run.id.text, primary: $0.name == next) } + more + last.map { PageAct($0, on: run.id.text) }
    }

    private static let forward = [CheckMonth.name, SignAsBusiness.name, SignAsFinance.name, SignAsLeader.name, FilePayments.name, CloseEmptyMonth.name,
                                  ReissueFailed.name, CloseMonth.name]

    private var isCheckNext: Bool { file.state == RunState.drafted.name || !news.isEmpty }

    private func isDue(_ name: String) -> Bool {
        switch name {
        case RecordReturn.name: false
        case CloseEmptyMonth.name: proof.batches.isEmpty
        case FilePayments.name: !proof.batches.isEmpty
        case ReissueFailed.name, DeferFailed.name: proof.openRows > 0
        case CloseMonth.name: proof.openRows == 0
        default: true
        }
    }

    /// What isn't an act of the counter: files.
    var more: [PageAct] {
        guard isFinance, file.state == RunState.filed.name, let batch = proof.batches.last else { return [] }
        return [PageAct("下载发放文件", batch.fileAddress, primary: true), PageAct("上传回盘文件", "/payments/returns/\(run.id.text)")]
    }

    var markup: Markup {
        """
        \(stages)
        \(each: notices, \.markup)
        \(PanelView(run.kind == .month ? "与上月的差异" : "名册合计", acts: [LinkView("逐行查看名册", href: run.rosterLink)], differences.markup))
        \(PanelView("待处理", acts: [LinkView("全部列出", href: "/payments/findings?run_id=\(run.id.text)&resolved=0")], problems.markup))
        \(PanelView("资金", funds.markup))
        \(PanelView("报盘和回盘", acts: [LinkView("失败清单", href: run.isToOrganisations ? run.rosterLink : "/payments/failures?run_id=\(run.id.text)")], batches.markup))
        \(PanelView("签批和摘要", facts.markup))
        """
    }

    // MARK: Stages

    private var place: Int {
        switch file.state {
        case RunState.building.name: 0
        case RunState.drafted.name: 2
        case RunState.checked.name, RunState.byBusiness.name, RunState.byFinance.name: 3
        case RunState.signed.name, RunState.ready.name, RunState.filing.name, RunState.filed.name: 4
        case RunState.returned.name: 5
        case RunState.closed.name: 6
        default: run.frozenAt == nil ? 0 : 2
        }
    }

    private var stages: StagesView {
        func state(_ index: Int) -> StepsView.State { index < place ? .done : index == place ? .current : .future }
        let frozen = run.frozenAt.map { "\($0.shown) \(run.opener)" } ?? "", open = findings.reduce(0) { $0 + $1.count }
        let signed = proof.signatures.map { "\($0.step.label) \($0.name)" }.joined(separator: "，"), last = proof.batches.last
        return StagesView([
            .init("冻结", state(0), figures: run.inputs > 0 ? "\(run.inputs) 条数据" : "", note: frozen),
            .init("名册", run.frozenAt != nil && place == 0 ? .current : state(1), figures: "\(proof.lines) 行 · \(proof.paid.shown)",
                  note: place == 0 ? "已列 \(run.done) / \(run.inputs)" : "", href: run.rosterLink),
            .init("检查", state(2), figures: run.checkedAt == nil ? "" : "\(open) 处待处理", note: run.checkedAt?.shown ?? "", href: "/payments/findings?run_id=\(run.id.text)"),
            .init("签批", state(3), figures: "\(proof.signatures.count) / 3", note: signed),
            .init("银行", state(4), figures: last.map { "第 \($0.number) 批 \($0.rows) 笔" } ?? "", note: last?.filedAt.map { "报盘 \($0.shown)" } ?? ""),
            .init("对账", state(5), figures: place >= 5 ? "差额 \(proof.openSum.shown)" : "", note: run.closedAt?.shown ?? "", href: place == 6 ? "\(run.link)/proof" : nil),
        ])
    }

    private var notices: [NoticeBoxView] {
        let refresh = [LinkView("刷新看进度", href: run.link)]
        if let returned { return [NoticeBoxView(.warn, "名册退回来了，请重新检查", returned)] + newsBox }
        switch file.state {
        case RunState.building.name: return [NoticeBoxView(.info, "正在建名册", "已处理 \(run.done) / \(run.inputs) 条。停电重启后会接着办，不会重复。", links: refresh)]
        case RunState.signed.name: return [NoticeBoxView(.info, "正在逐人记账", "已记 \(run.posted) / \(run.lines) 行。", links: refresh)]
        case RunState.filing.name: return [NoticeBoxView(.info, "正在生成发放文件", "完成后可以下载。", links: refresh)]
        case RunState.abandoned.name: return [NoticeBoxView(.warn, "这个批次已放弃", "没有发放任何款项，名册留作备查。")]
        case RunState.returned.name where proof.openRows > 0: return [NoticeBoxView(.warn, "有 \(proof.openRows) 笔 \(proof.openSum.shown) 没有发成", "更正账户后补发；暂时没有可用账户的，另行补发。")]
        default: return newsBox
        }
    }

    private var newsBox: [NoticeBoxView] {
        guard !news.isEmpty else { return [] }
        let isSigned = file.state == RunState.byBusiness.name || file.state == RunState.byFinance.name
        let way = isSigned ? "下一个签批的人先「退回名册」，业务科再「检查名册」" : "业务科「检查名册」"
        return [NoticeBoxView(.warn, "名册列出之后又登记了\(RosterNews.told(news))", "现在不能签批。\(way)，这 \(news.count) 行就会暂缓或者换过来，其他人不受影响，然后照常签批。")]
    }

    // MARK: Tables

    private func title(_ programme: String) -> String { titles[programme] ?? run.title }

    /// From last month's sum, reason by reason, to this month's: the rest is zero.
    private var differences: TableView {
        let month = proof.reasons.filter { !$0.isArrears }, arrears = proof.reasons.filter(\.isArrears)
        let columns = [ColumnView("项目"), ColumnView("理由"), ColumnView("行数", .number), ColumnView(proof.countTitle, .number), ColumnView("上月", .money), ColumnView("相差", .money),
                       ColumnView("抵扣", .money), ColumnView("实发", .money)]
        let rows = (month + arrears).map { row in
            TableRowView([.text(title(row.programme)), .text(row.label), .text("\(row.lines)"), .text("\(proof.count(row))"),
                          .money(row.previous.plain), .money(row.difference.plain), .money(row.offset.plain), .money(row.amount.plain)])
        }
        let all = proof.reasons, difference = all.reduce(Money.zero) { $0 + $1.difference }, rest = proof.previous + difference - proof.offsets - proof.paid
        let totals: [CellView] = [.text("合计"), .text("未说明的差额 \(rest.shown)"), .text("\(proof.lines)"), .text("\(proof.count)"),
                                  .money(proof.previous.plain), .money(difference.plain), .money(proof.offsets.plain), .money(proof.paid.plain)]
        let caption = run.kind == .month ? "上月合计 + 相差 − 抵扣 = 本月实发" : "按理由合计，一次性发放没有上月"
        return TableView(id: "differences", caption: caption, columns: columns, rows: rows, totals: rows.isEmpty ? nil : totals,
                         empty: EmptyView("名册还没有列出来", "冻结之后，按理由列出与上月的差异。"))
    }

    private var problems: TableView {
        let rows = findings.map { found in
            TableRowView([.tag(TagView(found.code.rawValue, found.code.isNotice ? .plain : .warn)), .text(found.code.label), .text("\(found.count)"), .text(found.code.remedy)],
                         href: "/payments/findings?run_id=\(run.id.text)&code=\(found.code.rawValue)&resolved=0")
        }
        return TableView(id: "problems", caption: "检查发现、还没有处理的", columns: [ColumnView("代码", .code), ColumnView("情况"), ColumnView("处数", .number), ColumnView("怎么办")],
                         rows: rows, empty: EmptyView("没有待处理的", "检查发现的问题会列在这里；有问题的行本月暂缓，不影响其他人。"))
    }

    private var funds: TableView {
        let rows = proof.funds.map { fund in
            TableRowView([.text(title(fund.programme)), .text(fund.source.label), .text(fund.share.shown), .money(fund.amount.plain), .text(fund.cite)])
        }
        return TableView(id: "funds", caption: "各来源按比例分担", columns: [ColumnView("项目"), ColumnView("来源"), ColumnView("比例", .number), ColumnView("金额", .money), ColumnView("依据")],
                         rows: rows, empty: EmptyView("还没有占用资金", "领导签批时按分担比例占用各来源的资金。"))
    }

    private var batches: TableView {
        let rows = proof.batches.map { batch in
            TableRowView([
                .text("第 \(batch.number) 批\(batch.reissues == nil ? "" : "（补发）")"), .text(batch.channel.label), .text("\(batch.rows)"), .money(batch.sum.plain),
                batch.filedAt.map { .text("\($0.shown) \(batch.filer ?? "")") } ?? .absent, batch.returnedAt.map { .text($0.shown) } ?? .absent,
                .text("\(batch.credited)"), .text("\(batch.failed)"),
                batch.fileHash != nil && isFinance ? .link("下载", href: batch.fileAddress) : .absent,
            ])
        }
        return TableView(id: "batches", caption: "送发放渠道的文件", columns: [
            ColumnView("批次"), ColumnView("渠道"), ColumnView("笔数", .number), ColumnView("金额", .money), ColumnView("报盘", .date), ColumnView("回盘", .date),
            ColumnView("成功", .number), ColumnView("失败", .number), ColumnView("文件"),
        ], rows: rows, empty: EmptyView("还没有报盘", "三方签批之后生成发放文件。"))
    }

    private var facts: FactsView {
        let signed = proof.signatures.map { FactsView.Fact("\($0.step.label)签批", "\($0.name)，\($0.at.shown)") }
        let hashes = [("冻结数据", run.inputHash), ("名册", run.rosterHash), ("对账证明", run.proofHash)].compactMap { label, hash in hash.map { FactsView.Fact("\(label)的摘要", $0) } }
        return FactsView([.init("状态", RunState.all.first { $0.name == file.state }?.title ?? file.state), .init("区域", regionName)]
            + (run.basis.map { [.init("依据", $0)] } ?? []) + signed + hashes)
    }
}

extension PaymentBatch {
    /// Where its file is fetched.
    public var fileAddress: String { "/payments/files/\(id.text)" }
}

extension Money {
    /// 1,234.50, for columns of money.
    var plain: String { String(shown.dropLast(2)) }
}
