import Commons
import Kernel
import Values

/// 决定书的内容：everything a decision page shows and its 告知书 prints, as text ready to show.
struct DecisionSheet: Sendable {
    let id: ID<Decision>
    let kind: DecisionKind
    /// 「最低生活保障不予确认告知书」
    let title: String
    let caseNumber: String
    let caseLink: String
    /// 「试甲一户」
    let household: String
    let applicant: String
    let place: String
    /// 「城市」「农村」
    let area: String
    let decidedOn: String
    let decidedBy: String
    let lawOn: String
    /// 「予以确认」 with what it comes to, in one sentence.
    let conclusion: String
    let monthly: Money
    let previous: Money?
    let from: Month?
    let reasons: [ReasonEntry]
    /// 哪一事实需要不同，on a refusal or a stop.
    let remedies: [String]
    let members: [VerdictEntry]
    let lines: [LineEntry]
    let rulings: [RulingEntry]
    /// Every article once, in the order of use.
    let bases: [String]
    let note: String?
    /// 救济途径：how to object, where there is something to object to.
    let appeal: String?
    let delivered: String?

    var countedMembers: Int { members.count(where: \.isCounted) }
}

extension Reader {
    /// - Throws: `.absent`; `.forbidden` outside the reader's region.
    func decisionSheet(of id: ID<Decision>) throws -> DecisionSheet {
        let decision = try find(id)
        guard actor.covers(decision.region) else { throw Refusal.forbidden("这件事属于区域 \(decision.region.shown)，不在您的管辖范围内") }
        guard let file = try caseFile(id: decision.caseID) else { throw Refusal.absent("找不到这个办件") }
        let declaration = try find(decision.declaration)
        let applicant = declaration.members.first { $0.condition.kinship == .applicant }?.name.shown ?? file.title
        return DecisionSheet(
            id: id, kind: decision.kind, title: decision.kind.sheetTitle, caseNumber: file.number, caseLink: "\(try house.process(file.process).path)/\(file.id)",
            household: file.title, applicant: applicant, place: try regionPath(decision.region), area: declaration.area.label,
            decidedOn: decision.decidedOn.shown, decidedBy: decision.decidedBy, lawOn: decision.lawOn.shown, conclusion: decision.sentence,
            monthly: decision.monthly, previous: decision.previous, from: decision.from, reasons: decision.reasons,
            remedies: decision.reasons.compactMap(\.remedy), members: decision.members, lines: decision.lines, rulings: decision.rulings,
            bases: decision.bases, note: decision.note?.text, appeal: decision.kind.isAppealable ? appeal : nil,
            delivered: decision.deliveredOn.map { "\($0.shown)\(decision.delivery.map { "，\($0.label)" } ?? "")" })
    }
}

/// 行政复议法第二十条、行政诉讼法第四十六条。
private let appeal = "对本决定不服的，可以自收到之日起六十日内依法申请行政复议，也可以自收到之日起六个月内依法向人民法院提起行政诉讼；也可以先向作出决定的机关申请核查。"

extension DecisionKind {
    var sheetTitle: String {
        switch self {
        case .firstOpinion: "最低生活保障审核意见"
        case .confirmed: "最低生活保障确认通知书"
        case .refused: "最低生活保障不予确认告知书"
        case .terminated: "最低生活保障终止审核确认告知书"
        case .reviewed: "最低生活保障复核结果"
        case .adjusted: "最低生活保障金调整告知书"
        case .repriced: "最低生活保障金按新标准调整告知书"
        case .gradualExit: "最低生活保障渐退告知书"
        case .stopped: "最低生活保障停发告知书"
        }
    }

    /// An opinion is not a decision yet.
    var isAppealable: Bool { self != .firstOpinion && self != .reviewed }
}

extension Decision {
    /// What it comes to, in one sentence.
    var sentence: String {
        let from = from.map { "自\($0.shown)起" } ?? ""
        switch kind {
        case .firstOpinion: return (conclusion?.label ?? "") + (monthly > .zero ? "，拟保障金额每月 \(monthly.shown)" : "")
        case .confirmed: return "予以确认，\(from)每月发放 \(monthly.shown)"
        case .refused: return "不予确认最低生活保障"
        case .terminated: return "终止审核确认"
        case .reviewed: return "复核：每月 \(monthly.shown)"
        case .adjusted, .repriced: return "\(from)每月发放 \(monthly.shown)" + (previous.map { "，原为 \($0.shown)" } ?? "")
        case .gradualExit: return "\(from)进入渐退期，期满停止发放"
        case .stopped: return "\(from)停止发放最低生活保障金"
        }
    }

    /// Every article once: of the reasons first, then of the sheet.
    var bases: [String] {
        var seen: Set<String> = []
        return (reasons.map(\.basis) + members.map(\.basis) + lines.compactMap(\.basis)).filter { seen.insert($0).inserted }
    }
}
