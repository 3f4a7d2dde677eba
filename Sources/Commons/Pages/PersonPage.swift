import Kernel
import Pages
import Values

/// 一人一档。Who it is, on a header that fits a phone; everything all lines know, by year; the household at the side.
let personPage = Page("persons/{id}", "人员档案") { visit in
    let reader = visit.reader, person = try reader.standing(try visit.id())
    let household = try reader.household(of: person.id)
    try reader.requireScope(person.region, person.livingIn, household?.region, of: "这个人的档案")
    let view = try reader.view(of: person, household, only: visit.text("line"))
    let acts = person.diedOn == nil && reader.actor.covers(person.region) ? reader.acts(on: Term<ID<Person>>.person.name, person.id.text) : []
    return Page.Body(person.name.shown, breadcrumbs: [("人员登记", "/people/persons")], acts: acts) { personMarkup(view) }
}

struct PersonView: Sendable {
    let head: RecordHeadView
    let facts: FactsView
    /// One link a line that knows something, and 全部.
    let lines: [LinkView]
    let timeline: TimelineView
    let household: Markup
}

func personMarkup(_ view: PersonView) -> Markup {
    """
    \(view.head)
    \(SplitView(main: PanelView("经历", acts: view.lines, view.timeline.markup).markup, side: "\(PanelView("身份", view.facts.markup))\(view.household)", sideTitle: "身份与家庭"))
    """
}

extension Reader {
    fileprivate func view(of person: Person, _ household: Household?, only line: String?) throws -> PersonView {
        let events = try timeline(of: identities(of: person.id).map(\.text), from: house.lines)
        return PersonView(head: try head(of: person), facts: identity(of: person), lines: links(events, person.id),
                          timeline: timelineView(events.filter { line == nil || $0.line == line }), household: try panel(household, of: person.id))
    }

    /// Numbers are masked; whoever needs them whole reads the paper.
    private func head(of person: Person) throws -> RecordHeadView {
        let age = person.bornOn.age(on: person.diedOn ?? today)
        let facts = [person.sex.shown, person.diedOn == nil ? "\(age) 岁" : "去世时 \(age) 岁", "户籍地 \(try regionPath(person.region))",
                     try person.residentID.map { "身份号码 \(Masked.residentID(try open($0)))" }, try person.phone.map { "电话 \(Masked.phone(try open($0)))" }]
        return RecordHeadView(facts: facts.compactMap { $0 }, tags: [person.diedOn.map { TagView("已故（\($0.shown)）", .stop) }].compactMap { $0 })
    }

    private func identity(of person: Person) -> FactsView {
        FactsView([
            .init("出生日期", person.bornOn.shown), .init("住址", person.address.map { .text($0) } ?? .absent),
        ] + (person.residentID == nil ? [.init("身份号码", "还没有登记")] : []))
    }

    private func links(_ events: [LifeEvent], _ id: ID<Person>) -> [LinkView] {
        let titles = house.lines.map(\.title).filter { title in events.contains { $0.line == title } }
        guard titles.count > 1 else { return [] }
        let path = "/people/persons/\(id.text)"
        return [LinkView("全部", href: path)] + titles.map { LinkView($0, href: address(path, ["line": $0])) }
    }

    private func panel(_ household: Household?, of person: ID<Person>) throws -> Markup {
        guard let household else { return PanelView("家庭", EmptyView("没有家庭登记", "登记为某个家庭的成员后，会显示在这里。").markup).markup }
        let facts = try members(of: household.id).map { member in
            FactsView.Fact(member.membership.relation.label, member.person.id == person ? .text(member.person.name.shown)
                           : .link(member.person.name.shown, href: "/people/persons/\(member.person.id.text)"))
        }
        return PanelView("家庭", acts: [LinkView("打开", href: "/people/households/\(household.id.text)")], FactsView(facts).markup).markup
    }
}

/// A timeline by year, newest first.
func timelineView(_ events: [LifeEvent]) -> TimelineView {
    let years = Dictionary(grouping: events) { $0.entry.on.year }.sorted { $0.key > $1.key }
    return TimelineView(years.map { year, events in
        .init("\(year)年", events.map { .init($0.entry.on.shownShort, $0.entry.title, $0.entry.detail, href: $0.entry.link, tag: TagView($0.line)) })
    })
}
