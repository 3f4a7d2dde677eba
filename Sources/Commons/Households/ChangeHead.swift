import Kernel
import Values

/// 设为户主。Another member becomes the head; everybody's relation is said anew, for it is said towards the head.
struct ChangeHead: MemberAct {
    let household: ID<Household>
    let membership: ID<Membership>
    let changedOn: CivilDate
    let relations: [MemberRelation]

    static let title = "设为户主"
    static let guidance = "从变更日期起由这名成员任户主，其他人与新户主的关系逐个填写。"
    static let roles: Set<Role> = .householdKeepers
    static let subject = Subject<ChangeHead>.record(.household, \.household)
    static let shape = Shape<ChangeHead> {
        Field(.household, \.household)
        Field(.membership, \.membership)
        Field(.changedOn, \.changedOn)
        Each(.memberRelations, \.relations)
    }

    init(from reading: Reading<ChangeHead>) throws(Refusal) {
        household = try reading(.household)
        membership = try reading(.membership)
        changedOn = try reading(.changedOn)
        relations = try reading(.memberRelations)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        ["members": .rows(try reader.livingMembers(subject).map { RawRow(key: $0.membership.id.text, fields: ["name": .stored($0.person.name.stored)]) })]
    }

    func perform(at desk: Desk) throws -> Outcome {
        let (household, chosen, person) = try desk.living(membership, in: household)
        guard try !desk.isHead(chosen.person, of: household) else { throw Refusal.outOfOrder("\(person.name.shown)已经是户主") }
        let living = try desk.memberships(in: household.id).filter { $0.until == nil }
        for member in living { try desk.requireChangeDay(changedOn, of: member) }
        for member in living where member.id != chosen.id { try desk.change(member, to: try relation(of: member, desk), on: changedOn) }
        try desk.change(chosen, to: .head, on: changedOn)
        try desk.update(household.changed(head: try desk.canonical(chosen.person)))
        desk.emit(HouseholdChanged(household: household.id, on: changedOn, change: .head))
        return Outcome(household.id, "户主已变更", link: household.link)
    }

    private func relation(of member: Membership, _ desk: Desk) throws -> Relation {
        guard let relation = relations.first(where: { $0.key == member.id.text })?.relation, relation != .head else {
            throw Refusal.invalid("请填写\(try desk.find(member.person).name.shown)与新户主的关系").at(["members", member.id.text, "relation"])
        }
        return relation
    }
}

/// 成员与新户主的关系。The row's key is the membership.
struct MemberRelation: Entry {
    let key: String
    /// Shown so that one knows whose row it is; not read.
    let name: PersonName?
    let relation: Relation?

    static let shape = Shape<MemberRelation> {
        Field(.memberName, \.name)
        Field(.newRelation, \.relation)
    }

    init(from reading: Reading<MemberRelation>) throws(Refusal) {
        key = reading.key
        name = try reading(.memberName)
        relation = try reading(.newRelation)
    }
}

extension Reader {
    /// Who lives in the household that a form was opened for.
    func livingMembers(_ subject: String?) throws -> [(membership: Membership, person: Person)] {
        guard let id = subject.flatMap(ID<Household>.init(rawValue:)) else { return [] }
        return try memberships(in: id).filter { $0.until == nil }.map { ($0, try find($0.person)) }
    }
}

extension Term where Value == [MemberRelation] {
    static var memberRelations: Term<[MemberRelation]> { Term("members", "成员", hint: "新户主本人那一行不用填") }
}
extension Term where Value == PersonName {
    static var memberName: Term<PersonName> { Term("name", "姓名") }
}
extension Term where Value == Relation {
    static var newRelation: Term<Relation> { Term("relation", "与新户主关系") }
}
