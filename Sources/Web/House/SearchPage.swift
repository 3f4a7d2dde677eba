import Hummingbird
import Kernel
import Pages
import Values

/// 全局搜索。`/desk/search`: one box over the finders of every line.
struct SearchPage: Sendable {
    let services: Services

    func add(to router: Router<DeskContext>) {
        router.get("desk/search") { request, context in
            let shell = Shell(services: services, request: request, session: try context.signedIn())
            let text = String((Query(request)["q"] ?? "").prefix(100))
            let hits = Raw.typed(text).isBlank ? [] : try await find(text, shell.actor)
            return shell.page("搜索", content: Self.content(text, hits))
        }
    }

    private func find(_ text: String, _ actor: Actor) async throws -> [Hit] {
        let finders = services.house.lines.flatMap(\.finders)
        return try await services.counter.read(as: actor) { reader in try finders.flatMap { try $0.find(text, reader) } }
    }

    private static func content(_ text: String, _ hits: [Hit]) -> Markup {
        let rows = hits.map { TableRowView([.text($0.title), .text($0.kind), $0.detail.isEmpty ? .absent : .text($0.detail)], href: $0.link) }
        let empty = text.isEmpty
            ? EmptyView("在上方输入要找的人、户、件或地名", "可用姓名、拼音首字母、身份证号码、办件编号")
            : EmptyView("没有找到“\(text)”", "请核对后再搜；只找得到您辖区内的人、户、件和地名")
        return TableView(caption: text.isEmpty ? "搜索结果" : "“\(text)”的搜索结果，\(hits.count) 条",
                         columns: [ColumnView("名称"), ColumnView("类别"), ColumnView("说明")], rows: rows, empty: empty).markup
    }
}
