import Kernel
import Values

/// 加入成员。Somebody comes to live in a household; who belongs elsewhere moves, when that is said.
struct AddMember: Action {
    let household: ID<Household>
    let person: ID<Person>?
    let residentID: ResidentID?
    let relation: Relation
    let from: CivilDate
    let isMoving: Bool?

    static let title = "加入成员"
    static let guidance = "一个人同一天只能属于一户。已在别的家庭的，勾选「从原家庭迁入」。"
    static let roles: Set<Role> = .householdKeepers
    static let subject = Subject<AddMember>.record(.household, \.household)
    static let shape = Shape<AddMember> {
        Field(.household, \.household)
        Field(.person, \.person)
        Field(.memberNumber, \.residentID)
        Field(.relation, \.relation)
        Field(.joinedOn, \.from)
        Field(.isMoving, \.isMoving)
    }

    init(from reading: Reading<AddMember>) throws(Refusal) {
        household = try reading(.household)
        person = try reading(.person)
        residentID = try reading(.memberNumber)
        relation = try reading(.relation)
        from = try reading(.joinedOn)
        isMoving = try reading(.isMoving)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let household = try desk.find(household), person = try desk.member(person, residentID)
        guard relation != .head else { throw Refusal.invalid("一户只有一名户主。要换户主的，加入后办理「设为户主」").at(["relation"]) }
        guard person.diedOn == nil else { throw Refusal.conflict("\(person.name.shown)已登记死亡，请核对；登记有误的，先更正档案") }
        try desk.enter(MembershipEntry(person.id, in: household.id, as: relation, from: from, elsewhere: isMoving == true ? .left : .refused))
        try desk.update(household.changed())
        desk.emit(HouseholdChanged(household: household.id, on: from, change: .joined))
        return Outcome(household.id, "成员已加入", link: household.link)
    }
}

/// 成员离开。Somebody lives here no longer. Death needs no act of its own: it ends the membership by itself.
struct EndMembership: MemberAct {
    let household: ID<Household>
    let membership: ID<Membership>
    let leftOn: CivilDate
    let reason: LeaveReason

    static let title = "成员离开"
    static let guidance = "离开日期是不再属于这一户的第一天。去世的请办理「登记死亡」，成员关系随之终止。"
    static let roles: Set<Role> = .householdKeepers
    static let subject = Subject<EndMembership>.record(.household, \.household)
    static let shape = Shape<EndMembership> {
        Field(.household, \.household)
        Field(.membership, \.membership)
        Field(.leftOn, \.leftOn)
        Field(.endReason, \.reason)
    }

    init(from reading: Reading<EndMembership>) throws(Refusal) {
        household = try reading(.household)
        membership = try reading(.membership)
        leftOn = try reading(.leftOn)
        reason = try reading(.endReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let (household, membership, person) = try desk.living(membership, in: household)
        guard reason != .died else { throw Refusal.invalid("去世的请到人员档案办理「登记死亡」，成员关系会随之终止").at(["end_reason"]) }
        guard reason != .dissolved else { throw Refusal.invalid("全家注销的请办理「注销家庭」").at(["end_reason"]) }
        try desk.requireDays(from: membership.from, until: leftOn, of: person)
        try desk.requireHeadStays(membership, household, person)
        try desk.end(membership, on: leftOn, because: reason)
        try desk.noteDeparture(from: household, on: leftOn)
        return Outcome(household.id, "已登记离开，成员关系到\(leftOn.adding(days: -1).shown)为止", link: household.link)
    }
}

/// 变更与户主关系。From a day on somebody stands otherwise to the head.
struct ChangeRelation: MemberAct {
    let household: ID<Household>
    let membership: ID<Membership>
    let relation: Relation
    let changedOn: CivilDate

    static let title = "变更与户主关系"
    static let guidance = "从变更日期起用新的关系，此前仍是原来的。一开始就登记错了的，请办理「更正成员关系」。"
    static let roles: Set<Role> = .householdKeepers
    static let subject = Subject<ChangeRelation>.record(.household, \.household)
    static let shape = Shape<ChangeRelation> {
        Field(.household, \.household)
        Field(.membership, \.membership)
        Field(.relation, \.relation)
        Field(.changedOn, \.changedOn)
    }

    init(from reading: Reading<ChangeRelation>) throws(Refusal) {
        household = try reading(.household)
        membership = try reading(.membership)
        relation = try reading(.relation)
        changedOn = try reading(.changedOn)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let (household, membership, _) = try desk.living(membership, in: household)
        guard membership.relation != .head, relation != .head else { throw Refusal.invalid("户主的变更请办理「设为户主」").at(["relation"]) }
        guard relation != membership.relation else { throw Refusal.invalid("关系没有变化").at(["relation"]) }
        try desk.requireChangeDay(changedOn, of: membership)
        try desk.change(membership, to: relation, on: changedOn)
        try desk.update(household.changed())
        desk.emit(HouseholdChanged(household: household.id, on: changedOn, change: .relation))
        return Outcome(household.id, "关系已变更", link: household.link)
    }
}

extension Desk {
    /// A membership that lasts, of a household that stands.
    func living(_ id: ID<Membership>, in householdID: ID<Household>) throws -> (Household, Membership, Person) {
        let household = try find(householdID), membership = try find(id)
        try requireStanding(household)
        guard membership.household == household.id else { throw Refusal.invalid("这条成员关系不属于这一户，请从家庭档案重新打开").at(["membership"]) }
        guard membership.retractedAt == nil else { throw Refusal.conflict("这条成员关系刚刚改过，请回到家庭档案，从最新的一行办理") }
        guard membership.until == nil else { throw Refusal.outOfOrder("这名成员已经离开这一户；日期有误的，请办理「更正成员关系」") }
        return (household, membership, try find(membership.person))
    }

    func requireChangeDay(_ day: CivilDate, of membership: Membership) throws {
        guard day <= today else { throw Refusal.invalid("变更日期不能晚于今天").at(["changed_on"]) }
        guard day >= membership.from else { throw Refusal.invalid("变更日期早于加入日期（\(membership.from.shown)），请核对").at(["changed_on"]) }
    }

    /// The same person in the same household under another relation from a day on.
    func change(_ membership: Membership, to relation: Relation, on day: CivilDate) throws {
        let next = Membership(id: makeID(), household: membership.household, person: membership.person, relation: relation, from: day, knownAt: now)
        guard membership.from < day else { return try replace(membership, with: next) }
        try replace(membership, with: Membership(id: makeID(), household: membership.household, person: membership.person, relation: membership.relation,
                                                 from: membership.from, until: day, knownAt: now))
        try insert(next)
    }
}

extension Term where Value == CivilDate {
    static var leftOn: Term<CivilDate> { Term("until_on", "离开日期", hint: "不再属于这一户的第一天") }
    static var changedOn: Term<CivilDate> { Term("changed_on", "变更日期", hint: "新关系的第一天") }
}
