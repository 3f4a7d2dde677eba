import Kernel
import Storage
import Values

/// 查阅记录。The whole bureau's: who supervises reading isn't bound to a region.
let accessRecords = Listing("access-records", "查阅记录", of: AccessRow.self, sorted: [.descending(.accessAt), .descending(Term<ID<AccessNote>>.id)],
                            filters: [.equals(.accessActorName), .equals(.accessKind), .equals(.accessWhat), .equals(.accessSubject), .day(.accessAt, "日期")],
                            roles: [.auditor, .securityAdministrator], emptyText: "谁看过台账、档案和附件，导出过什么，会出现在这里") { _ in
    """
    SELECT id, at, actor_name, actor_role, region, kind, what, subject, detail, "rows" AS row_count FROM access_record
    """
}

struct AccessRow: Shaped {
    let id: ID<AccessNote>, at: Instant, actorName: String, role: Role, region: RegionCode, kind: AccessKind, what: String
    let subject: String?, detail: String?, rows: Int?

    static let shape = Shape<AccessRow> {
        Field(.accessAt, \.at)
        Field(.accessActorName, \.actorName)
        Field(.accessRole, \.role)
        Field(.region, \.region)
        Field(.accessKind, \.kind)
        Field(.accessWhat, \.what)
        Field(.accessSubject, \.subject)
        Field(.accessDetail, \.detail)
        Field(.accessRows, \.rows)
        Field(.id, \.id)
    }

    init(from reading: Reading<AccessRow>) throws(Refusal) {
        id = try reading(.id)
        at = try reading(.accessAt)
        actorName = try reading(.accessActorName)
        role = try reading(.accessRole)
        region = try reading(.region)
        kind = try reading(.accessKind)
        what = try reading(.accessWhat)
        subject = try reading(.accessSubject)
        detail = try reading(.accessDetail)
        rows = try reading(.accessRows)
    }
}

/// 紧急查看。Those that wait for review first opened; a row leads to its review.
let emergencyViews = Listing("emergency-views", "紧急查看", of: EmergencyRow.self, sorted: [.descending(.openedAt), .descending(Term<ID<EmergencyView>>.id)],
                             filters: [.equals(.isReviewed), .equals(.emergencyFinding), .equals(.viewerName), .day(.openedAt, "日期")],
                             roles: [.auditor, .securityAdministrator], emptyText: "查看过辖区以外档案的，每一次都会出现在这里，等待复核",
                             link: { "/users/emergency-views/\($0.text("id") ?? "")" }) { _ in
    """
    SELECT id, opened_at, user_name, role, region, subject, reason, CASE WHEN reviewed_at IS NULL THEN 0 ELSE 1 END AS is_reviewed, finding, words FROM emergency_view
    """
}

struct EmergencyRow: Shaped {
    let id: ID<EmergencyView>, openedAt: Instant, userName: String, role: Role, region: RegionCode, subject: String, reason: String
    let isReviewed: Bool, finding: EmergencyFinding?, words: String?

    static let shape = Shape<EmergencyRow> {
        Field(.openedAt, \.openedAt)
        Field(.viewerName, \.userName)
        Field(.role, \.role)
        Field(.region, \.region)
        Field(.viewedSubject, \.subject)
        Field(.statedReason, \.reason)
        Field(.isReviewed, \.isReviewed)
        Field(.emergencyFinding, \.finding)
        Field(.reviewWords, \.words)
        Field(.id, \.id)
    }

    init(from reading: Reading<EmergencyRow>) throws(Refusal) {
        id = try reading(.id)
        openedAt = try reading(.openedAt)
        userName = try reading(.viewerName)
        role = try reading(.role)
        region = try reading(.region)
        subject = try reading(.viewedSubject)
        reason = try reading(.statedReason)
        isReviewed = try reading(.isReviewed)
        finding = try reading(.emergencyFinding)
        words = try reading(.reviewWords)
    }
}

/// 代办与兼任。One's own and those below; all of them for who gives and who audits them.
let dutyListing = Listing("duties", "代办与兼任", of: DutyRow.self, sorted: [.descending(.dutyFrom), .descending(Term<ID<Duty>>.id)],
                          filters: [.equals(.dutyHolder), .equals(.role), .within(.region), .equals(.isRunningDuty)], roles: .everyone,
                          emptyText: "委托给同事代办的、授予兼任的，会出现在这里", link: { row in
                              row.text("ended_at") == nil ? "/users/do/end-duty?duty=\(row.text("id") ?? "")" : nil
                          }) { query in
    """
    SELECT d.id AS id, h.name AS holder_name, o.name AS owner_name, d.role AS role, d.region AS region, d.from_on AS from_on, d.until_on AS until_on,
           d.reason AS reason, d.granted_by_name AS granted_by_name, d.ended_at AS ended_at,
           CASE WHEN d.ended_at IS NULL AND (d.until_on IS NULL OR d.until_on > \(query.today)) THEN 1 ELSE 0 END AS is_running
    FROM duty AS d JOIN user_account AS h ON h.id = d.user_id LEFT JOIN user_account AS o ON o.id = d.owner_id
    WHERE \(query.within("d.region"))
    """
}

struct DutyRow: Shaped {
    let id: ID<Duty>, holder: String, owner: String?, role: Role, region: RegionCode, from: CivilDate, until: CivilDate?, reason: String
    let grantedByName: String, endedAt: Instant?, isRunning: Bool

    static let shape = Shape<DutyRow> {
        Field(.dutyHolder, \.holder)
        Field(.dutyOwnerName, \.owner)
        Field(.role, \.role)
        Field(.region, \.region)
        Field(.dutyFrom, \.from)
        Field(.dutyUntil, \.until)
        Field(.statedReason, \.reason)
        Field(.grantedByName, \.grantedByName)
        Field(.isRunningDuty, \.isRunning)
        Field(.accountEndedAt, \.endedAt)
        Field(.id, \.id)
    }

    init(from reading: Reading<DutyRow>) throws(Refusal) {
        id = try reading(.id)
        holder = try reading(.dutyHolder)
        owner = try reading(.dutyOwnerName)
        role = try reading(.role)
        region = try reading(.region)
        from = try reading(.dutyFrom)
        until = try reading(.dutyUntil)
        reason = try reading(.statedReason)
        grantedByName = try reading(.grantedByName)
        isRunning = try reading(.isRunningDuty)
        endedAt = try reading(.accountEndedAt)
    }
}

extension Term where Value == Instant {
    static var accessAt: Term<Instant> { Term("at", "时刻") }
}
extension Term where Value == String {
    static var accessActorName: Term<String> { Term("actor_name", "查阅人") }
    static var accessWhat: Term<String> { Term("what", "看了什么") }
    static var accessSubject: Term<String> { Term("subject", "档案编号") }
    static var accessDetail: Term<String> { Term("detail", "说明") }
    static var dutyHolder: Term<String> { Term("holder_name", "代办人") }
    static var dutyOwnerName: Term<String> { Term("owner_name", "原岗位人") }
}
extension Term where Value == Role {
    static var accessRole: Term<Role> { Term("actor_role", "岗位") }
}
extension Term where Value == AccessKind {
    static var accessKind: Term<AccessKind> { Term("kind", "方式") }
}
extension Term where Value == Int {
    static var accessRows: Term<Int> { Term("row_count", "行数") }
}
extension Term where Value == Bool {
    static var isReviewed: Term<Bool> { Term("is_reviewed", "已复核") }
    static var isRunningDuty: Term<Bool> { Term("is_running", "有效") }
}
