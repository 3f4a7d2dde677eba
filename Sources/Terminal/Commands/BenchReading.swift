import ArgumentParser
import Bench
import Documents
import Foundation
import Kernel
import Reading
import Values

/// `minzheng bench reading`: what is read of documents whose figures people have listed by hand, and how quickly.
///
/// The folder holds `seed-facts.csv`, `seed-targets.csv` and, in it or in `seeds/`, the texts whose names begin with the code in the column `seed`.
struct BenchReading: Errand {
    static let configuration = CommandConfiguration(commandName: "reading", abstract: "读文稿的准确率和速度，对照人工列出的数和一个正则表达式")

    @Option(name: .long, help: "放文稿、seed-facts.csv 和 seed-targets.csv 的文件夹") var folder: String
    @Option(name: .long, help: "复核过的不计清单（CSV）；不写则取文件夹里的 left-out.csv") var leftOut: String?
    @Option(name: .long, help: "报告的字节数") var bytes = 100_000
    @Option(name: .long, help: "轮数") var rounds = 5
    @Flag(name: .long, help: "列出没有读到的和多读的") var details = false

    func run(at place: Workplace) async throws {
        let texts = try texts()
        let left = try csv(leftOut ?? folder + "/left-out.csv", isOptional: leftOut == nil).compactMap { LeftOutFigure($0) }
        try score(texts, "seed-facts.csv", left, place.console) { $0.quantities }
        try score(texts, "seed-targets.csv", left, place.console) { Plan($0).measures.flatMap(\.quantities) }
        let result = try ReadingBench(texts.map(\.text), bytes: bytes).run(rounds: rounds)
        let (reading, matching) = (milliseconds(result.reading), milliseconds(result.matching))
        place.console.line("速度：\(result.bytes) 字节、\(result.quantities) 个数，读完 \(reading) 毫秒；同一文本只用一个正则表达式找“数字＋单位” \(matching) 毫秒；比值 \((result.ratio * 100).rounded() / 100)")
    }

    // MARK: files

    private func texts() throws -> [(code: String, text: String)] {
        let inner = folder + "/seeds", place = FileManager.default.fileExists(atPath: inner) ? inner : folder
        let names = try FileManager.default.contentsOfDirectory(atPath: place).filter { !$0.hasSuffix(".csv") && !$0.hasPrefix(".") }.sorted()
        return try names.map { (String($0.prefix(3)), try DocumentText(path: place + "/" + $0).text) }
    }

    private func csv(_ path: String, isOptional: Bool = false) throws -> [[String]] {
        if isOptional, !FileManager.default.fileExists(atPath: path) { return [] }
        guard let data = FileManager.default.contents(atPath: path) else { throw Refusal.absent("读不到 \(path)，请核对路径") }
        return try CSV.parse(Array(data))
    }

    // MARK: scores

    private func score(
        _ texts: [(code: String, text: String)], _ file: String, _ left: [LeftOutFigure], _ console: Console, _ printed: (DocumentReading) -> [Quantity]
    ) throws {
        let rows = try csv(folder + "/" + file)
        guard let header = rows.first else { throw Refusal.invalid("\(file) 是空的") }
        let expected = rows.dropFirst().compactMap { ExpectedFigure($0, header: header) }
        let scores = texts.compactMap { document -> (String, ReadingScore)? in
            let own = expected.filter { $0.document == document.code }
            guard !own.isEmpty else { return nil }
            return (document.code, ReadingScore(printed(DocumentReading(document.text)), of: document.text, expected: own, leftOut: left.filter { $0.document == document.code }))
        }
        let all = scores.map(\.1).reduce(ReadingScore(), +)
        console.line(file)
        console.write(table(scores + [("合计", all)]).text)
        if details { tell(all, console) }
    }

    private func table(_ scores: [(String, ReadingScore)]) -> TextTable {
        let columns = [TextTable.Column("文稿")] + ["阿拉伯数字 读到/应有", "%", "其他 读到/应有", "%", "读出", "不计清单", "准确 %", "性质相同 %"].map { .init($0, isNumber: true) }
        return TextTable(columns, scores.map { name, score in
            [name, "\(score.inDigits.found)/\(score.inDigits.all)", percent(score.inDigits.percent), "\(score.others.found)/\(score.others.all)", percent(score.others.percent),
             "\(score.printed)", "\(score.listed)", percent(score.precision), percent(score.kinds.percent)]
        })
    }

    private func tell(_ score: ReadingScore, _ console: Console) {
        for row in score.missed { console.line("没有读到 \(row.id)：\(row.comparison)\(row.value?.description ?? "")\(row.unit) \(row.sentence)") }
        for quantity in score.surplus { console.line("多读 第 \(quantity.place.line) 行：\(quantity.shown) \(quantity.indicator)｜\(quantity.sentence)") }
    }

    private func percent(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    private func milliseconds(_ duration: Duration) -> String {
        let (seconds, rest) = duration.components
        return "\((Double(seconds) * 1e4 + Double(rest) / 1e14).rounded() / 10)"
    }
}
