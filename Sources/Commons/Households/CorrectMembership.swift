import Kernel
import Values

/// 更正成员关系。What was entered wrongly is retracted with its reason and said rightly; both stay readable.
struct CorrectMembership: MemberAct {
    let household: ID<Household>
    let membership: ID<Membership>
    let relation: Relation
    let from: CivilDate
    let until: CivilDate?
    let reason: String

    static let title = "更正成员关系"
    static let guidance = "改成正确的关系和日期，写明理由。原来的登记撤回但不删除，仍可按当时的登记查阅。"
    static let roles: Set<Role> = .householdMenders
    static let subject = Subject<CorrectMembership>.record(.household, \.household)
    static let shape = Shape<CorrectMembership> {
        Field(.household, \.household)
        Field(.membership, \.membership)
        Field(.relation, \.relation)
        Field(.joinedOn, \.from)
        Field(.leftOn, \.until)
        Field(.actReason, \.reason)
    }

    init(from reading: Reading<CorrectMembership>) throws(Refusal) {
        household = try reading(.household)
        membership = try reading(.membership)
        relation = try reading(.relation)
        from = try reading(.joinedOn)
        until = try reading(.leftOn)
        reason = try reading(.actReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let (household, wrong, person) = try desk.entered(membership, in: household)
        guard relation != wrong.relation || from != wrong.from || until != wrong.until else { throw Refusal.invalid("与原来的登记没有不同") }
        guard (relation == .head) == (wrong.relation == .head) else { throw Refusal.invalid("户主的变更请办理「设为户主」").at(["relation"]) }
        try desk.requireDays(from: from, until: until, of: person)
        if until == nil { try desk.requireStanding(household) }
        if until != nil { try desk.requireHeadStays(wrong, household, person) }
        for other in try desk.overlapping(wrong.person, from: from, until: until, except: wrong.id) {
            throw Refusal.conflict("更正后的日期与另一条成员关系（\(lasting(other.from, other.until))）重叠，请先更正那一条").at(["from_on"])
        }
        let end: LeaveReason? = until == nil ? nil : wrong.endReason ?? .other
        try desk.replace(wrong, with: Membership(id: desk.makeID(), household: household.id, person: wrong.person, relation: relation, from: from, until: until,
                                                 endReason: end, knownAt: desk.now), because: reason)
        try desk.update(household.changed())
        desk.emit(HouseholdChanged(household: household.id, on: desk.today, change: .corrected))
        return Outcome(household.id, "已更正，原来的登记已撤回并保留", link: household.link)
    }
}

/// 撤销成员关系。It was never so: the row is retracted with its reason, and kept.
struct RetractMembership: MemberAct {
    let household: ID<Household>
    let membership: ID<Membership>
    let reason: String

    static let title = "撤销成员关系"
    static let guidance = "这个人从来不是这一户的成员时办理。登记撤回但不删除。"
    static let roles: Set<Role> = .householdMenders
    static let subject = Subject<RetractMembership>.record(.household, \.household)
    static let shape = Shape<RetractMembership> {
        Field(.household, \.household)
        Field(.membership, \.membership)
        Field(.actReason, \.reason)
    }

    init(from reading: Reading<RetractMembership>) throws(Refusal) {
        household = try reading(.household)
        membership = try reading(.membership)
        reason = try reading(.actReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let (household, wrong, person) = try desk.entered(membership, in: household)
        try desk.requireHeadStays(wrong, household, person)
        try desk.retract(wrong, because: reason)
        let isLast = try household.dissolvedOn == nil && !desk.memberships(in: household.id).contains { $0.until == nil }
        try desk.update(household.changed(dissolvedOn: isLast ? desk.today : nil))
        desk.emit(HouseholdChanged(household: household.id, on: desk.today, change: .corrected))
        return Outcome(household.id, isLast ? "已撤销。户内已没有成员，家庭随之注销" : "已撤销，原来的登记保留可查", link: household.link)
    }
}

extension Desk {
    /// A membership as it is held true, ended or not.
    func entered(_ id: ID<Membership>, in householdID: ID<Household>) throws -> (Household, Membership, Person) {
        let household = try find(householdID), membership = try find(id)
        guard membership.household == household.id else { throw Refusal.invalid("这条成员关系不属于这一户，请从家庭档案重新打开").at(["membership"]) }
        guard membership.retractedAt == nil else { throw Refusal.conflict("这条成员关系已经改过或撤回，请回到家庭档案，从最新的一行办理") }
        return (household, membership, try find(membership.person))
    }
}
