import Kernel
import Pages
import Values

/// 家庭档案。Who lives together, since when; who left; and what every line has to do with them. On any day, as known on any day.
let householdPage = Page("households/{id}", "家庭档案") { visit in
    let reader = visit.reader, household: Household = try reader.find(try visit.id())
    try reader.requireScope(household.region, of: "这个家庭的档案")
    let head = try reader.find(household.head), view = try reader.view(of: household, head, HouseholdMoment(visit))
    return Page.Body("\(head.name.shown)户", breadcrumbs: [("家庭登记", "/people/households")], acts: reader.acts(on: household)) { householdMarkup(view) }
}

struct HouseholdView: Sendable {
    let warning: NoticeBoxView?
    let facts: FactsView
    let moment: FiltersView
    let members: TableView
    /// nil when nobody left.
    let former: TableView?
    /// nil when nothing was corrected.
    let retracted: TableView?
    let past: TimelineView?
    /// What lines other than the registers know, newest first; nil when they know nothing.
    let matters: TimelineView?
}

func householdMarkup(_ view: HouseholdView) -> Markup {
    let none = EmptyView("还没有办件和待遇", "这一户的申请、待遇和走访会按时间出现在这里。")
    return """
        \(view.warning)\(view.facts)\(view.moment)\(view.members)\(view.former)\(view.retracted)
        \(PanelView("办件与待遇", view.matters?.markup ?? none.markup))
        \(some: view.past, { PanelView("家庭经历", $0.markup).markup })
        """
}

/// 哪一天、按哪一天的登记。
struct HouseholdMoment {
    let day: Asked<CivilDate>
    let known: Asked<CivilDate>

    init(_ visit: Visit) {
        day = visit.asked("day")
        known = visit.asked("known")
    }

    /// The end of the day by whose knowledge one reads.
    var knownAt: Instant? { known.value.map { Instant(startOf: $0.adding(days: 1)) } }
    var isAsked: Bool { !day.text.isEmpty || !known.text.isEmpty }
}

extension Reader {
    /// What this person may do to the household as a whole; acts on one member stand in the member's row.
    fileprivate func acts(on household: Household) -> [PageAct] {
        guard actor.covers(household.region), household.dissolvedOn == nil else { return [] }
        return acts(on: Term<ID<Household>>.household.name, household.id.text).filter { act in !memberActs.contains { act.href.contains("/do/\($0.name)?") } }
    }

    fileprivate func view(of household: Household, _ head: Person, _ moment: HouseholdMoment) throws -> HouseholdView {
        let day = moment.day.value ?? today
        let rows = try memberships(in: household.id, knownAt: moment.knownAt).map { ($0, try find($0.person)) }
        let present = rows.filter { $0.0.holds(on: day) }, former = rows.filter { row in row.0.until.map { $0 <= day } ?? false }
        let mayAct = actor.covers(household.region) && !moment.isAsked
        let others = house.lines.filter { $0.name != people.name }
        let events = try timeline(of: [household.id.text] + Set(present.map { $0.1.id.text } + [head.id.text]).sorted(), from: others)
        let past = try householdTimeline.entries(household.id.text, self).sorted { $0.on > $1.on }
        return HouseholdView(warning: try warning(household, head, present), facts: try facts(of: household, count: present.count), moment: sentence(household, moment),
                             members: members(present, household, on: day, mayAct: mayAct), former: former.isEmpty ? nil : departed(former, household, mayAct),
                             retracted: try corrected(household), past: past.isEmpty ? nil : timelineView(past.map { LifeEvent(line: "家庭", entry: $0) }),
                             matters: events.isEmpty ? nil : timelineView(events))
    }

    private func warning(_ household: Household, _ head: Person, _ present: [(Membership, Person)]) throws -> NoticeBoxView? {
        if let end = household.dissolvedOn { return NoticeBoxView(.info, "这一户已注销", "自\(end.shown)起。档案仍可查阅。") }
        if head.diedOn != nil { return NoticeBoxView(.warn, "户主已去世", "请从成员中选一人，办理「设为户主」；没有成员的，办理「注销家庭」。") }
        guard try present.contains(where: { try canonical($0.0.person) == canonical(head.id) }) else {
            return NoticeBoxView(.warn, "户主不在这一户", "户主已登记到别的家庭。请从成员中选一人，办理「设为户主」；没有成员的，办理「注销家庭」。")
        }
        return nil
    }

    private func facts(of household: Household, count: Int) throws -> FactsView {
        FactsView([
            .init("人数", "\(count) 人"), .init("城乡", household.area.label), .init("所属区域", try regionPath(household.region)),
            .init("住址", household.address.map { .text($0) } ?? .absent),
        ])
    }

    private func sentence(_ household: Household, _ moment: HouseholdMoment) -> FiltersView {
        let known = moment.known.value.map { "，按\($0.shown)当天的登记" } ?? ""
        return FiltersView(action: household.link, sentence: "\((moment.day.value ?? today).shown)的成员\(known)", fields: [
            FieldView(["day"], "日期", .date, value: moment.day.text, hint: "那一天的成员", problem: moment.day.problem, required: false),
            FieldView(["known"], "登记日期", .date, value: moment.known.text, hint: "按那一天结束时的登记", problem: moment.known.problem, required: false),
        ], clearHref: moment.isAsked ? household.link : nil)
    }

    private func members(_ rows: [(Membership, Person)], _ household: Household, on day: CivilDate, mayAct: Bool) -> TableView {
        let acts = mayAct && household.dissolvedOn == nil ? memberActs.filter { $0.roles.contains(actor.role) } : []
        let titles = acts.map { ColumnView($0.columnTitle) }
        return TableView(id: "members", caption: "家庭成员", columns: [
            ColumnView("姓名"), ColumnView("与户主关系"), ColumnView("性别"), ColumnView("年龄", .number), ColumnView("自", .date),
        ] + titles, rows: rows.map { membership, person in
            let links = acts.map { act in
                act.isForHead || membership.relation != .head ? CellView.link(act.linkTitle, href: act.href(membership)) : .absent
            }
            return TableRowView([.text(person.name.shown), .text(membership.relation.label), .text(person.sex.shown), .text(age(of: person, on: day)),
                                 .text(membership.from.shown)] + links, href: "/people/persons/\(person.id.text)")
        }, empty: EmptyView("没有成员", "成员登记后会列在这里。"))
    }

    private func departed(_ rows: [(Membership, Person)], _ household: Household, _ mayAct: Bool) -> TableView {
        let acts = mayAct ? memberActs.filter { $0.isForFormer && $0.roles.contains(actor.role) } : []
        return TableView(id: "former", caption: "已离开的成员", columns: [ColumnView("姓名"), ColumnView("与户主关系"), ColumnView("起止"), ColumnView("原因")]
            + acts.map { ColumnView($0.columnTitle) }, rows: rows.map { membership, person in
            TableRowView([.text(person.name.shown), .text(membership.relation.label), .text(lasting(membership.from, membership.until)),
                          membership.endReason.map { .text($0.label) } ?? .absent] + acts.map { .link($0.linkTitle, href: $0.href(membership)) },
                         href: "/people/persons/\(person.id.text)")
        }, empty: EmptyView("没有人离开过", ""))
    }

    /// What was wrong and is kept: rows that somebody retracted with a reason.
    private func corrected(_ household: Household) throws -> TableView? {
        let rows = try all(Membership.self, where: "household_id = \(household.id) AND retract_reason IS NOT NULL ORDER BY retracted_at DESC, id")
        guard !rows.isEmpty else { return nil }
        return TableView(id: "retracted", caption: "更正和撤销的登记",
                         columns: ["姓名", "与户主关系", "起止", "登记", "撤回", "理由"].map { ColumnView($0) },
                         rows: try rows.map { row in
                             TableRowView([.text(try find(row.person).name.shown), .text(row.relation.label), .text(lasting(row.from, row.until)), .text(row.knownAt.shown),
                                           row.retractedAt.map { .text($0.shown) } ?? .absent, row.retractReason.map { .text($0) } ?? .absent])
                         }, empty: EmptyView("没有更正过", ""))
    }

    private func age(of person: Person, on day: CivilDate) -> String {
        if let diedOn = person.diedOn, diedOn <= day { return "已故" }
        return "\(person.bornOn.age(on: max(day, person.bornOn))) 岁"
    }
}

/// An act in a member's row, with what the form needs to know.
private struct MemberLink: Sendable {
    let name: String
    let linkTitle: String
    let columnTitle: String
    let roles: Set<Role>
    var isForHead = false
    var isForFormer = false
    var fillsDates = false

    init<Act: MemberAct>(_ act: Act.Type, _ linkTitle: String, _ columnTitle: String, isForHead: Bool = false, isForFormer: Bool = false, fillsDates: Bool = false) {
        name = Act.name
        roles = Act.roles
        self.linkTitle = linkTitle
        self.columnTitle = columnTitle
        self.isForHead = isForHead
        self.isForFormer = isForFormer
        self.fillsDates = fillsDates
    }

    func href(_ membership: Membership) -> String {
        address("/people/do/\(name)", [
            "household": membership.household.text, "membership": membership.id.text, "relation": fillsDates ? membership.relation.rawValue : nil,
            "from_on": fillsDates ? membership.from.typed : nil, "until_on": fillsDates ? membership.until?.typed : nil,
        ])
    }
}

private let memberActs = [
    MemberLink(EndMembership.self, "离开", "成员离开"), MemberLink(ChangeRelation.self, "变更", "关系变更"), MemberLink(ChangeHead.self, "设为户主", "户主"),
    MemberLink(CorrectMembership.self, "更正", "更正", isForHead: true, isForFormer: true, fillsDates: true),
    MemberLink(RetractMembership.self, "撤销", "撤销", isForFormer: true),
]

/// 「2020年1月1日至2024年6月30日」「2024年7月1日起」: half-open days, told with the last one.
func lasting(_ from: CivilDate, _ until: CivilDate?) -> String {
    until.map { "\(from.shown)至\($0.adding(days: -1).shown)" } ?? "\(from.shown)起"
}
