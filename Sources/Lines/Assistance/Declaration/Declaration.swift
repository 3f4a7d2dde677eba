import Commons
import Kernel
import Values

/// 家庭情况申报。All that was declared or verified of a household, as known at an instant. A stored one is never changed: a correction is a new one.
///
/// Decisions point to the declaration they judged, so that their inputs can always be read again.
struct Declaration: Record {
    var id: ID<Declaration>
    let household: ID<Household>
    var source: DeclarationSource
    /// 认定日：the day that ages and membership are judged on, the acceptance date or the day of the change.
    var asOf: CivilDate
    let area: Area
    /// 单人户情形; nil for a household.
    let ground: SingleGround?
    var householdClass: HouseholdClass?
    let propertyState: PropertyState?
    var members: [DeclarationMember]
    let sharedIncomes: [IncomeEntry]
    let rigidCosts: [RigidCostEntry]
    let supporters: [SupporterEntry]
    let note: String?
    var knownAt: Instant

    static let table = "declaration"
    static let title = "家庭情况申报"
    static let shape = Shape<Declaration> {
        Field(.id, \.id)
        Field(.householdID, \.household)
        Field(.declarationSource, \.source)
        Field(.asOf, \.asOf)
        Field(.area, \.area)
        Field(.singleGround, \.ground)
        Field(.householdClass, \.householdClass)
        Field(.propertyState, \.propertyState)
        Each(.declarationMembers, \.members, table: "declaration_member")
        Each(.sharedIncomes, \.sharedIncomes, table: "declaration_shared_income")
        Each(.rigidCosts, \.rigidCosts, table: "declaration_rigid_cost")
        Each(.supporters, \.supporters, table: "declaration_supporter")
        Field(.note, \.note)
        Field(.knownAt, \.knownAt)
    }

    init(from reading: Reading<Declaration>) throws(Refusal) {
        id = try reading(.id)
        household = try reading(.householdID)
        source = try reading(.declarationSource)
        asOf = try reading(.asOf)
        area = try reading(.area)
        ground = try reading(.singleGround)
        householdClass = try reading(.householdClass)
        propertyState = try reading(.propertyState)
        members = try reading(.declarationMembers)
        sharedIncomes = try reading(.sharedIncomes)
        rigidCosts = try reading(.rigidCosts)
        supporters = try reading(.supporters)
        note = try reading(.note)
        knownAt = try reading(.knownAt)
    }
}

/// 申报中的成员。Who, and in what condition; the person's own record holds the ID number.
struct DeclarationMember: DescribesMember, Hashable {
    let key: String
    let person: ID<Person>
    let name: PersonName
    let bornOn: CivilDate
    var hasConsented: Bool?
    let condition: MemberCondition

    static let shape = Shape<DeclarationMember> {
        Field(.personID, \.person)
        Field(.personName, \.name)
        Field(.bornOn, \.bornOn)
        Field(.consented, \.hasConsented)
        conditionFields
    }

    init(from reading: Reading<DeclarationMember>) throws(Refusal) {
        key = reading.key
        person = try reading(.personID)
        name = try reading(.personName)
        bornOn = try reading(.bornOn)
        hasConsented = try reading(.consented)
        condition = try MemberCondition(from: reading)
    }

    init(_ declared: DeclaredMember, _ person: Person) {
        key = declared.key
        self.person = person.id
        name = person.name
        bornOn = person.bornOn
        hasConsented = declared.hasConsented
        condition = declared.condition
    }

    var facts: MemberFacts { condition.facts(id: key, name: name.shown, birth: bornOn) }
}

/// 申报来源。
enum DeclarationSource: String, CodeList {
    case declared, verified, changed, corrected, takenOver = "taken-over"

    var label: String {
        switch self {
        case .declared: "申请人申报"
        case .verified: "调查核实"
        case .changed: "家庭变化"
        case .corrected: "更正"
        case .takenOver: "迁入"
        }
    }
}

extension Declaration {
    /// What was declared, as one declaration known now.
    init(_ id: ID<Declaration>, of household: ID<Household>, _ source: DeclarationSource, asOf: CivilDate, area: Area, ground: SingleGround?,
         _ facts: DeclaredFacts, members: [DeclarationMember], note: String? = nil, knownAt: Instant) {
        self.id = id
        self.household = household
        self.source = source
        self.asOf = asOf
        self.area = area
        self.ground = ground
        householdClass = facts.householdClass
        propertyState = facts.propertyState
        self.members = members
        sharedIncomes = facts.sharedIncomes
        rigidCosts = facts.rigidCosts
        supporters = facts.supporters
        self.note = note
        self.knownAt = knownAt
    }

    /// Another declaration that differs in what `change` says.
    func copied(_ id: ID<Declaration>, knownAt: Instant, _ change: (inout Declaration) -> Void) -> Declaration {
        var copy = self
        copy.id = id
        copy.knownAt = knownAt
        change(&copy)
        return copy
    }
}

extension Term where Value == [DeclarationMember] {
    static var declarationMembers: Term<[DeclarationMember]> { Term("members", "家庭成员") }
}
extension Term where Value == DeclarationSource {
    static var declarationSource: Term<DeclarationSource> { Term("source", "来源") }
}
extension Term where Value == CivilDate {
    static var asOf: Term<CivilDate> { Term("as_of", "认定日") }
}
extension Term where Value == SingleGround {
    static var singleGround: Term<SingleGround> { Term("single_ground", "单人户情形", hint: "参照单人户申请的填写") }
}
extension Term where Value == HouseholdClass {
    static var householdClass: Term<HouseholdClass> { Term("household_class", "家庭类别") }
}
extension Term where Value == Bool {
    static var consented: Term<Bool> { Term("consented", "已签核对授权书", hint: "每名共同生活的成员都须签署，未成年人由监护人签") }
}
extension Term where Value == String {
    static var note: Term<String> { Term("note", "说明") }
}
