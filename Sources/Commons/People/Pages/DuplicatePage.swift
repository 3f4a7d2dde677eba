import Kernel
import Pages
import Values

/// 疑似重复的一对。Side by side, with the ways to settle it: merged, or two.
let duplicatePage: Page = Page("duplicates/{id}", "疑似重复", roles: duplicates.roles) { visit in
    let reader = visit.reader, pair: DuplicatePair = try reader.find(try visit.id())
    try reader.requireScope(pair.region, of: "这一对档案")
    let a = try reader.find(pair.a), b = try reader.find(pair.b)
    let head = RecordHeadView(facts: ["相似度 \(pair.score)", pair.evidence.shown], tags: [TagView(pair.state.label, pair.state == .open ? .warn : .plain)])
    let view = PairView(head: head, facts: try reader.facts(of: pair), comparison: try reader.comparison(a, b),
                        links: [a, b].map { LinkView("打开\($0.name.shown)的档案", href: "/people/persons/\($0.id.text)") })
    return Page.Body("\(a.name.shown)与\(b.name.shown)", breadcrumbs: [("疑似重复", "/people/duplicates?state=open")], acts: reader.acts(on: pair, a, b)) {
        "\(view.head)\(view.facts)\(comparisonMarkup(view.comparison, titles: ("档案一", "档案二")))<p class=\"links\">\(each: view.links)</p>"
    }
}

private struct PairView: Sendable {
    let head: RecordHeadView
    let facts: FactsView
    let comparison: Comparison
    let links: [LinkView]
}

extension Reader {
    fileprivate func acts(on pair: DuplicatePair, _ a: Person, _ b: Person) -> [PageAct] {
        guard pair.state == .open, let line = house.line(people.name) else { return [] }
        func merge(_ kept: Person, _ absorbed: Person, _ title: String, primary: Bool) -> PageAct? {
            guard ProposeMerge.roles.contains(actor.role), kept.residentID != nil || absorbed.residentID == nil else { return nil }
            return PageAct(title, address("/people/do/\(ProposeMerge.name)", ["kept": kept.id.text, "absorbed": absorbed.id.text]), primary: primary)
        }
        let distinct = line.action(MarkDistinct.name).flatMap { $0.roles.contains(actor.role) ? PageAct($0, on: pair.id.text) : nil }
        return [merge(a, b, "合并，保留档案一", primary: true), merge(b, a, "合并，保留档案二", primary: a.residentID == nil && b.residentID != nil), distinct].compactMap { $0 }
    }

    fileprivate func facts(of pair: DuplicatePair) throws -> FactsView {
        let reason = pair.state == .open ? "登记人的说明" : "核对情况"
        let facts: [FactsView.Fact?] = [
            .init("发现时刻", pair.foundAt.shown), try pair.reason.map { .init(reason, try open($0).text) },
            pair.decidedByName.map { .init("核对人", $0) }, pair.decidedAt.map { .init("核对时刻", $0.shown) },
        ]
        return FactsView(facts.compactMap { $0 })
    }
}
