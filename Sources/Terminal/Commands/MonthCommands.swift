import ArgumentParser
import Commons
import Kernel
import Values

/// `minzheng month`: a month of payments from the terminal, by the same acts as on its page.
struct MonthCommands: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "month", abstract: "月度发放：开月、检查、签批、报盘、回盘、办结", subcommands: [
        MonthOpen.self, MonthOpenList.self, MonthOpenOrganisations.self, MonthCheck.self,
        MonthSign.self, MonthFile.self, MonthReturn.self, MonthReissue.self, MonthClose.self, MonthAbandon.self, MonthShow.self,
    ])
}

/// What every step of a month is told.
struct MonthOptions: ParsableArguments {
    @Argument(help: "月份，如 2024-07") var month: String
    @Option(name: .customLong("as"), help: "经办人的用户名") var user: String
    @Option(name: .long, help: "批次编号，如 FF2024-000001；同月有几个批次时要写") var run: String?
    @Option(name: .long, help: "办理日期，只用于示范数据") var today: String?
    @OptionGroup var place: PlaceOptions

    /// Opens the office, finds the person and the run of the month.
    func withRun(at workplace: Workplace, _ work: (Office, Actor, ID<PaymentRun>) async throws -> Void) async throws {
        try await place.withOffice(at: workplace) { office in
            let office = try await office.standing(on: today), actor = try await office.accounts.actor(named: user)
            try await work(office, actor, try await find(office, actor))
        }
    }

    private func find(_ office: Office, _ actor: Actor) async throws -> ID<PaymentRun> {
        let month = try Month(typed: month), number = run
        let found = try await office.counter.read(as: actor) { try $0.runs(of: month) }.filter { number == nil || $0.number == number }
        let open = found.filter { !$0.isClosed }, candidates = open.isEmpty ? found : open
        guard let only = candidates.first else { throw Refusal.absent("\(month.shown)没有\(number.map { "编号为 \($0) 的" } ?? "")发放批次，请先开月：minzheng month open \(month.typed)") }
        guard candidates.count == 1 else { throw Refusal.conflict("\(month.shown)有几个批次：\(candidates.map(\.number).joined(separator: "、"))。请用 --run 写明编号") }
        return only.id
    }

    /// One act on the run of the month, and what follows from it by itself.
    func act(_ name: String, _ more: [String: String] = [:], at workplace: Workplace) async throws {
        try await withRun(at: workplace) { office, actor, run in
            workplace.console.line(try await office.act(name, more.merging(["run": run.text]) { first, _ in first }, as: actor))
            try await office.finish(run, workplace.console)
        }
    }
}

extension Office {
    fileprivate func act(_ name: String, _ values: [String: String], as actor: Actor) async throws -> String {
        let submission = Submission("payments.\(name)", id: .make(at: counter.clock.now()), values: RawFields(values.mapValues { .typed($0) }))
        return try await counter.submit(submission, as: actor).outcome.message
    }

    /// Does what the house does behind an act, and tells how far it came.
    fileprivate func finish(_ run: ID<PaymentRun>, _ console: Console) async throws {
        let report = ProgressReport(console)
        try await PaymentWork(counter: counter).runToEnd(of: run) { run in
            if run.inputs > run.done { report.tell("列名册", run.done, run.inputs) } else if run.posted < run.lines, run.posted > 0 { report.tell("记账", run.posted, run.lines) }
        }
        try await LedgerFolding(database).foldWaiting()
    }
}

struct MonthOpen: Errand {
    static let configuration = CommandConfiguration(commandName: "open", abstract: "开月：冻结数据，列出名册")

    @Argument(help: "月份，如 2024-07") var month: String
    @Option(name: .customLong("as"), help: "经办人的用户名") var user: String
    @Option(name: .long, help: "区划代码，默认为经办人的辖区") var region: String?
    @Option(name: .long, help: "只发这个项目；不写为全部项目") var programme: String?
    @Option(name: .long, help: "发放渠道：bank 银行代发，treasury 财政一卡通平台") var channel = "bank"
    @Option(name: .long, help: "办理日期，只用于示范数据") var today: String?
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            let office = try await office.standing(on: today), actor = try await office.accounts.actor(named: user)
            var values = ["region": region ?? actor.region.code, "month": month, "channel": channel]
            values["programme"] = programme
            let submission = Submission("payments.open-month", id: .make(at: office.counter.clock.now()), values: RawFields(values.mapValues { .typed($0) }))
            let receipt = try await office.counter.submit(submission, as: actor)
            place.console.line(receipt.outcome.message)
            guard let run = ID<PaymentRun>(rawValue: receipt.outcome.subject) else { return }
            try await office.finish(run, place.console)
            try await MonthShow.show(run, office, actor, place.console)
        }
    }
}

/// What opening a batch outside the months is told.
struct BatchOptions: ParsableArguments {
    @Option(name: .customLong("as"), help: "经办人的用户名") var user: String
    @Option(name: .long, help: "区划代码，默认为经办人的辖区") var region: String?
    @Option(name: .long, help: "发放渠道：bank 银行代发，treasury 财政一卡通平台") var channel = "bank"
    @Option(name: .long, help: "办理日期，只用于示范数据") var today: String?
    @OptionGroup var place: PlaceOptions

    /// Opens a batch by an act, draws up its roster and shows it.
    func open(_ act: String, _ values: [String: String], at workplace: Workplace) async throws {
        try await place.withOffice(at: workplace) { office in
            let office = try await office.standing(on: today), actor = try await office.accounts.actor(named: user)
            let whole = values.merging(["region": region ?? actor.region.code, "channel": channel]) { first, _ in first }
            let submission = Submission("payments.\(act)", id: .make(at: office.counter.clock.now()), values: RawFields(whole.mapValues { .typed($0) }))
            let receipt = try await office.counter.submit(submission, as: actor)
            workplace.console.line(receipt.outcome.message)
            guard let run = ID<PaymentRun>(rawValue: receipt.outcome.subject) else { return }
            try await office.finish(run, workplace.console)
            try await MonthShow.show(run, office, actor, workplace.console)
        }
    }
}

struct MonthOpenList: Errand {
    static let configuration = CommandConfiguration(commandName: "open-list", abstract: "按名单一次性发放：春节慰问金、一次性生活补助、价格临时补贴")

    @Argument(help: "名目代码，如 festival-2024；名单用 import 或者「列入一次性发放名单」") var name: String
    @Option(name: .long, help: "名称，如 2024年春节慰问金") var title: String
    @Option(name: .long, help: "依据：文件名称、文号") var basis: String
    @Option(name: .long, help: "所属月份，如 2024-02") var month: String
    @OptionGroup var options: BatchOptions

    func run(at place: Workplace) async throws {
        try await options.open("open-listed-one-off", ["name": name, "title": title, "basis": basis, "month": month], at: place)
    }
}

struct MonthOpenOrganisations: Errand {
    static let configuration = CommandConfiguration(commandName: "open-organisations", abstract: "付给机构：把等待付款的机构请领列入一个批次")

    @Argument(help: "项目，如 operating-subsidy 或者 养老机构运营补贴") var programme: String
    @Argument(help: "时段：2024-07、2024-Q3、2024-H2 或 2024") var period: String
    @OptionGroup var options: BatchOptions

    func run(at place: Workplace) async throws {
        try await options.open("open-organisation-run", ["programme": programme, "period": period], at: place)
    }
}

struct MonthCheck: Errand {
    static let configuration = CommandConfiguration(commandName: "check", abstract: "检查名册，锁定摘要")
    @OptionGroup var options: MonthOptions
    func run(at place: Workplace) async throws { try await options.act("check-month", at: place) }
}

struct MonthSign: Errand {
    static let configuration = CommandConfiguration(commandName: "sign", abstract: "签批：按经办人的岗位签业务、财务或者领导那一道")
    @OptionGroup var options: MonthOptions

    func run(at place: Workplace) async throws {
        try await options.withRun(at: place) { office, actor, run in
            let name: String = switch actor.role {
            case .finance: "sign-as-finance"
            case .leader: "sign-as-leader"
            default: "sign-as-business"
            }
            place.console.line(try await office.act(name, ["run": run.text], as: actor))
            try await office.finish(run, place.console)
        }
    }
}

struct MonthFile: Errand {
    static let configuration = CommandConfiguration(commandName: "file", abstract: "生成发放文件并取出")
    @OptionGroup var options: MonthOptions
    @Option(name: .long, help: "存到哪个文件") var out: String

    func run(at place: Workplace) async throws {
        try await options.withRun(at: place) { office, actor, run in
            let awaited = try await office.counter.read(as: actor) { try $0.caseFile(run).state == RunState.filed.name }
            if !awaited {
                place.console.line(try await office.act("file-payments", ["run": run.text], as: actor))
                try await office.finish(run, place.console)
            }
            guard actor.role == .finance else { throw Refusal.forbidden("发放文件由财务取出，您的岗位是\(actor.role.label)") }
            let (bytes, rows) = try await office.counter.read(as: actor) { reader -> ([UInt8], Int) in
                guard let batch = try reader.batches(of: run).last(where: { $0.fileHash != nil }) else { throw Refusal.absent("还没有发放文件") }
                var bytes: [UInt8] = []
                try reader.eachPiece(of: batch.id) { bytes += $0 }
                return (bytes, batch.rows)
            }
            try await office.counter.access.write(AccessNote(.export, "payments.file", subject: run.text, rows: rows), by: actor, at: office.counter.clock.now())
            try place.console.save(bytes, to: out)
            place.console.line("发放文件已存到 \(out)，\(rows) 笔")
        }
    }
}

struct MonthReturn: Errand {
    static let configuration = CommandConfiguration(commandName: "return", abstract: "登记回盘文件；有毛病的整份不收")
    @OptionGroup var options: MonthOptions
    @Option(name: .long, help: "回盘文件，- 为标准输入") var file: String

    func run(at place: Workplace) async throws {
        let source = file == "-" ? ReturnSource(bytes: try place.console.contents(of: file)) : ReturnSource(path: file)
        try await options.withRun(at: place) { office, actor, run in
            let receipt = try await PaymentWork(counter: office.counter).takeReturn(source, of: run, as: actor)
            place.console.line(receipt.outcome.message)
            try await LedgerFolding(office.database).foldWaiting()
        }
    }
}

struct MonthReissue: Errand {
    static let configuration = CommandConfiguration(commandName: "reissue", abstract: "补发失败的，或者用 --defer 转入下月")
    @OptionGroup var options: MonthOptions
    @Option(name: .customLong("defer"), help: "转入下月的原因") var reason: String?

    func run(at place: Workplace) async throws {
        if let reason { try await options.act("defer-failed", ["reason": reason], at: place) } else { try await options.act("reissue-failed", at: place) }
    }
}

struct MonthClose: Errand {
    static let configuration = CommandConfiguration(commandName: "close", abstract: "对账办结，差额为零才能办")
    @OptionGroup var options: MonthOptions
    func run(at place: Workplace) async throws { try await options.act("close-month", at: place) }
}

struct MonthAbandon: Errand {
    static let configuration = CommandConfiguration(commandName: "abandon", abstract: "签批之前放弃批次")
    @OptionGroup var options: MonthOptions
    @Option(name: .long, help: "放弃的原因") var reason: String
    func run(at place: Workplace) async throws { try await options.act("abandon-month", ["reason": reason], at: place) }
}

struct MonthShow: Errand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "一个批次到哪一步，与上月差在哪里")
    @OptionGroup var options: MonthOptions

    func run(at place: Workplace) async throws {
        try await options.withRun(at: place) { office, actor, run in try await Self.show(run, office, actor, place.console) }
    }

    static func show(_ run: ID<PaymentRun>, _ office: Office, _ actor: Actor, _ console: Console) async throws {
        let summary = try await office.counter.read(as: actor) { try $0.summary(of: run) }
        console.line("\(summary.title)（\(summary.number)）：\(summary.state)")
        console.write(TextTable(summary.columns.enumerated().map { TextTable.Column($1, isNumber: $0 > 1) }, summary.rows).text)
        if let proof = summary.proofHash { console.line("对账证明 \(proof)") }
    }
}

/// `minzheng payee`.
struct PayeeCommands: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "payee", abstract: "收款人", subcommands: [PayeeShow.self, PayeeChangeTo.self, PayeeRestore.self])
}

/// `minzheng payee change`: the heirs of the dead, a guardian, or somebody entrusted receives in place of a person.
struct PayeeChangeTo: Errand {
    static let configuration = CommandConfiguration(commandName: "change", abstract: "更换收款人：本人去世后的余款给继承人，监护人、受托人代收")

    @Argument(help: "享受待遇的人：人员编号") var person: String
    @Argument(help: "新的收款人：公民身份号码或者人员编号") var receiver: String
    @Option(name: .long, help: "heir 继承人，guardian 监护人，entrusted 书面委托") var reason: String
    @Option(name: .long, help: "凭据：公证书、具结书、委托书的日期、编号") var evidence: String
    @Option(name: .customLong("as"), help: "经办人的用户名") var user: String
    @Option(name: .long, help: "办理日期，只用于示范数据") var today: String?
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            let office = try await office.standing(on: today), actor = try await office.accounts.actor(named: user)
            place.console.line(try await office.act("change-payee", ["person": person, "receiver": receiver, "reason": reason, "evidence": evidence], as: actor))
        }
    }
}

/// `minzheng payee restore`.
struct PayeeRestore: Errand {
    static let configuration = CommandConfiguration(commandName: "restore", abstract: "恢复本人收款")

    @Argument(help: "享受待遇的人：人员编号") var person: String
    @Option(name: .long, help: "恢复的原因") var reason: String
    @Option(name: .customLong("as"), help: "经办人的用户名") var user: String
    @Option(name: .long, help: "办理日期，只用于示范数据") var today: String?
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            let office = try await office.standing(on: today), actor = try await office.accounts.actor(named: user)
            place.console.line(try await office.act("end-payee-change", ["person": person, "reason": reason], as: actor))
        }
    }
}

/// `minzheng payee show`: what a person was paid month by month, and why.
struct PayeeShow: Errand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "一个人各月的发放和理由")

    @Argument(help: "人员编号") var person: String
    @Option(name: .customLong("as"), help: "查看人的用户名") var user: String
    @Option(name: .long, help: "只看一个月") var month: String?
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            let actor = try await office.accounts.actor(named: user), id = try ID<Person>(typed: person), month = try month.map { try Month(typed: $0) }
            try await office.counter.note(AccessNote(.open, "payments/payees/{id}", subject: id.text), by: actor)
            let told = try await office.counter.read(as: actor) { try $0.paymentStory(of: id, month) }
            if told.isEmpty { place.console.line("没有发放记录") }
            for (title, sentences) in told {
                place.console.line(title)
                for sentence in sentences { place.console.line("  \(sentence)") }
            }
        }
    }
}

/// `minzheng bank`.
struct BankCommands: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "bank", abstract: "模拟的发放渠道，用于演练", subcommands: [BankSimulate.self])
}

/// `minzheng bank simulate FILE`: answers a payment file as a channel would.
struct BankSimulate: Errand {
    static let configuration = CommandConfiguration(commandName: "simulate", abstract: "按所说的比例和原因，给发放文件做一份回盘")

    @Argument(help: "发放文件") var file: String
    @Option(name: .long, help: "回盘文件存到哪里") var out: String
    @Option(name: .long, help: "渠道：bank 或 treasury；不写按文件认") var channel: String?
    @Option(name: .long, help: "失败的比例，如 2%") var failing = "0%"
    @Option(name: .long, help: "失败的原因代码，逗号隔开：01 销户 02 冻结 03 户名不符 04 账号有误 05 限额 99 其他") var reasons = "01,02,03,04"
    @Option(name: .long, help: "种子；同一文件同一种子，结果相同") var seed: UInt64 = 1
    @Option(name: .long, help: "回盘日期，默认今天") var on: String?

    func run(at place: Workplace) async throws {
        let bytes = try place.console.contents(of: file)
        let kind = try channel.map { try ChannelKind(typed: $0) } ?? (bytes.first == UInt8(ascii: "H") ? .bank : .treasury)
        let codes = try reasons.split(separator: ",").map { try ReturnCode(typed: String($0)) }
        let day = try on.map { try CivilDate(typed: $0) } ?? SystemClock().now().date
        let answer = try SimulatedChannel(failing: try BasisPoints(typed: failing), reasons: codes, seed: seed).answer(bytes, in: kind.format, on: day)
        try place.console.save(answer, to: out)
        let returned = try kind.format.returned(answer)
        place.console.line("回盘文件已存到 \(out)：成功 \(returned.credited) 笔 \(returned.creditedSum.shown)，失败 \(returned.failed) 笔 \(returned.failedSum.shown)")
    }
}
