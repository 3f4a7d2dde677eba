import Commons
import Kernel
import Pages
import Values

/// 待遇：what one household is due, since when, by which decisions, and what was known before.
let allowancePage = Page("allowances/{id}", "最低生活保障待遇") { visit in
    let reader = visit.reader, ledger = try reader.ledger(of: try visit.id())
    let view = try reader.view(of: ledger)
    let acts = try reader.moves(of: ledger.file).filter { ledger.isReady($0) }
        .map { PageAct($0, on: ledger.allowance.id.text, primary: $0.name == ledger.nextAct) }
    return Page.Body("\(ledger.file.title) · 最低生活保障待遇", breadcrumbs: [("待遇", "/assistance/allowances")], acts: acts) { caseMarkup(view) }
}

/// Everything kept of one allowance, read once for its page.
struct AllowanceDossier {
    let allowance: Allowance
    let file: CaseFile
    let state: State
    let head: Person
    let declaration: Declaration
    let pending: Declaration?
    /// As known at any time, latest knowledge first.
    let versions: [AllowancePeriod]
    let members: [AllowanceMember]
    let names: [ID<Person>: String]
    let reviews: [AllowanceReview]
    let decisions: [Decision]
    let clocks: [Clock]
    let history: [HistoryEntry]

    /// What is known now, earliest first.
    var periods: [AllowancePeriod] { versions.filter { $0.retractedAt == nil }.sorted { ($0.from, $0.id) < ($1.from, $1.id) } }
    func due(in month: Month) -> Money { periods.first { $0.covers(month) }?.monthly ?? .zero }

    /// Reckoning waits for a change that somebody entered.
    func isReady(_ action: AnyAction) -> Bool {
        let needsChange: Set<String> = [RecomputeAllowance.name, BeginGradualExit.name]
        if action.name == RepriceAllowance.name { return false }
        return pending != nil || !needsChange.contains(action.name)
    }

    var nextAct: String? {
        switch state {
        case Granted.running, Granted.exiting: ReviewAllowance.name
        case Granted.changing: pending == nil ? ChangeHousehold.name : RecomputeAllowance.name
        case Granted.stopped: DeliverStopNotice.name
        default: nil
        }
    }
}

extension Reader {
    /// - Throws: `.forbidden` outside the reader's region.
    fileprivate func ledger(of id: ID<Allowance>) throws -> AllowanceDossier {
        let allowance = try find(id), file = try caseFile(id)
        try requireDuty(allowance.region)
        let members = try all(AllowanceMember.self, where: "allowance_id = \(id) ORDER BY from_month, id")
        let names = try members.map { ($0.person, try find($0.person).name.shown) }
        return AllowanceDossier(
            allowance: allowance, file: file, state: try state(of: file), head: try find(allowance.head), declaration: try find(allowance.declaration),
            pending: try allowance.pending.map { try find($0) }, versions: try all(AllowancePeriod.self, where: "allowance_id = \(id) ORDER BY known_at DESC, id DESC"),
            members: members, names: Dictionary(names, uniquingKeysWith: { first, _ in first }), reviews: try reviews(of: id),
            decisions: try decisions(of: id.text) + (try allowance.application.map { try decisions(of: $0.text).filter { $0.kind == .confirmed } } ?? []),
            clocks: try clocks(of: file), history: try history(of: id.text))
    }

    fileprivate func view(of ledger: AllowanceDossier) throws -> CaseView {
        let latest = ledger.decisions.max { $0.id < $1.id }
        let sheets = ledger.decisions.sorted { $0.id > $1.id }.compactMap(\.sheetLink)
        return CaseView(
            head: try head(of: ledger), notices: notices(on: ledger),
            panels: try [factsPanel(ledger)] + pendingPanel(ledger) + [PanelView("保障人员", roster(ledger).markup), PanelView("金额", versions(ledger).markup)]
                + declarationPanels(ledger.declaration, verdicts: latest?.members ?? [])
                + (latest.map { [PanelView("最近的决定", conclusion($0))] + reckoningPanels($0) } ?? [])
                + [PanelView("复核", reviews(ledger).markup), historyPanel(ledger.history)],
            side: [PanelView("决定和复核", steps(of: ledger).markup),
                   PanelView("文书", sheets.isEmpty ? EmptyView("还没有文书", "每次决定的文书会列在这里。").markup : "<ul class=\"sheets\">\(each: sheets, { "<li>\($0)</li>" })</ul>")],
            sideTitle: "决定、复核和文书")
    }

    private func head(of ledger: AllowanceDossier) throws -> RecordHeadView {
        let now = ledger.due(in: today.monthOf), counted = ledger.members.count { $0.until == nil }
        let tone: Tone = ledger.state == Granted.running ? .ok : ledger.state.isFinal ? .plain : .warn
        var tags = [TagView(ledger.state.title, tone)]
        if let clock = nearestClock(ledger.clocks) { tags.append(TagView("\(clock.title)：\(timeLeft(clock).text)", timeLeft(clock).tone)) }
        return RecordHeadView(facts: [ledger.file.number, "保障 \(counted) 人", "本月应发 \(now.shown)", try regionPath(ledger.allowance.region)], tags: tags)
    }

    private func notices(on ledger: AllowanceDossier) -> [NoticeBoxView] {
        var boxes: [NoticeBoxView] = []
        if ledger.declaration.source == .takenOver {
            boxes.append(NoticeBoxView(.info, "由原系统迁入", "金额照原系统核定的发放，本系统没有重新计算，调标也不会自动调整。核实收入、财产后登记家庭变化、重新核定。"))
        }
        if let changedOn = ledger.allowance.changedOn, ledger.pending != nil {
            boxes.append(NoticeBoxView(.warn, "有登记的家庭变化等待核定", "变化发生在\(changedOn.shown)。核定前金额不变；须由登记人以外的人核定。"))
        }
        if !ledger.state.isFinal, ledger.allowance.nextReview <= today.monthOf {
            boxes.append(NoticeBoxView(.warn, "复核到期", "应于\(ledger.allowance.nextReview.shown)复核。"))
        }
        return boxes
    }

    /// What the registered change would come to, by the law of its day.
    private func pendingPanel(_ ledger: AllowanceDossier) throws -> [PanelView] {
        guard ledger.pending != nil else { return [] }
        let estimate = try EstimateAnswerView {
            let change = try pendingChange(of: ledger.allowance)
            return try change.declaration.declaredHousehold.assessed(under: change.law, on: change.on)
        }
        return [PanelView("登记的变化，按规定测算", estimateMarkup(estimate))]
    }

    private func factsPanel(_ ledger: AllowanceDossier) throws -> PanelView {
        let allowance = ledger.allowance, running = ledger.periods.first { $0.covers(today.monthOf) } ?? ledger.periods.last
        var facts: [FactsView.Fact] = [
            .init("户主", .link(ledger.head.name.shown, href: "/people/persons/\(allowance.head.text)")),
            .init("家庭", .link(ledger.file.title, href: "/people/households/\(allowance.household.text)")),
            .init("每月", running.map { .text($0.monthly.shown) } ?? .absent), .init("自", running.map { .text($0.from.shown) } ?? .absent),
            .init("城乡", allowance.area.label), .init("家庭类别", allowance.householdClass.label), .init("确认日期", allowance.confirmedOn.shown),
            .init("下次复核", allowance.nextReview.shown),
        ]
        if let ground = allowance.ground { facts.append(.init("单人户情形", ground.label)) }
        if let application = allowance.application { facts.append(.init("申请", .link("打开申请", href: "/assistance/applications/\(application.text)"))) }
        return PanelView("待遇", FactsView(facts).markup)
    }

    private func roster(_ ledger: AllowanceDossier) -> TableView {
        let order = Dictionary(ledger.declaration.members.enumerated().map { ($1.person, $0) }, uniquingKeysWith: min)
        let members = ledger.members.sorted { (order[$0.person] ?? .max, $0.from) < (order[$1.person] ?? .max, $1.from) }
        let rows = members.map { member in
            TableRowView([.text(ledger.names[member.person] ?? ""), .text(member.from.shown), member.until.map { .text($0.previous.shown) } ?? .text("至今")],
                         href: "/people/persons/\(member.person.text)")
        }
        return TableView(id: "roster", caption: "在册人员", columns: [ColumnView("姓名"), ColumnView("自"), ColumnView("至")], rows: rows,
                         empty: EmptyView("没有在册人员", "确认后，计入的成员会列在这里。"))
    }

    /// With two clocks: the months it holds for, and from when to when it was known so.
    private func versions(_ ledger: AllowanceDossier) -> TableView {
        let kinds = Dictionary(ledger.decisions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let rows = ledger.versions.map { period in
            TableRowView([
                .text(period.from.shown), .text(period.until.map { $0.previous.shown } ?? "至今"), .money(period.monthly.shown),
                period.decision.map { id in kinds[id].map { .link($0.kind.label, href: "/assistance/decisions/\(id.text)/sheet") } ?? .absent } ?? .text("迁入"),
                .text(period.knownAt.shown), period.retractedAt.map { .text("\($0.shown)起改按新的决定") } ?? .tag(TagView("现行", .ok)),
            ])
        }
        return TableView(id: "versions", caption: "各月金额，最近得知的在前", columns: [
            ColumnView("自"), ColumnView("至"), ColumnView("每月", .money), ColumnView("所据决定"), ColumnView("得知时刻", .date), ColumnView("效力"),
        ], rows: rows, empty: EmptyView("没有金额", "确认后，各月应发金额会列在这里。"))
    }

    private func reviews(_ ledger: AllowanceDossier) -> TableView {
        let rows = ledger.reviews.reversed().map { review in
            TableRowView([.text(review.reviewedOn.shown), .text("\(review.householdClass.rawValue) 类"), .tag(review.hasChanged ? TagView("有变化", .warn) : TagView("无明显变化", .ok)),
                          .text(review.findings.text), .text(review.nextReview.shown)])
        }
        return TableView(id: "reviews", caption: "历次复核", columns: [ColumnView("日期", .date), ColumnView("类别"), ColumnView("结果"), ColumnView("情况"), ColumnView("下次")], rows: rows,
                         empty: EmptyView("还没有复核", "第一次复核在\(ledger.allowance.nextReview.shown)。"))
    }

    private func steps(of ledger: AllowanceDossier) -> StepsView {
        let decided = ledger.decisions.map { decision in
            (decision.decidedOn, StepsView.Step(decision.kind.label, .done, date: decision.decidedOn.shown, person: decision.decidedBy, note: decision.effect))
        }
        let reviewed = ledger.reviews.map { ($0.reviewedOn, StepsView.Step("复核", .done, date: $0.reviewedOn.shown, note: $0.hasChanged ? "有变化" : "金额不变")) }
        var steps = (decided + reviewed).sorted { $0.0 < $1.0 }.map(\.1)
        if !ledger.state.isFinal {
            let clock = nearestClock(ledger.clocks).map(dated)
            let isRunning = ledger.state == Granted.running
            steps.append(StepsView.Step(isRunning ? "下次复核" : ledger.state.title, .current, date: isRunning ? ledger.allowance.nextReview.shown : "",
                                        clock: clock, note: ledger.state.awaits ?? ""))
        }
        return StepsView(steps)
    }
}

extension Decision {
    /// 「自2024年8月起每月 1,116.00 元」
    fileprivate var effect: String {
        guard let from else { return "" }
        return kind == .stopped ? "自\(from.shown)起不再发放" : "自\(from.shown)起每月 \(monthly.shown)"
    }
}
