import ArgumentParser
import Bench
import Commons
import Demo
import Documents
import Foundation
import Kernel
import Reading
import Values

/// `minzheng bench summary`: generates the demo city's summary of a year, reads it back, and holds every fact of a real one against it.
struct BenchSummary: Errand {
    static let configuration = CommandConfiguration(commandName: "summary", abstract: "用示范市重写一份真实总结：生成、读回，逐个事实比对")

    @Option(name: .long, help: "人工列出的事实（CSV）") var facts = "bench/reading/seed-facts.csv"
    @Option(name: .long, help: "事实表里的文稿代号") var document = "001"
    @Option(name: .long, help: "年度") var year = 2024
    @Option(name: .long, help: "示范市的规模；1 为 69 万人") var scale = 1.0
    @Option(name: .long, help: "已有的示范数据目录；不写则临时建一个") var existing: String?
    @Option(name: .customLong("out"), help: "报告写入的文件：.md 或 .csv") var out: String?
    @Option(name: .long, help: "生成的总结（文本）另存的文件") var draft: String?
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let table = try CSV.parse(try place.console.contents(of: facts))
        let folder = existing ?? FileManager.default.temporaryDirectory.appendingPathComponent("minzheng-regenerate-\(ProcessInfo.processInfo.processIdentifier)").path
        defer { if existing == nil { try? FileManager.default.removeItem(atPath: folder) } }
        let office = try await Office.open(place.lines, try options.configuration(at: place, [.data: folder]), existing == nil ? .create : .existing)
        if existing == nil { _ = try await DemoCity.build(scale: scale, seed: 1, in: office.counter) }
        let actor = try await office.accounts.actor(named: "zhengce"), text = try await office.generated(year, as: actor)
        if let draft { try place.console.save(Array(text.utf8), to: draft) }
        let result = try await compare(text, table, office, actor)
        try await office.close()
        try report(result, to: place.console)
    }

    private func compare(_ text: String, _ table: [[String]], _ office: Office, _ actor: Actor) async throws -> RegeneratedSummary {
        let document = document, year = year, scale = try await office.counter.database.read { try $0.value("SELECT value FROM mark WHERE name = 'demo-scale'") ?? "1" }
        return try await office.counter.read(as: actor) { reader in
            let book = try reader.indicatorBook()
            func value(_ indicator: Indicator, _ first: Month, _ last: Month) throws -> Figure? {
                try reader.value(of: indicator, over: IndicatorPeriod(first, through: last), in: actor.region).amount.map { Figure($0, exponent: -indicator.unit.scale) }
            }
            func lastMonth(_ until: String) throws(Refusal) -> Month {
                let day = try CivilDate(typed: until.isEmpty ? "\(year)-12-31" : until)
                return day.monthOf
            }
            let notes = try notes(book, reader, actor)
            let ground = RegeneratedSummary.Ground(book, year: year, scale: scale.hasSuffix(".0") ? String(scale.dropLast(2)) : scale, notes: notes) { indicator, from, until in
                let last = try lastMonth(until)
                return try value(indicator, from.isEmpty ? last.adding(1 - last.month) : CivilDate(typed: from).monthOf, last)
            } sinceBegun: { indicator, _, until in
                let first: Month? = try reader.connection.value("SELECT min(from_month) FROM indicator_entry WHERE indicator = \(indicator.code)")
                return try first.flatMap { try value(indicator, $0, lastMonth(until)) }
            }
            return try RegeneratedSummary(text, facts: table, document: document, on: ground)
        }
    }

    /// Why what is paid cannot be what the document says; the amounts are those of the city.
    private func notes(_ book: IndicatorBook, _ reader: Reader, _ actor: Actor) throws -> [String: RegeneratedSummary.Note] {
        let period = IndicatorPeriod.months(12, through: try Month(year: year, month: 12))
        let parts = try ["assistance.paid", "elder-allowance.paid"].compactMap { code in
            try book.find(code).map { "\($0.name) \(try reader.value(of: $0, over: period, in: actor.region).shown)" }
        }
        return [
            "payments.paid": .init("""
                由登记算出的部分：\(parts.joined(separator: "，"))，自示范市迁入后的 3 月起。特困人员救助供养和临时救助待「社会救助」的这两项业务上线，孤困儿童生活保障待\
                「儿童福利与未成年人保护」、残疾人两项补贴待「残疾人福利」上线后并入
                """, isPartial: true),
            "elder-allowance.paid": .init("""
                按原文的标准和人数，一个月是 840,700 元，十二个月合 10,088,400 元，原文数约合十个月；示范市自 3 月起由本系统发放，同为十个月，按每月在世的人逐人计算
                """, isPartial: false),
        ]
    }

    private func report(_ result: RegeneratedSummary, to console: Console) throws {
        let counts = RegeneratedSummary.Outcome.allCases.filter { $0 != .different || result.count($0) > 0 }.map { "\($0.rawValue) \(result.count($0))" }.joined(separator: "，")
        let header = ["编号", "业务", "原文的事实", "原文", "结论", "生成稿", "指标", "说明"]
        let rows = result.rows.map { [$0.id, $0.area, $0.fact, $0.stated, $0.outcome.rawValue, $0.regenerated, $0.indicator, $0.reason] }
        console.line("\(document) 共 \(result.rows.count) 个事实：\(counts)")
        guard let out else { return console.write(TextTable(header.map { TextTable.Column($0) }, rows).text) }
        if out.hasSuffix(".csv") {
            var encoder = CSVEncoder(byteOrderMark: false)
            try console.save(([header] + rows).flatMap { encoder.row($0) }, to: out)
        } else {
            let lines = ([header, header.map { _ in "---" }] + rows).map { "| " + $0.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |" }
            try console.save("# 用示范市重写 \(document) 号材料\n\n\(preface)\n\n\(counts)。\n\n\(lines.joined(separator: "\n"))\n", to: out)
        }
        console.line("已写入 \(out)")
    }

    private var preface: String {
        let whole = "At scale 1 the city is calibrated to the document and counts are held against it as they stand."
        let part = "The city is of scale \(scale): what its registers count is held against so much of the fact, rounded, or against the whole where the city isn't divided; "
            + "standards and rates against the whole."
        return "`minzheng bench summary --scale \(scale) --out docs/regenerated.md` writes this page: "
            + "the demo city's annual summary of \(year) is drafted by `planning.draft-summary`, read back by the reading of figures (`figures read`), "
            + "and every fact that people listed from document \(document) (`\(facts)`) is held against it. "
            + "\(scale < 1 ? part : whole) 相等: the same number stands in the generated text. 相近: within a tenth, or equal over the document's own period, with the reason. "
            + "尚不能算: no value, or only a part, with the line that will bring the rest. "
            + "No sentence of the document stands in the program; the figures the city is calibrated to are data of the demo (`Sources/Demo/Calibration.swift`), "
            + "manual series are entered as data."
    }
}

extension Office {
    /// Drafts the year's summary of the whole place, and its words without marks.
    fileprivate func generated(_ year: Int, as actor: Actor) async throws -> String {
        let id = try await plan("draft-summary", ["region": actor.region.code, "year": "\(year)", "kind": "annual"], as: actor).subject
        return try await paper(id, isMarked: false, as: actor).plainText
    }
}
