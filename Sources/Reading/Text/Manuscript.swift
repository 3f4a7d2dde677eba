/// 文稿。A document's text made ready to read: paragraphs of cleaned characters that remember where each stood.
public struct Manuscript: Sendable {
    /// 段落。One heading or one run of sentences.
    public struct Paragraph: Sendable {
        /// Simplified characters, half-width digits and punctuation, no stray spaces.
        public internal(set) var marks: Marks = []
        /// For each mark, its place in the original, in Unicode scalars.
        public internal(set) var places: [Int] = []

        mutating func append(_ other: Paragraph) {
            marks += other.marks
            places += other.places
        }
    }

    public let original: Marks
    public let paragraphs: [Paragraph]
    /// The places where lines begin.
    private let lineStarts: [Int]

    public init(_ text: String) {
        original = Marks(text)
        let isTraditional = Simplified.isTraditional(original)
        var lines: [Paragraph] = [], starts = [0]
        for (place, mark) in original.enumerated() where Self.isBreak(mark) {
            lines.append(Cleaning.line(original, starts[starts.count - 1] ..< place, isTraditional))
            starts.append(place + 1)
        }
        lines.append(Cleaning.line(original, starts[starts.count - 1] ..< original.count, isTraditional))
        lineStarts = starts
        paragraphs = Joining.paragraphs(lines.filter { line in line.marks.contains { $0.isHan || $0.isLetter } })
    }

    private static func isBreak(_ mark: Unicode.Scalar) -> Bool { mark == "\n" || mark == "\r" || mark == "\u{2028}" || mark == "\u{2029}" || mark == "\u{0C}" }

    /// The line of the original, counted from 1, that holds the place.
    public func line(of place: Int) -> Int {
        var low = 0, high = lineStarts.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if lineStarts[middle] <= place { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The words of the original that stand behind a range of a paragraph, without the line breaks between them.
    func original(_ range: Range<Int>, of paragraph: Paragraph) -> String {
        guard let start = range.first, let last = range.last else { return "" }
        let marks = original[paragraph.places[start] ... paragraph.places[last]].filter { !Self.isBreak($0) }
        return Marks(marks).text
    }
}
