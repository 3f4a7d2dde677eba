import Commons
import Kernel
import Values

/// 所报家庭情况。The part of a form that describes a household: on intake, on verification, on a change.
struct DeclaredFacts: Hashable, Sendable {
    let members: [DeclaredMember]
    let sharedIncomes: [IncomeEntry]
    let rigidCosts: [RigidCostEntry]
    let supporters: [SupporterEntry]
    let propertyState: PropertyState?
    let householdClass: HouseholdClass?

    init<Root>(from reading: Reading<Root>) throws(Refusal) {
        members = try reading(.members)
        sharedIncomes = try reading(.sharedIncomes)
        rigidCosts = try reading(.rigidCosts)
        supporters = try reading(.supporters)
        propertyState = try reading(.propertyState)
        householdClass = try reading(.householdClass)
        guard members.count(where: { $0.condition.kinship == .applicant }) == 1 else {
            throw .invalid(members.isEmpty ? "请填写家庭成员，第一位为申请人本人" : "家庭成员中须有且只有一名申请人本人").at(["members"])
        }
    }

    /// Exactly one, as the initialiser has seen to.
    var applicant: DeclaredMember? { members.first { $0.condition.kinship == .applicant } }
}

/// An act whose form describes a household.
protocol DeclaresHousehold: Shaped {
    var facts: DeclaredFacts { get }
}

extension DeclaresHousehold {
    static var householdFields: [Field<Self>] {
        [
            Each(.members, \.facts.members), Each(.sharedIncomes, \.facts.sharedIncomes), Each(.rigidCosts, \.facts.rigidCosts),
            Each(.supporters, \.facts.supporters), Field(.propertyState, \.facts.propertyState), Field(.householdClass, \.facts.householdClass),
        ]
    }
}

/// 表上的成员。Somebody on the form, found in the register by the ID number or entered with it.
struct DeclaredMember: DescribesMember, Hashable {
    let key: String
    let name: PersonName
    /// nil only for those who have no number yet.
    let residentID: ResidentID?
    let bornOn: CivilDate?
    let sex: Sex?
    let hasConsented: Bool?
    let condition: MemberCondition

    static let shape = Shape<DeclaredMember> {
        Field(.personName, \.name)
        Field(.residentID, \.residentID)
        Field(.bornOnWithoutID, \.bornOn)
        Field(.sexWithoutID, \.sex)
        Field(.consented, \.hasConsented)
        conditionFields
    }

    init(from reading: Reading<DeclaredMember>) throws(Refusal) {
        key = reading.key
        name = try reading(.personName)
        residentID = try reading(.residentID)
        bornOn = try reading(.bornOnWithoutID)
        sex = try reading(.sexWithoutID)
        hasConsented = try reading(.consented)
        condition = try MemberCondition(from: reading)
        guard residentID != nil || (bornOn != nil && sex != nil) else {
            throw .invalid("请填写公民身份号码；新生儿等尚无号码的，填写出生日期和性别").at(["resident_id"])
        }
    }

    var birth: CivilDate? { residentID?.birth ?? bornOn }
    var facts: MemberFacts { condition.facts(id: key, name: name.shown, birth: birth) }
}

extension Term where Value == [DeclaredMember] {
    static var members: Term<[DeclaredMember]> { Term("members", "家庭成员", hint: "申请人本人和其他家庭成员，依法不计入的也要列出") }
}
extension Term where Value == CivilDate {
    static var bornOnWithoutID: Term<CivilDate> { Term("born_on", "出生日期", hint: "没有身份号码时填写") }
}
extension Term where Value == Sex {
    static var sexWithoutID: Term<Sex> { Term("sex", "性别", hint: "没有身份号码时填写") }
}
