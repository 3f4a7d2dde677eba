import ArgumentParser
import Commons
import Kernel
import Values

/// `minzheng nodes`: who serves over this database.
struct Nodes: Errand {
    static let configuration = CommandConfiguration(commandName: "nodes", abstract: "服务节点：有哪些、版本和密钥是否一致、时钟差多少")

    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let (nodes, now) = try await options.withOffice(at: place) { office in
            try await office.database.read { (try Node.all($0), try $0.databaseTime()) }
        }
        guard !nodes.isEmpty else { return place.console.line("还没有节点报到；用 minzheng serve 启动的服务会出现在这里") }
        let columns = ["节点", "状态", "监听地址", "版本", "密钥指纹", "时钟", "启动", "最近报到"].map { TextTable.Column($0) }
        place.console.write(TextTable(columns, nodes.map { node in
            [node.name, node.state(at: now), node.address, node.version, String(node.keyPrint.prefix(8)), node.shownDrift, node.startedAt.shown, node.seenAt.shown]
        }).text)
        Node.discords(nodes, at: now).forEach { place.console.line("! \($0)") }
    }
}
