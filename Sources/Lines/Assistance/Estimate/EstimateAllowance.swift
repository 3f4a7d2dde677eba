import Commons
import Kernel
import Values

/// 试算。The household and the rulings in the question, the decision, the amount and every step in the answer; nothing is stored.
///
/// The same functions as the approval. With a region the city's own rulings of the day are used in place of those in the question.
struct EstimateAllowance: Inquiry {
    let region: RegionCode?
    let on: CivilDate?
    let area: Area
    let ground: SingleGround?
    let householdClass: HouseholdClass?
    let propertyState: PropertyState?
    let members: [EstimateMember]
    let sharedIncomes: [IncomeEntry]
    let rigidCosts: [RigidCostEntry]
    let supporters: [SupporterEntry]
    let law: LawInQuestion

    static let title = "最低生活保障试算"
    static let name = "estimates"
    static let roles: Set<Role> = Set<Role>.everyone.union([.visitor])
    static let guidance = "填写家庭情况即可试算，不保存任何内容。填了区域的，按当地当日的规定计算；没有填的，按所填的规定计算。"
    static let shape = Shape<EstimateAllowance> {
        Field(.estimateRegion, \.region)
        Field(.estimateOn, \.on)
        Field(.area, \.area)
        Field(.singleGround, \.ground)
        Each(.estimateMembers, \.members)
        Each(.sharedIncomes, \.sharedIncomes)
        Each(.rigidCosts, \.rigidCosts)
        Each(.supporters, \.supporters)
        Field(.propertyState, \.propertyState)
        Field(.householdClass, \.householdClass)
        Group(.lawInQuestion, \.law)
    }

    init(from reading: Reading<EstimateAllowance>) throws(Refusal) {
        region = try reading(.estimateRegion)
        on = try reading(.estimateOn)
        area = try reading(.area)
        ground = try reading(.singleGround)
        members = try reading(.estimateMembers)
        sharedIncomes = try reading(.sharedIncomes)
        rigidCosts = try reading(.rigidCosts)
        supporters = try reading(.supporters)
        propertyState = try reading(.propertyState)
        householdClass = try reading(.householdClass)
        law = try reading(.lawInQuestion)
    }

    func answer(at reader: Reader) throws -> EstimateAnswer {
        let day = on ?? reader.today
        let law = if let region { try lawOn(day, region, Residence(area), reader) } else { try law.law(on: day, Residence(area)) }
        let household = DeclaredHousehold(
            area: area, ground: ground, householdClass: householdClass, propertyState: propertyState ?? .declared,
            members: try members.map { ($0.facts(try $0.birth(on: day)), $0.condition.assets) },
            sharedIncomes: sharedIncomes, rigidCosts: rigidCosts, supporters: supporters)
        return EstimateAnswer(try household.assessed(under: law, on: day))
    }
}

/// 试算的成员：an age will do in place of a birth.
struct EstimateMember: DescribesMember, Hashable {
    let key: String
    let name: String?
    let bornOn: CivilDate?
    let age: Int?
    let condition: MemberCondition

    static let shape = Shape<EstimateMember> {
        Field(.memberName, \.name)
        Field(.bornOn, \.bornOn)
        Field(.age, \.age)
        conditionFields
    }

    init(from reading: Reading<EstimateMember>) throws(Refusal) {
        key = reading.key
        name = try reading(.memberName)
        bornOn = try reading(.bornOn)
        age = try reading(.age)
        condition = try MemberCondition(from: reading)
    }

    func birth(on day: CivilDate) throws(Refusal) -> CivilDate? {
        guard bornOn == nil, let age else { return bornOn }
        do throws(Refusal) { return try MemberFacts.birth(ofAge: age, on: day) } catch { throw error.at(["members", key, "age"]) }
    }

    func facts(_ birth: CivilDate?) -> MemberFacts { condition.facts(id: key, name: name ?? condition.kinship.label, birth: birth) }
}

/// 试算结果。
struct EstimateAnswer: Shaped, Hashable {
    let decision: AllowanceDecision
    let summary: String
    let monthly: Money
    let countedMembers: Int
    let suggestedClass: HouseholdClass
    let reasons: [ReasonEntry]
    let members: [VerdictEntry]
    let lines: [LineEntry]
    let rulings: [RulingEntry]

    static let shape = Shape<EstimateAnswer> {
        Field(.estimateDecision, \.decision)
        Field(.estimateSummary, \.summary)
        Field(.monthly, \.monthly)
        Field(.countedMembers, \.countedMembers)
        Each(.reasons, \.reasons)
        Each(.verdicts, \.members)
        Each(.lines, \.lines)
        Each(.rulingsUsed, \.rulings)
        Field(.suggestedClass, \.suggestedClass)
    }

    init(from reading: Reading<EstimateAnswer>) throws(Refusal) {
        decision = try reading(.estimateDecision)
        summary = try reading(.estimateSummary)
        monthly = try reading(.monthly)
        countedMembers = try reading(.countedMembers)
        suggestedClass = try reading(.suggestedClass)
        reasons = try reading(.reasons)
        members = try reading(.verdicts)
        lines = try reading(.lines)
        rulings = try reading(.rulingsUsed)
    }

    init(_ assessment: Assessment) {
        decision = assessment.decision
        summary = assessment.decision.isApproval ? "\(assessment.decision.label)，月保障金 \(assessment.monthly.shown)" : assessment.decision.label
        monthly = assessment.monthly
        countedMembers = assessment.countedMembers
        suggestedClass = assessment.suggestedClass.value
        reasons = assessment.reasonEntries
        members = assessment.verdictEntries
        lines = assessment.lineEntries
        rulings = assessment.rulingEntries
    }
}

extension Term where Value == RegionCode {
    static var estimateRegion: Term<RegionCode> { Term("region", "区域", hint: "按当地当日的规定试算；不填则按所填的规定") }
}
extension Term where Value == CivilDate {
    static var estimateOn: Term<CivilDate> { Term("on", "试算日期", hint: "不填视为今天") }
}
extension Term where Value == [EstimateMember] {
    static var estimateMembers: Term<[EstimateMember]> { Term("members", "家庭成员") }
}
extension Term where Value == Int {
    static var age: Term<Int> { Term("age", "年龄", hint: "没有出生日期时填写周岁") }
    static var countedMembers: Term<Int> { Term("counted_members", "计入人数") }
}
extension Term where Value == LawInQuestion {
    static var lawInQuestion: Term<LawInQuestion> { Term("law", "规定", hint: "没有填区域时，按这里的规定试算") }
}
extension Term where Value == AllowanceDecision {
    static var estimateDecision: Term<AllowanceDecision> { Term("decision", "结论") }
}
extension Term where Value == String {
    static var estimateSummary: Term<String> { Term("summary", "结论说明") }
}
extension Term where Value == HouseholdClass {
    static var suggestedClass: Term<HouseholdClass> { Term("suggested_class", "建议类别") }
}
