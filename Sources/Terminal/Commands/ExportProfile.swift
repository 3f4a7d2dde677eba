import ArgumentParser
import Commons
import Foundation
import Kernel
import Values
import Web

/// `minzheng export`.
struct ExportCommands: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "export", abstract: "对外报送", subcommands: [ExportProfile.self])
}

/// `minzheng export profile`: another authority's form, filled by a profile; journalled like any run.
struct ExportProfile: Errand {
    static let configuration = CommandConfiguration(commandName: "profile", abstract: "按报送方案导出（xlsx）")

    @Argument(help: "方案名称") var name: String
    @Option(name: .customLong("as"), help: "经办人的用户名") var user: String
    @Option(name: .long, help: "这次报送的事由") var reason: String
    @Option(name: .customLong("to"), help: "写入的 xlsx 文件") var file: String
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let made = try await options.withOffice(at: place) { office in
            let counter = office.counter, actor = try await office.accounts.actor(named: user), profile = try await counter.outboundProfile(named: name, as: actor)
            let values: RawFields = ["profile": .typed(profile.id.text), "reason": .typed(reason)]
            let submission = Submission("exchange.run-outbound-profile", id: .make(at: counter.clock.now()), values: values, version: profile.version)
            _ = try await counter.submit(submission, as: actor)
            let made = try await OutboundFile.make(profile, counter, as: actor)
            try await counter.noteOutbound(profile, rows: made.rows, reason: reason, by: actor)
            return made
        }
        try place.console.save(made.bytes, to: file)
        place.console.line("已写入 \(file)：\(made.rows) 行")
    }
}
