import Kernel
import Values

/// 合并档案。Says which of two files is kept; a second person approves, unless both bear the same document.
struct ProposeMerge: Action {
    let merge: ID<PersonMerge>
    let kept: ID<Person>
    let absorbed: ID<Person>
    let reason: LongText

    static let title = "合并档案"
    static let guidance = "两份档案确是同一个人的才合并。家庭、办件、待遇都留在原处，合并后在一份档案里一起看；合错了可以撤销。"
    static let roles: Set<Role> = .requesters
    static let subject = Subject<ProposeMerge>.located(nil) { act, reader in
        let kept = try reader.find(act.kept), absorbed = try reader.find(act.absorbed)
        let place = kept.region.joined(with: absorbed.region)
        // Neither betrays where the other lives: both must be within reach.
        guard try reader.covers(kept) && reader.covers(absorbed) else { throw Refusal.forbidden("两份档案不都在您的管辖范围内，请转交上级办理合并") }
        return Located(region: reader.actor.covers(place) ? place : reader.actor.region)
    }
    static let shape = Shape<ProposeMerge> {
        Field(.newMerge, \.merge)
        Field(.kept, \.kept)
        Field(.absorbed, \.absorbed)
        Field(.mergeReason, \.reason)
    }

    init(from reading: Reading<ProposeMerge>) throws(Refusal) {
        merge = try reading(.newMerge)
        kept = try reading(.kept)
        absorbed = try reading(.absorbed)
        reason = try reading(.mergeReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let kept = try desk.find(kept), absorbed = try desk.find(absorbed)
        try desk.requireMergeable(kept, absorbed)
        try desk.requireNoneWaiting(kept, absorbed)
        let merge = try PersonMerge(merge, of: absorbed, into: kept, because: reason, at: desk)
        try desk.insert(merge)
        let file = try desk.openCase(mergeProcess, for: merge.id, title: "\(kept.name.shown) 档案合并", in: merge.region)
        guard desk.haveSameDocument(kept, absorbed) else {
            return Outcome(merge.id, "已提出合并，编号 \(file.number)。下一步：由另一人复核", link: "/people/merges/\(merge.id.text)")
        }
        try desk.carryOut(merge, nil)
        try desk.move(file, to: MergeStage.merged)
        return Outcome(merge.id, "证件相同，已合并，编号 \(file.number)\(try desk.toldConflicts(kept, absorbed))", link: "/people/persons/\(kept.id.text)")
    }
}

/// 通过合并。
struct ApproveMerge: Action {
    let merge: ID<PersonMerge>
    let answer: LongText?

    static let title = "通过合并"
    static let guidance = "请核对两份档案确是同一个人的。通过后两份并为一份，家庭、办件、待遇都留在原处。"
    static let roles: Set<Role> = .deciders
    static let subject = Subject<ApproveMerge>.opened(.merge, \.merge)
    static let shape = Shape<ApproveMerge> {
        Field(.merge, \.merge)
        Field(.answer, \.answer)
    }

    init(from reading: Reading<ApproveMerge>) throws(Refusal) {
        merge = try reading(.merge)
        answer = try reading(.answer)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let merge = try desk.find(merge), kept = try desk.find(merge.kept), absorbed = try desk.find(merge.absorbed)
        try desk.requireMergeable(kept, absorbed)
        try desk.carryOut(merge, answer)
        return Outcome(merge.id, "已合并\(try desk.toldConflicts(kept, absorbed))", link: "/people/persons/\(kept.id.text)")
    }
}

/// 不通过合并。
struct RefuseMerge: Action {
    let merge: ID<PersonMerge>
    let answer: LongText

    static let title = "不通过合并"
    static let guidance = "写明理由。查明是两个人的，请再到「疑似重复」标明不是同一人。"
    static let roles: Set<Role> = .deciders
    static let subject = Subject<RefuseMerge>.opened(.merge, \.merge)
    static let shape = Shape<RefuseMerge> {
        Field(.merge, \.merge)
        Field(.refusal, \.answer)
    }

    init(from reading: Reading<RefuseMerge>) throws(Refusal) {
        merge = try reading(.merge)
        answer = try reading(.refusal)
    }

    func perform(at desk: Desk) throws -> Outcome {
        try desk.close(desk.find(merge), answer)
        return Outcome(merge, "未通过，两份档案不变", link: "/people/merges/\(merge.text)")
    }
}

/// 撤回合并。
struct WithdrawMerge: Action {
    let merge: ID<PersonMerge>

    static let title = "撤回合并"
    static let roles: Set<Role> = .requesters
    static let subject = Subject<WithdrawMerge>.opened(.merge, \.merge)
    static let shape = Shape<WithdrawMerge> { Field(.merge, \.merge) }

    init(from reading: Reading<WithdrawMerge>) throws(Refusal) { merge = try reading(.merge) }

    func perform(at desk: Desk) throws -> Outcome {
        let found = try desk.find(merge)
        guard found.proposedBy == desk.actor.user else { throw Refusal.forbidden("只有提出人本人可以撤回，请由「\(found.proposedByName)」办理，或者由复核人不通过") }
        try desk.close(found, nil)
        return Outcome(merge, "已撤回，两份档案不变", link: "/people/merges/\(merge.text)")
    }
}

/// 撤销合并。They were two after all: every reference is where it always was, so they part as they met.
struct UndoMerge: Action {
    let merge: ID<PersonMerge>
    let reason: LongText

    static let title = "撤销合并"
    static let guidance = "合错了的，写明怎样查明的。撤销后两份档案各自恢复，原来各有什么还是什么。"
    static let roles: Set<Role> = [.countyReviewer]
    static let subject = Subject<UndoMerge>.located(Term<ID<PersonMerge>>.merge.name) { act, reader in
        let merge = try reader.find(act.merge)
        return Located(id: merge.id.text, region: merge.region)
    }
    static let shape = Shape<UndoMerge> {
        Field(.merge, \.merge)
        Field(.undoingReason, \.reason)
    }

    init(from reading: Reading<UndoMerge>) throws(Refusal) {
        merge = try reading(.merge)
        reason = try reading(.undoingReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var merge = try desk.find(merge)
        guard merge.stands else { throw Refusal.outOfOrder(merge.mergedAt == nil ? "这件合并还没有办，不用撤销" : "这件合并已经撤销过") }
        let files = try desk.identities(of: merge.kept)
        (merge.undoneAt, merge.undoneByName, merge.undoReason) = (desk.now, desk.actor.name, try desk.seal(reason))
        try desk.update(merge)
        try desk.point(files)
        try desk.settle(merge.kept, merge.absorbed, as: .open)
        desk.emit(MergeUndone(kept: merge.kept, absorbed: merge.absorbed))
        return Outcome(merge.id, "已撤销合并，两份档案各自恢复。查明是两个人的，请到「疑似重复」标明", link: "/people/merges/\(merge.id.text)")
    }
}

extension Desk {
    fileprivate func requireNoneWaiting(_ kept: Person, _ absorbed: Person) throws {
        let waiting: String? = try connection.value("""
            SELECT f.number FROM person_merge AS m JOIN case_file AS f ON f.id = m.id
            WHERE f.closed_on IS NULL AND (m.kept_id IN (\(kept.id), \(absorbed.id)) OR m.absorbed_id IN (\(kept.id), \(absorbed.id))) LIMIT 1
            """)
        guard let waiting else { return }
        throw Refusal.conflict("其中一份正在合并（\(waiting)），请等它办结，或者先撤回")
    }

    fileprivate func carryOut(_ merge: PersonMerge, _ answer: LongText?) throws {
        let files = try identities(of: merge.absorbed)
        var merge = merge
        merge.mergedAt = now
        try close(merge, answer)
        try point(files)
        try settle(merge.kept, merge.absorbed, as: .merged)
        emit(PersonsMerged(kept: merge.kept, absorbed: merge.absorbed))
    }

    fileprivate func close(_ merge: PersonMerge, _ answer: LongText?) throws {
        var merge = merge
        (merge.decidedBy, merge.decidedByName, merge.decidedAt) = (actor.user, actor.name, now)
        merge.answer = try answer.map(seal)
        try update(merge)
    }

    /// 「。请核对：两份档案分别在 2 个家庭里」
    fileprivate func toldConflicts(_ kept: Person, _ absorbed: Person) throws -> String {
        let conflicts = try conflicts(kept, absorbed)
        return conflicts.isEmpty ? "" : "。下一步：请核对，\(conflicts.joined(separator: "；"))"
    }
}

extension Term where Value == LongText {
    static var undoingReason: Term<LongText> { Term("reason", "撤销理由", hint: "写明怎样查明是两个人；不要写号码") }
}
