import Values

extension HouseholdFacts {
    /// The same household once its figures make sense. All faults are told at once, each at its field.
    func checked(on date: CivilDate) throws(Refusal) -> HouseholdFacts {
        let problems = memberProblems(on: date) + incomeProblems + supporterProblems(on: date) + propertyProblems
        guard problems.isEmpty else {
            throw Refusal(.invalid, "有 \(problems.count) 处需要更正，请逐项核对", problems: problems)
        }
        return self
    }

    private func memberProblems(on date: CivilDate) -> [Refusal.Problem] {
        guard (1...100).contains(members.count) else {
            return [.init(["members"], members.isEmpty ? "请至少填写一名家庭成员" : "家庭成员不能超过 100 人，请核对")]
        }
        var seen: Set<String> = []
        let repeated = members.filter { !seen.insert($0.id).inserted }
        return repeated.map { .init(["members", $0.id], "成员编号“\($0.id)”重复，请更正") }
            + applicantProblems
            + members.flatMap { member in
                member.problems(on: date).map { .init(["members", member.id] + $0.path, $0.message) }
            }
    }

    private var applicantProblems: [Refusal.Problem] {
        switch claim {
        case .household where members.count(where: { $0.kinship == .applicant }) > 1:
            [.init(["members"], "只能有一名申请人本人，请核对与申请人关系")]
        case .single(let member, _) where !members.contains { $0.id == member }:
            [.init(["claim", "member"], "单独提出申请的人不在家庭成员中，请核对")]
        default: []
        }
    }

    private var incomeProblems: [Refusal.Problem] {
        listProblems("shared_incomes", sharedIncomes.map(\.amount))
            + listProblems("rigid_costs", rigidCosts.map(\.amount))
    }

    private func supporterProblems(on date: CivilDate) -> [Refusal.Problem] {
        let known = Set(members.map(\.id))
        return supporters.flatMap { supporter in
            supporter.problems(known: known, on: date).map { .init(["supporters", supporter.id] + $0.path, $0.message) }
        }
    }

    private var propertyProblems: [Refusal.Problem] {
        guard case .declared(let assets) = property else { return [] }
        return listProblems("vehicles", assets.vehicles?.map { $0.value ?? .zero } ?? [])
            + listProblems("companies", assets.companies?.map(\.subscribed) ?? [])
            + amountProblems(["money"], assets.money ?? .zero)
            + (assets.dwellings ?? []).enumerated().filter { !(0...100_000).contains($0.element.area_m2) }
            .map { .init(["dwellings", "\($0.offset)", "area_m2"], "住房面积应在 0 至 100000 平方米之间，请核对") }
    }
}

extension MemberFacts {
    fileprivate func problems(on date: CivilDate) -> [Refusal.Problem] {
        var problems = listProblems("incomes", incomes.map(\.amount)) + listProblems("outgoings", outgoings.map(\.amount))
        if let birth, birth > date { problems.append(.init(["birth"], "出生日期晚于 \(date.shown)，请核对")) }
        if let disability, !(1...4).contains(disability.grade) {
            problems.append(.init(["disability", "grade"], "残疾等级应为一级至四级，请核对残疾人证"))
        }
        return problems
    }
}

extension SupporterFacts {
    fileprivate func problems(known: Set<String>, on date: CivilDate) -> [Refusal.Problem] {
        var problems = amountProblems(["paid_per_month"], paidPerMonth)
            + amountProblems(["court", "per_month"], court?.perMonth ?? .zero)
            + amountProblems(["household", "income_per_month"], household?.incomePerMonth ?? .zero)
        if !(1...20).contains(supportedPersons) || supportedPersons < supports.count {
            problems.append(.init(["supported_persons"], "受赡养（抚养、扶养）的全部人数应在 1 至 20 之间，且不少于本户受助人数"))
        }
        if let household, !(1...100).contains(household.size) {
            problems.append(.init(["household", "size"], "义务人家庭人口应在 1 至 100 之间，请核对"))
        }
        if supports.isEmpty || !known.isSuperset(of: supports) || Set(supports).count != supports.count {
            problems.append(.init(["supports"], "请选择该义务人赡养（抚养、扶养）的本户成员，每人一次"))
        }
        if let birth, birth > date { problems.append(.init(["birth"], "出生日期晚于 \(date.shown)，请核对")) }
        return problems
    }
}

/// 10¹³ 分: a hundred billion 元, more than any household has and little enough to add up exactly.
private let largestAmount = Money(fen: 10_000_000_000_000)

private func amountProblems(_ path: [String], _ amount: Money) -> [Refusal.Problem] {
    if amount < .zero { return [.init(path, "金额不能为负数，请核对")] }
    return amount > largestAmount ? [.init(path, "金额过大，请核对单位是否为元")] : []
}

private func listProblems(_ field: String, _ amounts: [Money]) -> [Refusal.Problem] {
    guard amounts.count <= 200 else { return [.init([field], "项目过多，最多 200 项，请合并同类项")] }
    return amounts.enumerated().flatMap { amountProblems([field, "\($0.offset)", "amount_fen"], $0.element) }
}

extension MemberFacts {
    /// 周岁。
    /// - Throws: `.invalid` at the member's birth when it was not given and a rule needs it.
    func age(on date: CivilDate) throws(Refusal) -> Int {
        guard let birth else {
            throw Refusal.invalid("请填写\(name)的出生日期，计算需要年龄").at(["members", id, "birth"])
        }
        return birth.age(on: date)
    }
}
