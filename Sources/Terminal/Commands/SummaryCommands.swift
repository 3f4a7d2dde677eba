import ArgumentParser
import Commons
import Documents
import Foundation
import Kernel
import Pages
import Values

/// `minzheng summary`: a summary from the terminal, by the same acts as on its page.
struct SummaryCommands: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "summary", abstract: "工作总结：起草、查看、审核、批准、重算、导出", subcommands: [
        SummaryDraftCommand.self, SummaryShow.self, SummaryReview.self, SummaryApprove.self, SummaryVerify.self, SummaryExport.self,
    ])
}

/// Which summary, and who asks.
struct SummaryOptions: ParsableArguments {
    @Argument(help: "总结编号，如 ZJ2024-000001") var number: String
    @Option(name: .customLong("as"), help: "用户名") var user: String
    @Option(name: .long, help: "办理日期，只用于示范数据") var today: String?
    @OptionGroup var place: PlaceOptions

    func withSummary<Outcome>(at workplace: Workplace, _ work: (Office, Actor, String) async throws -> Outcome) async throws -> Outcome {
        try await place.withOffice(at: workplace) { office in
            let office = try await office.standing(on: today), actor = try await office.accounts.actor(named: user)
            return try await work(office, actor, try await office.summary(numbered: number, as: actor))
        }
    }

    func act(_ name: String, at workplace: Workplace) async throws {
        try await withSummary(at: workplace) { office, actor, id in
            workplace.console.line(try await office.plan(name, ["summary": id], as: actor).message)
        }
    }
}

extension Office {
    /// One act of the line 计划与总结.
    func plan(_ name: String, _ values: [String: String], as actor: Actor) async throws -> Outcome {
        let submission = Submission("planning.\(name)", id: .make(at: counter.clock.now()), values: RawFields(values.mapValues { .typed($0) }))
        return try await counter.submit(submission, as: actor).outcome
    }

    func rows(_ listing: String, _ filters: [String: String], as actor: Actor) async throws -> [ListingRow] {
        let listing = try house.listing("planning", listing)
        var rows: [ListingRow] = [], cursor: String?
        repeat {
            let from = cursor
            let page = try await counter.read(as: actor) { try $0.page(listing, ListingRequest(filters: filters, cursor: from, limit: 500)) }
            rows += page.rows
            cursor = page.next
        } while cursor != nil
        return rows
    }

    fileprivate func summary(numbered number: String, as actor: Actor) async throws -> String {
        let found = try await rows("summaries", ["number": number], as: actor)
        guard let id = found.first?.raw.text("id") else { throw Refusal.absent("没有编号为 \(number) 的总结，或不在您的管辖范围内") }
        return id
    }

    fileprivate func answer(_ inquiry: String, _ id: String, as actor: Actor) async throws -> RawFields {
        try await counter.ask(try house.inquiry("planning", inquiry), RawFields(["summary": .typed(id)]), as: actor)
    }

    /// The official paper of a page, as it is shown to this person.
    func paper(_ id: String, isMarked: Bool, as actor: Actor) async throws -> OfficialPaper {
        guard let page = house.line("planning")?.pages.first(where: { $0.path == "summaries/{id}/paper" }) else { throw Refusal.absent("没有「总结成文」这一页") }
        let paper = try await counter.read(as: actor) { try page.body(Visit(reader: $0, parameters: ["id": id], query: isMarked ? [:] : ["marks": "0"])).paper }
        guard let paper else { throw Refusal.absent("这份总结没有成文") }
        return paper
    }
}

struct SummaryDraftCommand: Errand {
    static let configuration = CommandConfiguration(commandName: "draft", abstract: "起草：由指标的当期数写出初稿")

    @Option(name: .customLong("as"), help: "起草人的用户名") var user: String
    @Option(name: .long, help: "年度，如 2024") var year: Int
    @Option(name: .long, help: "annual 全年总结，half-year 半年总结，next-plan 下一年计划草稿") var kind = "annual"
    @Option(name: .long, help: "依据的计划编号；不写则按指标目录的次序") var plan: String?
    @Option(name: .long, help: "区划代码，默认为起草人的辖区") var region: String?
    @Option(name: .long, help: "办理日期，只用于示范数据") var today: String?
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            let office = try await office.standing(on: today), actor = try await office.accounts.actor(named: user)
            var values = ["region": region ?? actor.region.code, "year": "\(year)", "kind": kind]
            values["plan"] = plan
            place.console.line(try await office.plan("draft-summary", values, as: actor).message)
        }
    }
}

struct SummaryShow: Errand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "全文，数字带记号，附数据依据")
    @OptionGroup var options: SummaryOptions

    func run(at place: Workplace) async throws {
        try await options.withSummary(at: place) { office, actor, id in place.console.line(try await office.answer("read-summary", id, as: actor).text("paper") ?? "") }
    }
}

struct SummaryReview: Errand {
    static let configuration = CommandConfiguration(commandName: "review", abstract: "审核后送领导批准")
    @OptionGroup var options: SummaryOptions
    func run(at place: Workplace) async throws { try await options.act("review-summary", at: place) }
}

struct SummaryApprove: Errand {
    static let configuration = CommandConfiguration(commandName: "approve", abstract: "批准：文字和数字冻结")
    @OptionGroup var options: SummaryOptions
    func run(at place: Workplace) async throws { try await options.act("approve-summary", at: place) }
}

/// 1 when a number differs from now, or the text from what was frozen.
struct SummaryVerify: Errand {
    static let configuration = CommandConfiguration(commandName: "verify", abstract: "重算：逐个数与现在比较")
    @OptionGroup var options: SummaryOptions

    func run(at place: Workplace) async throws {
        let differs = try await options.withSummary(at: place) { office, actor, id in
            let answer = try await office.answer("verify-summary", id, as: actor), different = answer.rows("figures").filter { $0.fields["is_same"] != .stored(.integer(1)) }
            if !different.isEmpty {
                let rows = different.map { row in [row.fields.text("name") ?? "", row.fields.text("then") ?? "", row.fields.text("now") ?? "", row.fields.text("why") ?? ""] }
                place.console.write(TextTable(["指标", "起草时", "现在", "原因"].map { TextTable.Column($0) }, rows).text)
            }
            place.console.line(answer.text("summary_text") ?? "")
            return !different.isEmpty || answer["is_sound"] != .stored(.integer(1))
        }
        if differs { throw ExitCode(1) }
    }
}

struct SummaryExport: Errand {
    static let configuration = CommandConfiguration(commandName: "export", abstract: "导出为 docx、pdf、html 或 txt，看文件名的后缀")
    @OptionGroup var options: SummaryOptions
    @Option(name: .customLong("to"), help: "写入的文件") var file: String
    @Flag(name: .long, help: "不带记号和数据依据，用于报送") var clean = false

    func run(at place: Workplace) async throws {
        let bytes = try await options.withSummary(at: place) { office, actor, id in
            let paper = try await office.paper(id, isMarked: !clean, as: actor), now = office.counter.clock.now()
            try await office.counter.access.write(AccessNote(.export, "planning/summaries", subject: id, detail: ending, rows: 1), by: actor, at: now)
            return try await written(paper, now)
        }
        try place.console.save(bytes, to: file)
        place.console.line("已写入 \(file)")
    }

    private var ending: String { file.split(separator: ".").last.map { $0.lowercased() } ?? "" }

    private func written(_ paper: OfficialPaper, _ now: Instant) async throws -> [UInt8] {
        switch ending {
        case "docx": return try WordPaper.docx(paper, madeAt: now)
        case "pdf": return try await Papers.pdf(paper, madeAt: now)
        case "html": return Array("<!DOCTYPE html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>\(paper.title)</title>".utf8) + paper.markup.bytes + Array("</html>\n".utf8)
        case "txt": return Array(paper.plainText.utf8)
        default: throw Refusal.invalid("文件名请以 .docx、.pdf、.html 或 .txt 结尾")
        }
    }
}
