import Values

/// 户外义务人情况。Somebody outside the household who owes support to members of it.
struct SupporterFacts: Hashable, Sendable {
    var id: String
    var name: String
    /// 义务人是受助人的什么人。
    var kinship: Kinship
    var birth: CivilDate?
    /// nil 表示未核查；the support formula then asks for it.
    var household: SupporterHousehold?
    /// 受其赡养（抚养、扶养）的本户成员的编号。
    var supports: [String]
    /// 受其赡养（抚养、扶养）的全部人数，包括本户以外的人，1 至 20。
    var supportedPersons: Int
    /// 同担此项义务的子女数，用以确定给付比例。
    var sharingChildren = 1
    /// 实际每月向本户给付的合计。
    var paidPerMonth: Money = .zero
    var court: CourtOrder?
}

/// 义务人家庭。
struct SupporterHousehold: Hashable, Sendable {
    /// 家庭人口，1 至 100。
    var size: Int
    var incomePerMonth: Money
}

/// 生效法律文书确定的给付。
struct CourtOrder: Hashable, Sendable {
    /// 每月向本户给付的合计。
    var perMonth: Money
    /// 有人民法院出具的无法执行证明。
    var unenforceable = false
}
