import ArgumentParser
import Commons
import Documents
import Foundation
import Kernel
import Values

/// `minzheng plan`.
struct PlanCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "工作计划：读出任务和目标，导入、查看、看进度", subcommands: [ReadPlan.self, ImportPlanFile.self, ListPlans.self, ShowPlan.self, PlanStatusCommand.self])
}

/// `minzheng plan import 要点.docx --as zhengce --year 2025`.
struct ImportPlanFile: Errand {
    static let configuration = CommandConfiguration(commandName: "import", abstract: "导入计划：读出任务和目标，成为待确认的计划；--into 换新文稿")

    @Argument(help: "文稿：txt、docx、html 或带文字的 PDF") var file: String
    @Option(name: .customLong("as"), help: "导入人的用户名") var user: String
    @Option(name: .long, help: "年度；不写则取文稿里的") var year: Int?
    @Option(name: .long, help: "名称；不写则取文稿的标题") var title: String?
    @Option(name: .long, help: "区划代码；不写则为导入人的区域") var region: String?
    @Option(name: .long, help: "已有计划的编号：换成这份新文稿，先看差别，不直接采用") var into: String?
    @Flag(name: .long, help: "导入后立即确认；与 --into 同用则立即采用") var confirm = false
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let bytes = try DocumentText.bytes(at: file), text = try DocumentText(bytes, name: file), name = URL(fileURLWithPath: file).lastPathComponent
        try await options.withOffice(at: place) { office in
            let actor = try await office.accounts.actor(named: user), intake = try office.house.intake("planning", "plans", for: actor)
            let query = ["plan": into, "region": region].compactMapValues(\.self)
            let kept = try await intake.take(HandedDocument(text: text.text, name: name, format: text.format.label, query: query, original: bytes), office.counter, actor)
            let desk = PlanDesk(office: office, actor: actor, console: place.console)
            if into != nil { return try await desk.replace(kept, applying: confirm) }
            let plan = try await desk.importing(kept.id, year: year, title: title)
            if confirm { try await desk.submit("planning.confirm-plan", ["plan": .typed(plan)]) }
        }
    }
}

/// Acts on plans, said on the console.
private struct PlanDesk {
    let office: Office
    let actor: Actor
    let console: Console

    @discardableResult
    func submit(_ permission: String, _ values: RawFields) async throws -> String {
        let submission = Submission(permission, id: .make(at: office.counter.clock.now()), values: values)
        let outcome = try await office.counter.submit(submission, as: actor).outcome
        console.line(outcome.message)
        console.line("编号 \(outcome.subject)")
        return outcome.subject
    }

    /// What the document says stands where the command says nothing.
    func importing(_ document: String, year: Int?, title: String?) async throws -> String {
        let action = try office.house.action("planning.import-plan")
        var values = try await office.counter.read(as: actor) { try action.known(document, $0) }
        if let year { values["year"] = .typed(String(year)) }
        if let title { values["title"] = .typed(title) }
        guard values["year"] != nil else { throw Refusal.invalid("文稿里没有写年度，请用 --year 写明") }
        guard values["title"] != nil else { throw Refusal.invalid("文稿没有标题，请用 --title 写明计划名称") }
        return try await submit("planning.import-plan", values)
    }

    func replace(_ kept: KeptDocument, applying: Bool) async throws {
        let edition = kept.link.split(separator: "/").last.map(String.init) ?? ""
        console.line("新文稿已读出，差别见 \(kept.link)")
        if applying { try await submit("planning.apply-edition", ["edition": .typed(edition)]) }
    }
}

/// `minzheng plan list`.
struct ListPlans: Errand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出工作计划")

    @Option(name: .customLong("as"), help: "查看人的用户名") var user: String
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            let listing = try office.house.listing("planning", "plans"), actor = try await office.accounts.actor(named: user)
            try await ListingPrint(listing: listing, request: ListingRequest(), limit: nil, office: office, actor: actor, console: place.console).table()
        }
    }
}

/// `minzheng plan show 01… --as zhengce`: its targets in its own order.
struct ShowPlan: Errand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "列出一份计划的任务和目标，按文稿的次序")

    @Argument(help: "计划编号，见 plan list") var plan: String
    @Option(name: .customLong("as"), help: "查看人的用户名") var user: String
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            let actor = try await office.accounts.actor(named: user), question = ["plan": .typed(plan)] as RawFields
            let inquiry = try office.house.inquiry("planning", "plan-contents")
            let answer = try await office.counter.ask(inquiry, question, as: actor)
            try await office.counter.note(AccessNote(.open, "planning.plan-contents", subject: plan, detail: inquiry.title), by: actor)
            for row in answer.rows("measures") {
                place.console.line("\(row.fields.text("section") ?? "") ▸ \(row.fields.text("text") ?? "")")
                for target in row.fields.rows("targets") {
                    place.console.line("    \(target.fields.text("words") ?? "")：\(target.fields.text("target") ?? "")　\(target.fields.text("explanation") ?? "")")
                }
            }
        }
    }
}

/// `minzheng plan status --year 2025 --csv`.
struct PlanStatusCommand: Errand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: "各项目标今天的状态：正常、偏慢、滞后、逾期，和为什么")

    @Option(name: .customLong("as"), help: "查看人的用户名") var user: String
    @Option(name: .long, help: "年度；不写则为今年") var year: Int?
    @Flag(name: .long, help: "写成 CSV") var csv = false
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            let actor = try await office.accounts.actor(named: user)
            let downloads = office.house.offers(TableDownload.self).filter { $0.line == "planning" && $0.path == "plan-status.csv" && $0.roles.contains(actor.role) }
            guard let download = downloads.first else {
                throw Refusal.forbidden("您的岗位不能查看计划进度")
            }
            let query = year.map { ["year": String($0)] } ?? [:]
            let table = try await office.counter.read(as: actor) { try download.load(Visit(reader: $0, parameters: [:], query: query)) }
            try await office.counter.note(AccessNote(csv ? .export : .list, "planning.plan-status", rows: table.rows.count), by: actor)
            tell(table, on: place.console)
        }
    }

    private func tell(_ table: TableDownload.Table, on console: Console) {
        if csv {
            var encoder = CSVEncoder(byteOrderMark: false)
            return console.write(String(decoding: ([table.columns] + table.rows).flatMap { encoder.row($0) }, as: UTF8.self))
        }
        guard !table.rows.isEmpty else { return console.line("这一年没有在跟踪的计划") }
        let places = ["light", "indicator", "target", "responsible_unit", "words"].compactMap { table.columns.firstIndex(of: $0) }
        console.write(TextTable(["状态", "指标", "目标", "责任单位", "进度"].map { TextTable.Column($0) }, table.rows.map { row in places.map { row[$0] } }).text)
    }
}
