/// 并列。Divides 安全事故和群众投诉 into its parts.
enum Coordination {
    static func parts(_ marks: Marks, _ range: Range<Int>) -> [Range<Int>] {
        var parts: [Range<Int>] = [], start = range.lowerBound, depth = 0
        for i in range {
            if marks[i] == "(" || marks[i] == "“" { depth += 1 }
            if marks[i] == ")" || marks[i] == "”" { depth = max(0, depth - 1) }
            guard depth == 0, marks[i] == "和" || marks[i] == "、" || marks[i] == "与" || marks[i] == "及" || marks[i] == "或", i > start, i + 1 < range.upperBound else { continue }
            parts.append(start ..< i)
            start = i + 1
        }
        if start < range.upperBound { parts.append(start ..< range.upperBound) }
        return parts
    }
}
