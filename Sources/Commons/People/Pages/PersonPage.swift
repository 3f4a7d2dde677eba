import Kernel
import Pages
import Values

/// 一人一档。Who it is, on a header that fits a phone; everything all lines know, by year; the household at the side.
///
/// A file that was merged into another leads to the kept one.
let personPage: Page = Page("persons/{id}", "人员档案") { visit in
    let reader = visit.reader, asked: ID<Person> = try visit.id()
    let person = try reader.person(inScope: asked), household = try reader.household(of: person.id)
    let view = try reader.view(of: person, household, only: visit.text("line"), cameFrom: asked == person.id ? nil : asked)
    return Page.Body(person.name.shown, breadcrumbs: [("人员登记", "/people/persons")], acts: try reader.acts(onPerson: person)) { personMarkup(view) }
}

struct PersonView: Sendable {
    let notices: [NoticeBoxView]
    let head: RecordHeadView
    let facts: FactsView
    /// One link a line that knows something, and 全部.
    let lines: [LinkView]
    let timeline: TimelineView
    let household: Markup
    /// Files merged into this one; nil where there are none.
    let former: FactsView?
    /// The ways into what else is known of the file.
    let more: [LinkView]
}

func personMarkup(_ view: PersonView) -> Markup {
    let side: Markup = """
        \(PanelView("身份", acts: view.more, view.facts.markup))\(view.household)\(some: view.former, { PanelView("并入的档案", $0.markup).markup })
        """
    return """
        \(each: view.notices)\(view.head)
        \(SplitView(main: PanelView("经历", acts: view.lines, view.timeline.markup).markup, side: side, sideTitle: "身份与家庭"))
        """
}

extension Reader {
    /// The acts on a person that this role may begin and that fit him as he is: no death twice, none revoked that wasn't entered.
    fileprivate func acts(onPerson person: Person) throws -> [PageAct] {
        let misfit = [person.diedOn == nil ? RevokeDeath.name : RecordDeath.name, try standingPayeeChange(of: person.id.text) == nil ? EndPayeeChange.name : ""]
        return house.lines.flatMap(\.actions).filter {
            $0.subjectTerm == Term<ID<Person>>.person.name && $0.roles.contains(actor.role) && !misfit.contains($0.name)
                && (person.diedOn == nil || $0.line == people.name || Self.forTheDead.contains($0.name))
        }.map { PageAct($0, on: person.id.text) }
    }

    /// What was due to the dead by law goes to somebody.
    private static let forTheDead: Set<String> = [ChangePayee.name, EndPayeeChange.name]

    fileprivate func view(of person: Person, _ household: Household?, only line: String?, cameFrom absorbed: ID<Person>?) throws -> PersonView {
        let events = try matters(of: person)
        return PersonView(notices: try notices(about: person, cameFrom: absorbed), head: try head(of: person), facts: try identity(of: person),
                          lines: links(events, person.id), timeline: timelineView(events.filter { line == nil || $0.line == line }),
                          household: try panel(household, of: person.id), former: try former(of: person.id), more: more(person.id))
    }

    private func notices(about person: Person, cameFrom absorbed: ID<Person>?) throws -> [NoticeBoxView] {
        let waiting = try waitingChanges(of: person.id)
        let merged = absorbed.map { _ in NoticeBoxView(.info, "您打开的档案已并入这一份", "两份档案的家庭、办件和待遇都在下面。") }
        let changes = waiting.isEmpty ? nil : NoticeBoxView(.info, "有 \(waiting.count) 件变更在办", "办结前档案按原内容显示。",
                                                            links: waiting.map { LinkView($0.number, href: "\(changeProcess.path)/\($0.id)") })
        return [merged, changes].compactMap { $0 }
    }

    private func waitingChanges(of person: ID<Person>) throws -> [CaseFile] {
        try caseFiles(where: "closed_on IS NULL AND id IN (SELECT id FROM person_change WHERE \(try concerning("person_id", person))) ORDER BY id")
    }

    /// Numbers are masked; whoever needs them whole says why.
    private func head(of person: Person) throws -> RecordHeadView {
        let age = person.bornOn.age(on: person.diedOn ?? today), estimate = person.isBirthEstimated ? "约 " : ""
        let facts = [person.sex.shown, person.diedOn == nil ? "\(estimate)\(age) 岁" : "去世时 \(estimate)\(age) 岁", "户籍地 \(try regionPath(person.region))",
                     try person.residentID.map { "身份号码 \(try open($0).masked)" }, try document(of: person), try person.phone.map { "电话 \(try open($0).masked)" }]
        return RecordHeadView(facts: facts.compactMap { $0 }, tags: try tags(of: person))
    }

    /// What is so now: dead, and whether that is verified; cases that run.
    private func tags(of person: Person) throws -> [TagView] {
        let isChecked = try waitingChanges(of: person.id).allSatisfy { file in try self.change(file.id)?.kind != .death }
        let death = person.diedOn.map { TagView("已故（\($0.shown)）\(isChecked ? "" : "，待核实")", .stop) }
        let running = try runningCases(of: person).prefix(4).map { file in
            let standing = try standing(of: file)
            return TagView("\(standing.process)：\(standing.state)")
        }
        return [death].compactMap { $0 } + running
    }

    private func change(_ id: String) throws -> PersonChange? { try first(PersonChange.self, where: "id = \(id)") }

    private func identity(of person: Person) throws -> FactsView {
        let reveal = house.line(people.name)?.action(RevealIdentifiers.name).flatMap { action -> LinkView? in
            guard action.roles.contains(actor.role) else { return nil }
            return LinkView("查看原文", href: PageAct(action, on: person.id.text).href)
        }
        let number = try person.residentID.map { FactsView.Fact("身份号码", try open($0).masked, reveal: reveal) } ?? FactsView.Fact("身份号码", "还没有登记")
        let document = try document(of: person).map { FactsView.Fact("其他证件", $0, reveal: person.residentID == nil ? reveal : nil) }
        let facts: [FactsView.Fact?] = [
            .init("出生日期", person.bornOn.shown + (person.isBirthEstimated ? "（估计）" : "")), number, document,
            try person.livingIn.map { .init("居住地", try regionPath($0)) }, .init("住址", person.address.map { .text($0) } ?? .absent),
        ]
        return FactsView(facts.compactMap { $0 })
    }

    private func more(_ id: ID<Person>) -> [LinkView] {
        let path = "/people/persons/\(id.text)"
        return [matchesPage.roles.contains(actor.role) ? LinkView("查重与合并", href: "\(path)/matches") : nil, LinkView("某日所知", href: "\(path)/known"),
                readingsPage.roles.contains(actor.role) ? LinkView("谁看过", href: "\(path)/readings") : nil].compactMap { $0 }
    }

    private func former(of id: ID<Person>) throws -> FactsView? {
        let merges = try all(PersonMerge.self, where: "\(try concerning("kept_id", id)) AND merged_at IS NOT NULL AND undone_at IS NULL ORDER BY id")
        guard !merges.isEmpty else { return nil }
        return FactsView(try merges.map { merge in
            .init(try find(merge.absorbed).name.shown, .link("\(merge.mergedAt?.date.shown ?? "")并入", href: "/people/merges/\(merge.id.text)"))
        })
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
