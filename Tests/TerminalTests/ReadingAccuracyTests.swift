import Bench
import Documents
import Foundation
import Reading
import Testing

/// 读数的准确率。The bars: of figures in Arabic digits at least 95 in a hundred are found, of others 75; of those printed at least 92 are real.
@Suite("读文稿的准确率")
struct ReadingAccuracyTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../bench/reading").standardizedFileURL.path

    private func rows(_ name: String) throws -> [[String]] {
        try CSV.parse(Array(try #require(FileManager.default.contents(atPath: Self.folder + "/" + name))))
    }

    private func score(_ file: String, _ printed: (DocumentReading) -> [Quantity]) throws -> ReadingScore {
        let rows = try rows(file), header = try #require(rows.first), left = try self.rows("left-out.csv").compactMap { LeftOutFigure($0) }
        let expected = rows.dropFirst().compactMap { ExpectedFigure($0, header: header) }
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder + "/seeds").sorted()
        return try names.reduce(ReadingScore()) { sum, name in
            let code = String(name.prefix(3)), text = try DocumentText(path: Self.folder + "/seeds/" + name).text, own = expected.filter { $0.document == code }
            guard !own.isEmpty else { return sum }
            return sum + ReadingScore(printed(DocumentReading(text)), of: text, expected: own, leftOut: left.filter { $0.document == code })
        }
    }

    @Test("总结和计划里的数")
    func facts() throws {
        let score = try score("seed-facts.csv") { $0.quantities }
        #expect(score.inDigits.all + score.others.all == 308)
        #expect(score.inDigits.percent >= 95 && score.others.percent >= 75 && score.precision >= 92 && score.kinds.percent >= 90)
    }

    @Test("计划里的目标值")
    func targets() throws {
        let score = try score("seed-targets.csv") { Plan($0).measures.flatMap(\.quantities) }
        #expect(score.inDigits.all + score.others.all == 46)
        #expect(score.inDigits.percent >= 95 && score.others.percent >= 75 && score.precision >= 92)
    }

    @Test("少一个字就是另一个数", arguments: [("230", "231", 1), ("230", "230", 0)])
    func changed(_ old: String, _ new: String, _ misses: Int) throws {
        let row = try #require(ExpectedFigure(["X-1", "x", "230", "户", "=", "低保新增230户"], header: ["id", "seed", "value", "unit", "comparison", "sentence"]))
        #expect(ReadingScore(DocumentReading("低保新增\(new)户").quantities, of: "低保新增230户", expected: [row], leftOut: []).missed.count == misses)
    }
}
