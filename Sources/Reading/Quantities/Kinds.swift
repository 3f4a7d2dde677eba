/// 性质判断。Whether an amount happened, stands, is laid down, or is aimed at.
struct Kinds {
    let marks: Marks
    let sentence: Range<Int>
    let occasion: Occasion
    /// Whether the sentence tells of works that are still to be finished.
    private let isProject: Bool

    init(marks: Marks, sentence: Range<Int>, occasion: Occasion) {
        (self.marks, self.sentence, self.occasion) = (marks, sentence, occasion)
        isProject = Self.isProject(marks, sentence)
    }

    func kind(of amount: Amount, phrase: String, after last: Quantity.Kind?) -> Quantity.Kind {
        if isStandard(amount, phrase) { return .standard }
        let clause = Sentences.clause(marks, at: amount.range.lowerBound, in: sentence)
        if occasion.isPlan { return isStanding(clause, before: amount.range.lowerBound) ? .stock : .target }
        if isAim(clause, amount) || isProject { return .target }
        return isStock(amount, phrase, clause, after: last) ? .stock : .actual
    }

    // MARK: standards

    private func isStandard(_ amount: Amount, _ phrase: String) -> Bool {
        switch amount.origin {
        case .checklist: return true
        case .rhythm: return true
        case .claimed: return false
        case .counted: break
        }
        if amount.unit.sort == .age || amount.unit.name.hasPrefix("小时/") { return true }
        let after = amount.range.upperBound ..< min(amount.range.upperBound + 6, sentence.upperBound)
        if amount.unit.sort == .money { return isRate(amount, phrase) || isTerm(amount) }
        if amount.unit.sort == .grade { return marks.has("等级", in: amount.range) || marks.has("网络", in: after) }
        if amount.unit.sort == .time || amount.unit.sort == .measure, amount.comparison == .atMost, !occasion.isPlan { return true }
        return ["上限", "下限", "门槛", "起点", "时限"].contains { phrase.contains($0) }
    }

    /// 元/人/月, 由X元提高到Y元, …标准.
    private func isRate(_ amount: Amount, _ phrase: String) -> Bool {
        if amount.unit.name.contains("/") || amount.isRaise || marks.has("的标准", at: amount.range.upperBound) { return true }
        return phrase.contains("标准") && !["发放", "支出", "投入", "拨付", "资金"].contains { phrase.contains($0) }
    }

    /// 10万元以下工程: a bound before a noun, without a verb, is a rule.
    private func isTerm(_ amount: Amount) -> Bool {
        amount.unit.sort == .money && amount.comparison == .atMost && !occasion.isPlan && !marks.has("控制在", in: sentence)
    }

    // MARK: aims and stocks

    private func isAim(_ clause: Range<Int>, _ amount: Amount) -> Bool {
        if !amount.isRaise, marks.has("到2", in: clause) { return true }
        return marks.has(anyOf: KindWords.aims, in: clause) && !marks.has(anyOf: ["完成", "年度目标"], in: clause)
    }

    /// 工程…,计划年底竣工: all its figures are still to come.
    private static func isProject(_ marks: Marks, _ sentence: Range<Int>) -> Bool {
        guard let plan = ["计划", "预计", "拟于"].compactMap({ marks.first(of: $0, in: sentence) }).min() else { return false }
        return marks.has(anyOf: ["竣工", "完工", "建成投用", "投入使用", "交付"], in: plan ..< min(plan + 16, sentence.upperBound))
    }

    /// 为若干家庭提供…, 组织若干人…: those whom a deed reached.
    private func isService(_ clause: Range<Int>) -> Bool {
        if ["为", "向", "对", "给", "共为", "组织", "指导", "帮助"].contains(where: { marks.has($0, at: clause.lowerBound) }) { return true }
        return KindWords.deeds.first(marks, in: clause) != nil && marks.has(anyOf: ["向", "为", "对"], in: clause)
    }

    private func isGrowth(_ amount: Amount) -> Bool {
        let before = max(sentence.lowerBound, amount.range.lowerBound - 12) ..< amount.range.lowerBound
        return amount.unit.sort == .ratio && marks.has(anyOf: ["同比", "比上年", "比去年", "较上年", "较去年", "环比", "增长"], in: before)
    }

    /// 现有…, 以8个支部为依托: what a plan builds on.
    private func isStanding(_ clause: Range<Int>, before place: Int) -> Bool {
        if marks.has(anyOf: ["现有", "目前", "截至", "已有", "已建"], in: clause.lowerBound ..< place) { return true }
        return marks.has("以", before: place) && marks.has(anyOf: ["为依托", "为基础", "为支撑", "为核心", "为载体"], in: place ..< clause.upperBound)
    }

    private func isStock(_ amount: Amount, _ phrase: String, _ clause: Range<Int>, after last: Quantity.Kind?) -> Bool {
        guard amount.origin == .counted, ![.money, .times, .time].contains(amount.unit.sort), !["人次", "户次"].contains(amount.unit.name) else { return false }
        if isService(clause) || isGrowth(amount) { return false }
        let before = max(sentence.lowerBound, amount.range.lowerBound - 2 * Sentences.reach) ..< amount.range.lowerBound
        let near = clause.lowerBound ..< amount.range.lowerBound
        if KindWords.flows.last(marks, in: near) != nil, KindWords.standing.last(marks, in: near) == nil { return false }
        if KindWords.standing.last(marks, in: near) != nil { return true }
        if last == .stock, KindWords.flows.last(marks, in: near) == nil { return true }
        let isQuiet = KindWords.flows.last(marks, in: before) == nil
        return isQuiet && (amount.unit.sort != .ratio || KindWords.standing.last(marks, in: before) != nil)
    }
}
