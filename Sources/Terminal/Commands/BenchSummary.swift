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
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let table = try CSV.parse(try place.console.contents(of: facts))
        let folder = existing ?? FileManager.default.temporaryDirectory.appendingPathComponent("minzheng-regenerate-\(ProcessInfo.processInfo.processIdentifier)").path
        defer { if existing == nil { try? FileManager.default.removeItem(atPath: folder) } }
        let office = try await Office.open(place.lines, try options.configuration(at: place, [.data: folder]), existing == nil ? .create : .existing)
        if existing == nil { _ = try await DemoCity.build(scale: scale, seed: 1, in: office.counter) }
        let actor = try await office.accounts.actor(named: "zhengce"), text = try await office.generated(year, as: actor)
        let result = try await compare(text, table, office, actor)
        try await office.close()
        try report(result, to: place.console)
    }

    private func compare(_ text: String, _ table: [[String]], _ office: Office, _ actor: Actor) async throws -> RegeneratedSummary {
        let document = document, year = year
        return try await office.counter.read(as: actor) { reader in
            try RegeneratedSummary(text, facts: table, document: document, year: year, in: try reader.indicatorBook()) { indicator, from, until in
                let last = try CivilDate(typed: until.isEmpty ? "\(year)-12-31" : until).monthOf
                let first = from.isEmpty ? last.adding(1 - last.month) : try CivilDate(typed: from).monthOf
                let value = try reader.value(of: indicator, over: IndicatorPeriod(first, through: last), in: actor.region)
                return value.amount.map { Figure($0, exponent: -indicator.unit.scale) }
            }
        }
    }

    private func report(_ result: RegeneratedSummary, to console: Console) throws {
        let counts = RegeneratedSummary.Outcome.allCases.map { "\($0.rawValue) \(result.count($0))" }.joined(separator: "，")
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
        "`minzheng bench summary --scale \(scale) --out docs/regenerated.md` writes this page: the demo city's annual summary of \(year) is drafted by `planning.draft-summary`, "
            + "read back by the reading of figures (`figures read`), and every fact that people listed from document \(document) (`\(facts)`) is held against it. "
            + "相等: the same number stands in the generated text. 相近: within a tenth, or equal over the document's own period, with the reason. "
            + "不同: computed from the demo city's own registers, whose course is another one. 尚不能算: no indicator or no value, with the line that will bring it. "
            + "No sentence and no number of the document stands in the program; manual series of the demo are entered as data."
    }
}

extension Office {
    /// Drafts the year's summary of the whole place, and its words without marks.
    fileprivate func generated(_ year: Int, as actor: Actor) async throws -> String {
        let id = try await plan("draft-summary", ["region": actor.region.code, "year": "\(year)", "kind": "annual"], as: actor).subject
        return try await paper(id, isMarked: false, as: actor).plainText
    }
}
