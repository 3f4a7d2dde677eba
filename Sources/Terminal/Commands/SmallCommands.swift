import ArgumentParser
import Kernel
import Web
import Values

/// `minzheng openapi`: the description of the interface.
struct WriteOpenAPI: Errand {
    static let configuration = CommandConfiguration(commandName: "openapi", abstract: "输出接口说明（OpenAPI 3.1）")

    @Option(name: .long, help: "写入的文件；不写则输出到屏幕") var out: String?
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let text = OpenAPI.document(place.lines, title: try options.configuration(at: place).title).indentedText
        guard let out else { return place.console.write(text) }
        try place.console.save(text, to: out)
        place.console.line("已写入 \(out)")
    }
}

/// `minzheng migrate`: makes the database or brings it up to date.
struct Migrate: Errand {
    static let configuration = CommandConfiguration(commandName: "migrate", abstract: "建库，或把数据库升级到本程序的版本")

    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place, .create) { office in
            let count = try await office.appliedMigrations().count
            place.console.line("数据库已是最新：\(office.configuration.data)，共 \(count) 步")
        }
    }
}

/// `minzheng config`.
struct ConfigCommands: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "config", abstract: "配置", subcommands: [ShowConfig.self])
}

/// Each value with where it was found.
struct ShowConfig: Errand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "显示每项设置的值和来源")

    @Option(name: .long, help: "监听地址") var host: String?
    @Option(name: .long, help: "监听端口") var port: String?
    @Option(name: .long, help: "访问地址") var address: String?
    @Option(name: .long, help: "节点名称") var node: String?
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let configuration = try options.configuration(at: place, [.host: host, .port: port, .address: address, .node: node])
        let columns = ["设置", "名称", "值", "来源"].map { TextTable.Column($0) }
        place.console.write(TextTable(columns, configuration.settings.map { [$0.name.label, $0.name.rawValue, $0.shown, $0.source.shown] }).text)
    }
}
