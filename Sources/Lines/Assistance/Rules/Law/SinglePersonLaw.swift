import Values

/// 单人户规定。
struct SinglePersonLaw: Hashable, Sendable {
    /// 家庭人均收入上限为保障标准的倍数；a ground that is not named has no limit, `local` excepted, which must be named.
    var limits: [SingleGround: BasisPoints]
    var strictness: Strictness = .below
    var amount: SingleAmount = .standardLessOwnIncome
    var addOnsAllowed = false
    /// 供养成年无业重度残疾人的兄弟姐妹、六十周岁及以上老年人，其给付予以豁免。
    var exemptsSiblingsAndElders = true

    /// 《最低生活保障审核确认办法》第八条：低保边缘家庭即人均收入低于标准 1.5 倍。
    static let national = SinglePersonLaw(limits: [.severelyDisabled: .percent(150), .seriouslyIll: .percent(150)])
}

/// 单人户保障金。
enum SingleAmount: Hashable, Sendable {
    /// 标准减去本人收入。
    case standardLessOwnIncome
    /// 家庭人均收入不超过标准的 `fullUpTo` 倍的全额，超过的按 `beyond` 的比例。
    case fullOrShare(fullUpTo: BasisPoints, beyond: BasisPoints)
    /// 按情形的标准比例。
    case shareOfStandard([SingleGround: BasisPoints])
    /// 定额。
    case fixed(Money)
}
