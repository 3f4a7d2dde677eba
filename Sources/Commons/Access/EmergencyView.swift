import Kernel
import Storage
import Values

/// 紧急查看。One record outside one's region, opened for reading for two hours with a reason, and looked into afterwards.
public struct EmergencyView: Record {
    public let id: ID<EmergencyView>
    let user: ID<Actor>
    let userName: String
    let role: Role
    let subject: String
    /// Where the record belongs.
    public let region: RegionCode
    let reason: String
    let openedAt: Instant
    public let untilAt: Instant
    var reviewedBy: ID<Actor>?
    var reviewedAt: Instant?
    var finding: EmergencyFinding?
    var words: String?

    public static let table = "emergency_view"
    public static let title = "紧急查看"
    public static let shape = Shape<EmergencyView> {
        Field(.id, \.id)
        Field(.viewer, \.user)
        Field(.viewerName, \.userName)
        Field(.role, \.role)
        Field(.viewedSubject, \.subject)
        Field(.region, \.region)
        Field(.statedReason, \.reason)
        Field(.openedAt, \.openedAt)
        Field(.untilAt, \.untilAt)
        Field(.reviewedBy, \.reviewedBy)
        Field(.reviewedAt, \.reviewedAt)
        Field(.emergencyFinding, \.finding)
        Field(.reviewWords, \.words)
    }

    public init(from reading: Reading<EmergencyView>) throws(Refusal) {
        id = try reading(.id)
        user = try reading(.viewer)
        userName = try reading(.viewerName)
        role = try reading(.role)
        subject = try reading(.viewedSubject)
        region = try reading(.region)
        reason = try reading(.statedReason)
        openedAt = try reading(.openedAt)
        untilAt = try reading(.untilAt)
        reviewedBy = try reading(.reviewedBy)
        reviewedAt = try reading(.reviewedAt)
        finding = try reading(.emergencyFinding)
        words = try reading(.reviewWords)
    }

    init(_ id: ID<EmergencyView>, of record: FoundRecord, because reason: String, by actor: Actor, at now: Instant) {
        self.id = id
        user = actor.user
        userName = actor.name
        role = actor.role
        subject = record.id
        region = record.region
        self.reason = String(reason.prefix(200))
        openedAt = now
        untilAt = now.adding(seconds: Self.length)
    }

    static let length = 7_200.0
    static let shortestReason = 10

    /// Whoever looks in an emergency: the same person and role, as if the record's region were his. For reading that one record only.
    public func reader(_ actor: Actor) -> Actor { Actor(user: actor.user, name: actor.name, role: actor.role, region: region, isDeputy: actor.isDeputy) }
}

/// 复核结论。
public enum EmergencyFinding: String, CodeList {
    case justified, unjustified
    public var label: String { self == .justified ? "理由成立" : "理由不成立" }
}

extension Reader {
    /// The reader's running emergency view of a record; nil when there is none, or the region is the reader's own anyway.
    public func emergencyView(of subject: String) throws -> EmergencyView? {
        try first(EmergencyView.self, where: "user_id = \(actor.user) AND subject = \(subject) AND role = \(actor.role) AND until_at > \(now) ORDER BY id DESC")
            .flatMap { actor.covers($0.region) ? nil : $0 }
    }

    /// Whether this role may ask for one at all.
    public var mayViewInEmergency: Bool { OpenEmergencyView.roles.contains(actor.role) }

    func emergencyViewsWaiting() throws -> Int {
        try connection.value("SELECT count(*) FROM emergency_view WHERE reviewed_at IS NULL AND user_id <> \(actor.user)") ?? 0
    }
}

/// 开始紧急查看。
struct OpenEmergencyView: Action {
    let id: ID<EmergencyView>
    let record: String
    let reason: LongText

    static let title = "紧急查看"
    static let guidance = "救急时查看辖区以外的一份档案：只能看，两小时后自动关闭。安全管理员和审计当即知晓，并逐次复核。"
    /// Caseworkers, and who answers for cases; who supervises the views has none.
    static let roles = Set<Role>.readers.subtracting([.auditor])
    static let subject = Subject<OpenEmergencyView>.house
    static let shape = Shape<OpenEmergencyView> {
        Field(.newEmergencyView, \.id)
        Field(.recordName, \.record)
        Field(.emergencyReason, \.reason)
    }

    init(from reading: Reading<OpenEmergencyView>) throws(Refusal) {
        id = try reading(.newEmergencyView)
        record = try reading(.recordName)
        reason = try reading(.emergencyReason)
        guard reason.typed.filter({ !$0.isWhitespace }).count >= EmergencyView.shortestReason else {
            throw Refusal.invalid("请写明理由，至少 \(EmergencyView.shortestReason) 个字：什么情况、为什么等不及所属区域办理").at(["reason"])
        }
    }

    func perform(at desk: Desk) throws -> Outcome {
        guard let found = try desk.foundRecord(record) else { throw Refusal.absent("没有找到这份档案，请核对地址或编号").at(["record"]) }
        guard !desk.actor.covers(found.region) else { throw Refusal.outOfOrder("这份档案就在您的管辖范围内，直接打开即可") }
        try desk.insert(EmergencyView(id, of: found, because: reason.typed, by: desk.actor, at: desk.now))
        let until = desk.now.adding(seconds: EmergencyView.length)
        return Outcome(id, "已开启紧急查看（\(found.title)），\(until.shownTime)自动关闭。安全管理员和审计已知晓", link: found.link)
    }
}

/// 复核紧急查看。
struct ReviewEmergencyView: Action {
    let view: ID<EmergencyView>
    let finding: EmergencyFinding
    let words: LongText

    static let title = "复核紧急查看"
    static let guidance = "核对理由是否属实、是否确有必要，写明依据。理由不成立的，按规定处理，并在这里记下处理意见。"
    static let roles: Set<Role> = [.auditor, .securityAdministrator]
    static let subject = Subject<ReviewEmergencyView>.located(Term<ID<EmergencyView>>.emergencyView.name) { act, reader in
        Located(id: try reader.find(act.view).id.text, region: reader.actor.region)
    }
    static let shape = Shape<ReviewEmergencyView> {
        Field(.emergencyView, \.view)
        Field(.emergencyFinding, \.finding)
        Field(.reviewOpinion, \.words)
    }

    init(from reading: Reading<ReviewEmergencyView>) throws(Refusal) {
        view = try reading(.emergencyView)
        finding = try reading(.emergencyFinding)
        words = try reading(.reviewOpinion)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var view = try desk.find(view)
        guard view.reviewedAt == nil else { throw Refusal.outOfOrder("这次紧急查看已经复核") }
        guard view.user != desk.actor.user else { throw Refusal.forbidden("不能复核本人的紧急查看") }
        (view.reviewedBy, view.reviewedAt, view.finding, view.words) = (desk.actor.user, desk.now, finding, String(words.typed.prefix(200)))
        try desk.update(view)
        return Outcome(view.id, "已复核：\(finding.label)", link: "/users/emergency-views")
    }
}

extension Term where Value == ID<Actor> {
    static var viewer: Term<ID<Actor>> { Term("user_id", "查看人编号") }
    static var reviewedBy: Term<ID<Actor>> { Term("reviewed_by", "复核人编号") }
}
extension Term where Value == String {
    static var viewerName: Term<String> { Term("user_name", "查看人") }
    static var viewedSubject: Term<String> { Term("subject", "档案编号") }
    static var reviewWords: Term<String> { Term("words", "复核意见") }
    static var recordName: Term<String> { Term("record", "档案", hint: "页面地址、内部编号、办件编号或公民身份号码") }
}
extension Term where Value == Instant {
    static var openedAt: Term<Instant> { Term("opened_at", "开启时刻") }
    static var untilAt: Term<Instant> { Term("until_at", "关闭时刻") }
    static var reviewedAt: Term<Instant> { Term("reviewed_at", "复核时刻") }
}
extension Term where Value == EmergencyFinding {
    static var emergencyFinding: Term<EmergencyFinding> { Term("finding", "复核结论") }
}
extension Term where Value == LongText {
    static var emergencyReason: Term<LongText> { Term("reason", "理由", hint: "至少 10 个字：什么情况、为什么等不及所属区域办理") }
    static var reviewOpinion: Term<LongText> { Term("words", "复核意见", hint: "核对了什么、如何处理") }
}
extension Term where Value == ID<EmergencyView> {
    static var emergencyView: Term<ID<EmergencyView>> { Term("emergency_view", "紧急查看", .carried) }
    static var newEmergencyView: Term<ID<EmergencyView>> { Term("emergency_view", "紧急查看编号", .made) }
}

extension Reader {
    /// Whether the record read at an address lies outside the reader's region and may be opened in an emergency.
    public func mayOpenInEmergency(_ path: String) throws -> Bool {
        guard mayViewInEmergency, let found = try foundRecord(path) else { return false }
        return !actor.covers(found.region)
    }
}
