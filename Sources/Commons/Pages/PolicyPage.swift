import Kernel
import Pages
import Values

/// 规则查询。「某日某地的标准是多少，依据哪份文件。」
let policyPage = Page("policy", "规则查询", roles: .everyone, inMenu: true) { visit in
    let reader = visit.reader
    let question = PolicyQuestion(day: visit.asked("day"), region: visit.asked("region"), policy: visit.text("policy").flatMap(reader.house.policy))
    let view = try reader.view(of: question)
    let draft = reader.house.line("rulings")?.action("draft-ruling").flatMap { $0.roles.contains(reader.actor.role) ? PageAct($0, on: nil, primary: true) : nil }
    return Page.Body("规则查询", acts: [draft, PageAct("规则台账", "/rulings/rulings")].compactMap { $0 }) { policyMarkup(view) }
}

struct PolicyQuestion {
    let day: Asked<CivilDate>
    let region: Asked<RegionCode>
    let policy: AnyPolicy?
}

struct PolicyView: Sendable {
    let filters: FiltersView
    let missing: NoticeBoxView?
    let answers: TableView
    /// How many values this place rules nothing about.
    let silent: Int
    /// One policy over time; nil while all are shown.
    let history: TableView?
    let gaps: [NoticeBoxView]
    /// What waits for publication.
    let drafts: TableView?
}

func policyMarkup(_ view: PolicyView) -> Markup {
    let silence: Markup = "<p class='hint'>另有 \(view.silent) 项本地没有规定，按不实行处理；可在上面的「规则」里逐项查看。</p>"
    return """
        \(view.filters)\(view.missing)\(view.answers)\(if: view.silent > 0, silence)\(each: view.gaps)\(view.history)\(some: view.drafts, { "<div id=\"drafts\">\($0)</div>" })
        """
}

extension Reader {
    fileprivate func view(of question: PolicyQuestion) throws -> PolicyView {
        let day = question.day.value ?? today, region = question.region.value ?? actor.region
        let answers = try policyAnswers(on: day, in: region, policy: question.policy?.name)
        let drafts = try rulingDrafts().filter { actor.covers($0.region) || $0.region.contains(actor.region) }
        let spoken = question.policy == nil ? answers.filter { !$0.isSilent } : answers
        return PolicyView(filters: try filters(question, day, region), missing: missing(answers, day), answers: try table(spoken, day, region),
                          silent: question.policy == nil ? answers.count(where: \.isSilent) : 0,
                          history: try question.policy.map(history), gaps: try question.policy.map { try notices(of: $0, region) } ?? [],
                          drafts: drafts.isEmpty ? nil : try table(drafts))
    }

    // MARK: The question

    private func filters(_ question: PolicyQuestion, _ day: CivilDate, _ region: RegionCode) throws -> FiltersView {
        FiltersView(action: "/rulings/policy", sentence: "\(day.shown)，\(try placeName(region))，\(question.policy?.title ?? "全部规则")", fields: [
            FieldView(["day"], "日期", .date, value: question.day.text.isEmpty ? day.typed : question.day.text, problem: question.day.problem, required: false),
            FieldView(["region"], "区域", .choice(try regionChoices(region)), value: region.code, problem: question.region.problem, required: false),
            FieldView(["policy"], "规则", .choice(house.policies.map { Choice(code: $0.name, label: $0.title) }), value: question.policy?.name ?? "", required: false),
        ], clearHref: "/rulings/policy")
    }

    /// Known regions down to the township, set in by level, and the one asked about.
    private func regionChoices(_ asked: RegionCode) throws -> [Choice] {
        let known = try all(Region.self, where: "length(code) <= 9 AND (until_on IS NULL OR until_on > \(today)) ORDER BY code LIMIT 500")
        let choices = known.map { Choice(code: $0.code.code, label: String(repeating: "　", count: $0.code.level == .township ? 1 : 0) + $0.name) }
        return choices.contains { $0.code == asked.code } ? choices : [Choice(code: asked.code, label: try placeName(asked))] + choices
    }

    // MARK: The answer

    private func missing(_ answers: [PolicyAnswer], _ day: CivilDate) -> NoticeBoxView? {
        let titles = answers.filter(\.isGap).map(\.title)
        guard !titles.isEmpty else { return nil }
        return NoticeBoxView(.warn, "\(day.shown)有 \(titles.count) 项没有已发布的数值", "\(titles.joined(separator: "、"))。要用到它们的办件会被拒绝，不会借用邻日或邻区的数值。")
    }

    private func table(_ answers: [PolicyAnswer], _ day: CivilDate, _ region: RegionCode) throws -> TableView {
        TableView(id: "answers", caption: "\(day.shown) \(try placeName(region)) 适用的规则", columns: [
            ColumnView("规则"), ColumnView("数值", .money), ColumnView("来自"), ColumnView("起止"), ColumnView("依据"), ColumnView("发布"),
        ], rows: try answers.map { answer in
            let none: TagView = answer.isGap ? TagView("没有数值", .warn) : TagView("不实行", .plain)
            let cells = try answer.ruling.map { try self.cells($0, answer.policy) } ?? [.tag(none), .absent, .absent, .absent, .absent]
            return TableRowView([.text(answer.title)] + cells, href: address("/rulings/policy", ["policy": answer.policy.name, "day": day.typed, "region": region.code]))
        }, empty: EmptyView("还没有规则", "各项业务用到的标准、比例和期限会列在这里。"))
    }

    private func cells(_ ruling: Ruling, _ policy: AnyPolicy) throws -> [CellView] {
        [.text(try policy.reading(of: ruling.value)), .text(try placeName(ruling.region)), .text(lasting(ruling.from, ruling.until)), .text(ruling.cite),
         ruling.publishedAt.map { .text("\(ruling.publishedBy ?? "")，\($0.date.shown)") } ?? .absent]
    }

    // MARK: One policy over time

    private func history(_ policy: AnyPolicy) throws -> TableView {
        TableView(id: "history", caption: "「\(policy.title)」的沿革", columns: [
            ColumnView("类别"), ColumnView("数值", .money), ColumnView("区域"), ColumnView("起止"), ColumnView("依据"), ColumnView("发布"),
        ], rows: try publishedRulings(of: policy.name).reversed().map { ruling in
            TableRowView([.text(ruling.variant.isEmpty ? policy.title : policy.variantLabel(ruling.variant))] + (try cells(ruling, policy)))
        }, empty: EmptyView("「\(policy.title)」还没有发布过", "起草并由另一人发布后，会列在这里。"))
    }

    private func notices(of policy: AnyPolicy, _ region: RegionCode) throws -> [NoticeBoxView] {
        try rulingGaps(of: policy, in: region).map { gap in
            let days = gap.until.map { "\(gap.from.shown)至\($0.adding(days: -1).shown)" } ?? "\(gap.from.shown)起"
            return NoticeBoxView(.warn, "\(days)没有数值", "「\(policy.title)」\(gap.variant.isEmpty ? "" : "（\(gap.variant)）")在\(try placeName(region))这段时间是空白，涉及的办件会被拒绝。")
        }
    }

    // MARK: Drafts

    private func table(_ drafts: [Ruling]) throws -> TableView {
        TableView(id: "waiting", caption: "等待发布的规则", columns: [
            ColumnView("规则"), ColumnView("数值", .money), ColumnView("区域"), ColumnView("起止"), ColumnView("依据"), ColumnView("起草"), ColumnView("办理"),
        ], rows: try drafts.map(row), empty: EmptyView("没有等待发布的规则", "起草后会列在这里。"))
    }

    private func row(_ draft: Ruling) throws -> TableRowView {
        let policy = house.policy(draft.policy)
        let variant = draft.variant.isEmpty ? "" : "（\(policy?.variantLabel(draft.variant) ?? draft.variant)）"
        return TableRowView([
            .text("\(policy?.title ?? draft.policy)\(variant)"), .text(try policy?.reading(of: draft.value) ?? draft.value), .text(try placeName(draft.region)),
            .text(lasting(draft.from, draft.until)), .text(draft.cite), .text("\(draft.draftedBy)，\(draft.draftedAt.date.shown)"), try publishing(draft),
        ])
    }

    /// Whoever drafted it doesn't publish it.
    private func publishing(_ draft: Ruling) throws -> CellView {
        guard let publish = house.line("rulings")?.action("publish-ruling"), publish.roles.contains(actor.role), actor.covers(draft.region) else { return .text("等待发布") }
        guard try !hasDrafted(draft) else { return .text("须由另一人发布") }
        return .link("发布", href: PageAct(publish, on: draft.id.text).href)
    }
}
