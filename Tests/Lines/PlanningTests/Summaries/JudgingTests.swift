import Commons
import Reading
import Testing
import Values
@testable import Planning

struct WrittenCase: Sendable {
    let text: String, known: String, agrees: Bool
    init(_ text: String, _ known: String, _ agrees: Bool) { (self.text, self.known, self.agrees) = (text, known, agrees) }
}

@Suite("核校的精度和结论")
struct JudgingTests {
    @Test("写到哪一位，就核到哪一位", arguments: [
        WrittenCase("试验资金11656.26万元", "116562600", true), WrittenCase("试验资金11656.26万元", "116562649.99", true), WrittenCase("试验资金11656.26万元", "116562699", true),
        WrittenCase("试验资金11656.26万元", "116562700", false), WrittenCase("试验资金11656.26万元", "116562500", false), WrittenCase("试验资金1.2亿元", "116562600", true),
        WrittenCase("试验资金1.3亿元", "116562600", false), WrittenCase("试验人数1010人", "1010", true), WrittenCase("试验人数1010人", "1011", false),
        WrittenCase("试验人数130余人", "130", true), WrittenCase("试验人数130余人", "139", true), WrittenCase("试验人数130余人", "140", false), WrittenCase("试验人数130余人", "129", false),
        WrittenCase("试验资金800余万元", "8000001", true), WrittenCase("试验资金800余万元", "9000000", false), WrittenCase("试验人数约1000人", "951", true),
        WrittenCase("试验人数约1000人", "950", false), WrittenCase("试验人数不低于100人", "5000", true), WrittenCase("试验人数不低于100人", "99", false),
        WrittenCase("试验占比18.2%", "18.23", true), WrittenCase("试验占比18.2%", "18.3", false),
    ])
    func precision(_ c: WrittenCase) throws {
        let quantity = try #require(DocumentReading("全市\(c.text)。").quantities.first), value = try #require(quantity.value)
        let scalars = Array("全市\(c.text)。".unicodeScalars)[quantity.place.range]
        let written = WrittenFigure(value, quantity.comparison, words: String(String.UnicodeScalarView(scalars)))
        #expect(written.agrees(with: try #require(Figure(c.known))) == c.agrees)
    }

    private func known(_ name: String, _ amount: Int64?, _ unit: IndicatorUnit = .households, likeness: Int = 1000, nature: Indicator.Nature = .flow, area: String = "") -> KnownFigure {
        KnownFigure(code: "t.x", name: name, area: area, nature: nature, unit: unit, period: "2024年", amount: amount, likeness: likeness, link: "/")
    }

    private func stated(_ value: Int64, _ unit: String = "户", _ kind: Quantity.Kind = .actual) -> StatedFigure {
        StatedFigure(indicator: "试验事项", unit: unit, kind: kind, written: WrittenFigure(Figure(value), .exactly, words: "\(value)\(unit)"))
    }

    @Test("相符、不符、请核对、查无依据，各在界的两边")
    func verdicts() {
        #expect(Judging.judge(stated(12), against: [known("试验事项", 12)]).verdict == .matched)
        #expect(Judging.judge(stated(13), against: [known("试验事项", 12)]).verdict == .contradicted)
        #expect(Judging.judge(stated(13), against: [known("试验事项", 12)]).message.contains("12户"))
        #expect(Judging.judge(stated(13), against: [known("试验", 12, likeness: Judging.sure)]).verdict == .contradicted)
        #expect(Judging.judge(stated(13), against: [known("试验", 12, likeness: Judging.sure - 1)]).verdict == .question)
        #expect(Judging.judge(stated(13), against: [known("试验", 12, likeness: Judging.likely - 1)]).verdict == .unsupported)
        #expect(Judging.judge(stated(12), against: []).verdict == .unsupported)
        #expect(Judging.judge(stated(12), against: [known("试验事项", nil)]).verdict == .unsupported)
    }

    @Test("数碰巧相同的近似指标不算相符；同名指标分不清的请核对，分得清的按业务领域")
    func likeness() {
        let exact = known("试验事项", 12), alike = known("试验事项停发", 13, likeness: 700)
        #expect(Judging.judge(stated(13), against: [exact, alike]).verdict == .contradicted)
        #expect(Judging.judge(stated(13), against: [known("试验", 13, likeness: Judging.sure)]).verdict == .matched)
        #expect(Judging.judge(stated(13), against: [known("试验", 13, likeness: Judging.sure - 1)]).verdict == .question)
        #expect(Judging.judge(stated(13), against: [known("试验", 13, likeness: Judging.likely)]).message.contains("名称不尽相同"))
        #expect(Judging.judge(stated(13), against: [known("试验", 13, likeness: Judging.likely - 1)]).verdict == .unsupported)
        #expect(Judging.judge(stated(13), against: [known("试验事项", nil), alike]).verdict == .question)
        let old = known("试验事项", 12, area: "养老服务"), young = known("试验事项", 13, area: "儿童福利")
        #expect(Judging.judge(stated(13), against: [old, young]).verdict == .question)
        #expect(Judging.judge(stated(13), against: [old, young]).message.contains("请核对说的是哪一个"))
        #expect(Judging.judge(stated(14), against: [old, young]).verdict == .contradicted)
        func inArea(_ value: Int64, _ area: String) -> Verdict {
            Judging.judge(StatedFigure(indicator: "试验事项", unit: "户", area: area, kind: .actual, written: WrittenFigure(Figure(value), .exactly, words: "\(value)户")), against: [old, young]).verdict
        }
        #expect(inArea(13, "儿童福利") == .matched && inArea(13, "养老服务") == .contradicted && inArea(13, "党建") == .question)
    }

    @Test("状态不同是问，不是错；目标不核；单位不同请核对；遮盖的无从核对")
    func states() {
        let inUse = known("老年食堂", 8, .pieces, likeness: 800, nature: .stock)
        #expect(Judging.judge(stated(12, "个", .actual), against: [inUse]).verdict == .question)
        #expect(Judging.judge(stated(12, "个", .stock), against: [inUse]).verdict == .contradicted)
        #expect(Judging.judge(stated(12, "个", .target), against: [inUse]).verdict == .unsupported)
        #expect(Judging.judge(stated(8, "人"), against: [known("试验事项", 8, .households)]).verdict == .question)
        #expect(Judging.judge(StatedFigure(indicator: "试验", unit: "户", kind: .actual, written: nil), against: [known("试验", 1)]).verdict == .unsupported)
    }

    @Test("长号码不留，报告里的数不动", arguments: [("1010户、11656.26万元", "1010户、11656.26万元"), ("号码00018119500101123X。", "号码＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊。"), ("123456789012345", "＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊"),
                                      ("12345678901234", "12345678901234")])
    func numbersOfPeople(_ text: String, _ kept: String) throws { #expect(try DraftText(typed: text).text == kept) }
}
