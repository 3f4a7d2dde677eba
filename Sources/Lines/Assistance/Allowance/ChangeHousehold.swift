import Commons
import Kernel
import Values

/// 登记家庭变化。New facts beside the old ones; the amount changes only when another person has recomputed it (第三十二条).
struct ChangeHousehold: Action, DeclaresHousehold {
    let allowance: ID<Allowance>
    let changedOn: CivilDate
    let facts: DeclaredFacts
    let note: String

    static let title = "登记家庭变化"
    static let guidance = "填写变化后的全部家庭成员、收入和财产，写明变化的原因。金额由另一人重新核定。"
    static let roles: Set<Role> = [.townshipClerk]
    static let subject = Subject<ChangeHousehold>.opened(.allowance, \.allowance)
    static let shape = Shape<ChangeHousehold> {
        Field(.allowance, \.allowance)
        Field(.changedOn, \.changedOn)
        householdFields
        Field(.note, \.note)
    }

    init(from reading: Reading<ChangeHousehold>) throws(Refusal) {
        allowance = try reading(.allowance)
        changedOn = try reading(.changedOn)
        facts = try DeclaredFacts(from: reading)
        note = try reading(.note)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<Allowance>.init(rawValue:)) else { return RawFields() }
        let allowance = try reader.find(id)
        return try reader.declared(allowance.pending ?? allowance.declaration, in: allowance.region)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var allowance = try desk.find(allowance)
        guard changedOn <= desk.today else { throw Refusal.invalid("变化发生日期晚于今天，请核对").at(["changed_on"]) }
        guard changedOn >= allowance.confirmedOn else {
            throw Refusal.invalid("变化发生在确认（\(allowance.confirmedOn.shown)）以前，请按更正办理").at(["changed_on"])
        }
        try facts.household(area: allowance.area, ground: allowance.ground).check(on: changedOn)
        let people = try desk.enter(facts.members, region: allowance.region, address: nil, phone: nil)
        let changed = Declaration(desk.makeID(), of: allowance.household, .changed, asOf: changedOn, area: allowance.area, ground: allowance.ground, facts,
                                  members: people.map { DeclarationMember($0.declared, $0.person) }, note: note, knownAt: desk.now)
        try desk.insert(changed)
        allowance.pending = changed.id
        allowance.changedOn = changedOn
        try desk.update(allowance)
        return Outcome(allowance.id, "家庭变化已登记。下一步：由另一人重新核定", link: allowance.link)
    }
}
