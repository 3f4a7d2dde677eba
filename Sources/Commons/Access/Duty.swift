import Kernel
import Storage
import Values

/// 代办与兼任。A role and region that somebody acts in besides the own: delegated by its owner for some days, or given besides.
///
/// Whoever acts keeps the own identity: what he does is journalled as his, and who did a step before may not review it as a deputy.
public struct Duty: Record {
    public let id: ID<Duty>
    let user: ID<User>
    /// Whose duty it is; nil for one given besides (兼任).
    let owner: ID<User>?
    let role: Role
    let region: RegionCode
    let from: CivilDate
    let until: CivilDate?
    let reason: String
    let grantedBy: ID<Actor>
    let grantedByName: String
    let grantedAt: Instant
    let endedAt: Instant?

    public static let table = "duty"
    public static let title = "代办与兼任"
    public static let shape = Shape<Duty> {
        Field(.id, \.id)
        Field(.ownerOfAccount, \.user)
        Field(.dutyOwner, \.owner)
        Field(.role, \.role)
        Field(.region, \.region)
        Field(.dutyFrom, \.from)
        Field(.dutyUntil, \.until)
        Field(.statedReason, \.reason)
        Field(.grantedBy, \.grantedBy)
        Field(.grantedByName, \.grantedByName)
        Field(.grantedAt, \.grantedAt)
        Field(.accountEndedAt, \.endedAt)
    }

    public init(from reading: Reading<Duty>) throws(Refusal) {
        id = try reading(.id)
        user = try reading(.ownerOfAccount)
        owner = try reading(.dutyOwner)
        role = try reading(.role)
        region = try reading(.region)
        from = try reading(.dutyFrom)
        until = try reading(.dutyUntil)
        reason = try reading(.statedReason)
        grantedBy = try reading(.grantedBy)
        grantedByName = try reading(.grantedByName)
        grantedAt = try reading(.grantedAt)
        endedAt = try reading(.accountEndedAt)
    }

    init(id: ID<Duty>, user: ID<User>, owner: ID<User>?, role: Role, region: RegionCode, from: CivilDate, until: CivilDate?, reason: String, by actor: Actor, at now: Instant) {
        self.id = id
        self.user = user
        self.owner = owner
        self.role = role
        self.region = region
        self.from = from
        self.until = until
        self.reason = String(reason.prefix(200))
        grantedBy = actor.user
        grantedByName = actor.name
        grantedAt = now
        endedAt = nil
    }

    /// 「2024年7月1日至2024年7月5日」
    var lasts: String { lasting(from, until) }
}

extension Reader {
    /// What a user may act in today besides the own post.
    func liveDuties(of user: ID<User>) throws -> [Duty] {
        try all(Duty.self, where: "user_id = \(user) AND ended_at IS NULL AND from_on <= \(today) AND (until_on IS NULL OR until_on > \(today)) ORDER BY id")
            .filter { duty in
                guard let owner = duty.owner else { return true }
                // A duty that its owner no longer has can't be acted in.
                return try first(User.self, where: "id = \(owner) AND disabled_on IS NULL AND role = \(duty.role) AND region = \(duty.region)") != nil
            }
    }

    /// 「镇街经办（代王某）」
    func title(of duty: Duty) throws -> String { "\(duty.role.label)（\(try besides(duty))）" }

    private func besides(_ duty: Duty) throws -> String { try duty.owner.map { "代\(try find($0).name.shown)" } ?? "兼任" }

    /// 「李某（代王某）」, in the duty's role and region, with the own identity.
    func actor(_ user: User, in duty: Duty) throws -> Actor {
        Actor(user: ID<Actor>(user.id), name: "\(user.name.shown)（\(try besides(duty))）", role: duty.role, region: duty.region, isDeputy: true)
    }

    /// Whose standing is above whose: a superior covers the region and stands higher.
    func isSuperior(of user: User) -> Bool {
        ID<Actor>(user.id) != actor.user && actor.covers(user.region) && actor.role.standing > user.role.standing && user.role.standing > 0
    }
}

extension Role {
    /// Who answers for whom. Nought: administrators, who answer for themselves and for nobody.
    fileprivate var standing: Int {
        switch self {
        case .visitor, .systemAdministrator, .securityAdministrator, .auditor: 0
        case .community: 1
        case .townshipClerk, .policyOfficer, .placeNameOfficer, .finance: 2
        case .townshipReviewer: 3
        case .countyReviewer: 4
        case .countyApprover: 5
        case .leader: 6
        }
    }
}

extension Desk {
    /// Ends what a user delegated and what was delegated or given to him.
    func endDuties(of user: ID<User>) throws {
        try connection.run("UPDATE duty SET ended_at = \(now) WHERE (user_id = \(user) OR owner_id = \(user)) AND ended_at IS NULL")
    }

    /// 三员分立：business isn't delegated to administrators, nor one administrator's work to another's.
    func requireSeparate(_ role: Role, from holder: User) throws {
        let administrators = Set<Role>.administrators
        guard role == holder.role || (!administrators.contains(role) && !administrators.contains(holder.role)) else {
            throw Refusal.forbidden("三员分立：\(role.label)的职责不能交给\(holder.role.label)")
        }
    }
}

extension Term where Value == ID<User> {
    static var dutyOwner: Term<ID<User>> { Term("owner_id", "原岗位人") }
}
extension Term where Value == CivilDate {
    static var dutyFrom: Term<CivilDate> { Term("from_on", "起始日期") }
    static var dutyUntil: Term<CivilDate> { Term("until_on", "截止日期（不含）") }
    static var dutyLast: Term<CivilDate> { Term("last_on", "截止日期", hint: "含当日") }
}
extension Term where Value == ID<Actor> {
    static var grantedBy: Term<ID<Actor>> { Term("granted_by", "办理人编号") }
}
extension Term where Value == String {
    static var grantedByName: Term<String> { Term("granted_by_name", "办理人") }
}
extension Term where Value == Instant {
    static var grantedAt: Term<Instant> { Term("granted_at", "办理时刻") }
    static var accountEndedAt: Term<Instant> { Term("ended_at", "结束时刻") }
}
extension Term where Value == ID<Duty> {
    static var duty: Term<ID<Duty>> { Term("duty", "代办或兼任", .carried) }
    static var newDuty: Term<ID<Duty>> { Term("duty", "代办编号", .made) }
}
