import Kernel
import Pages
import Values

/// 查重与合并。The files that resemble this one, and a search for others; each leads to the two side by side.
let matchesPage: Page = Page("persons/{id}/matches", "查重与合并", roles: Set<Role>.requesters.union(Set<Role>.deciders)) { visit in
    let reader = visit.reader, person = try reader.person(inScope: try visit.id()), text = visit.text("q") ?? ""
    let alike = try reader.alike(person).filter(\.isInScope)
    let found = text.isEmpty ? [] : try reader.persons(PersonQuery(text), limit: 20).filter { $0.id != person.id }
    let path = "/people/persons/\(person.id.text)"
    let table = try reader.table(of: alike, beside: person), entries = try reader.entries(found, beside: person)
    return Page.Body("查重与合并", breadcrumbs: [("人员登记", "/people/persons"), (person.name.shown, path)]) {
        matchesMarkup(table, text, entries, path)
    }
}

private func matchesMarkup(_ table: TableView, _ text: String, _ found: [EntriesView.Entry], _ path: String) -> Markup {
    let none = text.isEmpty ? Markup.empty : EmptyView("没有找到「\(text)」", "请换成完整的身份号码、电话或姓名再试。").markup
    return """
        \(table)
        \(PanelView("与另一份档案对照", """
        <form class="filters" method="get" action="\(href: path)/matches" role="search" aria-label="找另一份档案"><div class="fields">
        \(FieldView(["q"], "找另一份档案", .text(), value: text, hint: "姓名、身份号码、证件号码或电话", required: false))
        <div class="buttons">\(ButtonView("查找"))</div></div></form>
        \(if: !found.isEmpty, EntriesView(found).markup)\(if: found.isEmpty, none)
        """))
        """
}

extension Reader {
    /// Which of two is better kept: the one with a number, else the older one.
    fileprivate func mergeHref(_ one: ID<Person>, _ other: ID<Person>) throws -> String {
        let first = try find(one), second = try find(other)
        let keepsSecond = first.residentID == nil && second.residentID != nil
        return address("/people/do/\(ProposeMerge.name)", ["kept": keepsSecond ? other.text : one.text, "absorbed": keepsSecond ? one.text : other.text])
    }

    fileprivate func table(of alike: [Candidate], beside person: Person) throws -> TableView {
        let columns = [ColumnView("姓名"), ColumnView("出生日期", .date), ColumnView("户籍地"), ColumnView("相似之处"), ColumnView("相似度", .number), ColumnView("核对情况")]
        return TableView(id: "alike", caption: "相似的档案", columns: columns, rows: try alike.map { try row($0, beside: person) },
                         empty: EmptyView("没有相似的档案", "证件、电话、姓名、出生日期、住址与这份档案相同或相近的会列在这里。"))
    }

    private func row(_ candidate: Candidate, beside person: Person) throws -> TableRowView {
        let traits = candidate.traits, pair = try pair(person.id, traits.id)
        let checked: CellView = try pair.map { .link($0.state.label, href: "/people/duplicates/\($0.id.text)") } ?? .link("对照", href: mergeHref(person.id, traits.id))
        return TableRowView([.text(traits.name), .text(traits.bornOn.shown), .text(try regionPath(traits.region)), .text(candidate.likeness.evidence.shown),
                             .text("\(candidate.likeness.score)"), checked], href: "/people/persons/\(traits.id.text)")
    }

    fileprivate func entries(_ found: [Person], beside person: Person) throws -> [EntriesView.Entry] {
        try found.map { .init($0.name.shown, "\($0.sex.shown)，\($0.bornOn.shown)生，\(try regionPath($0.region))", href: try mergeHref(person.id, $0.id)) }
    }
}
