import Values

/// 家庭成员情况。
struct MemberFacts: Hashable, Sendable {
    /// 表内编号，如 m1；reasons and problems point to the member by it.
    var id: String
    var name: String
    var kinship: Kinship
    /// nil 表示未填写；a rule that needs the age then asks for it.
    var birth: CivilDate?
    /// 长期共同居住。
    var coResident = true
    /// 与申请人有法定赡养、抚养、扶养义务关系。
    var supportDuty = false
    /// 能独立生活。Asked of adult children only; nil 表示未填写。
    var livesIndependently: Bool?
    var study: Study = .none
    var status: MemberStatus = .present
    var employed = false
    /// 有劳动能力；nil 表示未评估。
    var ableToWork: Bool?
    var disability: Disability?
    /// 患有当地认定的重特大疾病。
    var seriouslyIll = false
    var circumstances: Set<Circumstance> = []
    var incomes: [IncomeFacts] = []
    var outgoings: [Outgoing] = []
    /// 分类救助系数类别，按系数计算标准时必须填写。
    var coefficientClass: CoefficientClass?
    /// 个人档次，按成员分档发放时必须填写。
    var tier: MemberTier?
    /// 该档次有几个金额时所选的一个。
    var tierAmount: Money?

    /// The birth of somebody who has just reached `age`: for estimates that only know an age.
    static func birth(ofAge age: Int, on date: CivilDate) throws(Refusal) -> CivilDate {
        guard (0...130).contains(age) else { throw .invalid("年龄应在 0 至 130 岁之间，请核对") }
        return try CivilDate(year: date.year - age, month: date.month, day: 1)
    }
}

/// 与申请人关系。
enum Kinship: String, CodeList {
    case applicant = "self", spouse, child, parent, grandparent, grandchild, sibling
    case childInLaw = "child-in-law", parentInLaw = "parent-in-law", other

    var label: String {
        switch self {
        case .applicant: "本人"
        case .spouse: "配偶"
        case .child: "子女"
        case .parent: "父母"
        case .grandparent: "祖父母、外祖父母"
        case .grandchild: "孙子女、外孙子女"
        case .sibling: "兄弟姐妹"
        case .childInLaw: "儿媳、女婿"
        case .parentInLaw: "公婆、岳父母"
        case .other: "其他"
        }
    }
}

/// 就学情况。
struct Study: Hashable, Sendable {
    var level: StudyLevel
    /// 全日制。
    var fullTime: Bool

    static let none = Study(level: .none, fullTime: false)
}

/// 学段。
enum StudyLevel: String, CodeList {
    case none, kindergarten, compulsory, secondary, college, bachelor, postgraduate

    var label: String {
        switch self {
        case .none: "不在校"
        case .kindergarten: "幼儿园"
        case .compulsory: "义务教育"
        case .secondary: "高中、中职"
        case .college: "大专、高职"
        case .bachelor: "本科"
        case .postgraduate: "研究生"
        }
    }
}

/// 成员状态。Why somebody of the family may not be living with it.
enum MemberStatus: String, CodeList {
    case present, prison, rehabilitation, missing, religious, soldier
    case longAbsent = "long-absent"
    /// 2012 年规定中的劳动教养。
    case reeducation

    var label: String {
        switch self {
        case .present: "在家"
        case .prison: "在监狱服刑"
        case .rehabilitation: "强制隔离戒毒"
        case .missing: "宣告失踪"
        case .religious: "连续三年以上脱离家庭独立生活的宗教教职人员"
        case .soldier: "现役义务兵"
        case .longAbsent: "长期外出"
        case .reeducation: "劳动教养"
        }
    }
}

/// 残疾情况，以残疾人证为准。
struct Disability: Hashable, Sendable {
    var kind: DisabilityKind
    /// 一级（最重）至四级。
    var grade: Int
}

/// 残疾类别，GB/T 26341。
enum DisabilityKind: String, CodeList {
    case sight = "1", hearing = "2", speech = "3", limb = "4", intellect = "5", mental = "6", multiple = "7"

    var label: String {
        switch self {
        case .sight: "视力"
        case .hearing: "听力"
        case .speech: "言语"
        case .limb: "肢体"
        case .intellect: "智力"
        case .mental: "精神"
        case .multiple: "多重"
        }
    }
}

/// 其他情形。What an add-on may look at besides age, disability, illness and study.
enum Circumstance: String, CodeList {
    case singleParentChild = "single-parent-child"
    case cannotCareForSelf = "cannot-care-for-self"
    case livingAlone = "living-alone"
    case lostOnlyChild = "lost-only-child"
    case honoured
    case withoutMeans = "without-means"

    var label: String {
        switch self {
        case .singleParentChild: "单亲家庭未成年子女"
        case .cannotCareForSelf: "长期生活不能自理"
        case .livingAlone: "独居"
        case .lostOnlyChild: "计划生育特殊家庭"
        case .honoured: "优抚对象"
        case .withoutMeans: "无劳动能力、无生活来源、无法定义务人"
        }
    }
}

/// 系数类别（分类救助系数）。
enum CoefficientClass: String, CodeList {
    case basic, lostWorkAbility = "lost-work-ability", minor16 = "minor-16", priority

    var label: String {
        switch self {
        case .basic: "一般成员"
        case .lostWorkAbility: "完全丧失劳动能力"
        case .minor16: "未满十六周岁"
        case .priority: "重点救助成员"
        }
    }
}

/// 个人档次。
enum MemberTier: String, CodeList {
    case patientOrDisabled = "patient-or-disabled", otherMember = "other-member"
    case noIncome = "no-income", noLabour = "no-labour", weakLabour = "weak-labour", stableLabour = "stable-labour"

    var label: String {
        switch self {
        case .patientOrDisabled: "病残者本人"
        case .otherMember: "病残者家庭其他成员"
        case .noIncome: "无收入"
        case .noLabour: "无劳动力"
        case .weakLabour: "弱劳动力"
        case .stableLabour: "稳定劳动力"
        }
    }
}
