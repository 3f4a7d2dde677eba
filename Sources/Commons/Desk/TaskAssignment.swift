import Kernel
import Storage
import Values

/// 待办认领。A case that waits for a role, taken by or handed to one person of that role; the others see whose it is.
struct TaskAssignment: Record {
    let id: ID<TaskAssignment>
    let file: ID<CaseFile>
    let role: Role
    let user: ID<Actor>
    let assignedBy: ID<Actor>
    let assignedAt: Instant
    let reason: String?
    let endedAt: Instant?

    static let table = "task_assignment"
    static let title = "待办认领"
    static let shape = Shape<TaskAssignment> {
        Field(.id, \.id)
        Field(.assignedCase, \.file)
        Field(.role, \.role)
        Field(.assignee, \.user)
        Field(.assignedBy, \.assignedBy)
        Field(.assignedAt, \.assignedAt)
        Field(.statedReason, \.reason)
        Field(.accountEndedAt, \.endedAt)
    }

    init(from reading: Reading<TaskAssignment>) throws(Refusal) {
        id = try reading(.id)
        file = try reading(.assignedCase)
        role = try reading(.role)
        user = try reading(.assignee)
        assignedBy = try reading(.assignedBy)
        assignedAt = try reading(.assignedAt)
        reason = try reading(.statedReason)
        endedAt = try reading(.accountEndedAt)
    }

    init(id: ID<TaskAssignment>, file: ID<CaseFile>, role: Role, to user: ID<Actor>, by actor: Actor, at now: Instant, reason: String?) {
        self.id = id
        self.file = file
        self.role = role
        self.user = user
        assignedBy = actor.user
        assignedAt = now
        self.reason = reason.map { String($0.prefix(200)) }
        endedAt = nil
    }
}

extension Reader {
    func assignment(of file: ID<CaseFile>, to role: Role) throws -> TaskAssignment? {
        try first(TaskAssignment.self, where: "case_id = \(file) AND role = \(role) AND ended_at IS NULL")
    }

    /// Cases that are still open and stand under a user's name.
    func openAssignments(of user: ID<User>) throws -> Int {
        try connection.value("""
            SELECT count(*) FROM task_assignment AS t JOIN case_file AS f ON f.id = t.case_id
            WHERE t.user_id = \(user) AND t.ended_at IS NULL AND f.closed_on IS NULL
            """) ?? 0
    }

    /// Closed accounts below this person that still have open cases.
    func abandonedTasks() throws -> [(user: User, count: Int)] {
        guard Set<Role>.caseworkers.union([.leader]).contains(actor.role) else { return [] }
        return try all(User.self, where: """
            disabled_on IS NOT NULL AND \(within("region"))
            AND id IN (SELECT t.user_id FROM task_assignment AS t JOIN case_file AS f ON f.id = t.case_id WHERE t.ended_at IS NULL AND f.closed_on IS NULL)
            ORDER BY username
            """).filter(isSuperior).map { ($0, try openAssignments(of: $0.id)) }
    }

    func assignedFile(_ id: ID<CaseFile>) throws -> CaseFile {
        guard let file = try caseFile(id: id.text) else { throw Refusal.absent("找不到这个办件，请核对编号") }
        return file
    }

    /// Whether a case waits for a role now.
    func isAwaited(_ file: CaseFile, by role: Role) throws -> Bool {
        let edition = try house.process(file.process).edition(on: file.editionOn)
        return file.closedOn == nil && edition.state(file.state).map { edition.awaits(role, in: $0) } ?? false
    }
}

extension Desk {
    /// Puts a case under somebody's name in one role, in place of whose it was.
    func assign(_ file: ID<CaseFile>, _ role: Role, to user: ID<Actor>, because reason: String? = nil) throws {
        try release(file, role)
        try insert(TaskAssignment(id: makeID(), file: file, role: role, to: user, by: actor, at: now, reason: reason))
    }

    func release(_ file: ID<CaseFile>, _ role: Role) throws {
        try connection.run("UPDATE task_assignment SET ended_at = \(now) WHERE case_id = \(file) AND role = \(role) AND ended_at IS NULL")
    }
}

extension Term where Value == ID<CaseFile> {
    static var assignedCase: Term<ID<CaseFile>> { Term("case_id", "办件", .carried) }
}
extension Term where Value == ID<Actor> {
    static var assignee: Term<ID<Actor>> { Term("user_id", "经办人编号") }
    static var assignedBy: Term<ID<Actor>> { Term("assigned_by", "指派人编号") }
}
extension Term where Value == Instant {
    static var assignedAt: Term<Instant> { Term("assigned_at", "指派时刻") }
}
