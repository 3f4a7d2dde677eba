import Reading
import Values

/// 读出的内容。What a document sets out to do, as rows: headings, passages under them, and what each aims at.
struct DocumentPassages: Sendable {
    struct Heading: Sendable, Hashable {
        let position: Int
        let parent: Int?
        let title: String
    }

    struct Passage: Sendable, Hashable {
        let position: Int
        let heading: Int?
        /// As the document writes it.
        let text: String
        let area: String
        let leadingUnit: String?
        let responsibleUnit: String?
        let person: String?
        let deadline: CivilDate?
        /// In Unicode scalars of the original.
        let startsAt: Int, endsAt: Int
        let line: Int
        var aims: [Aim]
    }

    /// 目标。A number the passage sets itself; of a range, both ends.
    struct Aim: Sendable, Hashable {
        let words: String
        let bound: Bound
        /// nil where the text masks it.
        let value: TargetNumber?
        let upper: TargetNumber?
        let previous: TargetNumber?
        let unit: String
    }

    /// 数。One quantity as a register of facts holds it.
    struct Found: Sendable, Hashable {
        let kind: String
        let area: String
        let indicator: String
        let comparison: String
        /// nil where the text masks it.
        let value: String?
        let unit: String
        let previous: String?
        /// Text, for a document may mask its year: 202x-01-01.
        let from: String?, until: String?
        let sentence: String
        let startsAt: Int, endsAt: Int
        let line: Int
    }

    /// The first title of the document; empty when it has none.
    let title: String
    let year: Int?
    let headings: [Heading]
    let passages: [Passage]
    /// Every quantity of the document, aims or not.
    let quantities: [Found]

    init(_ text: String) {
        let reading = DocumentReading(text), plan = Plan(reading)
        var tree = HeadingTree()
        var passages: [Passage] = []
        for (position, measure) in plan.measures.enumerated() { passages.append(Passage(measure, at: position, under: tree.place(of: measure.path))) }
        (headings, self.passages, quantities) = (tree.headings, passages, reading.quantities.map(Found.init))
        title = tree.headings.first { $0.parent == nil }?.title ?? ""
        year = plan.measures.lazy.compactMap { $0.year.flatMap { Int($0) } }.first
    }
}

/// Makes a tree of the paths of passages, in their order: the same title twice is two headings where something else stood between.
private struct HeadingTree {
    private(set) var headings: [DocumentPassages.Heading] = []
    private var open: [DocumentPassages.Heading] = []

    mutating func place(of path: [String]) -> Int? {
        let shared = zip(open, path).prefix { $0.title == $1 }.count
        open.removeLast(open.count - shared)
        for title in path.dropFirst(shared) {
            let heading = DocumentPassages.Heading(position: headings.count, parent: open.last?.position, title: title)
            headings.append(heading)
            open.append(heading)
        }
        return open.last?.position
    }
}

extension DocumentPassages.Passage {
    fileprivate init(_ measure: Measure, at position: Int, under heading: Int?) {
        let aims = DocumentPassages.Aim.all(of: measure.quantities)
        self.init(position: position, heading: heading, text: measure.text, area: BusinessLine.of(measure), leadingUnit: measure.duty.leading,
                  responsibleUnit: measure.duty.responsible, person: measure.duty.person, deadline: measure.deadline.flatMap { try? CivilDate(typed: $0.description) },
                  startsAt: measure.place.range.lowerBound, endsAt: measure.place.range.upperBound, line: measure.place.line, aims: aims)
    }
}

extension DocumentPassages.Aim {
    private static let lower = "(下限)", upper = "(上限)"

    /// The two ends of a range are one aim.
    fileprivate static func all(of quantities: [Quantity]) -> [DocumentPassages.Aim] {
        quantities.enumerated().compactMap { index, quantity in
            let words = quantity.indicator
            if words.hasSuffix(upper), index > 0, quantities[index - 1].indicator.hasSuffix(lower) { return nil }
            guard words.hasSuffix(lower), index + 1 < quantities.count, quantities[index + 1].indicator.hasSuffix(upper) else { return DocumentPassages.Aim(quantity, words) }
            return DocumentPassages.Aim(quantity, String(words.dropLast(lower.count)), upper: quantities[index + 1].value)
        }
    }

    private init(_ quantity: Quantity, _ words: String, upper: Figure? = nil) {
        self.init(words: words, bound: Bound(quantity.comparison), value: quantity.value.map(TargetNumber.init), upper: upper.map(TargetNumber.init),
                  previous: quantity.previous.map(TargetNumber.init), unit: quantity.unit)
    }
}

extension DocumentPassages.Found {
    fileprivate init(_ quantity: Quantity) {
        self.init(kind: quantity.kind.rawValue, area: BusinessLine.of(quantity), indicator: quantity.indicator, comparison: quantity.comparison.rawValue,
                  value: quantity.value?.description, unit: quantity.unit, previous: quantity.previous?.description, from: quantity.from?.description,
                  until: quantity.until?.description, sentence: quantity.sentence, startsAt: quantity.place.range.lowerBound, endsAt: quantity.place.range.upperBound,
                  line: quantity.place.line)
    }
}
