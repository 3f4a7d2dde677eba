import Commons
import Reading
import Values

/// 重写材料。A summary that was generated and read back, held against the facts that people listed from a real one, fact by fact.
public struct RegeneratedSummary: Sendable {
    public enum Outcome: String, Sendable, CaseIterable {
        /// 相近: within a tenth, or equal over the document's own period. 不同: computed, but the demo city had another course.
        case equal = "相等", near = "相近", different = "不同", missing = "尚不能算"
    }

    public struct Row: Sendable {
        public let id: String
        public let area: String
        public let fact: String
        public let stated: String
        public let outcome: Outcome
        /// What the generated text says; empty where it says nothing.
        public let regenerated: String
        public let indicator: String
        public let reason: String
    }

    /// What an indicator is over the fact's own period, where that isn't the summary's.
    public typealias OwnPeriod = (_ indicator: Indicator, _ from: String, _ until: String) throws -> Figure?

    public let rows: [Row]

    public func count(_ outcome: Outcome) -> Int { rows.count { $0.outcome == outcome } }

    /// - Parameters:
    ///   - text: the generated summary, without marks.
    ///   - table: rows of a register of facts, its header first; those of `document` are held against the text.
    public init(_ text: String, facts table: [[String]], document: String, year: Int, in book: IndicatorBook, over ownPeriod: OwnPeriod) throws {
        let page = ReadBack(text), header = table.first ?? []
        rows = try table.dropFirst().compactMap { cells in
            guard let fact = ListedFact(cells, header), fact.document == document else { return nil }
            return try Self.row(fact, page, year, book, ownPeriod)
        }
    }

    /// Below this a name means another thing.
    private static let sameThing = 520

    private static func row(_ fact: ListedFact, _ page: ReadBack, _ year: Int, _ book: IndicatorBook, _ ownPeriod: OwnPeriod) throws -> Row {
        let meant = book.suggestions(for: fact.indicator, unit: fact.unit).first { $0.likeness >= sameThing }?.indicator
        func row(_ outcome: Outcome, _ said: String, _ reason: String) -> Row {
            Row(id: fact.id, area: fact.area, fact: fact.indicator, stated: fact.shown, outcome: outcome, regenerated: said,
                indicator: meant.map { "\($0.name)（\($0.code)）" } ?? "", reason: reason)
        }
        guard let meant else { return row(.missing, "", "没有对应的指标，待「\(fact.area)」业务上线后由登记产生") }
        let source = meant.isManual ? "手工填报，待「\(meant.area)」业务上线后改由登记计算" : "由登记计算"
        guard let value = fact.value else { return row(.missing, "", "原文遮去了数字") }
        guard let quantity = page.quantity(after: meant.name, unit: fact.unit), let said = quantity.value else { return row(.missing, "", "指标本期没有数据；\(source)") }
        let shown = said.description + quantity.unit
        if said == value { return row(.equal, shown, source) }
        if let own = try fact.hasOwnPeriod(than: year) ? ownPeriod(meant, fact.from, fact.until) : nil, own == value {
            return row(.near, shown, "原文期间为\(fact.from)至\(fact.until)，总结按全年；按原文期间取数相等。\(source)")
        }
        let isNear = WrittenNear.isWithinTenth(said, value), reason = meant.isManual ? "填报数与原文期间或口径不同" : said == .zero ? "示范市这一期没有办过或没有发放"
            : "示范市的登记是虚构的，按规模生成，人数和件数不与原文逐一相同"
        return row(isNear ? .near : .different, shown, "\(reason)。\(source)")
    }
}

private enum WrittenNear {
    static func isWithinTenth(_ said: Figure, _ stated: Figure) -> Bool {
        guard let difference = said.minus(stated), let limit = stated.times(Figure(1, exponent: -1)) else { return false }
        return !(limit < difference) && !(limit < Figure(-difference.mantissa, exponent: difference.exponent))
    }
}

/// A row of a register of facts.
private struct ListedFact {
    let id: String, document: String, from: String, until: String, area: String, indicator: String, value: Figure?, unit: String, comparison: String

    init?(_ cells: [String], _ header: [String]) {
        func cell(_ name: String) -> String? { header.firstIndex(of: name).flatMap { cells.indices.contains($0) ? cells[$0] : nil } }
        guard let id = cell("id"), let document = cell("seed"), let indicator = cell("indicator"), let unit = cell("unit") else { return nil }
        (self.id, self.document, self.indicator, self.unit) = (id, document, indicator, unit)
        (from, until, area) = (cell("period_start") ?? "", cell("period_end") ?? "", cell("business_line") ?? "")
        (value, comparison) = (cell("value").flatMap { Figure($0) }, cell("comparison") ?? "=")
    }

    var shown: String { (comparison == "=" ? "" : comparison) + (value?.description ?? "（遮盖）") + unit }

    func hasOwnPeriod(than year: Int) -> Bool { !(from.isEmpty || from.hasPrefix("\(year)-01")) || !until.hasPrefix("\(year)-12") }
}

/// A generated text as the reading of figures reads it: each quantity found again behind the name of its indicator.
private struct ReadBack {
    private let marks: Marks
    private let quantities: [Quantity]

    init(_ text: String) { (marks, quantities) = (Array(text.unicodeScalars), DocumentReading(text).quantities) }

    /// The quantity that begins right behind the name; 为, 由 and 比 may stand between.
    func quantity(after name: String, unit: String) -> Quantity? {
        let sought = Array(name.unicodeScalars)
        guard let head = sought.first, marks.count > sought.count else { return nil }
        for start in 0 ..< marks.count - sought.count where marks[start] == head && marks[start ..< start + sought.count].elementsEqual(sought) {
            let end = start + sought.count
            if let found = quantities.first(where: { (end ... end + 2).contains($0.place.range.lowerBound) }) { return found }
        }
        return nil
    }
}
