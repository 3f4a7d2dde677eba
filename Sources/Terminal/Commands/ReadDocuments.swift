import ArgumentParser
import Documents
import Foundation
import Kernel
import Reading
import Values

/// `minzheng figures`.
struct FiguresCommands: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "figures", abstract: "文稿里的数：读出、核校", subcommands: [ReadFigures.self, CheckFigures.self])
}

/// The document every one of these commands reads.
struct DocumentOptions: ParsableArguments {
    @Argument(help: "文稿：txt、docx、html 或带文字的 PDF") var file: String
    @Option(name: .long, help: "编号里的文稿代号；不写则取文件名的前三个字") var code: String?
    @Option(name: .long, help: "地区名称，写进每一行") var region: String = ""
    @Flag(name: .long, help: "写成 CSV") var csv = false

    func read() throws -> DocumentReading { DocumentReading(try DocumentText(path: file).text) }

    var name: String { code ?? String(URL(fileURLWithPath: file).lastPathComponent.prefix(3)) }

    /// For other programs: without the mark by which Excel knows UTF-8.
    func write(_ rows: [[String]], _ columns: [String], to console: Console) {
        var encoder = CSVEncoder(byteOrderMark: false)
        console.write(String(decoding: ([columns] + rows).flatMap { encoder.row($0) }, as: UTF8.self))
    }
}

/// `minzheng figures read 总结.docx --csv`.
struct ReadFigures: Errand {
    static let configuration = CommandConfiguration(commandName: "read", abstract: "读出文稿里的每个数：指标、数值、单位、期间、性质")

    @OptionGroup var document: DocumentOptions

    func run(at place: Workplace) async throws {
        let reading = try document.read()
        guard !reading.quantities.isEmpty else { throw Refusal.absent("文中没有读到带单位的数，请确认传的是总结或计划的正文") }
        if document.csv { return document.write(FactTable.rows(reading, code: document.name, region: document.region), FactTable.columns, to: place.console) }
        let rows = reading.quantities.map { quantity in
            ["\(quantity.place.line)", quantity.indicator, quantity.comparison.rawValue, quantity.value?.description ?? "（遮盖）", quantity.unit,
             quantity.previous?.description ?? "", quantity.kind.label, [quantity.from, quantity.until].map { $0?.description ?? "" }.joined(separator: "—")]
        }
        let numbers: Set<String> = ["行", "数值", "原值"]
        let columns = ["行", "指标", "比较", "数值", "单位", "原值", "性质", "期间"].map { TextTable.Column($0, isNumber: numbers.contains($0)) }
        place.console.write(TextTable(columns, rows).text)
    }
}

/// `minzheng figures check 总结.docx`: 1 when something in the text cannot be true.
struct CheckFigures: Errand {
    static let configuration = CommandConfiguration(commandName: "check", abstract: "数字核校：文稿里前后矛盾、相加不符、日期不对的数")

    @OptionGroup var document: DocumentOptions
    @OptionGroup var rows: RowOptions

    func run(at place: Workplace) async throws {
        if rows.isAsked { return try await rows.check(try DocumentText(path: document.file).text, document, at: place) }
        let reading = try document.read(), findings = TextCheck.findings(in: reading)
        let rows = findings.map { ["\($0.places.first?.line ?? 0)", $0.weight.label, $0.check.label, $0.message] }
        if document.csv {
            document.write(rows, ["line", "weight", "check", "message"], to: place.console)
        } else {
            for row in rows { place.console.line("第 \(row[0]) 行 \(row[1])（\(row[2])）：\(row[3])") }
            place.console.line(summary(reading, findings))
        }
        if findings.contains(where: { $0.weight == .fault }) { throw ExitCode(1) }
    }

    private func summary(_ reading: DocumentReading, _ findings: [Finding]) -> String {
        let counts = Finding.Weight.allCases.map { weight in "\(weight.label) \(findings.count { $0.weight == weight }) 处" }
        return "共读出 \(reading.quantities.count) 个数：" + counts.joined(separator: "，")
    }
}

/// 与系统里的数核对，不只看文稿自己。
struct RowOptions: ParsableArguments {
    @Flag(name: .customLong("rows"), help: "与指标逐个核对，结果留存") var isAsked = false
    @Option(name: .long, help: "文中没写年份的数按哪一年核对") var year: Int?
    @Option(name: .customLong("as"), help: "核校人的用户名") var user: String?
    @OptionGroup var place: PlaceOptions

    /// The year that most of a text's numbers speak of.
    private static func usualYear(of text: String) -> Int? {
        let years = DocumentReading(text).quantities.compactMap { ($0.until ?? $0.from).flatMap { Int($0.year) } }
        return Dictionary(grouping: years) { $0 }.max { ($0.value.count, $0.key) < ($1.value.count, $1.key) }?.key
    }

    /// 1 when a number is wrong.
    func check(_ text: String, _ document: DocumentOptions, at workplace: Workplace) async throws {
        guard let user else { throw Refusal.invalid("与指标核对要写明 --as 用户名") }
        let wrong = try await place.withOffice(at: workplace) { office in
            let actor = try await office.accounts.actor(named: user), title = URL(fileURLWithPath: document.file).lastPathComponent
            let region = document.region.isEmpty ? actor.region.code : document.region, year = year ?? Self.usualYear(of: text) ?? office.counter.clock.now().date.year
            let values = ["region": region, "year": "\(year)", "title": title, "text": text]
            let outcome = try await office.plan("check-draft", values, as: actor)
            let rows = try await office.rows("check-rows", ["check_id": outcome.subject], as: actor)
            let listing = try office.house.listing("planning", "check-rows"), columns = Array(listing.columns.fields.prefix(7))
            if document.csv { document.write(rows.map { Array($0.cells.prefix(7)) }, columns.map(\.name), to: workplace.console) }
            else { workplace.console.write(TextTable(columns.map { TextTable.Column($0.label) }, rows.map { Array($0.cells.prefix(7)) }).text) }
            if !document.csv { workplace.console.line(outcome.message) }
            return rows.contains { $0.raw.text("verdict") == "contradicted" }
        }
        if wrong { throw ExitCode(1) }
    }
}

/// `minzheng plan read 要点.docx --csv`.
struct ReadPlan: Errand {
    static let configuration = CommandConfiguration(commandName: "read", abstract: "读出计划里的每项任务：标题层级、目标值、责任单位、时限")

    @OptionGroup var document: DocumentOptions
    @Option(name: .long, help: "年度；文稿没有写年份时用它") var year: Int?

    func run(at place: Workplace) async throws {
        let plan = Plan(try document.read(), year: year.map(String.init))
        guard !plan.measures.isEmpty else { throw Refusal.absent("文中没有读到任务，请确认传的是计划或要点的正文") }
        let rows = TargetTable.rows(plan, code: document.name, region: document.region)
        if document.csv { return document.write(rows, TargetTable.columns, to: place.console) }
        let shown = plan.measures.map { measure in
            [measure.path.last ?? "", measure.text, measure.quantities.map(\.shown).joined(separator: "；"),
             [measure.duty.leading, measure.duty.responsible].compactMap { $0 }.joined(separator: "；"), measure.deadline?.description ?? ""]
        }
        place.console.write(TextTable(["标题", "任务", "目标", "责任单位", "时限"].map { TextTable.Column($0) }, shown).text)
    }
}
