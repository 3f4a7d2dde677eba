import Kernel
import Pages
import Storage
import Values

/// 系统状态。Which nodes serve, whether they agree, and what waits behind the acts.
let statusPage = Page("status", "系统状态", roles: [.systemAdministrator], inMenu: true) { visit in
    let connection = visit.reader.connection
    let now = try connection.databaseTime(), nodes = try Node.all(connection), waiting = try Backlog(connection), backup = try LastBackup.at(connection)
    let facts = FactsView([
        .init("日志待封存", "\(waiting.unsealed) 条"), .init("后台任务未完成", "\(waiting.jobs) 个"), .init("消息待发", "\(waiting.messages) 条"),
        .init("最近一次备份", backup?.shown ?? "还没有做过"), .init("程序版本", Program.version),
    ])
    let discords = Node.discords(nodes, at: now).map { NoticeBoxView(.warn, $0) }, table = nodeTable(nodes, at: now)
    return Page.Body("系统状态", breadcrumbs: [("工作台", "/desk/workbench")]) { "\(each: discords)\(facts)\(table)" }
}

private func nodeTable(_ nodes: [Node], at now: Instant) -> TableView {
    TableView(id: "nodes", caption: "服务节点", columns: [
        ColumnView("节点"), ColumnView("状态"), ColumnView("监听地址", .code), ColumnView("版本", .code), ColumnView("密钥指纹", .code), ColumnView("时钟"),
        ColumnView("启动", .date), ColumnView("最近报到", .date),
    ], rows: nodes.map { node in
        TableRowView([
            .text(node.name), .tag(TagView(node.state(at: now), node.isLive(at: now) ? .ok : node.stoppedAt == nil ? .stop : .plain)), .text(node.address),
            .text(node.version), .text(String(node.keyPrint.prefix(8))), .text(node.shownDrift), .text(node.startedAt.shown), .text(node.seenAt.shown),
        ])
    }, empty: EmptyView("没有节点报到", "用 minzheng serve 启动的服务会出现在这里。"))
}

/// 积压。What waits behind the acts.
public struct Backlog: Hashable, Sendable {
    /// Entries of the journal that no block holds yet.
    public let unsealed: Int
    public let jobs: Int
    public let failedJobs: Int
    public let messages: Int

    public init(_ connection: any Connection) throws {
        unsealed = try connection.value("SELECT count(*) FROM journal WHERE block IS NULL") ?? 0
        jobs = try connection.value("SELECT count(*) FROM job WHERE finished_at IS NULL") ?? 0
        failedJobs = try connection.value("SELECT count(*) FROM job WHERE state = 'failed'") ?? 0
        messages = try connection.value("SELECT count(*) FROM outbox WHERE sent_at IS NULL AND tries < 10") ?? 0
    }
}
