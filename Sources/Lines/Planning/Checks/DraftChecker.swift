import Commons
import Kernel
import Reading
import Values

/// 核校过的一个数。
struct CheckedFigure: Sendable {
    /// In Unicode scalars of the text.
    let range: Range<Int>
    let line: Int
    let phrase: String
    let stated: String
    let judgement: Judgement
}

/// 数字核校。Holds every number of a text against the indicators, and, where the text bears the code of a summary, against the very numbers of that summary.
struct DraftChecker {
    private let text: MarkedText
    private let reading: DocumentReading
    private let year: Int
    private let reader: Reader
    private let region: RegionCode
    private let book: IndicatorBook
    private let figures: IndicatorFigures

    init(_ text: String, year: Int, in region: RegionCode, _ reader: Reader) throws {
        let marked = MarkedText(text), reading = DocumentReading(marked.blanked)
        (self.text, self.reading, self.year, self.reader, self.region) = (marked, reading, year, reader, region)
        book = try reader.indicatorBook()
        let last = reading.quantities.compactMap { $0.until.flatMap(Self.month) }.max() ?? .earliest
        figures = try reader.figures(of: book.all, in: region, through: max(last, try Month(year: year, month: 12)))
    }

    func results() throws -> [CheckedFigure] {
        let known = try summaryFigures()
        let marked = known.isEmpty ? [] : text.marks.compactMap { judge($0, known[$0.number]) }
        let covered = known.isEmpty ? [] : text.marks.filter { known[$0.number] != nil }.map(\.range.lowerBound)
        var found: [CheckedFigure] = []
        for quantity in reading.quantities where !covered.contains(where: { isRight(quantity, before: $0) }) { found.append(try judge(quantity, after: found.last)) }
        return (marked + found).sorted { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    }

    // MARK: Against a summary

    private func summaryFigures() throws -> [Int: SummaryFigure] {
        guard let code = text.code, let summary = try reader.first(WorkSummary.self, where: "code = \(code)"), let visible = try? reader.summary(summary.id) else { return [:] }
        return Dictionary(try reader.figures(of: visible.id).map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What a mark stands behind is that number of the summary, to the last character.
    private func judge(_ mark: MarkedText.Mark, _ figure: SummaryFigure?) -> CheckedFigure? {
        guard let figure else { return nil }
        let words = text.words(before: mark), isBound = SummaryText.isBound(figure.shown, in: words), turned = isBound ? Self.turned(words, figure) : nil
        let stated = isBound ? figure.shown : Self.lastNumber(of: words)
        let known = KnownFigure(code: figure.indicator, name: figure.name, nature: .flow, unit: figure.written, period: figure.period.shown, amount: Int64(figure.amount),
                                likeness: 1000, link: figure.link, isManual: figure.isManual)
        let message = turned ?? (isBound ? "与总结〔\(figure.number)〕一致" : "应为：总结〔\(figure.number)〕「\(figure.name)」\(figure.role.label)\(figure.shown)")
        return CheckedFigure(range: text.start(of: max(stated.count, 1), before: mark) ..< mark.range.upperBound, line: reading.manuscript.line(of: mark.range.lowerBound),
                             phrase: figure.name + (figure.role == .value ? "" : "（\(figure.role.label)）"), stated: stated,
                             judgement: Judgement(verdict: isBound && turned == nil ? .matched : .contradicted, known: known, message: message))
    }

    private static let rising = ["增长", "增加", "提高", "上升"], falling = ["下降", "减少", "降低"]

    /// 增长 where the number fell, or the other way round.
    private static func turned(_ words: String, _ figure: SummaryFigure) -> String? {
        guard figure.role == .growth || figure.role == .change else { return nil }
        let before = words.dropLast(figure.shown.count)
        let rises = rising.contains { before.hasSuffix($0) }, falls = falling.contains { before.hasSuffix($0) }
        guard rises != falls, rises == (figure.amount < 0) else { return nil }
        return "方向写反了：「\(figure.name)」是\(figure.amount < 0 ? "下降" : "增长")，不是\(rises ? "增长" : "下降")"
    }

    /// What was written in the number's place.
    private static func lastNumber(of words: String) -> String {
        let characters = Array(words)
        guard let last = characters.lastIndex(where: { $0.isASCII && $0.isNumber }), characters.count - last <= 9 else { return String(words.suffix(8)) }
        var first = last
        while first > 0, (characters[first - 1].isASCII && characters[first - 1].isNumber) || characters[first - 1] == "." { first -= 1 }
        return String(characters[first...])
    }

    private func isRight(_ quantity: Quantity, before place: Int) -> Bool {
        let end = quantity.place.range.upperBound
        return end <= place && end + 3 > place && text.text(end ..< place).allSatisfy(\.isWhitespace) || quantity.place.range.contains(place)
    }

    // MARK: Against the indicators

    private func judge(_ quantity: Quantity, after last: CheckedFigure?) throws -> CheckedFigure {
        let words = text.text(quantity.place.range)
        let written = quantity.value.map { WrittenFigure($0, quantity.comparison, words: words) }
        let stated = StatedFigure(indicator: quantity.indicator, unit: quantity.unit, kind: quantity.kind, written: written)
        let judgement = try growth(quantity, written, after: last) ?? Judging.judge(stated, against: try known(of: quantity))
        return CheckedFigure(range: quantity.place.range, line: quantity.place.line, phrase: quantity.indicator, stated: words.filter { !$0.isNewline }.trimmingSpaces,
                             judgement: try checkedRaise(quantity, judgement))
    }

    private func known(of quantity: Quantity) throws -> [KnownFigure] {
        try book.suggestions(for: quantity.indicator, unit: quantity.unit).prefix(6).map { indicator, likeness in
            let period = period(of: quantity, indicator.nature), value = try figures.value(of: indicator, over: period)
            return KnownFigure(code: indicator.code, name: indicator.name, nature: indicator.nature, unit: indicator.unit, period: shown(value), amount: value.amount,
                               likeness: likeness, link: indicator.link, isManual: indicator.isManual, isPartial: indicator.nature == .flow && !value.missing.isEmpty)
        }
    }

    private func shown(_ value: IndicatorValue) -> String {
        guard value.indicator.nature == .stock || value.indicator.nature == .standard else { return value.period.shown }
        return "\((value.asOf ?? value.period.through).shown)底"
    }

    private func period(of quantity: Quantity, _ nature: Indicator.Nature) -> IndicatorPeriod {
        let whole = (try? IndicatorPeriod.year(year)) ?? .month(reader.today.monthOf)
        let from = quantity.from.flatMap(Self.month), until = quantity.until.flatMap(Self.month)
        if nature == .stock || nature == .standard {
            guard let last = until ?? from.map({ IndicatorPeriod($0, through: $0).through }) else { return whole }
            // 自七月起 is in force still; 截至六月底 speaks of that day.
            let isStill = quantity.kind == .standard && quantity.until == nil && !quantity.sentence.contains("截至")
            let end = isStill ? max(last, whole.through) : last
            return IndicatorPeriod(end.adding(1 - end.month), through: end)
        }
        guard let from, let until else { return whole }
        return IndicatorPeriod(from, through: until)
    }

    private static func month(_ day: Day) -> Month? { try? Month(year: Int(day.year) ?? 0, month: day.month) }

    // MARK: Rates of growth, and raises

    /// 比上年同期增长12.3% right after a number whose indicator is known.
    private func growth(_ quantity: Quantity, _ written: WrittenFigure?, after last: CheckedFigure?) throws -> Judgement? {
        guard quantity.unit == "%", let written, let last, let code = last.judgement.known?.code, let indicator = book.find(code),
              last.range.upperBound <= quantity.place.range.lowerBound else { return nil }
        let between = text.text(last.range.upperBound ..< quantity.place.range.lowerBound).filter { !$0.isWhitespace }
        guard between.count <= 24, ["同比", "比上年", "较上年", "比去年", "较去年"].contains(where: between.contains), !between.contains("。") else { return nil }
        let period = period(of: quantity, indicator.nature)
        guard let value = try figures.value(of: indicator, over: period).amount,
              let before = try figures.value(of: indicator, over: SummaryFacts.compared(indicator.nature, period)).amount, before > 0 else { return nil }
        let share = Movement.perMille(of: value - before, to: before), falls = Self.falling.contains(where: between.contains)
        let right = (share < 0 ? "下降" : "增长") + WrittenAmount.text(share, IndicatorUnit("%", scale: 1))
        let known = KnownFigure(code: code, name: indicator.name + "增减幅度", nature: .rate, unit: IndicatorUnit("%", scale: 1), period: period.shown, amount: share, likeness: 1000,
                                link: indicator.link)
        let isRight = written.agrees(with: Figure(abs(share), exponent: -1)) && (share == 0 || falls == (share < 0))
        let told = isRight ? period.shown : "应为：\(right)（\(indicator.unit.shown(before))到\(indicator.unit.shown(value))）"
        return Judgement(verdict: isRight ? .matched : .contradicted, known: known, message: told)
    }

    /// 由728元提高到735元: what it was before is checked, too.
    private func checkedRaise(_ quantity: Quantity, _ judgement: Judgement) throws -> Judgement {
        guard judgement.verdict == .matched, let previous = quantity.previous, let known = judgement.known, known.nature == .standard, let indicator = book.find(known.code),
              let since = quantity.from.flatMap(Self.month), let before = try figures.value(of: indicator, over: .month(since.previous)).amount else { return judgement }
        guard Figure(before, exponent: -indicator.unit.scale) != previous else { return judgement }
        return Judgement(verdict: .contradicted, known: known, message: "调整前应为\(WrittenAmount.text(before, indicator.unit))（\(since.previous.shown)）")
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}

extension Month {
    fileprivate static var earliest: Month { CivilDate.earliest.monthOf }
}
