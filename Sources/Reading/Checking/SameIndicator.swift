/// 同一指标。The same thing with two values: a fault when both stand at the same time, a question when their states differ.
enum SameIndicator {
    static func findings(_ text: CheckedText) -> [Finding] {
        let named = text.reading.quantities.compactMap { quantity in core(of: quantity).map { (core: $0, quantity: quantity) } }
        let groups = Dictionary(grouping: named) { $0.core + "|" + $0.quantity.unit }
        return groups.values.compactMap { group in group.count > 1 ? finding(group.map(\.quantity), group[0].core, text) : nil }
    }

    private static func finding(_ all: [Quantity], _ core: String, _ text: CheckedText) -> Finding? {
        let first = all[0]
        guard let other = all.dropFirst().first(where: { $0.value != first.value && $0.sentenceIndex != first.sentenceIndex }) else { return nil }
        let places = [first.place, other.place]
        guard first.value != nil, other.value != nil else {
            return Finding(check: .twice, weight: .question, message: "“\(core)”两处写法不同：\(first.spoken)和\(other.spoken)，请核对口径\(reached(first, other, text))", places: places)
        }
        let isOne = first.kind == other.kind && first.kind != .actual && first.from == other.from && first.until == other.until
            && first.comparison == other.comparison && first.indicator == other.indicator
        let message = isOne ? "“\(core)”前后不一：\(first.spoken)和\(other.spoken)" : "“\(core)”有\(first.spoken)和\(other.spoken)两个数，状态或口径不同（\(state(first))、\(state(other))），请核对"
        return Finding(check: .twice, weight: isOne ? .fault : .question, message: message, places: places)
    }

    /// 惠及20人, 惠及30人次: people in one place, person-times in the other.
    private static func reached(_ a: Quantity, _ b: Quantity, _ text: CheckedText) -> String {
        let next = [a, b].compactMap { quantity in text.sentences[quantity.sentenceIndex].quantities.first { $0.range.lowerBound >= quantity.range.upperBound } }
        guard next.count == 2, Set(next.map(\.unit)) == ["人", "人次"] else { return "" }
        return "；随后一处说\(next[0].spoken)，一处说\(next[1].spoken)，人和人次不能相比"
    }

    private static func state(_ quantity: Quantity) -> String {
        switch quantity.kind {
        case .actual: "本期发生：\(quantity.indicator)"
        case .stock: "现有：\(quantity.indicator)"
        case .standard: "标准：\(quantity.indicator)"
        case .target: "计划：\(quantity.indicator)"
        }
    }

    /// The thing itself, without what was done to it; nil when the words are too few to name one thing.
    private static func core(of quantity: Quantity) -> String? {
        guard quantity.origin == .counted, !["岁", "%", "百分点", "年"].contains(quantity.unit), !quantity.indicator.hasSuffix("限)") else { return nil }
        var words = Marks(quantity.indicator)[...]
        if let verb = deeds.last(Marks(words), in: 0 ..< words.count), verb.range.upperBound < words.count { words = words[verb.range.upperBound...] }
        let core = Marks(words).text.trimmed
        return core.count >= 4 && !core.contains("等") && !vague.contains(where: core.hasPrefix) ? core : nil
    }

    /// Words that lean on a subject named before them.
    private static let vague = ["增加", "减少", "提高", "降低", "月人均", "人均", "年人均", "支出", "资金", "补贴", "发放", "共", "其中", "平均", "每"]
    private static let deeds = Lexicon(words: "建设 新建 建成 建立 新增 投入使用 发放 开展 完成 现有 共有 设置 配备 打造 举办 组织 累计 达到 实施 设有 建有 拥有 支出 投入 给予 提高 调整 有")
}
