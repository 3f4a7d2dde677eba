import Values

/// 家庭月收入的核算。
struct CountedIncome: Hashable, Sendable {
    let perMonth: ExactMoney
    let lines: [SheetLine]
}

/// 家庭月收入：members' incomes, shared incomes and support due, less the rigid costs; exact, per month.
///
/// 《最低生活保障审核确认办法》第十三条。Order of the sheet: member by member, then the household.
func countedIncome(
    of household: HouseholdFacts, counting verdicts: [MemberVerdict], under law: AllowanceLaw, on date: CivilDate
) throws(Refusal) -> CountedIncome {
    let counted = Set(verdicts.filter(\.counted).map(\.member))
    let members = household.members.filter { counted.contains($0.id) }
    let taker = members.first { $0.counted(.wage, under: law) > .zero }?.id
    let single = try members.mapInOrder { member throws(Refusal) in
        try memberIncome(of: member, takingJobCost: member.id == taker || law.jobCost?.value.perEmployedMember == true, under: law)
    }
    var lines: [SheetLine] = zip(members, single).map { member, income in
        SheetLine(.plus, "\(member.name)计入收入", member.incomes.isEmpty ? "没有申报收入" : "见上", income.perMonth)
    }
    lines += household.sharedIncomes.map { incomeLine($0, of: "家庭", under: law) }
    for supporter in household.supporters {
        lines += try supportLines(from: supporter, to: counted, under: law)
    }
    lines += rigidCostLines(household.rigidCosts, upTo: lines.balance, under: law)
    let perMonth = lines.balance
    lines.append(SheetLine(.total, "家庭月收入", "以上各项合计", perMonth, basis: law.incomeBasis))
    return CountedIncome(perMonth: perMonth, lines: single.flatMap(\.lines) + lines)
}

/// 成员月收入：gross by category less its costs, then insurance, tax and support paid, then the job cost; never below zero.
///
/// - Parameter takingJobCost: false for the others where a household takes the job cost only once.
func memberIncome(
    of member: MemberFacts, takingJobCost: Bool = true, under law: AllowanceLaw
) throws(Refusal) -> CountedIncome {
    guard !member.incomes.isEmpty else { return CountedIncome(perMonth: .zero, lines: []) }
    var lines = member.incomes.map { incomeLine($0, of: member.name, under: law) }
    for category in IncomeCategory.allCases {
        let earned = member.counted(category, under: law)
        lines += costLines(member, member.outgoings.filter { $0.kind.category == category }, upTo: earned, under: law)
    }
    let general = member.outgoings.filter { $0.kind.category == nil }
    lines += costLines(member, general, upTo: lines.balance, under: law)
    if takingJobCost { lines += try jobCostLines(member, upTo: lines.balance, under: law) }
    let perMonth = lines.balance
    lines.append(SheetLine(.total, "\(member.name)计入收入", "小计", perMonth))
    return CountedIncome(perMonth: perMonth, lines: lines)
}

private func incomeLine(_ income: IncomeFacts, of owner: String, under law: AllowanceLaw) -> SheetLine {
    let label = "\(owner)：\(income.kind.label)"
    let declared = "\(income.span.label) \(income.amount.shown)"
    guard !law.uncounted.value.contains(income.kind) else {
        let ruling = law.uncountedBy[income.kind] ?? law.uncounted.consulted("不计入家庭收入的项目", income.kind.label)
        return SheetLine(.note, label, "\(declared)，不计入家庭收入", basis: ruling.source, ruling: ruling)
    }
    let perMonth = income.span.perMonth(income.amount, under: law)
    let isWindow = income.span == .window
    return SheetLine(
        .plus, label, declared + income.span.division(under: law), perMonth, basis: law.incomeBasis,
        ruling: isWindow ? law.windowMonths.consulted("收入核算期", "\(law.windowMonths.value) 个月") : nil)
}

/// Each cost as far as what it is taken from reaches.
private func costLines(
    _ member: MemberFacts, _ outgoings: [Outgoing], upTo limit: ExactMoney, under law: AllowanceLaw
) -> [SheetLine] {
    var left = limit
    return outgoings.map { outgoing in
        let taken = min(outgoing.span.perMonth(outgoing.amount, under: law), left)
        left = left - taken
        let declared = "\(outgoing.span.label) \(outgoing.amount.shown)\(outgoing.span.division(under: law))"
        return SheetLine(
            .minus, "\(member.name)：\(outgoing.kind.label)", declared, taken, basis: law.incomeBasis)
    }
}

extension MemberFacts {
    /// 某一类计入的月收入，毛额。
    func counted(_ category: IncomeCategory, under law: AllowanceLaw) -> ExactMoney {
        incomes
            .filter { $0.kind.category == category && !law.uncounted.value.contains($0.kind) }
            .map { $0.span.perMonth($0.amount, under: law) }
            .sum()
    }
}

extension IncomeSpan {
    /// The amount of one month, exact.
    func perMonth(_ amount: Money, under law: AllowanceLaw) -> ExactMoney {
        switch self {
        case .perMonth: ExactMoney(amount)
        case .perYear: ExactMoney(amount) / 12
        case .window: ExactMoney(amount) / law.windowMonths.value
        }
    }

    func division(under law: AllowanceLaw) -> String {
        switch self {
        case .perMonth: ""
        case .perYear: " ÷ 12"
        case .window: " ÷ \(law.windowMonths.value)"
        }
    }
}

extension [SheetLine] {
    /// What the plus and minus lines come to.
    var balance: ExactMoney {
        reduce(.zero) { sum, line in
            switch line.role {
            case .plus: sum + (line.amount ?? .zero)
            case .minus: sum - (line.amount ?? .zero)
            case .total, .note: sum
            }
        }
    }
}

extension Sequence {
    /// `map` for a transform that refuses.
    func mapInOrder<T>(_ transform: (Element) throws(Refusal) -> T) throws(Refusal) -> [T] {
        var mapped: [T] = []
        for element in self { mapped.append(try transform(element)) }
        return mapped
    }
}
