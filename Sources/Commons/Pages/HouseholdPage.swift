import Kernel
import Pages
import Values

/// 家庭档案。Who lives together, since when; who left; and what every line has to do with them.
let householdPage = Page("households/{id}", "家庭档案") { visit in
    let reader = visit.reader, household: Household = try reader.find(try visit.id())
    try reader.requireScope(household.region, of: "这个家庭的档案")
    let head = try reader.find(household.head), view = try reader.view(of: household, head)
    return Page.Body("\(head.name.shown)户", breadcrumbs: [("家庭登记", "/people/households")], acts: reader.acts(on: Term<ID<Household>>.household.name, household.id.text)) {
        householdMarkup(view)
    }
}

struct HouseholdView: Sendable {
    let facts: FactsView
    let members: TableView
    /// nil when nobody left.
    let former: TableView?
    /// What lines other than the registers know, newest first; nil when they know nothing.
    let matters: TimelineView?
}

func householdMarkup(_ view: HouseholdView) -> Markup {
    let none = EmptyView("还没有办件和待遇", "这一户的申请、待遇和走访会按时间出现在这里。")
    return """
        \(view.facts)\(view.members)\(view.former)
        \(PanelView("办件与待遇", view.matters?.markup ?? none.markup))
        """
}

extension Reader {
    fileprivate func view(of household: Household, _ head: Person) throws -> HouseholdView {
        let rows = try all(Membership.self, where: "household_id = \(household.id) AND retracted_at IS NULL ORDER BY relation, from_on, id").map { ($0, try find($0.person)) }
        let present = rows.filter { $0.0.from <= today && $0.0.until.map { $0 > today } ?? true }
        let former = rows.filter { row in row.0.until.map { $0 <= today } ?? false }
        let others = house.lines.filter { $0.name != people.name }
        let events = try timeline(of: [household.id.text] + Set(present.map { $0.1.id.text } + [head.id.text]).sorted(), from: others)
        return HouseholdView(facts: try facts(of: household, count: present.count), members: members(present), former: former.isEmpty ? nil : departed(former),
                             matters: events.isEmpty ? nil : timelineView(events))
    }

    private func facts(of household: Household, count: Int) throws -> FactsView {
        FactsView([
            .init("人数", "\(count) 人"), .init("城乡", household.area.label), .init("所属区域", try regionPath(household.region)),
            .init("住址", household.address.map { .text($0) } ?? .absent),
        ])
    }

    private func members(_ rows: [(Membership, Person)]) -> TableView {
        TableView(id: "members", caption: "家庭成员", columns: [ColumnView("姓名"), ColumnView("与户主关系"), ColumnView("性别"), ColumnView("年龄", .number), ColumnView("自", .date)],
                  rows: rows.map { membership, person in
                      TableRowView([.text(person.name.shown), .text(membership.relation.label), .text(person.sex.shown), .text(age(of: person)),
                                    .text(membership.from.shown)], href: "/people/persons/\(person.id.text)")
                  }, empty: EmptyView("没有成员", "成员登记后会列在这里。"))
    }

    private func departed(_ rows: [(Membership, Person)]) -> TableView {
        TableView(id: "former", caption: "已离开的成员", columns: [ColumnView("姓名"), ColumnView("与户主关系"), ColumnView("起止")], rows: rows.map { membership, person in
            TableRowView([.text(person.name.shown), .text(membership.relation.label), .text(lasting(membership.from, membership.until))],
                         href: "/people/persons/\(person.id.text)")
        }, empty: EmptyView("没有人离开过", ""))
    }

    private func age(of person: Person) -> String {
        person.diedOn == nil ? "\(person.bornOn.age(on: today)) 岁" : "已故"
    }
}

/// 「2020年1月1日至2024年6月30日」「2024年7月1日起」: half-open days, told with the last one.
func lasting(_ from: CivilDate, _ until: CivilDate?) -> String {
    until.map { "\(from.shown)至\($0.adding(days: -1).shown)" } ?? "\(from.shown)起"
}
