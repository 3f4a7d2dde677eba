/// 前后环节。受理30件,办结28件: counts of one matter at two of its steps are never added, and the later can't well be the larger.
enum Stages {
    /// Earlier step, later step.
    private static let steps = [
        ("申请", "登记"), ("申请", "批准"), ("申请", "审批"), ("申请", "办结"), ("申请", "通过"), ("受理", "办结"), ("受理", "批准"), ("受理", "审批"), ("受理", "答复"),
        ("报名", "录取"), ("推荐", "入选"),
    ]

    static func findings(_ text: CheckedText) -> [Finding] {
        text.sentences.flatMap { sentence in
            zip(sentence.quantities, sentence.quantities.dropFirst()).compactMap { finding($0, $1) }
        }
    }

    private static func finding(_ first: Quantity, _ second: Quantity) -> Finding? {
        guard first.unit == second.unit, first.isCount, second.isCount, let asked = first.value, let done = second.value,
              let step = steps.first(where: { isStep(first, $0.0, second, $0.1) }) else { return nil }
        let places = [first.place, second.place], said = "“\(first.indicator)”\(first.spoken)、“\(second.indicator)”\(second.spoken)"
        if done > asked { return Finding(check: .stage, weight: .question, message: "\(said)：\(step.1)多于\(step.0)，请核对是否含以前年度结转", places: places) }
        return Finding(check: .stage, weight: .note, message: "\(said)是同一件事的两个环节，不能相加", places: places)
    }

    /// The same matter before both steps: 离婚申请, 离婚登记; or the second has none of its own: 受理申请30件, 办结28件.
    private static func isStep(_ first: Quantity, _ earlier: String, _ second: Quantity, _ later: String) -> Bool {
        guard let asked = matter(of: first, earlier), let done = matter(of: second, later) else { return false }
        return asked == done || done.isEmpty
    }

    private static func matter(of quantity: Quantity, _ step: String) -> String? {
        let phrase = quantity.indicator
        if phrase.hasSuffix(step) { return String(phrase.dropLast(step.count)) }
        return phrase.hasPrefix(step) ? String(phrase.dropFirst(step.count)) : nil
    }
}
