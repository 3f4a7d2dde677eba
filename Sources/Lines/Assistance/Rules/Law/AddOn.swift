import Values

/// 增发规定（分类施保）。
struct AddOnLaw: Hashable, Sendable {
    /// 占保障标准的比例，每人每月。
    var ratios: [AddOnCategory: BasisPoints]
    var stacking: Stacking
    /// 各类比例所据的规定; empty in an estimate, where the ratios rest on what was typed.
    var rulings: [AddOnCategory: ConsultedRuling] = [:]
}

/// 增发对象。
enum AddOnCategory: String, CodeList {
    case elder60 = "elder-60", elder70 = "elder-70", elder80 = "elder-80"
    case minor, severelyDisabled = "severely-disabled", disabled, seriouslyIll = "seriously-ill"
    case singleParentChild = "single-parent-child", compulsoryPupil = "compulsory-pupil", otherPupil = "other-pupil"
    case cannotCareForSelf = "cannot-care-for-self", livingAlone = "living-alone"
    case lostOnlyChild = "lost-only-child", honoured, withoutMeans = "without-means"

    var label: String {
        switch self {
        case .elder60: "六十周岁以上老年人"
        case .elder70: "七十周岁以上老年人"
        case .elder80: "八十周岁以上老年人"
        case .minor: "未成年人"
        case .severelyDisabled: "重度残疾人"
        case .disabled: "其他持证残疾人"
        case .seriouslyIll: "重病患者"
        case .singleParentChild: Circumstance.singleParentChild.label
        case .compulsoryPupil: "义务教育阶段学生"
        case .otherPupil: "幼儿园、高中、大学阶段学生"
        case .cannotCareForSelf: Circumstance.cannotCareForSelf.label
        case .livingAlone: Circumstance.livingAlone.label
        case .lostOnlyChild: Circumstance.lostOnlyChild.label
        case .honoured: Circumstance.honoured.label
        case .withoutMeans: Circumstance.withoutMeans.label
        }
    }
}

/// 重度残疾的范围。
enum SevereDisability: String, CodeList {
    case firstTwoGrades = "first-two-grades"
    case withMentalGrade3 = "with-mental-grade-3"

    var label: String {
        switch self {
        case .firstTwoGrades: "一级、二级"
        case .withMentalGrade3: "一级、二级，以及三级智力、精神残疾"
        }
    }

    func covers(_ disability: Disability?) -> Bool {
        guard let disability else { return false }
        let isMental = disability.kind == .intellect || disability.kind == .mental
        return disability.grade <= 2 || (self == .withMentalGrade3 && disability.grade == 3 && isMental)
    }
}

/// 按户发放的补助，如电费补贴。
struct HouseholdAllowance: Hashable, Sendable {
    var name: String
    var perMonth: Money
}
