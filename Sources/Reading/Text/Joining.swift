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
        guard let last = marks.last, !ends.contains(last) || (isFull && (last == "”" || last == ")")) || endsInGloss(marks) else { return false }
        if !isFull, let mark = HeadingMark.read(marks, at: 0), mark.level <= .second, !marks.contains("。") { return false }
        return isFull || marks.contains { $0 == "," || $0 == "。" || $0 == ";" }
    }

    /// 镇(街道): a short gloss within a name, not a remark at the end.
    private static func endsInGloss(_ marks: Marks) -> Bool {
        guard marks.last == ")", let open = marks.suffix(8).lastIndex(of: "("), open > 0 else { return false }
        return marks[open - 1].isHan && !marks[open...].contains(":")
    }

    private static func opensAnew(_ marks: Marks) -> Bool { HeadingMark.read(marks, at: 0) != nil }

    private static let ends: Set<Unicode.Scalar> = ["。", "!", "?", ";", ":", "”", ")", "…"]
}
