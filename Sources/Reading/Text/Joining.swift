/// 拼行。Joins lines that were broken in the middle of a sentence.
enum Joining {
    static func paragraphs(_ lines: [Manuscript.Paragraph]) -> [Manuscript.Paragraph] {
        let width = wrapping(lines.map(\.marks.count))
        var paragraphs: [Manuscript.Paragraph] = [], lastLine = 0
        for line in lines {
            let isFull = width.map { lastLine >= $0 - 3 } ?? false
            if let last = paragraphs.indices.last, isOpen(paragraphs[last].marks, isFull: isFull), !opensAnew(line.marks) {
                paragraphs[last].append(line)
            } else {
                paragraphs.append(line)
            }
            lastLine = line.marks.count
        }
        return paragraphs
    }

    /// The width at which a document was wrapped: that of its longest lines, when a third of them are as long.
    private static func wrapping(_ lengths: [Int]) -> Int? {
        guard lengths.count >= 10 else { return nil }
        let width = lengths.sorted()[lengths.count * 19 / 20]
        guard (16 ... 80).contains(width), lengths.count(where: { $0 >= width - 3 }) * 3 >= lengths.count else { return nil }
        return width
    }

    /// A line that does not end, and either fills the page or already runs (it holds a comma or a full stop).
    private static func isOpen(_ marks: Marks, isFull: Bool) -> Bool {
        guard let last = marks.last, !ends.contains(last) || (isFull && (last == "”" || last == ")")) else { return false }
        return isFull || marks.contains { $0 == "," || $0 == "。" || $0 == ";" }
    }

    private static func opensAnew(_ marks: Marks) -> Bool { HeadingMark.read(marks, at: 0) != nil }

    private static let ends: Set<Unicode.Scalar> = ["。", "!", "?", ";", ":", "”", ")", "…"]
}
