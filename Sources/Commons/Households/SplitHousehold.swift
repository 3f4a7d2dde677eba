import Kernel
import Values

/// 分户。Some members leave together and are a household of their own.
struct SplitHousehold: Action {
    let household: ID<Household>
    let newHousehold: ID<Household>
    let splitOn: CivilDate
    let region: RegionCode
    let area: Area
    let address: String?
    let members: [MemberRelation]

    static let title = "分户"
    static let guidance = "给分出去的成员填写与新户主的关系，其中一人填「户主（本人）」；留在原户的不填。"
    static let roles: Set<Role> = .householdKeepers
    static let subject = Subject<SplitHousehold>.record(.household, \.household)
    static let shape = Shape<SplitHousehold> {
        Field(.household, \.household)
        Field(.splitHousehold, \.newHousehold)
        Field(.splitOn, \.splitOn)
        Field(.region, \.region)
        Field(.area, \.area)
        Field(.address, \.address)
        Each(.leavingMembers, \.members)
    }

    init(from reading: Reading<SplitHousehold>) throws(Refusal) {
        household = try reading(.household)
        newHousehold = try reading(.splitHousehold)
        splitOn = try reading(.splitOn)
        region = try reading(.region)
        area = try reading(.area)
        address = try reading(.address)
        members = try reading(.leavingMembers)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<Household>.init(rawValue:)) else { return RawFields() }
        let household = try reader.find(id)
        return ["region": .stored(household.region.stored), "area": .stored(household.area.stored), "members": try ChangeHead.known(subject, at: reader)["members"] ?? .rows([])]
    }

    func perform(at desk: Desk) throws -> Outcome {
        let household = try desk.find(household)
        try desk.requireStanding(household)
        guard desk.actor.covers(region) else { throw Refusal.forbidden("新户的区域不在您的管辖范围内，跨区域的分户请由上级办理") }
        let leaving = try chosen(in: household, desk)
        for (membership, _) in leaving { try desk.end(membership, on: splitOn, because: .split) }
        let head = leaving.first { $0.relation == .head }?.membership.person ?? household.head
        try desk.enter(HouseholdEntry(newHousehold, head: head, region: region, area: area, address: address, from: splitOn))
        for (membership, relation) in leaving where relation != .head {
            try desk.enter(MembershipEntry(membership.person, in: newHousehold, as: relation, from: splitOn))
        }
        try desk.update(household.changed())
        for id in [household.id, newHousehold] { desk.emit(HouseholdChanged(household: id, on: splitOn, change: .split)) }
        return Outcome(newHousehold, "已分户，新户 \(leaving.count) 人。正在享受的待遇留在原户，须由经办人重新核对", link: "/people/households/\(newHousehold.text)")
    }

    /// Who goes, checked: one new head among them, the old head and somebody stay.
    private func chosen(in household: Household, _ desk: Desk) throws -> [(membership: Membership, relation: Relation)] {
        guard splitOn <= desk.today else { throw Refusal.invalid("分户日期不能晚于今天").at(["split_on"]) }
        let living = try desk.memberships(in: household.id).filter { $0.until == nil }
        let leaving = try members.compactMap { row -> (membership: Membership, relation: Relation)? in
            guard let relation = row.relation else { return nil }
            guard let membership = living.first(where: { $0.id.text == row.key }) else { throw Refusal.conflict("成员刚刚有变化，请回到家庭档案重新办理分户").at(["members", row.key]) }
            guard try !desk.isHead(membership.person, of: household) else {
                throw Refusal.conflict("原户的户主不能分出去。请先为原户变更户主，再办理分户").at(["members", row.key, "relation"])
            }
            guard splitOn > membership.from else { throw Refusal.invalid("分户日期须晚于成员的加入日期（\(membership.from.shown)）").at(["split_on"]) }
            return (membership, relation)
        }
        guard leaving.filter({ $0.relation == .head }).count == 1 else { throw Refusal.invalid("分出去的成员中须有且只有一人填「户主（本人）」").at(["members"]) }
        return leaving
    }
}

extension Term where Value == [MemberRelation] {
    static var leavingMembers: Term<[MemberRelation]> { Term("members", "成员", hint: "分出去的填与新户主的关系，留下的不填") }
}
extension Term where Value == CivilDate {
    static var splitOn: Term<CivilDate> { Term("split_on", "分户日期", hint: "新户的第一天") }
}
