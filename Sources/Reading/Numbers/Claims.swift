/// 无数字的数量。Words that state a hundred per cent (全覆盖、全部完成、所有…完成) or none at all (未发生一起、无一例、零事故).
enum Claims {
    static func read(_ marks: Marks, at place: Int, in sentence: Range<Int>) -> [Amount] {
        switch marks[place] {
        case "全": whole(marks, at: place, in: sentence).map { [$0] } ?? []
        case "所": every(marks, at: place, in: sentence).map { [$0] } ?? []
        case "无", "未", "没", "零": none(marks, at: place, in: sentence)
        default: []
        }
    }

    // MARK: a hundred per cent

    private static func whole(_ marks: Marks, at place: Int, in sentence: Range<Int>) -> Amount? {
        if marks.has("全覆盖", at: place) {
            return namesSomethingElse(marks, at: place + 3) ? nil : hundred(place ..< place + 3)
        }
        guard marks.has("全部", at: place), done.match(marks, at: place + 2, until: sentence.upperBound) != nil else { return nil }
        return hundred(place ..< place + 2)
    }

    /// 所有站点完成…
    private static func every(_ marks: Marks, at place: Int, in sentence: Range<Int>) -> Amount? {
        guard marks.has("所有", at: place) else { return nil }
        let clause = Sentences.clause(marks, at: place, in: sentence)
        guard let verb = finished.first(marks, in: place + 2 ..< clause.upperBound), verb.range.lowerBound > place + 3 else { return nil }
        return hundred(place ..< place + 2)
    }

    private static func hundred(_ range: Range<Int>) -> Amount {
        Amount(range: range, value: .hundred, unit: .percent, origin: .claimed, script: .chinese)
    }

    /// 全覆盖工作机制 is a name, not a statement.
    private static func namesSomethingElse(_ marks: Marks, at end: Int) -> Bool {
        ["工作", "机制", "行动", "网络", "体系", "的目标", "要求", "模式", "方案", "排查", "”工程"].contains { marks.has($0, at: end) }
    }

    private static let done = Lexicon(words: "完成 制定 建立 建成 纳入 办结 整改 发放到位 发放 达标 签订 落实 投入 通过 配备 安装 实现 挂牌 入住 公示 化解 兑现 到位 开通 启用 录入 撤并 拨付 竣工 交付 覆盖")
    private static let finished = Lexicon(words: "完成 达标 建成 实现 配备 纳入 安装 签订")

    // MARK: none

    private static func none(_ marks: Marks, at place: Int, in sentence: Range<Int>) -> [Amount] {
        guard let (_, after) = denials.match(marks, at: place, until: sentence.upperBound),
              let (unit, end) = Units.lexicon.match(marks, at: after, until: sentence.upperBound), unit.sort == .times || unit.sort == .people || unit.name == "件" else {
            return zero(marks, at: place, in: sentence)
        }
        let clause = Sentences.clause(marks, at: place, in: sentence)
        return Coordination.parts(marks, end ..< clause.upperBound).map { part in
            Amount(range: place ..< end, value: .zero, unit: unit, origin: .claimed, script: .chinese, phrase: marks.text(part).trimmed)
        }
    }

    private static let denials = Lexicon(words: "未发生一 无一 没有一 未出现一 未发现一 没有发生一 未接到一 没发生一")

    /// 零事故, 零投诉.
    private static func zero(_ marks: Marks, at place: Int, in sentence: Range<Int>) -> [Amount] {
        guard marks[place] == "零", let (_, end) = mishaps.match(marks, at: place + 1, until: sentence.upperBound) else { return [] }
        return [Amount(range: place ..< end, value: .zero, unit: Unit(name: "起", sort: .times), origin: .claimed, script: .chinese, phrase: marks.text(place + 1 ..< end))]
    }

    private static let mishaps = Lexicon(words: "事故 投诉 感染 上访 差错 差评 信访 违规 伤亡 火灾 发生 失误 纠纷")
}
