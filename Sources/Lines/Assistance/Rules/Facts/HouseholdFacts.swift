import Values

/// 家庭情况。What is known of a household on the day it is judged; the only input of the rules besides the law.
///
/// An empty list says that there is none, as declared and checked. What is not known is said by an optional, or by
/// `PropertyFacts.unknown`; it never passes for "none".
struct HouseholdFacts: Hashable, Sendable {
    /// 城镇或农村，按户籍或实际居住地依当地规定确定。
    var residence: Residence
    var claim: Claim = .household
    /// 申请书所列人员，包括依法不计入的人员：each of them gets a verdict with its reason.
    var members: [MemberFacts]
    /// 不能归到个人名下的家庭收入。
    var sharedIncomes: [IncomeFacts] = []
    /// 家庭刚性支出。
    var rigidCosts: [RigidCost] = []
    /// 户外的赡养、抚养、扶养义务人。
    var supporters: [SupporterFacts] = []
    var property: PropertyFacts
    /// 经办人员认定的家庭类别；分档发放时必须填写。
    var householdClass: HouseholdClass?
}

/// 申请方式。
enum Claim: Hashable, Sendable {
    /// 以家庭为单位申请。
    case household
    /// 参照“单人户”提出申请：the key of the member who applies alone, and on what ground.
    case single(member: String, ground: SingleGround)
}

/// 保障类型。The area type that chooses the standard.
enum Residence: String, CodeList {
    case urban, rural

    var label: String {
        switch self {
        case .urban: "城镇"
        case .rural: "农村"
        }
    }
}

/// 单人户情形。
enum SingleGround: String, CodeList {
    case severelyDisabled = "severely-disabled"
    case seriouslyIll = "seriously-ill"
    case religious
    case unemployedDisabledAdult = "unemployed-disabled-adult"
    case local

    var label: String {
        switch self {
        case .severelyDisabled: "低保边缘家庭中的重度残疾人"
        case .seriouslyIll: "低保边缘家庭中的重病患者"
        case .religious: "脱离家庭连续居住宗教场所三年以上的生活困难的宗教教职人员"
        case .unemployedDisabledAdult: "成年无业重度残疾人"
        case .local: "当地规定的其他人员"
        }
    }
}

/// 家庭类别。
enum HouseholdClass: String, CodeList {
    case a = "A", b = "B", c = "C"

    var label: String {
        switch self {
        case .a: "A类（无劳动能力，重残或重病，长期困难）"
        case .b: "B类（劳动能力不足，因病、因残、因学等困难）"
        case .c: "C类（有劳动能力，暂时困难）"
        }
    }
}
