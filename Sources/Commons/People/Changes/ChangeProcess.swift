import Kernel
import Values

/// 档案变更的程序。重要项由镇街以上的另一人复核，关键项凭材料由区县审核。
let changeProcess: Process = Process("person-change", "档案变更", series: "BG", path: "/people/changes", editions: [
    Edition(from: .registerRules, basis: .accuracy, initial: ChangeStage.waiting,
            states: [ChangeStage.waiting, ChangeStage.waitingCounty, ChangeStage.approved, ChangeStage.refused, ChangeStage.withdrawn], moves: [
                Move(ApproveChange.self, from: [ChangeStage.waiting], to: ChangeStage.approved, differsFrom: ChangeStage.requests),
                Move(ApproveChange.self, from: [ChangeStage.waitingCounty], to: ChangeStage.approved, by: .countyDeciders, differsFrom: ChangeStage.requests),
                Move(RefuseChange.self, from: [ChangeStage.waiting], to: ChangeStage.refused, differsFrom: ChangeStage.requests),
                Move(RefuseChange.self, from: [ChangeStage.waitingCounty], to: ChangeStage.refused, by: .countyDeciders, differsFrom: ChangeStage.requests),
                Move(WithdrawChange.self, from: [ChangeStage.waiting, ChangeStage.waitingCounty], to: ChangeStage.withdrawn),
            ]),
])

/// Where a request for a change stands.
enum ChangeStage {
    static let waiting = State("waiting", "等待复核", awaits: "等待另一人复核")
    static let waitingCounty = State("waiting-county", "等待区县审核", awaits: "等待区县凭材料审核")
    static let approved = State("approved", "已通过", isFinal: true)
    static let refused = State("refused", "未通过", isFinal: true)
    static let withdrawn = State("withdrawn", "已撤回", isFinal: true)

    static let requests: [any Action.Type] = [RequestCorrection.self, RequestNumber.self, RevokeDeath.self]
}

extension CivilDate {
    /// 2021-11-01, when 《个人信息保护法》 came into force.
    static let registerRules = Instant(secondsSince1970: 1_635_696_000).date
}

extension Citation {
    /// 处理个人信息应当保证质量；个人有权请求更正、补充。
    static let accuracy = Citation("中华人民共和国个人信息保护法", article: "第八条、第四十六条")
}

extension Set<Role> {
    /// Second persons, of the township or above.
    static let deciders: Set<Role> = [.townshipReviewer, .countyReviewer, .countyApprover]
    static let countyDeciders: Set<Role> = [.countyReviewer, .countyApprover]
    static let requesters: Set<Role> = [.community, .townshipClerk, .townshipReviewer, .countyReviewer]
}

extension Desk {
    /// Puts a change before the second person.
    /// - Throws: `.conflict` while another of the same kind waits.
    func open(_ change: PersonChange, of person: Person) throws -> CaseFile {
        if let number: String = try connection.value("""
            SELECT f.number FROM person_change AS c JOIN case_file AS f ON f.id = c.id
            WHERE c.person_id = \(person.id) AND c.kind = \(change.kind) AND f.closed_on IS NULL LIMIT 1
            """) {
            throw Refusal.conflict("已有一件「\(change.kind.label)」在办（\(number)），请等它办结，或者先撤回")
        }
        try insert(change)
        let file = try openCase(changeProcess, for: change.id, title: "\(person.name.shown) \(change.kind.label)", in: change.region)
        guard change.kind.isKey else { return file }
        try move(file, to: ChangeStage.waitingCounty)
        return file
    }
}
