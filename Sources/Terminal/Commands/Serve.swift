import ArgumentParser
import Commons
import Demo
import Kernel
import Values
import Web

/// `minzheng serve`: pages and interface until it is told to stop.
struct Serve: Errand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "启动网页和接口服务")

    @Option(name: .long, help: "监听地址，默认 127.0.0.1") var host: String?
    @Option(name: .long, help: "监听端口，默认 8080") var port: String?
    @Option(name: .long, help: "大家访问的地址，如 https://minzheng.example.gov.cn；写 https 时登录凭证只经加密连接传送") var address: String?
    @Option(name: .long, help: "节点名称；几个节点共用一个数据库时，各取一个") var node: String?
    @Option(name: .long, help: "办理日期，只用于示范数据") var today: String?
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let configuration = try options.configuration(at: place, [.host: host, .port: port, .address: address, .node: node])
        let office = try await Office.open(place.lines, configuration, .create)
        do {
            if let warning = try await office.requireKeptTwice() { place.console.complain(warning) }
            let standing = try await office.standing(on: today)
            place.console.write(try await standing.welcome())
            try await standing.server(sending: try await standing.channels()).run()
        } catch {
            try await office.close()
            throw error
        }
        try await office.close()
    }
}

extension Office {
    /// The web face over this office.
    func server(sending channels: [any Channel]) -> WebServer {
        let services = Services(counter, attachments: DataFolder(configuration.data).attachments, keeping: configuration.keeping, bureau: configuration.title,
                                isSecure: configuration.isSecure, signIn: configuration.signIn, imports: imports,
                                node: ServingNode(name: configuration.node, proxies: configuration.proxies, metricsToken: configuration.metricsToken))
        return WebServer(services: services, host: configuration.host, port: configuration.port, channels: channels,
                         drain: .seconds(configuration.drainSeconds), log: configuration.logFormat)
    }

    /// A real office that decides and pays keeps each act on a second machine before it answers.
    /// - Returns: what an administrator should look at; nil when all is well, and for the embedded file and for demonstrations.
    /// - Throws: `.conflict` when acts would stand on one machine alone and nobody has taken that upon himself in words.
    func requireKeptTwice() async throws -> String? {
        guard configuration.database != nil, try await demoMark() == nil else { return nil }
        let facts = try await database.read { try ReplicationFacts($0) }
        switch try ProductionRule.verdict(facts, isAccepted: configuration.allowsAsynchronousReplication) {
        case .sound: return nil
        case .warning(let text): return "请注意：\(text)"
        }
    }

    /// A demonstration writes its messages to a file. A real office has no channel yet: they wait in the outbox, and `doctor` counts them.
    func channels() async throws -> [any Channel] {
        try await demoMark() == nil ? [] : [FileChannel(path: "\(configuration.data)/sent-messages.txt")]
    }

    /// Where to look, and in a demonstration as whom.
    func welcome() async throws -> String {
        let local = "http://\(configuration.host):\(configuration.port)"
        let address = "\(configuration.title)：\(configuration.address.isEmpty ? local : "\(configuration.address)（监听 \(local)）")\n"
        guard try await demoMark() != nil else { return address }
        let rows = try await database.read { connection in
            try connection.all("SELECT username, name, role, region FROM user_account WHERE disabled_on IS NULL ORDER BY id LIMIT 40") { row in
                [try row.read(0) as String, (try row.read(2) as Role).label, try row.read(1) as String, (try row.read(3) as RegionCode).shown]
            }
        }
        let table = TextTable(["用户名", "岗位", "姓名", "区域"].map { TextTable.Column($0) }, rows)
        return address + "示范数据，请勿录入真实信息。以下账号的密码都是 \(DemoCity.password)\n" + table.text
    }
}
