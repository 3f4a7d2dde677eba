import Kernel
import Values

/// Who takes and hands over tasks: those for whom cases wait, and who leads them.
private let taskRoles = Set<Role>.readers.subtracting([.auditor])

extension Subject {
    fileprivate static func openCase(_ file: KeyPath<Act, ID<CaseFile>> & Sendable) -> Subject {
        .located(Term<ID<CaseFile>>.assignedCase.name) { act, reader in
            let file = try reader.assignedFile(act[keyPath: file])
            return Located(id: file.id, region: file.region)
        }
    }
}

/// 领取待办。
struct TakeTask: Action {
    let file: ID<CaseFile>

    static let title = "领取待办"
    static let guidance = "领取后这件排在您的待办里，同岗位的同事会看到由您办理。"
    static let roles = taskRoles
    static let subject = Subject<TakeTask>.openCase(\.file)
    static let shape = Shape<TakeTask> { Field(.assignedCase, \.file) }

    init(from reading: Reading<TakeTask>) throws(Refusal) { file = try reading(.assignedCase) }

    func perform(at desk: Desk) throws -> Outcome {
        let found = try desk.assignedFile(file)
        guard try desk.isAwaited(found, by: desk.actor.role) else { throw Refusal.outOfOrder("\(found.number) 现在不等「\(desk.actor.role.label)」办理，不必领取") }
        if let holder = try desk.assignment(of: file, to: desk.actor.role) {
            guard holder.user != desk.actor.user else { throw Refusal.outOfOrder("这件已经在您名下") }
            throw Refusal.conflict("这件已由同岗位的同事领取。要接手的，请他退回或移交")
        }
        try desk.assign(file, desk.actor.role, to: desk.actor.user)
        return Outcome(file, "已领取 \(found.number)", link: "/desk/workbench")
    }
}

/// 退回待办。
struct ReturnTask: Action {
    let file: ID<CaseFile>

    static let title = "退回待办"
    static let guidance = "退回后这件不在任何人名下，同岗位的同事都可以领取。"
    static let roles = taskRoles
    static let subject = Subject<ReturnTask>.openCase(\.file)
    static let shape = Shape<ReturnTask> { Field(.assignedCase, \.file) }

    init(from reading: Reading<ReturnTask>) throws(Refusal) { file = try reading(.assignedCase) }

    func perform(at desk: Desk) throws -> Outcome {
        guard try desk.assignment(of: file, to: desk.actor.role)?.user == desk.actor.user else { throw Refusal.outOfOrder("这件不在您名下，不必退回") }
        try desk.release(file, desk.actor.role)
        return Outcome(file, "已退回，同岗位的同事可以领取", link: "/desk/workbench")
    }
}

/// 移交待办。One case, to a colleague of the same role whose region covers it.
struct HandOverTask: Action {
    let file: ID<CaseFile>
    let to: String
    let reason: LongText

    static let title = "移交待办"
    static let guidance = "把一件待办移交给同岗位的同事。由现在的经办人或其上级办理，理由会留存。"
    static let roles = taskRoles
    static let subject = Subject<HandOverTask>.openCase(\.file)
    static let shape = Shape<HandOverTask> {
        Field(.assignedCase, \.file)
        Field(.taskReceiver, \.to)
        Field(.accountReason, \.reason)
    }

    init(from reading: Reading<HandOverTask>) throws(Refusal) {
        file = try reading(.assignedCase)
        to = try reading(.taskReceiver)
        reason = try reading(.accountReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let found = try desk.assignedFile(file), receiver = try desk.receiver(to)
        guard found.closedOn == nil else { throw Refusal.outOfOrder("\(found.number) 已办结，不必移交") }
        let holder = try desk.assignment(of: file, to: receiver.role)
        try desk.requireMayHandOver(from: holder, role: receiver.role)
        guard receiver.region.contains(found.region) else { throw Refusal.invalid("接办人管不到这件所属的区域，请另选一人").at(["receiver"]) }
        guard holder?.user != ID<Actor>(receiver.id) else { throw Refusal.outOfOrder("这件已经在他名下") }
        try desk.assign(file, receiver.role, to: ID<Actor>(receiver.id), because: reason.typed)
        try desk.tell(receiver.id, "\(desk.actor.name)把 \(found.number) 移交给您办理")
        return Outcome(file, "已移交 \(found.number)", link: "/desk/workbench")
    }
}

/// 移交全部待办。Of somebody who leaves, to a colleague of the same role and region.
struct HandOverAllTasks: Action {
    let user: ID<User>
    let to: String
    let reason: LongText

    static let title = "移交全部待办"
    static let guidance = "把一个人名下全部未办结的件移交给同岗位的同事。由本人或其上级办理，理由会留存。"
    static let roles = taskRoles
    static let subject = Subject<HandOverAllTasks>.located(Term<ID<User>>.user.name) { act, reader in
        let user = try reader.find(act.user)
        return Located(id: user.id.text, region: ID<Actor>(user.id) == reader.actor.user ? reader.actor.region : user.region)
    }
    static let shape = Shape<HandOverAllTasks> {
        Field(.user, \.user)
        Field(.taskReceiver, \.to)
        Field(.accountReason, \.reason)
    }

    init(from reading: Reading<HandOverAllTasks>) throws(Refusal) {
        user = try reading(.user)
        to = try reading(.taskReceiver)
        reason = try reading(.accountReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let leaving = try desk.find(user), receiver = try desk.receiver(to)
        guard ID<Actor>(leaving.id) == desk.actor.user || desk.isSuperior(of: leaving) else { throw Refusal.forbidden("由本人或其上级移交") }
        guard receiver.id != leaving.id else { throw Refusal.invalid("不能移交给本人").at(["receiver"]) }
        let tasks = try desk.all(TaskAssignment.self, where: "user_id = \(leaving.id) AND ended_at IS NULL ORDER BY id")
        let open = try tasks.map { ($0, try desk.assignedFile($0.file)) }.filter { $0.1.closedOn == nil }
        guard !open.isEmpty else { throw Refusal.outOfOrder("名下没有未办结的件") }
        guard open.allSatisfy({ $0.0.role == receiver.role && receiver.region.contains($0.1.region) }) else {
            throw Refusal.invalid("接办人须与这些件的岗位相同，并管得到它们所属的区域，请另选一人").at(["receiver"])
        }
        for (task, _) in open { try desk.assign(task.file, task.role, to: ID<Actor>(receiver.id), because: reason.typed) }
        try desk.tell(receiver.id, "\(desk.actor.name)把\(leaving.name.shown)名下的 \(open.count) 件移交给您办理")
        return Outcome(leaving.id, "已移交 \(open.count) 件", link: "/desk/workbench")
    }
}

extension Desk {
    fileprivate func receiver(_ username: String) throws -> User {
        guard let user = try first(User.self, where: "username = \(username) AND disabled_on IS NULL") else {
            throw Refusal.invalid("没有用户名为「\(username)」的在用账号，请核对").at(["receiver"])
        }
        return user
    }

    /// The holder himself, in his role; where nobody holds it anybody of that role; otherwise who stands above.
    fileprivate func requireMayHandOver(from holder: TaskAssignment?, role: Role) throws {
        if actor.role == role, holder.map({ $0.user == actor.user }) ?? true { return }
        let owner = try holder.flatMap { try first(User.self, where: "id = \($0.user)") }
        guard let owner, isSuperior(of: owner) else { throw Refusal.forbidden("由现在的经办人或其上级移交，接办人须是同一岗位") }
    }
}

extension Term where Value == String {
    static var taskReceiver: Term<String> { Term("receiver", "接办人", hint: "接办人的用户名，须是同一岗位") }
}
