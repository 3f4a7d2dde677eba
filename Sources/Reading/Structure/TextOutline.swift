/// 提纲。The headings over each sentence of a document, and what the sentence belongs to: a plan or a summary, of which year.
public struct TextOutline: Sendable {
    public struct Sentence: Sendable {
        public let paragraph: Int
        public let range: Range<Int>
        /// The headings above it, outermost first, without their numbers.
        public let path: [String]
        public let occasion: Occasion
        /// 一、健全服务体系。: opens what follows and is not itself a statement of facts.
        public let isHeading: Bool
        /// 一是加快推进人才队伍建设。: opens what follows and is something to do as well.
        public let isTask: Bool
    }

    public let sentences: [Sentence]

    init(_ manuscript: Manuscript) {
        var builder = TextOutlineBuilder(usualYear: Self.usualYear(of: manuscript))
        for (index, paragraph) in manuscript.paragraphs.enumerated() { builder.read(paragraph.marks, at: index) }
        sentences = builder.sentences
    }

    /// The year the text names most often, and more than once: what it speaks of when no title says so.
    private static func usualYear(of manuscript: Manuscript) -> String? {
        var counts: [String: Int] = [:]
        for paragraph in manuscript.paragraphs { for year in Day.years(in: paragraph.marks) { counts[year, default: 0] += 1 } }
        return counts.filter { $0.value > 1 }.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
}

struct TextOutlineBuilder {
    private struct Heading {
        let level: HeadingMark.Level
        let title: String
        let occasion: Occasion
    }

    private(set) var sentences: [TextOutline.Sentence] = []
    private var headings: [Heading] = []
    private var base: Occasion

    init(usualYear: String?) { base = Occasion(year: usualYear) }

    private var occasion: Occasion { headings.last?.occasion ?? base }

    mutating func read(_ marks: Marks, at index: Int) {
        if isTitle(marks) {
            headings = []
            base = base.renamed(by: marks, isTitle: true)
            push(.title, marks.text, base)
            return
        }
        for range in Sentences.split(marks, marks.indices) { read(range, of: marks, at: index) }
    }

    /// A short line without punctuation that names a plan or a summary, or nothing we could count.
    private func isTitle(_ marks: Marks) -> Bool {
        guard marks.count <= 40, HeadingMark.read(marks, at: 0) == nil else { return false }
        return Occasion.isNamed(in: marks) && !marks.contains { "。;,:".unicodeScalars.contains($0) }
    }

    private mutating func read(_ range: Range<Int>, of marks: Marks, at index: Int) {
        let mark = HeadingMark.read(marks, at: range.lowerBound)
        guard let mark, mark.end < range.upperBound else { return addPlain(range, of: marks, at: index) }
        let body = mark.end ..< range.upperBound
        while let last = headings.last, last.level >= mark.level { headings.removeLast() }
        if isHeading(body, of: marks, mark.level) {
            let title = marks.text(body).trimmed
            let turned = mark.level <= .second ? occasion.renamed(by: Marks(title), isTitle: false) : occasion
            push(mark.level, title, turned)
            add(body, at: index, isHeading: true, isTask: mark.level == .item)
        } else {
            add(body, at: index, isHeading: false)
        }
    }

    /// 养老服务方面。opens what follows, too.
    private mutating func addPlain(_ range: Range<Int>, of marks: Marks, at index: Int) {
        let clause = Sentences.clause(marks, at: range.lowerBound, in: range)
        guard clause.count <= 16, marks.has("方面", before: clause.upperBound) else { return add(range, at: index, isHeading: false) }
        while let last = headings.last, last.level >= .fourth { headings.removeLast() }
        push(.fourth, marks.text(clause), occasion)
        if clause.upperBound + 1 < range.upperBound { add(clause.upperBound + 1 ..< range.upperBound, at: index, isHeading: false) }
    }

    /// A heading stands alone in its paragraph, or is a short sentence with more to follow.
    private func isHeading(_ body: Range<Int>, of marks: Marks, _ level: HeadingMark.Level) -> Bool {
        let isLast = body.upperBound >= marks.count
        if level == .item { return !isLast && body.count <= 40 && marks[body.upperBound - 1] == "。" && HeadingMark.read(marks, at: body.upperBound)?.level != .item }
        guard body.count <= 60, !statesFigures(marks, body), !ResponsibilityNote.opens(marks, at: body.upperBound) else { return false }
        return !isLast || marks[body.upperBound - 1] != "。" || body.count <= 30
    }

    /// Digits other than those of a year: a heading counts nothing.
    private func statesFigures(_ marks: Marks, _ body: Range<Int>) -> Bool {
        marks[body].split { !$0.isDigit }.contains { $0.count != 4 }
    }

    private mutating func push(_ level: HeadingMark.Level, _ title: String, _ occasion: Occasion) {
        headings.append(Heading(level: level, title: title, occasion: occasion))
    }

    private mutating func add(_ range: Range<Int>, at index: Int, isHeading: Bool, isTask: Bool = false) {
        let path = isTask ? headings.dropLast().map(\.title) : headings.map(\.title)
        sentences.append(.init(paragraph: index, range: range, path: path, occasion: occasion, isHeading: isHeading, isTask: isTask || !isHeading))
    }
}

extension StringProtocol {
    /// Without spaces and end marks at either end.
    var trimmed: String {
        var view = self[...]
        while let last = view.last, "。;,:、 !".contains(last) { view.removeLast() }
        while let first = view.first, "。;,:、 !".contains(first) { view.removeFirst() }
        return String(view)
    }
}
