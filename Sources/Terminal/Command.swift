import ArgumentParser
import Cryptography
import Foundation
import Kernel
import Storage
import Values

/// 命令。The commands of `minzheng`: read the arguments, run the errand, and end with 0, 1 (refused) or 64 (misused).
public enum Command {
    public static func run(_ lines: [Line]) async {
        let code = await run(lines, Array(CommandLine.arguments.dropFirst()), on: .process)
        exit(code)
    }

    /// The same without ending the process.
    static func run(_ lines: [Line], _ arguments: [String], on console: Console) async -> Int32 {
        do {
            let command = try Root.parseAsRoot(arguments)
            guard let errand = command as? any Errand else { return try runHelp(command) }
            return await run(errand, at: Workplace(lines: lines, console: console))
        } catch {
            return tell(error, on: console)
        }
    }

    /// A group of commands, or `help`: running it asks for its help.
    private static func runHelp(_ command: any ParsableCommand) throws -> Int32 {
        var command = command
        try command.run()
        return 0
    }

    private static func run(_ errand: any Errand, at place: Workplace) async -> Int32 {
        do {
            try await errand.run(at: place)
            return 0
        } catch let code as ExitCode {
            return code.rawValue
        } catch let error as ValidationError {
            return tell(error, on: place.console)
        } catch let refusal as Refusal {
            place.console.complain(refusal.lines.joined(separator: "\n"))
        } catch let error as any CustomStringConvertible & Error where error is StorageError || error is CryptoError {
            place.console.complain(error.description)
        } catch {
            place.console.complain("程序出错，没有完成：\(error)")
        }
        return 1
    }

    /// Help goes to the output, misuse to the errors.
    private static func tell(_ error: any Error, on console: Console) -> Int32 {
        let code = Root.exitCode(for: error).rawValue
        if code == 0 { console.write(Wording.help(Root.fullMessage(for: error)) + "\n") } else { console.complain(Wording.misuse(Root.message(for: error))) }
        return code
    }
}

/// `minzheng` itself.
struct Root: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "minzheng", abstract: "民政一体化平台",
        subcommands: [
            Serve.self, DemoCommands.self, DoAct.self, ListRows.self, PrintPapers.self, ImportCommands.self, ExportCommands.self, Ask.self,
            MonthCommands.self, PayeeCommands.self, BankCommands.self, PeopleCommands.self, PlanCommands.self, FiguresCommands.self, IndicatorCommands.self, PolicyCommands.self,
            RegionCommands.self, UserCommands.self,
            Backup.self, Restore.self, MoveStore.self, GatherFiles.self, DumpStore.self, KeyCommands.self, VerifyCommands.self, Doctor.self, Nodes.self, Migrate.self,
            Permissions.self, WriteOpenAPI.self,
            ConfigCommands.self, BenchCommands.self, ShowTour.self,
        ])
}

/// What a command does once its arguments are read.
protocol Errand: ParsableCommand {
    func run(at place: Workplace) async throws
}

/// What every errand is given: the lines of the bureau, and where it reads and writes.
struct Workplace: Sendable {
    let lines: [Line]
    let console: Console
}

extension Refusal {
    /// The sentence, then each field on a line of its own.
    var lines: [String] {
        guard problems.count > 1 || problems.contains(where: { !$0.path.isEmpty }) else { return [description] }
        let fields = problems.map { "  \($0.path.isEmpty ? "整体" : $0.path.joined(separator: "."))：\($0.message)" }
        return problems.count == 1 && problems[0].message == message ? ["填写有误："] + fields : [description] + fields
    }
}
