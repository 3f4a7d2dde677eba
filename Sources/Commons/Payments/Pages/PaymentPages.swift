import Kernel
import Pages
import Storage
import Values

/// 月度发放：the months, newest first, and where each stands.
let monthPage = Page("month", "月度发放", roles: .paymentReaders, inMenu: true) { visit in
    let reader = visit.reader
    let runs = try reader.connection.all("""
        SELECT r.id, c.number, r.title, r.month, c.state, r.lines,
               (SELECT CAST(coalesce(sum(t.amount_fen), 0) AS BIGINT) FROM payment_tally AS t WHERE t.run_id = r.id), r.region
        FROM payment_run AS r JOIN case_file AS c ON c.id = r.id WHERE \(reader.within("r.region")) ORDER BY r.month DESC, r.id DESC LIMIT 36
        """) { row in
        TableRowView([
            .text(try row.read(2)), .text(try row.read(1)), .text((try row.read(3) as Month).shown), .tag(TagView(title(of: row.text(4)), tone(of: row.text(4)))),
            .text("\(try row.read(5) as Int)"), .money((try row.read(6) as Money).plain), .text(try reader.regionName(try row.read(7))),
        ], href: "/payments/runs/\(row.text(0))")
    }
    let table = TableView(id: "months", caption: "最近的发放批次", columns: [
        ColumnView("批次"), ColumnView("编号", .code), ColumnView("月份", .date), ColumnView("状态"), ColumnView("行数", .number), ColumnView("实发", .money), ColumnView("区域"),
    ], rows: runs, empty: EmptyView("还没有发放过", "业务科「开始一个月的发放」之后，每个批次走冻结、名册、检查、签批、银行、对账六步。"))
    let openers = [AnyPayAct(OpenMonth.self), AnyPayAct(OpenOneOff.self), AnyPayAct(OpenListedOneOff.self), AnyPayAct(OpenOrganisationRun.self)]
    let mine = openers.filter { $0.roles.contains(reader.actor.role) }
    let acts = mine.enumerated().map { PageAct($1.title, $1.href, primary: $0 == 0) }
    let funds = Set<Role>.fundReaders.contains(reader.actor.role) ? LinkView("资金", href: "/payments/funds") : nil
    return Page.Body("月度发放", acts: acts) {
        """
        <p class="links">\(LinkView("全部批次", href: "/payments/runs")) \(LinkView("追回台账", href: "/payments/recoveries")) \(LinkView("暂缓台账", href: "/payments/holds")) \
        \(LinkView("更换收款人台账", href: "/payments/payee-changes")) \
        \(LinkView("机构请领", href: "/payments/organisation-claims")) \(LinkView("一次性发放名单", href: "/payments/one-off-dues")) \(funds)</p>
        \(table)
        """
    }
}

private struct AnyPayAct {
    let title: String, href: String, roles: Set<Role>

    init<A: Action>(_ type: A.Type) { (title, href, roles) = (A.title, "/payments/do/\(A.name)", A.roles) }
}

private func title(of state: String) -> String { RunState.all.first { $0.name == state }?.title ?? state }

private func tone(of state: String) -> Tone {
    switch state {
    case RunState.closed.name: .ok
    case RunState.abandoned.name: .plain
    case RunState.returned.name: .warn
    default: .plain
    }
}

/// 资金：what each source put down, what is set aside, spent and left.
let fundsPage = Page("funds", "资金", roles: .fundReaders, inMenu: true) { visit in
    let reader = visit.reader, rows = try reader.fundRows()
    let table = TableView(id: "funds", caption: "按项目和来源", columns: [
        ColumnView("项目"), ColumnView("来源"), ColumnView("预算", .money), ColumnView("占用和已付", .money), ColumnView("余额", .money),
    ], rows: rows.map { TableRowView([.text($0.programme), .text($0.source.label), .money($0.budget.plain), .money(($0.budget - $0.left).plain), .money($0.left.plain)]) },
        empty: EmptyView("还没有登记资金来源", "财务按下达文件登记各来源的资金，签批时从这里占用。"))
    let acts = RecordBudget.roles.contains(reader.actor.role) ? [PageAct(RecordBudget.title, "/payments/do/\(RecordBudget.name)", primary: true)] : []
    return Page.Body("资金", breadcrumbs: [("待遇发放", "/payments/month")], acts: acts) {
        "<p class=\"links\">\(LinkView("资金来源台账", href: "/payments/budgets"))</p>\(table)"
    }
}

extension Reader {
    /// 预算与余额，of the treasury over this reader's region.
    fileprivate func fundRows() throws -> [(programme: String, source: FundSource, budget: Money, left: Money)] {
        let treasury = actor.region.treasury
        let found = try connection.all("""
            SELECT programme, source, region, CAST(sum(amount_fen) AS BIGINT) FROM payment_budget WHERE \(within("region")) OR region = \(treasury)
            GROUP BY programme, source, region ORDER BY programme, source, region
            """) { (try $0.read(0) as String, try $0.read(1) as FundSource, try $0.read(2) as RegionCode, try $0.read(3) as Money) }
        let titles = house.paidTitles
        return try found.map { name, source, region, budget in
            (titles[name] ?? name, source, budget, Money(fen: try balance(.fund(region, name, source))))
        }
    }
}

/// 名册一行：what one subject is paid in a month, and why, in sentences.
let linePage = Page("lines/{id}", "名册行", roles: .paymentReaders) { visit in
    let reader = visit.reader, id: ID<PaymentLine> = try visit.id()
    let found = try reader.connection.first("SELECT payee_id, region, run_id, number FROM payment_line WHERE id = \(id)") {
        (try $0.read(0) as ID<Person>, try $0.read(1) as RegionCode, try $0.read(2) as ID<PaymentRun>, try $0.read(3) as Int)
    }
    guard let (payee, region, run, number) = found else { throw Refusal.absent("找不到名册的这一行") }
    try reader.requireScope(region, of: "这一行")
    let (owner, file) = try reader.run(run)
    if owner.isToOrganisations { return try reader.organisationLine(id, owner, file, number) }
    let lines = try reader.paidLines(of: payee, paidIn: owner.month).filter { $0.id == id }
    let person = try reader.standing(payee), told = try lines.flatMap { try reader.sentences(of: $0) }
    return Page.Body("\(person.name.shown)：第 \(number) 行", breadcrumbs: [("待遇发放", "/payments/month"), (file.number, owner.link)],
                     acts: [PageAct("此人的发放记录", "/payments/payees/\(payee.text)")]) {
        "\(PanelView("为什么是这个数", "<ul>\(each: told, { "<li>\($0)</li>" })</ul>"))"
    }
}

extension Reader {
    /// 名册一行，付给机构。
    fileprivate func organisationLine(_ id: ID<PaymentLine>, _ run: PaymentRun, _ file: CaseFile, _ number: Int) throws -> Page.Body {
        let found = try connection.first("""
            SELECT o.id, o.name, c.period, c.basis, c.made_on, c.made_by_name, l.due_fen, l.amount_fen, l.code, l.programme,
                   (SELECT max(f.on_day) FROM payment_result AS f WHERE f.line_id = l.id AND f.credited = 1),
                   (SELECT max(f.code) FROM payment_result AS f WHERE f.line_id = l.id AND f.credited = 0)
            FROM payment_line AS l JOIN organisation_claim AS c ON c.id = l.subject JOIN organisation AS o ON o.id = l.payee_id WHERE l.id = \(id)
            """) { row in
            let code: CheckCode? = try row.read(8), on: CivilDate? = try row.read(10), failure: ReturnCode? = try row.read(11)
            let result = on.map { "\($0.shown)到账" } ?? failure.map { "发放渠道退回：\($0.label)" } ?? code.map { "\($0.label)：\($0.remedy)" } ?? "尚未到账"
            return (name: row.text(1), facts: [
                FactsView.Fact("机构", .link(row.text(1), href: "/organisations/organisations/\(row.text(0))")), .init("项目", house.paidTitles[row.text(9)] ?? row.text(9)),
                .init("时段", (try row.read(2) as ClaimPeriod).shown), .init("依据", row.text(3)), .init("请领", "\((try row.read(4) as CivilDate).shown) \(row.text(5))"),
                .init("应发", (try row.read(6) as Money).shown), .init("实发", (try row.read(7) as Money).shown), .init("结果", result),
            ])
        }
        guard let found else { throw Refusal.absent("找不到名册的这一行") }
        return Page.Body("\(found.name)：第 \(number) 行", breadcrumbs: [("待遇发放", "/payments/month"), (file.number, run.link)]) {
            "\(PanelView("请领和发放", FactsView(found.facts).markup))"
        }
    }
}

/// 一人的发放记录。
let payeePage = Page("payees/{id}", "发放记录", roles: Set<Role>.caseworkers.union([.finance, .leader, .auditor])) { visit in
    let reader = visit.reader, person = try reader.standing(try visit.id())
    try reader.requireScope(person.region, person.livingIn, of: "这个人")
    let lines = try reader.paidLines(of: person.id), opens = Set<Role>.paymentReaders.contains(reader.actor.role)
    let rows = lines.prefix(120).map { line in
        TableRowView([
            .text(line.paidIn.shown), .text(reader.house.programmes.first { $0.name == line.programme }?.title ?? line.title), .text(line.month.shown), .text(line.reason.label),
            .money(line.due.plain), .money(line.amount.plain), result(line),
        ], href: opens ? "/payments/lines/\(line.id.text)" : nil)
    }
    let table = TableView(id: "lines", caption: "本人收款或受益的各月发放", columns: [
        ColumnView("发放月", .date), ColumnView("项目"), ColumnView("所属月", .date), ColumnView("理由"), ColumnView("应发", .money), ColumnView("实发", .money), ColumnView("结果"),
    ], rows: Array(rows), empty: EmptyView("还没有发放记录", "列入名册之后会出现在这里。"))
    let change = try reader.standingPayeeChange(of: person.id.text)
    let acts = [AnyPayAct(ChangePayee.self), AnyPayAct(EndPayeeChange.self)].filter { $0.roles.contains(reader.actor.role) && (change != nil || $0.title == ChangePayee.title) }
    let notice = change.map { NoticeBoxView(.info, "现由\($0.payeeName)收款", "\($0.reason.label)；凭据：\($0.evidence)") }
    return Page.Body("\(person.name.shown)的发放记录", breadcrumbs: [(person.name.shown, "/people/persons/\(person.id.text)")],
                     acts: acts.map { PageAct($0.title, "\($0.href)?person=\(person.id.text)") }) { "\(some: notice, \.markup)\(table)" }
}

/// What became of a line, in a word.
private func result(_ line: PaidLine) -> CellView {
    if let on = line.creditedOn { return .text("\(on.shown)到账") }
    return (line.failure?.label ?? line.code?.label).map { .text($0) } ?? .absent
}

/// 追回一件。
let recoveryPage = Page("recoveries/{id}", "多发追回", roles: .paymentReaders) { visit in
    let reader = visit.reader, recovery: Recovery = try reader.find(try visit.id()), file = try reader.caseFile(recovery.id)
    try reader.requireScope(recovery.region, of: "这件追回")
    let left = try reader.left(of: recovery.id, recovery.amount), person = try reader.standing(recovery.payee)
    let steps = try reader.connection.all("SELECT kind, amount_fen, note, on_day, by_name, id FROM payment_recovery_step WHERE recovery_id = \(recovery.id) ORDER BY id") { row in
        let kind: RecoveryStepKind = try row.read(0)
        return TableRowView([.text(kind.label), .money((try row.read(1) as Money).plain), (try row.read(2) as String?).map { .text($0) } ?? .absent,
                      .text((try row.read(3) as CivilDate).shown), .text(try row.read(4))], href: kind == .refund ? "/payments/refunds/\(row.text(5))" : nil)
    }
    let months = TableView(id: "months", caption: "已发 − 应发 ＝ 多发", columns: [
        ColumnView("所属月份", .date), ColumnView("已发", .money), ColumnView("应发", .money), ColumnView("多发", .money), ColumnView("当时的发放批次"),
    ], rows: try reader.overpaidMonths(of: recovery.id).map { month in
        TableRowView([.text(month.month.shown), .money(month.paid.plain), .money(month.due.plain), .money(month.overpaid.plain), .text(month.lines.joined(separator: "、"))])
    }, empty: EmptyView("没有逐月的计算", "多发的月份和金额会列在这里。"))
    let programme = reader.house.programmes.first { $0.name == recovery.programme }?.title ?? recovery.programme
    let facts = FactsView([
        .init("当事人", .link(person.name.shown, href: "/people/persons/\(person.id.text)")), .init("项目", programme),
        .init("多发月份", "\(recovery.from.shown)至\(recovery.through.shown)"), .init("应退", recovery.amount.shown), .init("还应退", left.shown), .init("原因", recovery.cause),
        .init("每期", recovery.instalment.map { .text($0.shown) } ?? .absent), .init("抵扣依据", recovery.offsetBasis.map { .text($0) } ?? .absent),
        .init("状态", RecoveryState.all.first { $0.name == file.state }?.title ?? file.state),
    ])
    let table = TableView(id: "steps", caption: "退款、抵扣和核销", columns: [ColumnView("方式"), ColumnView("金额", .money), ColumnView("说明"), ColumnView("日期", .date), ColumnView("经办")],
                          rows: steps, empty: EmptyView("还没有退款", "退款、抵扣、核销会逐笔列在这里。"))
    let moves = try reader.moves(of: file).enumerated()
    let acts = moves.map { PageAct($1, on: recovery.id.text, primary: $0 == 0 && $1.name != WriteOffRecovery.name) } + [PageAct("追回通知书", "\(recovery.link)/notice")]
    return Page.Body("\(file.title)（\(file.number)）", breadcrumbs: [("追回台账", "/payments/recoveries")], acts: acts) {
        "\(PanelView("情况", facts.markup))\(PanelView("计算", months.markup))\(PanelView("经过", table.markup))"
    }
}
