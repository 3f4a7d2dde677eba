import Kernel
import Values

/// 机构状态变更。Suspended, active again, or cancelled for good.
struct ChangeOrganisationStatus: Action {
    let organisation: ID<Organisation>
    let status: OrganisationStatus
    let on: CivilDate
    let reason: String

    static let title = "变更机构状态"
    static let guidance = "暂停的可以恢复；注销的不能恢复，须重新登记。"
    static let roles: Set<Role> = .organisationKeepers
    static let subject = Subject<ChangeOrganisationStatus>.record(.organisation, \.organisation)
    static let shape = Shape<ChangeOrganisationStatus> {
        Field(.organisation, \.organisation)
        Field(.organisationStatus, \.status)
        Field(.statusOn, \.on)
        Field(.actReason, \.reason)
    }

    init(from reading: Reading<ChangeOrganisationStatus>) throws(Refusal) {
        organisation = try reading(.organisation)
        status = try reading(.organisationStatus)
        on = try reading(.statusOn)
        reason = try reading(.actReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var known = try desk.find(organisation)
        try desk.requireStanding(known)
        guard status != known.status else { throw Refusal.invalid("现在已经是「\(status.label)」").at(["status"]) }
        guard on <= desk.today else { throw Refusal.invalid("日期不能晚于今天").at(["status_on"]) }
        guard on >= known.statusOn else { throw Refusal.invalid("日期早于现状态的起始日期（\(known.statusOn.shown)），请核对").at(["status_on"]) }
        try desk.note(ChangedItem("状态", known.status.label, status.label), of: known.id, on: on, because: reason)
        (known.status, known.statusOn) = (status, on)
        known.version += 1
        try desk.update(known)
        return Outcome(known.id, "状态已改为「\(status.label)」，自\(on.shown)起", link: known.link)
    }
}

/// 更正信用代码。Whoever sees that the code is wrong proposes the right one; it holds when another person has compared it with the certificate.
struct ProposeCreditCode: Action {
    let organisation: ID<Organisation>
    let code: CreditCode
    let reason: String

    static let title = "更正信用代码"
    static let guidance = "填写正确的代码和理由。由另一人对照证书复核后才改。"
    static let roles: Set<Role> = .organisationKeepers
    static let subject = Subject<ProposeCreditCode>.record(.organisation, \.organisation)
    static let shape = Shape<ProposeCreditCode> {
        Field(.organisation, \.organisation)
        Field(.rightCode, \.code)
        Field(.actReason, \.reason)
    }

    init(from reading: Reading<ProposeCreditCode>) throws(Refusal) {
        organisation = try reading(.organisation)
        code = try reading(.rightCode)
        reason = try reading(.actReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var known = try desk.find(organisation)
        try desk.requireStanding(known)
        guard code != known.creditCode else { throw Refusal.invalid("与现在登记的代码相同").at(["right_code"]) }
        do { try desk.requireFree(code, for: known.id) } catch let refusal as Refusal { throw Refusal(refusal.kind, refusal.message).at(["right_code"]) }
        (known.pendingCode, known.pendingBy) = (code, desk.actor.user)
        known.version += 1
        try desk.update(known)
        return Outcome(known.id, "已提出更正，须由另一人复核。理由：\(reason)", link: known.link)
    }
}

/// 复核信用代码。
struct ConfirmCreditCode: Action {
    let organisation: ID<Organisation>
    let code: CreditCode
    let isRight: Bool

    static let title = "复核信用代码"
    static let guidance = "照证书把正确的代码再填一遍；与提出的不一致的，退回重新提出。"
    static let roles: Set<Role> = [.townshipClerk, .townshipReviewer, .countyReviewer, .countyApprover]
    static let subject = Subject<ConfirmCreditCode>.record(.organisation, \.organisation)
    static let shape = Shape<ConfirmCreditCode> {
        Field(.organisation, \.organisation)
        Field(.rightCode, \.code)
        Field(.isRight, \.isRight)
    }

    init(from reading: Reading<ConfirmCreditCode>) throws(Refusal) {
        organisation = try reading(.organisation)
        code = try reading(.rightCode)
        isRight = try reading(.isRight)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var known = try desk.find(organisation)
        guard let pending = known.pendingCode else { throw Refusal.outOfOrder("没有等待复核的信用代码") }
        guard known.pendingBy != desk.actor.user else { throw Refusal.forbidden("更正由您本人提出，须由另一人复核") }
        guard !isRight || code == pending else { throw Refusal.conflict("填写的代码与提出的不一致，请再对照证书；提出的有误的，选「否」退回").at(["right_code"]) }
        if isRight {
            try desk.requireFree(code, for: known.id)
            try desk.note(ChangedItem("统一社会信用代码", known.creditCode?.code, code.code), of: known.id, on: desk.today, because: "更正")
            known.creditCode = code
        }
        (known.pendingCode, known.pendingBy) = (nil, nil)
        known.version += 1
        try desk.update(known)
        if isRight { try desk.indexWords(of: known) }
        return Outcome(known.id, isRight ? "信用代码已更正" : "已退回，信用代码没有改动", link: known.link)
    }
}

extension Term where Value == Bool {
    static var isRight: Term<Bool> { Term("is_right", "复核无误") }
}
