import Kernel
import Pages
import Values

/// 搜索。Everything that every line finds by one text, grouped by kind.
let searchPage = Page("search", "搜索", roles: .everyone, isOverview: true) { visit in
    let text = visit.text("q") ?? ""
    let view = SearchResultsView(text: text, kinds: text.isEmpty ? [] : try visit.reader.findEverything(text))
    return Page.Body("搜索", breadcrumbs: [("工作台", "/desk/workbench")]) { searchMarkup(view) }
}

struct SearchResultsView: Sendable {
    let text: String
    let kinds: [Kind]

    struct Kind: Sendable {
        let title: String
        let hits: [Hit]
    }
}

func searchMarkup(_ view: SearchResultsView) -> Markup {
    guard !view.text.isEmpty else {
        return EmptyView("想找什么？", "在上方的搜索框里输入姓名、拼音首字母、身份号码、办件编号或地名。").markup
    }
    guard !view.kinds.isEmpty else {
        return EmptyView("没有找到「\(view.text)」", "请核对是否有错字，或换成姓名的一部分、拼音首字母、完整的身份号码、办件编号再试。不在您管辖范围内的不会列出。").markup
    }
    return """
        <div class="reading"><p class="sentence">搜索「\(view.text)」，找到 \(view.kinds.reduce(0) { $0 + $1.hits.count }) 条</p></div>
        \(each: view.kinds, { kind in
            PanelView("\(kind.title)（\(kind.hits.count)）", EntriesView(kind.hits.map { .init($0.title, $0.detail, href: $0.link) }).markup).markup
        })
        """
}

extension Reader {
    /// Cases and acts by their number first, then what the lines find; only those who may read the registers search them.
    func findEverything(_ text: String) throws -> [SearchResultsView.Kind] {
        var hits = try findAct(text).map { [$0] } ?? []
        if Set<Role>.readers.contains(actor.role) {
            hits += try findCase(text).map { [$0] } ?? []
            hits += try house.lines.flatMap(\.finders).flatMap { try $0.find(text, self) }
        }
        var kinds: [String] = []
        for hit in hits where !kinds.contains(hit.kind) { kinds.append(hit.kind) }
        return kinds.map { kind in
            var seen: Set<String> = []
            return .init(title: kind, hits: hits.filter { $0.kind == kind && seen.insert($0.link).inserted })
        }
    }

    private func findCase(_ text: String) throws -> Hit? {
        let number = text.filter { !$0.isWhitespace }.uppercased()
        guard let file = try caseFile(numbered: number) else { return nil }
        let standing = try standing(of: file)
        return Hit(kind: "件", title: "\(file.number) \(file.title)", detail: "\(standing.process)，\(standing.state)", link: try link(to: file))
    }

    private func findAct(_ text: String) throws -> Hit? {
        guard let id = ID<JournalEntry>(rawValue: text.filter { !$0.isWhitespace }), let line = try journalLine(id), maySee(line) else { return nil }
        return Hit(kind: "日志", title: house.actionTitle(line.action), detail: "\(line.at.shown)，\(line.actorName)", link: "/desk/receipt/\(id.text)")
    }
}
