import Kernel
import Values

/// 登记死亡。Payments are held and checked at the first word of it; the county verifies it on a document (关键项).
struct RecordDeath: Action {
    let person: ID<Person>
    let diedOn: CivilDate
    let attachment: AttachmentReference?

    static let title = "登记死亡"
    static let guidance = "登记后，正在享受的待遇会列入核查，须在三个月内办结变更。死亡证明一并上传；暂时没有的，由区县审核时补交。"
    static let roles: Set<Role> = [.community, .townshipClerk, .countyReviewer]
    static let subject = Subject<RecordDeath>.person(\.person)
    static let shape = Shape<RecordDeath> {
        Field(.person, \.person)
        Field(.diedOn, \.diedOn)
        Field(.proof, \.attachment)
    }

    init(from reading: Reading<RecordDeath>) throws(Refusal) {
        person = try reading(.person)
        diedOn = try reading(.diedOn)
        attachment = try reading(.proof)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var person = try desk.standing(person)
        guard person.diedOn == nil else { throw Refusal.outOfOrder("已登记过死亡日期，如有误请办理「撤销死亡登记」") }
        guard diedOn <= desk.today else { throw Refusal.invalid("死亡日期不能晚于今天").at(["died_on"]) }
        guard diedOn >= person.bornOn else { throw Refusal.invalid("死亡日期不能早于出生日期").at(["died_on"]) }
        person.diedOn = diedOn
        person = try desk.amend(person)
        var change = try PersonChange(desk.makeID(), .death, of: person, in: desk.place(of: person), because: nil, with: attachment, at: desk)
        change.diedOn = diedOn
        let file = try desk.open(change, of: person)
        desk.emit(PersonDied(person: person.id, diedOn: diedOn))
        return Outcome(person.id, "已登记死亡，相关待遇已列入核查，编号 \(file.number)。下一步：由区县凭死亡证明核实", link: "/people/persons/\(person.id.text)")
    }
}

/// 撤销死亡登记（关键项）。Somebody entered as dead is alive: on a document, decided by the county.
struct RevokeDeath: Action {
    let change: ID<PersonChange>
    let person: ID<Person>
    let reason: LongText
    let attachment: AttachmentReference

    static let title = "撤销死亡登记"
    static let guidance = "登记有误的，凭本人到场核实记录、公安机关证明等材料申请，由区县审核后撤销。"
    static let roles: Set<Role> = .requesters
    static let subject = Subject<RevokeDeath>.person(\.person)
    static let shape = Shape<RevokeDeath> {
        Field(.newChange, \.change)
        Field(.person, \.person)
        Field(.reason, \.reason)
        Field(.proof, \.attachment)
    }

    init(from reading: Reading<RevokeDeath>) throws(Refusal) {
        change = try reading(.newChange)
        person = try reading(.person)
        reason = try reading(.reason)
        attachment = try reading(.proof)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let person = try desk.standing(person)
        guard person.diedOn != nil else { throw Refusal.outOfOrder("这份档案没有登记死亡，不用撤销") }
        try desk.closeDeathCheck(of: person)
        let change = try PersonChange(change, .revival, of: person, in: desk.place(of: person), because: reason, with: attachment, at: desk)
        let file = try desk.open(change, of: person)
        return Outcome(change.id, "已申请撤销，编号 \(file.number)。下一步：由区县核对材料", link: "/people/changes/\(change.id.text)")
    }
}

extension Desk {
    /// A verification that still waits is overtaken by the wish to revoke: one question, asked once.
    fileprivate func closeDeathCheck(of person: Person) throws {
        let waiting = try caseFiles(where: """
            closed_on IS NULL AND id IN (SELECT id FROM person_change WHERE person_id = \(person.id) AND kind = \(ChangeKind.death))
            """)
        for file in waiting { try move(file, to: ChangeStage.withdrawn) }
    }
}
