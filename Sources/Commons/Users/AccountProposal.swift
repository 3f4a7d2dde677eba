import Kernel
import Storage
import Values

/// 三员变更。What one administrator proposed about an administrator's account and another must confirm.
struct AccountProposal: Record {
    let id: ID<AccountProposal>
    let user: ID<User>
    let kind: Kind
    let name: PersonName
    let role: Role
    let region: RegionCode
    let reason: String
    let proposedBy: ID<Actor>
    let proposedByName: String
    let proposedAt: Instant
    var decidedBy: ID<Actor>?
    var decidedAt: Instant?
    var agreed: Bool?

    enum Kind: String, CodeList {
        case add, change, enable
        var label: String {
            switch self { case .add: "新增账号"; case .change: "调整账号"; case .enable: "重新启用账号" }
        }
    }

    static let table = "account_proposal"
    static let title = "三员变更"
    static let shape = Shape<AccountProposal> {
        Field(.id, \.id)
        Field(.ownerOfAccount, \.user)
        Field(.proposalKind, \.kind)
        Field(.personName, \.name)
        Field(.role, \.role)
        Field(.region, \.region)
        Field(.statedReason, \.reason)
        Field(.accountProposer, \.proposedBy)
        Field(.accountProposerName, \.proposedByName)
        Field(.accountProposedAt, \.proposedAt)
        Field(.accountDecider, \.decidedBy)
        Field(.accountDecidedAt, \.decidedAt)
        Field(.agreed, \.agreed)
    }

    init(from reading: Reading<AccountProposal>) throws(Refusal) {
        id = try reading(.id)
        user = try reading(.ownerOfAccount)
        kind = try reading(.proposalKind)
        name = try reading(.personName)
        role = try reading(.role)
        region = try reading(.region)
        reason = try reading(.statedReason)
        proposedBy = try reading(.accountProposer)
        proposedByName = try reading(.accountProposerName)
        proposedAt = try reading(.accountProposedAt)
        decidedBy = try reading(.accountDecider)
        decidedAt = try reading(.accountDecidedAt)
        agreed = try reading(.agreed)
    }

    init(_ id: ID<AccountProposal>, _ kind: Kind, _ user: User, because reason: String, by actor: Actor, at now: Instant) {
        self.id = id
        self.user = user.id
        self.kind = kind
        name = user.name
        role = user.role
        region = user.region
        self.reason = String(reason.prefix(200))
        proposedBy = actor.user
        proposedByName = actor.name
        proposedAt = now
    }
}

extension Reader {
    /// Administrators' accounts are given and changed by two. Until there is a second one the first may act alone, and whoever
    /// holds the machine may fill each of the three posts once: so a house begins.
    func needsSecond(for roles: [Role], of user: ID<User>) throws -> Bool {
        guard roles.contains(where: Set<Role>.administrators.contains) else { return false }
        let names = Role.allCases.filter(Set<Role>.administrators.contains).map { "\($0)" as Statement }.joined(", ")
        let known = try all(User.self, where: "role IN (\(names))"), enabled = known.filter { $0.disabledOn == nil }
        if actor.user == Actor.house.user, Set(enabled.map(\.role)) != Set<Role>.administrators { return false }
        // Disabled ones count: whoever closes the others' accounts doesn't act alone by that.
        return known.contains { ID<Actor>($0.id) != actor.user && $0.id != user }
    }

    func openProposals(of user: ID<User>) throws -> Int {
        try connection.value("SELECT count(*) FROM account_proposal WHERE user_id = \(user) AND decided_at IS NULL") ?? 0
    }

    /// What waits for this administrator: proposed by somebody else, about somebody else.
    func proposalsToDecide() throws -> [AccountProposal] {
        guard Set<Role>.administrators.contains(actor.role) else { return [] }
        return try all(AccountProposal.self, where: "decided_at IS NULL AND proposed_by <> \(actor.user) AND user_id <> \(actor.user) ORDER BY id")
    }
}

extension Desk {
    func propose(_ kind: AccountProposal.Kind, _ user: User, because reason: String) throws {
        guard try openProposals(of: user.id) == 0 else { throw Refusal.outOfOrder("这个账号已有一项变更等待确认，请先办完那一项") }
        try insert(AccountProposal(makeID(), kind, user, because: reason, by: actor, at: now))
    }
}

/// 确认三员变更。By another administrator than who proposed it and whom it is about.
struct DecideProposal: Action {
    let proposal: ID<AccountProposal>
    let agrees: Bool

    static let title = "确认三员变更"
    static let guidance = "三员的账号由一名管理员提请、另一名管理员确认。请先核对人事通知。"
    static let roles = Set<Role>.administrators
    static let subject = Subject<DecideProposal>.located(Term<ID<AccountProposal>>.proposal.name) { act, reader in
        Located(id: try reader.find(act.proposal).user.text, region: reader.actor.region)
    }
    static let shape = Shape<DecideProposal> {
        Field(.proposal, \.proposal)
        Field(.agrees, \.agrees)
    }

    init(from reading: Reading<DecideProposal>) throws(Refusal) {
        proposal = try reading(.proposal)
        agrees = try reading(.agrees)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var proposal = try desk.find(proposal)
        guard proposal.decidedAt == nil else { throw Refusal.outOfOrder("这项变更已经办完") }
        guard proposal.proposedBy != desk.actor.user else { throw Refusal.forbidden("这项变更是您本人提请的，须由另一名管理员确认") }
        guard ID<Actor>(proposal.user) != desk.actor.user else { throw Refusal.forbidden("这项变更关系您本人，须由另一名管理员确认") }
        (proposal.decidedBy, proposal.decidedAt, proposal.agreed) = (desk.actor.user, desk.now, agrees)
        try desk.update(proposal)
        let user = try desk.find(proposal.user), link = "/users/proposals"
        guard agrees else { return Outcome(user.id, "已记下不同意，账号没有变化", link: link) }
        let disabledOn = proposal.kind == .change ? user.disabledOn : nil
        try desk.apply(user.changed(name: proposal.name, role: proposal.role, region: proposal.region, disabledOn: disabledOn))
        return Outcome(user.id, "已确认\(proposal.kind.label)，岗位为\(proposal.role.label)", link: link)
    }
}

extension Term where Value == ID<AccountProposal> {
    static var proposal: Term<ID<AccountProposal>> { Term("proposal", "三员变更", .carried) }
}
extension Term where Value == AccountProposal.Kind {
    static var proposalKind: Term<AccountProposal.Kind> { Term("kind", "变更") }
}
extension Term where Value == String {
    static var statedReason: Term<String> { Term("reason", "理由") }
    static var accountProposerName: Term<String> { Term("proposed_by_name", "提请人") }
}
extension Term where Value == ID<Actor> {
    static var accountProposer: Term<ID<Actor>> { Term("proposed_by", "提请人编号") }
    static var accountDecider: Term<ID<Actor>> { Term("decided_by", "确认人编号") }
}
extension Term where Value == Instant {
    static var accountProposedAt: Term<Instant> { Term("proposed_at", "提请时刻") }
    static var accountDecidedAt: Term<Instant> { Term("decided_at", "确认时刻") }
}
extension Term where Value == Bool {
    static var agreed: Term<Bool> { Term("agreed", "是否同意") }
    static var agrees: Term<Bool> { Term("agrees", "是否同意", hint: "不同意的，账号不变") }
}
