/// 核校发现。What is wrong, or asks for a look, among the figures of one text.
public struct Finding: Sendable, Hashable {
    public enum Weight: String, Sendable, CaseIterable {
        /// 有误：两处不能同时为真。
        case fault
        /// 请核对：可能各有口径或状态不同。
        case question
        /// 提示。
        case note

        public var label: String {
            switch self {
            case .fault: "有误"
            case .question: "请核对"
            case .note: "提示"
            }
        }
    }

    public enum Check: String, Sendable, CaseIterable {
        case date, parts, total, list, rate, raise, twice, allowance, movement, stage, payee, due, term, promise

        public var label: String {
            switch self {
            case .date: "日期"
            case .parts: "部分与总数"
            case .total: "合计"
            case .list: "列举"
            case .rate: "比率"
            case .raise: "升降"
            case .twice: "同一指标"
            case .allowance: "标准×人数"
            case .movement: "增减变动"
            case .stage: "前后环节"
            case .payee: "领取人数"
            case .due: "应付未付"
            case .term: "标准期限"
            case .promise: "标题与正文"
            }
        }
    }

    public let check: Check
    public let weight: Weight
    /// Addressed to whoever wrote the text; names the figures and what they come to.
    public let message: String
    public let places: [Quantity.Place]
}

/// 数字核校（只凭文稿）。The contradictions within a text.
public enum TextCheck {
    public static func findings(in reading: DocumentReading) -> [Finding] {
        let text = CheckedText(reading)
        let found = ImpossibleDates.findings(text) + Parts.findings(text) + Totals.findings(text) + Rates.findings(text) + Raises.findings(text)
            + SameIndicator.findings(text) + Enumerations.findings(text) + Allowances.findings(text) + Movements.findings(text) + Stages.findings(text)
            + Payees.findings(text) + Dues.findings(text) + Terms.findings(text) + Promises.findings(text)
        return found.sorted { ($0.places.first?.range.lowerBound ?? 0) < ($1.places.first?.range.lowerBound ?? 0) }
    }
}

/// The quantities of a text by sentence, with the words between them at hand.
struct CheckedText {
    struct Sentence {
        let marks: Marks
        let range: Range<Int>
        let quantities: [Quantity]

        /// The words between two quantities.
        func between(_ a: Quantity, _ b: Quantity) -> Range<Int> { a.range.upperBound ..< max(a.range.upperBound, b.range.lowerBound) }
    }

    let reading: DocumentReading
    let sentences: [Sentence]

    init(_ reading: DocumentReading) {
        self.reading = reading
        let bySentence = Dictionary(grouping: reading.quantities, by: \.sentenceIndex)
        sentences = reading.outline.sentences.enumerated().map { index, sentence in
            Sentence(marks: reading.manuscript.paragraphs[sentence.paragraph].marks, range: sentence.range, quantities: bySentence[index] ?? [])
        }
    }
}

extension Quantity {
    /// 20人, 35.5万元: as people say it.
    var spoken: String {
        guard let value else { return "（数字被遮盖）" + unit }
        guard unit.hasPrefix("元"), value >= Figure(100_000) else { return value.description + unit }
        return value.shifted(-4).description + "万" + unit
    }

    var isMoney: Bool { unit.prefix { $0 != "/" } == "元" }
    var isCount: Bool { !isMoney && unit != "%" && unit != "百分点" && unit != "岁" && unit != "倍" && !unit.contains("/") && origin == .counted }
}
