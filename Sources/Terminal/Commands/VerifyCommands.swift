import ArgumentParser
import Commons
import Kernel

/// `minzheng verify`.
struct VerifyCommands: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "verify", abstract: "校验", subcommands: [VerifyJournal.self, VerifyLedger.self, VerifyIndicators.self])
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

/// Recomputes every posting's code, every balance and every month's proof; ends with 1 and names the row when something was changed.
struct VerifyLedger: Errand {
    static let configuration = CommandConfiguration(commandName: "ledger", abstract: "从逐笔记账重算余额和各批次的对账证明")

    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let (ledger, payments) = try await options.withOffice(at: place, .untouched) { office in
            (try await LedgerCheck.verify(office.database, office.house.keyring), try await PaymentCheck.verify(office.counter))
        }
        place.console.line("分录 \(ledger.entries) 笔，记账 \(ledger.postings) 行；批次 \(payments.runs) 个，名册 \(payments.lines) 行")
        guard ledger.isSound, payments.isSound else {
            (ledger.faults + payments.faults).forEach(place.console.complain)
            throw ExitCode(1)
        }
        place.console.line("账目完好：逐笔行签相符，各分录平衡，余额与逐笔合计一致，各批次的对账证明可以重算")
    }
}
