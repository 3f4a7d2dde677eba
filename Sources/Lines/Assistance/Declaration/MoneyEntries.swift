import Kernel
import Values

/// 收入一项。
struct IncomeEntry: Entry, Hashable {
    let key: String
    let kind: IncomeKind
    let amount: Amount
    let span: IncomeSpan

    static let shape = Shape<IncomeEntry> {
        Field(.incomeKind, \.kind)
        Field(.amount, \.amount)
        Field(.incomeSpan, \.span)
    }

    init(from reading: Reading<IncomeEntry>) throws(Refusal) {
        key = reading.key
        kind = try reading(.incomeKind)
        amount = try reading(.amount)
        span = try reading(.incomeSpan)
    }

    var facts: IncomeFacts { IncomeFacts(kind: kind, amount: amount.money, span: span) }
}

/// 扣除一项。
struct OutgoingEntry: Entry, Hashable {
    let key: String
    let kind: OutgoingKind
    let amount: Amount
    let span: IncomeSpan

    static let shape = Shape<OutgoingEntry> {
        Field(.outgoingKind, \.kind)
        Field(.amount, \.amount)
        Field(.incomeSpan, \.span)
    }

    init(from reading: Reading<OutgoingEntry>) throws(Refusal) {
        key = reading.key
        kind = try reading(.outgoingKind)
        amount = try reading(.amount)
        span = try reading(.incomeSpan)
    }

    var facts: Outgoing { Outgoing(kind: kind, amount: amount.money, span: span) }
}

/// 家庭刚性支出一项。
struct RigidCostEntry: Entry, Hashable {
    let key: String
    let kind: RigidCostKind
    let amount: Amount
    let span: IncomeSpan

    static let shape = Shape<RigidCostEntry> {
        Field(.rigidCostKind, \.kind)
        Field(.amount, \.amount)
        Field(.incomeSpan, \.span)
    }

    init(from reading: Reading<RigidCostEntry>) throws(Refusal) {
        key = reading.key
        kind = try reading(.rigidCostKind)
        amount = try reading(.amount)
        span = try reading(.incomeSpan)
    }

    var facts: RigidCost { RigidCost(kind: kind, amount: amount.money, span: span) }
}

extension Term where Value == IncomeKind {
    static var incomeKind: Term<IncomeKind> { Term("kind", "收入项目") }
}
extension Term where Value == OutgoingKind {
    static var outgoingKind: Term<OutgoingKind> { Term("kind", "扣除项目") }
}
extension Term where Value == RigidCostKind {
    static var rigidCostKind: Term<RigidCostKind> { Term("kind", "支出项目") }
}
extension Term where Value == Amount {
    static var amount: Term<Amount> { Term("amount_fen", "金额") }
}
extension Term where Value == IncomeSpan {
    static var incomeSpan: Term<IncomeSpan> { Term("span", "口径", hint: "每月、每年，或者核算期合计") }
}
extension Term where Value == [IncomeEntry] {
    static var incomes: Term<[IncomeEntry]> { Term("incomes", "收入") }
    static var sharedIncomes: Term<[IncomeEntry]> { Term("shared_incomes", "家庭共同收入", hint: "不能归到个人名下的，如土地流转收入") }
}
extension Term where Value == [OutgoingEntry] {
    static var outgoings: Term<[OutgoingEntry]> { Term("outgoings", "可扣除的费用") }
}
extension Term where Value == [RigidCostEntry] {
    static var rigidCosts: Term<[RigidCostEntry]> { Term("rigid_costs", "家庭刚性支出") }
}
