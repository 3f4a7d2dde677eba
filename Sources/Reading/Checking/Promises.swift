/// 标题与正文。2024年总结和2025年计划: a title that names both, over a text without any plan.
enum Promises {
    static func findings(_ text: CheckedText) -> [Finding] {
        let sentences = text.reading.outline.sentences
        guard sentences.count > 1, !sentences.contains(where: \.occasion.isPlan), let title = sentences.lazy.compactMap(\.path.first).first(where: promises),
              let first = text.reading.quantities.first else { return [] }
        return [Finding(check: .promise, weight: .note, message: "标题《\(title)》写有计划，正文里没有读到计划部分，请核对是否缺页", places: [.init(range: first.place.range, line: 1)])]
    }

    private static func promises(_ title: String) -> Bool {
        guard let plan = ["工作计划", "工作打算", "工作安排", "工作思路", "工作要点"].lazy.compactMap({ title.range(of: $0) }).first else { return false }
        return title[..<plan.lowerBound].contains("总结") || title[..<plan.lowerBound].contains("情况")
    }
}

extension String {
    fileprivate func range(of word: String) -> Range<String.Index>? { ranges(of: word).first }
}
