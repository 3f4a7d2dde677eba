import Kernel
import Values

/// 登记资金来源。What a source has put down for a programme; the county's treasury keeps it.
struct RecordBudget: Action {
    let region: RegionCode
    let programme: String
    let source: FundSource
    let amount: Amount
    let basis: String

    static let title = "登记资金来源"
    static let guidance = "按下达文件登记某项目某来源的资金。资金不足时先登记再签批，不减少应发金额。"
    static let roles: Set<Role> = [.finance]
    static let subject = Subject<RecordBudget>.new(in: \.region)
    static let shape = Shape<RecordBudget> {
        Field(.region, \.region)
        Field(.budgetProgramme, \.programme)
        Field(.fundSource, \.source)
        Field(.budgetAmount, \.amount)
        Field(.budgetBasis, \.basis)
    }

    init(from reading: Reading<RecordBudget>) throws(Refusal) {
        region = try reading(.region)
        programme = try reading(.budgetProgramme)
        source = try reading(.fundSource)
        amount = try reading(.budgetAmount)
        basis = try reading(.budgetBasis)
    }

    func perform(at desk: Desk) throws -> Outcome {
        guard amount.money > .zero else { throw Refusal.invalid("金额应大于零").at(["amount_fen"]) }
        guard desk.actor.covers(region.treasury) else {
            throw Refusal.forbidden("资金由区县登记，\(try desk.regionName(region.treasury))不在您的管辖范围内").at(["region"])
        }
        let (programme, title) = try known(desk), id: ID<LedgerEntry> = desk.makeID(), treasury = region.treasury
        try desk.connection.run("""
            INSERT INTO payment_budget (id, programme, source, region, amount_fen, basis, recorded_on, recorded_by_name)
            VALUES (\(id), \(programme), \(source), \(treasury), \(amount), \(basis), \(desk.today), \(desk.actor.name))
            """)
        try desk.book([.moving(amount.money, from: .budget(treasury, programme, source), to: .fund(treasury, programme, source), id, .budget, of: id.text, on: desk.today)])
        let left = try desk.remaining(source, programme, in: region)
        return Outcome(id, "已登记\(title)\(source.label)资金 \(amount.shown)，现有 \(left.shown)", link: "/payments/funds")
    }
}

extension RecordBudget {
    /// Of a programme of persons, of organisations, or a batch outside the months.
    private func known(_ desk: Desk) throws -> (code: String, title: String) {
        if programme.hasPrefix(OneOffName.prefix) { return (programme, try OneOffName(typed: String(programme.dropFirst(OneOffName.prefix.count))).programme) }
        let titles = desk.house.paidTitles
        if let known = titles[programme] { return (programme, known) }
        if let known = titles.first(where: { $0.value == programme }) { return (known.key, known.value) }
        throw Refusal.absent("没有「\(programme)」这个发放项目，可选：\(titles.values.sorted().joined(separator: "、"))；一次性发放写 one-off. 加名目代码").at(["programme"])
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields { ["region": .stored(reader.actor.region.stored)] }
}

extension Term where Value == String {
    static var budgetProgramme: Term<String> { Term("programme", "发放项目", hint: "项目名称，如 高龄津贴；一次性发放写 one-off. 加名目代码") }
    static var budgetBasis: Term<String> { Term("basis", "下达文件", hint: "文件名称、文号") }
}
extension Term where Value == FundSource {
    static var fundSource: Term<FundSource> { Term("source", "资金来源") }
}
extension Term where Value == Amount {
    static var budgetAmount: Term<Amount> { Term("amount_fen", "金额", hint: "元") }
}
