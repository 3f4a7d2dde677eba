import Reading

/// 读数评分。How many of the rows people made were found, and how many of the figures printed are real.
public struct ReadingScore: Sendable {
    public struct Count: Sendable {
        public var found = 0
        public var all = 0
        public var percent: Double { all == 0 ? 100 : Double(found) * 100 / Double(all) }
        mutating func add(_ isFound: Bool) { (found, all) = (found + (isFound ? 1 : 0), all + 1) }
    }

    public var inDigits = Count()
    public var others = Count()
    /// Of the found, those of the right kind.
    public var kinds = Count()
    public var printed = 0
    public var listed = 0
    public var missed: [ExpectedFigure] = []
    /// Printed, but neither expected nor on the list of those left out.
    public var surplus: [Quantity] = []

    public var found: Int { inDigits.found + others.found }
    /// (matched + listed) ÷ printed.
    public var precision: Double { printed == 0 ? 100 : Double(found + listed) * 100 / Double(printed) }

    /// A printed figure meets a row when it stands within the row's sentence and value, unit and comparison are the same; each meets one.
    public init(_ quantities: [Quantity], of text: String, expected: [ExpectedFigure], leftOut: [LeftOutFigure]) {
        let page = FlatText(text)
        var rest = quantities
        printed = quantities.count
        for row in expected {
            let index = page.ranges(of: row.sentence).lazy.compactMap { range in Self.best(rest, row, within: range) }.first
            if row.isInDigits { inDigits.add(index != nil) } else { others.add(index != nil) }
            guard let index else { missed.append(row); continue }
            if let kind = row.kind { kinds.add(rest[index].kind.rawValue == kind) }
            rest.remove(at: index)
        }
        for row in leftOut {
            guard let index = rest.firstIndex(where: { Self.isSame($0, row) && page.holds(row.words, around: $0.place.range) }) else { continue }
            listed += 1
            rest.remove(at: index)
        }
        surplus = rest
    }

    private static func isSame(_ quantity: Quantity, _ row: LeftOutFigure) -> Bool {
        quantity.value == row.value && quantity.unit == row.unit && quantity.comparison.rawValue == row.comparison
    }

    /// The one of the row's kind first.
    private static func best(_ quantities: [Quantity], _ row: ExpectedFigure, within range: Range<Int>) -> Int? {
        let fitting = quantities.indices.filter { i in
            let quantity = quantities[i]
            return quantity.value == row.value && quantity.unit == row.unit && quantity.comparison.rawValue == row.comparison
                && range.lowerBound <= quantity.place.range.lowerBound && quantity.place.range.upperBound <= range.upperBound
        }
        return fitting.first { quantities[$0].kind.rawValue == row.kind } ?? fitting.first
    }

    public static func + (a: ReadingScore, b: ReadingScore) -> ReadingScore {
        var sum = a
        (sum.inDigits.found, sum.inDigits.all) = (a.inDigits.found + b.inDigits.found, a.inDigits.all + b.inDigits.all)
        (sum.others.found, sum.others.all) = (a.others.found + b.others.found, a.others.all + b.others.all)
        (sum.kinds.found, sum.kinds.all) = (a.kinds.found + b.kinds.found, a.kinds.all + b.kinds.all)
        (sum.printed, sum.listed) = (a.printed + b.printed, a.listed + b.listed)
        (sum.missed, sum.surplus) = (a.missed + b.missed, a.surplus + b.surplus)
        return sum
    }

    public init() {}
}

/// A text without its line breaks, with the place of each character in the original.
struct FlatText {
    private let marks: Marks
    private let places: [Int]

    init(_ text: String) {
        let all = Array(text.unicodeScalars.enumerated()).filter { $0.element != "\n" && $0.element != "\r" }
        (marks, places) = (all.map(\.element), all.map(\.offset))
    }

    /// Where the words stand, in the original.
    func ranges(of words: String) -> [Range<Int>] {
        let sought = Array(words.unicodeScalars)
        guard let head = sought.first, marks.count >= sought.count else { return [] }
        return (0 ... marks.count - sought.count).compactMap { i in
            guard marks[i] == head, marks[i ..< i + sought.count].elementsEqual(sought) else { return nil }
            return places[i] ..< places[i + sought.count - 1] + 1
        }
    }

    func holds(_ words: String, around place: Range<Int>) -> Bool {
        ranges(of: words).contains { $0.lowerBound <= place.lowerBound && place.upperBound <= $0.upperBound }
    }
}
