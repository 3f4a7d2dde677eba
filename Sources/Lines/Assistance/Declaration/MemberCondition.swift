import Kernel
import Values

/// 成员情况。What is said of one person on a declaration besides who he is. What was left out is nil and says so.
struct MemberCondition: Hashable, Sendable {
    let kinship: Kinship
    let isCoResident: Bool?
    let hasSupportDuty: Bool?
    let livesIndependently: Bool?
    let studyLevel: StudyLevel?
    let isFullTime: Bool?
    let status: MemberStatus?
    let isEmployed: Bool?
    let isAbleToWork: Bool?
    let disabilityKind: DisabilityKind?
    /// 一级（最重）至四级。
    let disabilityGrade: Int?
    let isSeriouslyIll: Bool?
    let coefficientClass: CoefficientClass?
    let tier: MemberTier?
    let tierAmount: Amount?
    let circumstances: [CircumstanceEntry]
    let incomes: [IncomeEntry]
    let outgoings: [OutgoingEntry]
    let assets: [AssetEntry]

    init<Root>(from reading: Reading<Root>) throws(Refusal) {
        kinship = try reading(.kinship)
        isCoResident = try reading(.coResident)
        hasSupportDuty = try reading(.supportDuty)
        livesIndependently = try reading(.livesIndependently)
        studyLevel = try reading(.studyLevel)
        isFullTime = try reading(.fullTime)
        status = try reading(.memberStatus)
        isEmployed = try reading(.employed)
        isAbleToWork = try reading(.ableToWork)
        disabilityKind = try reading(.disabilityKind)
        disabilityGrade = try reading(.disabilityGrade)
        isSeriouslyIll = try reading(.seriouslyIll)
        coefficientClass = try reading(.coefficientClass)
        tier = try reading(.tier)
        tierAmount = try reading(.tierAmount)
        circumstances = try reading(.circumstances)
        incomes = try reading(.incomes)
        outgoings = try reading(.outgoings)
        assets = try reading(.assets)
        guard (disabilityKind == nil) == (disabilityGrade == nil) else {
            throw .invalid("残疾类别和等级须同时填写，以残疾人证为准").at([disabilityKind == nil ? "disability_kind" : "disability_grade"])
        }
        guard disabilityGrade.map((1 ... 4).contains) ?? true else { throw .invalid("残疾等级应为 1 至 4 级，请核对残疾人证").at(["disability_grade"]) }
    }
}

/// A row that describes a member: on the intake form, in the register, in an estimate.
protocol DescribesMember: Entry {
    var condition: MemberCondition { get }
}

extension DescribesMember {
    /// The fields of the condition, in the order people meet them.
    static var conditionFields: [Field<Self>] {
        [
            Field(.kinship, \.condition.kinship), Field(.coResident, \.condition.isCoResident), Field(.supportDuty, \.condition.hasSupportDuty),
            Field(.livesIndependently, \.condition.livesIndependently), Field(.memberStatus, \.condition.status),
            Field(.studyLevel, \.condition.studyLevel), Field(.fullTime, \.condition.isFullTime),
            Field(.employed, \.condition.isEmployed), Field(.ableToWork, \.condition.isAbleToWork),
            Field(.disabilityKind, \.condition.disabilityKind), Field(.disabilityGrade, \.condition.disabilityGrade),
            Field(.seriouslyIll, \.condition.isSeriouslyIll), Each(.circumstances, \.condition.circumstances, table: "declaration_circumstance"),
            Each(.incomes, \.condition.incomes, table: "declaration_income"), Each(.outgoings, \.condition.outgoings, table: "declaration_outgoing"),
            Each(.assets, \.condition.assets, table: "declaration_asset"),
            Field(.coefficientClass, \.condition.coefficientClass), Field(.tier, \.condition.tier), Field(.tierAmount, \.condition.tierAmount),
        ]
    }
}

extension MemberCondition {
    /// The facts the rules judge. A question that was left out has the answer that changes nothing, or none where a rule must ask.
    func facts(id: String, name: String, birth: CivilDate?) -> MemberFacts {
        MemberFacts(
            id: id, name: name, kinship: kinship, birth: birth, coResident: isCoResident ?? true, supportDuty: hasSupportDuty ?? false,
            livesIndependently: livesIndependently, study: studyLevel.map { Study(level: $0, fullTime: isFullTime ?? ($0 != .none)) } ?? .none,
            status: status ?? .present, employed: isEmployed ?? false, ableToWork: isAbleToWork,
            disability: disabilityKind.flatMap { kind in disabilityGrade.map { Disability(kind: kind, grade: $0) } },
            seriouslyIll: isSeriouslyIll ?? false, circumstances: Set(circumstances.map(\.circumstance)), incomes: incomes.map(\.facts),
            outgoings: outgoings.map(\.facts), coefficientClass: coefficientClass, tier: tier, tierAmount: tierAmount?.money)
    }

    /// Lives with the household: neither away nor elsewhere.
    var isPresent: Bool { isCoResident ?? true && status ?? .present == .present }
}

/// 其他情形一项。
struct CircumstanceEntry: Entry, Hashable {
    let key: String
    let circumstance: Circumstance

    static let shape = Shape<CircumstanceEntry> { Field(.circumstance, \.circumstance) }

    init(from reading: Reading<CircumstanceEntry>) throws(Refusal) {
        key = reading.key
        circumstance = try reading(.circumstance)
    }
}

extension Term where Value == Kinship {
    static var kinship: Term<Kinship> { Term("kinship", "与申请人关系") }
}
extension Term where Value == Bool {
    static var coResident: Term<Bool> { Term("co_resident", "长期共同居住", hint: "不填视为共同居住") }
    static var supportDuty: Term<Bool> { Term("support_duty", "有法定赡养、抚养、扶养义务关系", hint: "配偶、未成年子女不必填") }
    static var livesIndependently: Term<Bool> { Term("lives_independently", "能独立生活", hint: "成年子女必填") }
    static var fullTime: Term<Bool> { Term("full_time", "全日制") }
    static var employed: Term<Bool> { Term("employed", "在业") }
    static var ableToWork: Term<Bool> { Term("able_to_work", "有劳动能力") }
    static var seriouslyIll: Term<Bool> { Term("seriously_ill", "患重特大疾病", hint: "以当地认定的病种为准") }
}
extension Term where Value == StudyLevel {
    static var studyLevel: Term<StudyLevel> { Term("study_level", "就学情况") }
}
extension Term where Value == MemberStatus {
    static var memberStatus: Term<MemberStatus> { Term("status", "成员状态", hint: "不填视为在家") }
}
extension Term where Value == DisabilityKind {
    static var disabilityKind: Term<DisabilityKind> { Term("disability_kind", "残疾类别", hint: "以残疾人证为准") }
}
extension Term where Value == Int {
    static var disabilityGrade: Term<Int> { Term("disability_grade", "残疾等级", hint: "1 至 4，1 级最重") }
}
extension Term where Value == CoefficientClass {
    static var coefficientClass: Term<CoefficientClass> { Term("coefficient_class", "分类救助系数类别", hint: "按系数计算的地方填写") }
}
extension Term where Value == MemberTier {
    static var tier: Term<MemberTier> { Term("tier", "个人档次", hint: "按成员分档的地方填写") }
}
extension Term where Value == Amount {
    static var tierAmount: Term<Amount> { Term("tier_amount_fen", "档次金额", hint: "同一档有几个金额时填写") }
}
extension Term where Value == Circumstance {
    static var circumstance: Term<Circumstance> { Term("circumstance", "情形") }
}
extension Term where Value == [CircumstanceEntry] {
    static var circumstances: Term<[CircumstanceEntry]> { Term("circumstances", "其他情形") }
}
