import Kernel
import Values

/// 通过变更。A second person has compared it with the papers; the file changes now.
struct ApproveChange: Action {
    let change: ID<PersonChange>
    let attachment: AttachmentReference?
    let answer: LongText?

    static let title = "通过变更"
    static let guidance = "请对照证明材料核对前后内容。通过后档案随即改变，改前的内容留存备查。"
    static let roles: Set<Role> = .deciders
    static let subject = Subject<ApproveChange>.opened(.change, \.change)
    static let shape = Shape<ApproveChange> {
        Field(.change, \.change)
        Field(.laterProof, \.attachment)
        Field(.answer, \.answer)
    }

    init(from reading: Reading<ApproveChange>) throws(Refusal) {
        change = try reading(.change)
        attachment = try reading(.laterProof)
        answer = try reading(.answer)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var change = try desk.find(change)
        try desk.requireAnother(than: change)
        change.attachment = attachment ?? change.attachment
        guard !change.kind.isKey || change.attachment != nil else { throw Refusal.invalid("申请时没有附材料，请上传死亡证明等证明材料再通过").at(["attachment"]) }
        let person = try desk.standing(change.person), after = try change.applied(to: person, desk)
        try desk.requireUnchanged(change, person)
        if let number = try change.residentID.map(desk.open) { try desk.requireUnclaimed(number, for: person) }
        if after.raw != person.raw { try desk.amend(after) }
        try desk.close(change, answer)
        if change.kind == .revival { desk.emit(DeathRevoked(person: person.id)) }
        return Outcome(change.id, change.kind == .death ? "死亡登记已核实" : "已通过，档案已更正", link: "/people/persons/\(person.id.text)")
    }
}

/// 不通过变更。
struct RefuseChange: Action {
    let change: ID<PersonChange>
    let answer: LongText

    static let title = "不通过变更"
    static let guidance = "写明不通过的理由，申请人会看到。核实死亡登记不通过的，死亡登记随即撤销。"
    static let roles: Set<Role> = .deciders
    static let subject = Subject<RefuseChange>.opened(.change, \.change)
    static let shape = Shape<RefuseChange> {
        Field(.change, \.change)
        Field(.refusal, \.answer)
    }

    init(from reading: Reading<RefuseChange>) throws(Refusal) {
        change = try reading(.change)
        answer = try reading(.refusal)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let change = try desk.find(change)
        try desk.requireAnother(than: change)
        try desk.close(change, answer)
        guard change.kind == .death else { return Outcome(change.id, "未通过，档案不变", link: "/people/changes/\(change.id.text)") }
        var person = try desk.standing(change.person)
        try desk.requireUnchanged(change, person)
        person.diedOn = nil
        try desk.amend(person)
        desk.emit(DeathRevoked(person: person.id))
        return Outcome(change.id, "死亡登记不实，已撤销", link: "/people/persons/\(person.id.text)")
    }
}

/// 撤回变更申请。Whoever asked may take it back while nobody has decided.
struct WithdrawChange: Action {
    let change: ID<PersonChange>

    static let title = "撤回变更申请"
    static let roles: Set<Role> = .requesters
    static let subject = Subject<WithdrawChange>.opened(.change, \.change)
    static let shape = Shape<WithdrawChange> { Field(.change, \.change) }

    init(from reading: Reading<WithdrawChange>) throws(Refusal) { change = try reading(.change) }

    func perform(at desk: Desk) throws -> Outcome {
        let change = try desk.find(change)
        guard change.requestedBy == desk.actor.user else { throw Refusal.forbidden("只有申请人本人可以撤回，请由「\(change.requestedByName)」办理，或者由复核人不通过") }
        guard change.kind != .death else { throw Refusal.outOfOrder("死亡已经登记，不能撤回。登记有误的，请办理「撤销死亡登记」") }
        try desk.close(change, nil)
        return Outcome(change.id, "已撤回，档案不变", link: "/people/persons/\(change.person.text)")
    }
}

extension Desk {
    func requireAnother(than change: PersonChange) throws(Refusal) {
        guard change.requestedBy != actor.user else { throw .forbidden("这件变更是您本人申请的，须由另一人复核") }
    }

    /// The file as it was asked to be changed is the file as it is.
    func requireUnchanged(_ change: PersonChange, _ person: Person) throws {
        let before = try self.person(change.person, version: change.baseVersion)
        guard change.person == person.id, let before, try change.concerned(before, self) == change.concerned(person, self) else {
            throw Refusal.conflict("申请之后，这份档案的这几项又变过。请不通过这一件并说明，按最新的内容重新申请")
        }
    }

    fileprivate func close(_ change: PersonChange, _ answer: LongText?) throws {
        var change = change
        (change.decidedBy, change.decidedByName, change.decidedAt) = (actor.user, actor.name, now)
        change.answer = try answer.map(seal)
        try update(change)
    }
}

extension Term where Value == LongText {
    static var answer: Term<LongText> { Term("answer", "复核意见", hint: "可不填；不要写号码") }
    static var refusal: Term<LongText> { Term("answer", "不通过的理由", hint: "写明差在哪里、怎样补正；不要写号码") }
}
extension Term where Value == AttachmentReference {
    static var laterProof: Term<AttachmentReference> { Term("attachment", "补交的证明材料", hint: "申请时已附的不用再交；JPG、PNG 或者 PDF，不超过 10 MB") }
}
