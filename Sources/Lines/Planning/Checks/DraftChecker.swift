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
    private let looked: LookedUp

    /// 一次核校的数: a long report has a few hundred; more would keep others waiting.
    static let atMost = 1_000
    /// Months that one number may span; who writes of more than twenty years means no figure of the registers.
    private static let monthsAtMost = 240

    init(_ text: String, year: Int, in region: RegionCode, _ reader: Reader) throws {
        let marked = MarkedText(text), reading = DocumentReading(marked.blanked)
        (self.text, self.reading, self.year, self.reader, self.region) = (marked, reading, year, reader, region)
        book = try reader.indicatorBook()
        let last = reading.quantities.compactMap { $0.until.flatMap(Self.month) }.max() ?? .earliest
        looked = LookedUp(book, try reader.figures(of: book.all, in: region, through: max(last, try Month(year: year, month: 12))))
    }

    /// - Returns: the first thousand numbers, and how many more the text has.
    func results() throws -> (figures: [CheckedFigure], leftOut: Int) {
        let known = try summaryFigures(), marks = text.marks.filter { known[$0.number] != nil }, all = Array(known.values)
        let marked = marks.prefix(Self.atMost).compactMap { judge($0, known, all) }, open = unmarked(besides: marks)
        var found: [CheckedFigure] = []
        for quantity in open.prefix(Self.atMost - marked.count) { found.append(try judge(quantity, after: found.last)) }
        let figures = (marked + found).sorted { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
        return (figures, marks.count + open.count - figures.count)
    }

    /// Both stand in the order of the text.
    private func unmarked(besides marks: [MarkedText.Mark]) -> [Quantity] {
        var next = marks[...]
        return reading.quantities.filter { quantity in
            while let mark = next.first, mark.range.lowerBound < quantity.place.range.lowerBound { next.removeFirst() }
            return !next.prefix(2).contains { isRight(quantity, before: $0.range.lowerBound) }
        }
    }

    // MARK: Against a summary

    private func summaryFigures() throws -> [Int: SummaryFigure] {
        guard let code = text.code, let summary = try reader.first(WorkSummary.self, where: "code = \(code)"), let visible = try? reader.summary(summary.id) else { return [:] }
        return Dictionary(try reader.figures(of: visible.id).map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What a mark stands behind is that number of the summary, to the last character, and the words beside it say what it bears.
    private func judge(_ mark: MarkedText.Mark, _ known: [Int: SummaryFigure], _ all: [SummaryFigure]) -> CheckedFigure? {
        guard let figure = known[mark.number] else { return nil }
        let beside = text.beside(mark), isBound = SummaryText.isBound(figure.shown, in: beside.before)
        let fault = isBound ? ClaimCheck.fault(figure, beside, among: all, nature: book.find(figure.indicator)?.nature) : nil
        let stated = isBound ? figure.shown : Self.lastNumber(of: beside.before)
        let right = KnownFigure(code: figure.indicator, name: figure.name, nature: .flow, unit: figure.written, period: figure.period.shown, amount: Int64(figure.amount),
                                likeness: 1000, link: figure.link, isManual: figure.isManual)
        let message = fault ?? (isBound ? "与总结〔\(figure.number)〕一致" : "应为：总结〔\(figure.number)〕「\(figure.name)」\(figure.role.label)\(figure.shown)")
        return CheckedFigure(range: text.start(of: max(stated.count, 1), before: mark) ..< mark.range.upperBound, line: reading.manuscript.line(of: mark.range.lowerBound),
                             phrase: figure.name + (figure.role == .value ? "" : "（\(figure.role.label)）"), stated: stated,
                             judgement: Judgement(verdict: isBound && fault == nil ? .matched : .contradicted, known: right, message: message))
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
        let stated = StatedFigure(indicator: quantity.indicator, unit: quantity.unit, area: BusinessLine.of(quantity), kind: quantity.kind, written: written)
        let judgement = isTooLong(quantity) ? Judgement(verdict: .unsupported, known: nil, message: "期间超过二十年，不与指标核对")
            : try growth(quantity, written, after: last) ?? Judging.judge(stated, against: try known(of: quantity))
        return CheckedFigure(range: quantity.place.range, line: quantity.place.line, phrase: quantity.indicator, stated: words.filter { !$0.isNewline }.trimmingSpaces,
                             judgement: try checkedRaise(quantity, judgement))
    }

    private func known(of quantity: Quantity) throws -> [KnownFigure] {
        try looked.suggestions(for: quantity.indicator, unit: quantity.unit).map { indicator, likeness in
            let period = period(of: quantity, indicator.nature), value = try looked.value(of: indicator, over: period)
            return KnownFigure(code: indicator.code, name: indicator.name, area: indicator.area, nature: indicator.nature, unit: indicator.unit, period: shown(value),
                               amount: value.amount, likeness: likeness, link: indicator.link, isManual: indicator.isManual,
                               isPartial: indicator.nature == .flow && !value.missing.isEmpty)
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
            // 自七月起 is in force still; 截至六月底 has a day of its own.
            let isStill = quantity.kind == .standard && quantity.until == nil
            let end = isStill ? max(last, whole.through) : last
            return IndicatorPeriod(end.adding(1 - end.month), through: end)
        }
        guard let from, let until else { return whole }
        return IndicatorPeriod(from, through: until)
    }

    private func isTooLong(_ quantity: Quantity) -> Bool {
        guard let from = quantity.from.flatMap(Self.month), let until = quantity.until.flatMap(Self.month) else { return false }
        return from.months(until: until) >= Self.monthsAtMost
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
        guard let value = try looked.value(of: indicator, over: period).amount,
              let before = try looked.value(of: indicator, over: SummaryFacts.compared(indicator.nature, period)).amount, before > 0 else { return nil }
        let share = Movement.perMille(of: value - before, to: before), falls = Direction(in: between) == .fell
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
              let since = quantity.from.flatMap(Self.month), let before = try looked.value(of: indicator, over: .month(since.previous)).amount else { return judgement }
        guard Figure(before, exponent: -indicator.unit.scale) != previous else { return judgement }
        return Judgement(verdict: .contradicted, known: known, message: "调整前应为\(WrittenAmount.text(before, indicator.unit))（\(since.previous.shown)）")
    }
}

/// 查过的。What a text asks twice is looked up once.
private final class LookedUp {
    private struct Asked: Hashable { let code: String, period: IndicatorPeriod }
    private struct Named: Hashable { let phrase: String, unit: String }

    private let book: IndicatorBook
    private let figures: IndicatorFigures
    private var values: [Asked: IndicatorValue] = [:]
    private var named: [Named: [(indicator: Indicator, likeness: Int)]] = [:]

    init(_ book: IndicatorBook, _ figures: IndicatorFigures) { (self.book, self.figures) = (book, figures) }

    func value(of indicator: Indicator, over period: IndicatorPeriod) throws -> IndicatorValue {
        let asked = Asked(code: indicator.code, period: period)
        if let known = values[asked] { return known }
        let value = try figures.value(of: indicator, over: period)
        values[asked] = value
        return value
    }

    /// The likeliest six.
    func suggestions(for phrase: String, unit: String) -> [(indicator: Indicator, likeness: Int)] {
        let asked = Named(phrase: phrase, unit: unit)
        if let known = named[asked] { return known }
        let found = Array(book.suggestions(for: phrase, unit: unit).prefix(6))
        named[asked] = found
        return found
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
