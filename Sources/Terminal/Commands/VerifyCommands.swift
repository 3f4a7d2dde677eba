import ArgumentParser
import Kernel

/// `minzheng verify`.
struct VerifyCommands: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "verify", abstract: "校验", subcommands: [VerifyJournal.self])
}

/// Recomputes the sealed journal; ends with 1 and names the block when something was changed.
struct VerifyJournal: Errand {
    static let configuration = CommandConfiguration(commandName: "journal", abstract: "校验日志的封存链")

    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let verdict = try await options.withOffice(at: place, .untouched) { try await Sealer.verify($0.database) }
        place.console.line("共 \(verdict.blocks) 块，已封存 \(verdict.sealedEntries) 条，待封存 \(verdict.unsealedEntries) 条")
        place.console.line("链首：\(verdict.head)")
        guard verdict.isSound else {
            verdict.faults.forEach(place.console.complain)
            throw ExitCode(1)
        }
        place.console.line("日志完好。请将链首抄存或打印，以后可据此证明此前的日志未被改动")
    }
}
