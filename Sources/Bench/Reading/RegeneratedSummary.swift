import Commons
import Reading
import Values

/// 重写材料。A summary that was generated and read back, held against the facts that people listed from a real one, fact by fact.
public struct RegeneratedSummary: Sendable {
    public enum Outcome: String, Sendable, CaseIterable {
        /// 相近: within a tenth, or equal over the document's own period. 尚不能算: no value, or only a part of it is counted here.
        /// 不符: neither, and nobody can say why: a fault of the city or of the program.
        case equal = "相等", near = "相近", missing = "尚不能算", different = "不符"
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

    /// What the house knows beside the text.
    public struct Ground {
        /// An indicator over other months; nil where nothing is known.
        public typealias OverMonths = (_ indicator: Indicator, _ from: String, _ until: String) throws -> Figure?

        let book: IndicatorBook, year: Int, scale: Figure, notes: [String: Note], overPeriod: OverMonths, sinceBegun: OverMonths

        /// - Parameters:
        ///   - scale: of the city, as typed; what its registers count is held against so much of a fact, standards and rates against the whole.
        ///   - notes: by indicator, why it cannot be what the document says.
        ///   - overPeriod: the indicator over the fact's own period, where that isn't the summary's.
        ///   - sinceBegun: the same from the first month of which anything is known.
        public init(_ book: IndicatorBook, year: Int, scale: String = "1", notes: [String: Note] = [:], over overPeriod: @escaping OverMonths,
                    sinceBegun: @escaping OverMonths) {
            (self.book, self.year, self.notes, self.overPeriod, self.sinceBegun) = (book, year, notes, overPeriod, sinceBegun)
            self.scale = Figure(scale) ?? Figure(1)
        }
    }

    /// Why a computed figure isn't that of the document.
    public struct Note: Sendable {
        let text: String
        /// Other lines will bring the rest: until then the whole can't be computed.
        let isPartial: Bool

        public init(_ text: String, isPartial: Bool) { (self.text, self.isPartial) = (text, isPartial) }
    }

    public let rows: [Row]

    public func count(_ outcome: Outcome) -> Int { rows.count { $0.outcome == outcome } }

    /// - Parameters:
    ///   - text: the generated summary, without marks.
    ///   - table: rows of a register of facts, its header first; those of `document` are held against the text.
    public init(_ text: String, facts table: [[String]], document: String, on ground: Ground) throws {
        let page = ReadBack(text), header = table.first ?? []
        rows = try table.dropFirst().compactMap { cells in
            guard let fact = ListedFact(cells, header), fact.document == document else { return nil }
            return try Comparison(fact, page, ground).row()
        }
    }
}

/// One fact against the text.
private struct Comparison {
    private typealias Row = RegeneratedSummary.Row

    private let fact: ListedFact, page: ReadBack, ground: RegeneratedSummary.Ground
    private let meant: Indicator?

    /// Below this a name means another thing.
    private static let sameThing = 520

    init(_ fact: ListedFact, _ page: ReadBack, _ ground: RegeneratedSummary.Ground) {
        (self.fact, self.page, self.ground) = (fact, page, ground)
        meant = ground.book.suggestions(for: fact.indicator, unit: fact.unit).first { $0.likeness >= Self.sameThing }?.indicator
    }

    func row() throws -> RegeneratedSummary.Row {
        guard let meant else { return row(.missing, "", "没有对应的指标，待「\(fact.area)」业务上线后由登记产生") }
        let source = meant.isManual ? "手工填报，待「\(meant.area)」业务上线后改由登记计算" : "由登记计算"
        guard let value = fact.value else { return row(.missing, "", "原文遮去了数字") }
        guard let quantity = page.quantity(after: meant.name, unit: fact.unit), let said = quantity.value else { return row(.missing, "", "指标本期没有数据；\(source)") }
        let shown = said.description + quantity.unit
        if let reason = try equality(said, value, meant) { return row(.equal, shown, reason + source) }
        if let reason = try likeness(value, meant) { return row(.near, shown, reason + source) }
        let isNear = said.isWithinTenth(of: value) || expected(value, meant).map { said.isWithinTenth(of: $0) } ?? false
        guard let note = ground.notes[meant.code] else {
            return isNear ? row(.near, shown, "相差不到一成。\(source)") : row(meant.isManual ? .missing : .different, shown, "与原文的期间或口径不同。\(source)")
        }
        return row(isNear ? .near : note.isPartial ? .missing : .different, shown, "\(note.text)。\(source)")
    }

    private func row(_ outcome: RegeneratedSummary.Outcome, _ said: String, _ reason: String) -> RegeneratedSummary.Row {
        Row(id: fact.id, area: fact.area, fact: fact.indicator, stated: fact.shown, outcome: outcome, regenerated: said,
            indicator: meant.map { "\($0.name)（\($0.code)）" } ?? "", reason: reason)
    }

    /// What a city of this scale would have; nil where the whole is expected.
    private func expected(_ value: Figure, _ indicator: Indicator) -> Figure? {
        guard ground.scale < Figure(1), !indicator.isManual, indicator.nature == .stock || indicator.nature == .flow else { return nil }
        return value.times(ground.scale)
    }

    private func equality(_ said: Figure, _ value: Figure, _ indicator: Indicator) throws -> String? {
        if said == value { return "" }
        guard let part = expected(value, indicator), said.isWithin(Figure(5, exponent: -1), of: part) else { return nil }
        return "按规模折算为 \(part.description)。"
    }

    /// Equal, but over other months than the summary's.
    private func likeness(_ value: Figure, _ indicator: Indicator) throws -> String? {
        if fact.hasOwnPeriod(than: ground.year), try ground.overPeriod(indicator, fact.from, fact.until) == value {
            return "原文期间为\(fact.from)至\(fact.until)，总结按全年；按原文期间取数相等。"
        }
        if fact.from.isEmpty, indicator.nature == .flow, try ground.sinceBegun(indicator, fact.from, fact.until) == value {
            return "原文没有写明起始时间，是开办以来的累计数；总结按全年，从有数的第一个月起累计相等。"
        }
        return nil
    }
}

extension Figure {
    fileprivate func isWithin(_ limit: Figure, of other: Figure) -> Bool {
        guard let difference = minus(other) else { return false }
        return !(limit < difference) && !(limit < Figure(-difference.mantissa, exponent: difference.exponent))
    }

    fileprivate func isWithinTenth(of stated: Figure) -> Bool { stated.times(Figure(1, exponent: -1)).map { isWithin($0, of: stated) } ?? false }
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
