import Kernel
import Pages
import Storage
import Values

/// 对照。Two files side by side: what agrees, what differs, and what hangs on each.
struct Comparison: Sendable {
    let titles: (String, String)
    let rows: [Row]
    /// What both have and one person has once.
    let conflicts: [String]
    let matters: ([LifeEvent], [LifeEvent])

    struct Row: Sendable {
        let label: String
        let first: String?
        let second: String?

        var agreement: TagView {
            switch (first, second) {
            case (nil, nil): TagView("都没有")
            case (nil, _), (_, nil): TagView("一方没有", .warn)
            case let (first, second): first == second ? TagView("一致", .ok) : TagView("不同", .late)
            }
        }
    }
}

extension Reader {
    func comparison(_ first: Person, _ second: Person) throws -> Comparison {
        Comparison(titles: (first.name.shown, second.name.shown), rows: try zip(told(first), told(second)).map { Comparison.Row(label: $0.0, first: $0.1, second: $1.1) },
                   conflicts: try conflicts(first, second), matters: (try matters(of: first), try matters(of: second)))
    }

    private func told(_ person: Person) throws -> [(String, String?)] {
        [("姓名", person.name.shown), ("性别", person.sex.shown), ("出生日期", person.bornOn.shown + (person.isBirthEstimated ? "（估计）" : "")),
         ("公民身份号码", try person.residentID.map { try open($0).masked }), ("其他证件", try document(of: person)),
         ("电话", try person.phone.map { try open($0).masked }), ("户籍地", try regionPath(person.region)),
         ("居住地", try person.livingIn.map { try regionPath($0) }), ("住址", person.address), ("死亡日期", person.diedOn?.shown),
         ("家庭", try household(of: person.id).map { "\(try find($0.head).name.shown)户" })]
    }

    /// 「护照 ****1234」
    func document(of person: Person) throws -> String? {
        guard let kind = person.documentKind else { return nil }
        return try person.documentNumber.map { "\(kind.label) \(try open($0).masked)" } ?? kind.label
    }

    /// What every line knows of somebody, newest first.
    func matters(of person: Person) throws -> [LifeEvent] {
        try timeline(of: identities(of: person.id).map(\.text), from: house.lines)
    }

    /// What one person can't well have twice: households lived in, and cases that run.
    func conflicts(_ first: Person, _ second: Person) throws -> [String] {
        let homes = try (homes(of: first), homes(of: second))
        let isApart = !homes.0.isEmpty && !homes.1.isEmpty && homes.0 != homes.1
        let cases = try (runningCases(of: first), runningCases(of: second))
        let both = !cases.0.isEmpty && !cases.1.isEmpty && Set(cases.0.map(\.id)) != Set(cases.1.map(\.id))
        return [isApart ? "两份档案现在分别在不同的家庭里，请在「家庭成员」里核对" : nil,
                both ? "两份档案都有在办件（\((cases.0 + cases.1).map(\.number).joined(separator: "、"))），请逐件核对是否重复" : nil].compactMap { $0 }
    }

    private func homes(of person: Person) throws -> Set<ID<Household>> {
        Set(try connection.all("""
            SELECT household_id FROM membership WHERE \(try concerning("person_id", person.id)) AND retracted_at IS NULL
              AND from_on <= \(today) AND (until_on IS NULL OR until_on > \(today))
            """) { try $0.read(0) })
    }

    /// Cases not closed that a timeline of this person leads to.
    func runningCases(of person: Person) throws -> [CaseFile] {
        var seen: Set<String> = []
        return try matters(of: person).compactMap(\.entry.link).compactMap { link in
            let id = link.split(separator: "/").last.map { String($0.prefix { $0 != "?" && $0 != "#" }) } ?? ""
            guard id.utf8.count == 26, seen.insert(id).inserted, let file = try caseFile(id: id), file.closedOn == nil else { return nil }
            return file
        }
    }
}

func comparisonMarkup(_ view: Comparison, titles: (String, String) = ("保留的档案", "并入的档案")) -> Markup {
    let columns = [ColumnView("项目"), ColumnView(titles.0), ColumnView(titles.1), ColumnView("对照")]
    let table = TableView(id: "comparison", caption: "两份档案对照", columns: columns, rows: view.rows.map { row in
        TableRowView([.text(row.label), row.first.map { .text($0) } ?? .absent, row.second.map { .text($0) } ?? .absent, .tag(row.agreement)])
    }, empty: EmptyView("没有可对照的内容", ""))
    return """
        \(each: view.conflicts.map { NoticeBoxView(.warn, "合并后要核对", $0) })\(table)
        \(matters(view.matters.0, titles.0))\(matters(view.matters.1, titles.1))
        """
}

private func matters(_ events: [LifeEvent], _ title: String) -> PanelView {
    let none = EmptyView("没有家庭、办件和待遇", "")
    return PanelView("\(title)：名下的事（\(events.count)）", events.isEmpty ? none.markup : timelineView(events).markup)
}
