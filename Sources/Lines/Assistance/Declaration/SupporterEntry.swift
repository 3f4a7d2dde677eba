import Kernel
import Values

/// 户外义务人。Somebody outside the household who owes support to members of it.
struct SupporterEntry: Entry, Hashable {
    let key: String
    let name: PersonName
    let kinship: Kinship
    let bornOn: CivilDate?
    let householdSize: Int?
    let householdIncome: Amount?
    /// 全部受助人数；不填即本户受助人数。
    let supportedPersons: Int?
    let sharingChildren: Int?
    let paid: Amount?
    let court: Amount?
    let isCourtUnenforceable: Bool?
    let supported: [SupportedEntry]

    static let shape = Shape<SupporterEntry> {
        Field(.personName, \.name)
        Field(.supporterKinship, \.kinship)
        Field(.bornOn, \.bornOn)
        Field(.householdSize, \.householdSize)
        Field(.householdIncome, \.householdIncome)
        Each(.supported, \.supported, table: "declaration_supported")
        Field(.supportedPersons, \.supportedPersons)
        Field(.sharingChildren, \.sharingChildren)
        Field(.paidSupport, \.paid)
        Field(.courtSupport, \.court)
        Field(.courtUnenforceable, \.isCourtUnenforceable)
    }

    init(from reading: Reading<SupporterEntry>) throws(Refusal) {
        key = reading.key
        name = try reading(.personName)
        kinship = try reading(.supporterKinship)
        bornOn = try reading(.bornOn)
        householdSize = try reading(.householdSize)
        householdIncome = try reading(.householdIncome)
        supported = try reading(.supported)
        supportedPersons = try reading(.supportedPersons)
        sharingChildren = try reading(.sharingChildren)
        paid = try reading(.paidSupport)
        court = try reading(.courtSupport)
        isCourtUnenforceable = try reading(.courtUnenforceable)
        guard (householdSize == nil) == (householdIncome == nil) else {
            throw .invalid("义务人的家庭人口和月收入须同时填写").at([householdSize == nil ? "household_size" : "household_income_fen"])
        }
    }

    /// - Parameter members: key and name of everybody on the declaration.
    /// - Throws: `.invalid` where a supported person is not among them.
    func facts(members: [(key: String, name: String)]) throws(Refusal) -> SupporterFacts {
        var supports: [String] = []
        for row in supported {
            guard let found = members.first(where: { $0.key == row.member || $0.name == row.member }) else {
                throw Refusal.invalid("「\(row.member)」不在家庭成员中，请填写与上面一致的姓名").at(["supporters", key, "supported", row.key, "member"])
            }
            supports.append(found.key)
        }
        let household = householdSize.flatMap { size in householdIncome.map { SupporterHousehold(size: size, incomePerMonth: $0.money) } }
        return SupporterFacts(
            id: key, name: name.shown, kinship: kinship, birth: bornOn, household: household, supports: supports,
            supportedPersons: supportedPersons ?? supports.count, sharingChildren: sharingChildren ?? 1, paidPerMonth: paid?.money ?? .zero,
            court: court.map { CourtOrder(perMonth: $0.money, unenforceable: isCourtUnenforceable ?? false) })
    }
}

/// 受助成员一名，以姓名或者表内编号指明。
struct SupportedEntry: Entry, Hashable {
    let key: String
    let member: String

    static let shape = Shape<SupportedEntry> { Field(.supportedMember, \.member) }

    init(from reading: Reading<SupportedEntry>) throws(Refusal) {
        key = reading.key
        member = try reading(.supportedMember)
    }
}

extension Term where Value == Kinship {
    static var supporterKinship: Term<Kinship> { Term("kinship", "是受助人的") }
}
extension Term where Value == Int {
    static var householdSize: Term<Int> { Term("household_size", "义务人家庭人口") }
    static var supportedPersons: Term<Int> { Term("supported_persons", "全部受助人数", hint: "包括本户以外的人；不填即本户受助人数") }
    static var sharingChildren: Term<Int> { Term("sharing_children", "同担义务的子女数") }
}
extension Term where Value == Amount {
    static var householdIncome: Term<Amount> { Term("household_income_fen", "义务人家庭月收入") }
    static var paidSupport: Term<Amount> { Term("paid_fen", "实际每月给付") }
    static var courtSupport: Term<Amount> { Term("court_fen", "法律文书确定的每月给付") }
}
extension Term where Value == Bool {
    static var courtUnenforceable: Term<Bool> { Term("court_unenforceable", "有人民法院无法执行证明") }
}
extension Term where Value == String {
    static var supportedMember: Term<String> { Term("member", "受助成员", hint: "与家庭成员一致的姓名") }
}
extension Term where Value == [SupportedEntry] {
    static var supported: Term<[SupportedEntry]> { Term("supported", "受助成员") }
}
extension Term where Value == [SupporterEntry] {
    static var supporters: Term<[SupporterEntry]> { Term("supporters", "户外义务人") }
}
