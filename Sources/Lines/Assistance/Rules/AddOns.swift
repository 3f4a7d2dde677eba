import Values

/// 分类施保增发：what one member is given on top, as shares of the standard.
///
/// 《最低生活保障审核确认办法》第二十三条；ratios and stacking are local. Where they stack, ages still count once
/// (an eighty-year-old is not also paid as a sixty-year-old), and so do grades of disability.
/// - Throws: `.invalid` when an age decides and the birth is not known.
func addOns(
    for member: MemberFacts, under law: AllowanceLaw, on date: CivilDate
) throws(Refusal) -> [(category: AddOnCategory, ratio: BasisPoints)] {
    guard let addOns = law.addOns?.value else { return [] }
    var due: [(category: AddOnCategory, ratio: BasisPoints)] = []
    for category in AddOnCategory.allCases {
        guard let ratio = addOns.ratios[category] else { continue }
        if try member.isWithin(category, under: law, on: date) { due.append((category, ratio)) }
    }
    let isHighestOnly = addOns.stacking == .highestOnly
    return Dictionary(grouping: due) { isHighestOnly ? "" : $0.category.family }
        .values
        .compactMap { $0.max { $0.ratio < $1.ratio } }
        .sorted { $0.category.rawValue < $1.category.rawValue }
}

extension AddOnCategory {
    /// Categories of one family are degrees of the same thing.
    fileprivate var family: String {
        switch self {
        case .elder60, .elder70, .elder80: "elder"
        case .severelyDisabled, .disabled: "disabled"
        default: rawValue
        }
    }
}

extension MemberFacts {
    /// Whether the member belongs to those an add-on is for.
    func isWithin(_ category: AddOnCategory, under law: AllowanceLaw, on date: CivilDate) throws(Refusal) -> Bool {
        switch category {
        case .elder60: try age(on: date) >= 60
        case .elder70: try age(on: date) >= 70
        case .elder80: try age(on: date) >= 80
        case .minor: try age(on: date) < 18
        case .severelyDisabled: law.severeDisability.value.covers(disability)
        case .disabled: disability != nil
        case .seriouslyIll: seriouslyIll
        case .compulsoryPupil: study.level == .compulsory
        case .otherPupil: study.fullTime && [.kindergarten, .secondary, .college, .bachelor].contains(study.level)
        case .singleParentChild: circumstances.contains(.singleParentChild)
        case .cannotCareForSelf: circumstances.contains(.cannotCareForSelf)
        case .livingAlone: circumstances.contains(.livingAlone)
        case .lostOnlyChild: circumstances.contains(.lostOnlyChild)
        case .honoured: circumstances.contains(.honoured)
        case .withoutMeans: circumstances.contains(.withoutMeans)
        }
    }
}
