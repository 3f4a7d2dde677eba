import Hummingbird
import Kernel
import Pages
import Storage
import Values

/// 回执。What an act brought about, told once at the head of the page it leads to; the words are the journal's.
struct Receipts: Sendable {
    let services: Services

    struct Done: Sendable {
        let title: String
        let message: String
    }

    /// The receipt of an act, for the person who did it.
    private func done(_ act: String, for actor: Actor) async throws -> Done? {
        guard let id = ID<JournalEntry>(rawValue: act) else { return nil }
        let found = try await services.counter.read(as: actor) { reader in
            try reader.connection.first("SELECT action, message FROM journal WHERE id = \(id) AND actor = \(actor.user)") { row in
                (action: try row.read(0) as String, message: try row.read(1) as String)
            }
        }
        return found.map { Done(title: (try? services.house.action($0.action).title) ?? $0.action, message: $0.message) }
    }

    /// Above the page that the act led to, when its address says `?done=`.
    func above(_ shell: Shell) async throws -> Markup {
        guard let act = Query(shell.request)["done"], let done = try await done(act, for: shell.actor) else { return .empty }
        return Self.view(done).markup
    }

    private static func view(_ done: Done) -> ReceiptView {
        let parts = done.message.split(separator: "下一步：", maxSplits: 1).map(String.init)
        return ReceiptView("\(done.title)：\(parts.first ?? done.message)", next: parts.count > 1 ? parts[1] : "本件已办好并记入日志，可以继续办理其他事项")
    }

    /// Where the browser goes after an act: to what it made or changed, or to a page for its receipt alone.
    static func address(_ receipt: Receipt) -> String {
        guard let link = receipt.outcome.link, Href.isSafe(link), link.hasPrefix("/") else { return "/desk/receipt/\(receipt.act.text)" }
        let parts = link.split(separator: "#", maxSplits: 1)
        let path = parts.first.map(String.init) ?? "/", anchor = parts.count > 1 ? "#\(parts[1])" : ""
        return path + (path.contains("?") ? "&" : "?") + "done=\(receipt.act.text)" + anchor
    }
}
