/// 计划。The measures of a document: of a plan all, of a summary those of its plan part.
public struct Plan: Sendable {
    public let measures: [Measure]

    /// - Parameter year: of the measures of a document that names none.
    public init(_ reading: DocumentReading, year: String? = nil) {
        var builder = PlanBuilder(reading: reading)
        let hasPlan = reading.outline.sentences.contains { $0.occasion.isPlan }
        for (index, sentence) in reading.outline.sentences.enumerated() where sentence.occasion.isPlan || !hasPlan { builder.read(sentence, at: index) }
        measures = builder.measures.map { $0.dated(year) }
    }
}

struct PlanBuilder {
    let reading: DocumentReading
    private(set) var measures: [Measure] = []
    private let aims: [Int: [Quantity]]

    init(reading: DocumentReading) {
        self.reading = reading
        aims = Dictionary(grouping: reading.quantities.filter(Self.isAim), by: \.sentenceIndex)
    }

    mutating func read(_ sentence: TextOutline.Sentence, at index: Int) {
        let marks = reading.manuscript.paragraphs[sentence.paragraph].marks, dates = reading.dates[index]
        let quantities = aims[index] ?? []
        let note = ResponsibilityNote.read(marks, sentence.range, dates, sentence.occasion)
        if let note, note.isAlone { return assign(note, over: sentence.path) }
        guard sentence.isTask || !quantities.isEmpty else { return }
        guard sentence.range.count >= 6, !sentence.path.isEmpty || !quantities.isEmpty else { return }
        for range in MeasureSplitting.split(marks, sentence.range) {
            add(range, of: sentence, marks, quantities, Deadline.read(marks, range, dates, sentence.occasion) ?? note?.deadline, note?.duty ?? Responsibility())
        }
    }

    private mutating func add(_ range: Range<Int>, of sentence: TextOutline.Sentence, _ marks: Marks, _ quantities: [Quantity], _ deadline: Day?, _ duty: Responsibility) {
        let paragraph = reading.manuscript.paragraphs[sentence.paragraph]
        guard let first = range.first, let last = range.last else { return }
        let place = paragraph.places[first] ..< paragraph.places[last] + 1
        let text = reading.manuscript.original(range, of: paragraph).trimmed
        guard text.count >= 4 else { return }
        measures.append(Measure(
            text: text, path: sentence.path, year: sentence.occasion.year, duty: duty, deadline: deadline,
            quantities: quantities.filter { place.contains($0.place.range.lowerBound) }, place: .init(range: place, line: reading.manuscript.line(of: place.lowerBound))))
    }

    /// A note that stands alone speaks of every measure under its heading that has none.
    private mutating func assign(_ note: ResponsibilityNote, over path: [String]) {
        for i in measures.indices.reversed() {
            guard measures[i].path.starts(with: path) else { return }
            if measures[i].duty.isEmpty { measures[i].duty = note.duty }
            if measures[i].deadline == nil { measures[i].deadline = note.deadline }
        }
    }

    /// The length of a checklist, an age limit and what stands already are no aims.
    private static func isAim(_ quantity: Quantity) -> Bool {
        guard quantity.origin != .checklist, quantity.origin != .rhythm else { return false }
        return quantity.kind == .target || (quantity.kind == .standard && quantity.unit != "岁" && quantity.previous != nil)
    }
}
