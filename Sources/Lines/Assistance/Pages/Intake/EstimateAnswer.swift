import Kernel
import Pages
import Values

/// 试算结果。「可能结果：符合，每月约 1,116.00 元」, why, who counts, the arithmetic that adds up; or what is still missing.
struct EstimateAnswerView: Sendable, Hashable {
    let headline: String
    let kind: NoticeBoxView.Kind
    let reasons: [Reason]
    let members: [Member]
    let arithmetic: ArithmeticView?
    /// What could not be read yet, or is still to be filled in.
    let missing: [String]

    struct Reason: Sendable, Hashable {
        let sentence: String
        /// Which fact would have to differ.
        let remedy: String?
        let basis: String
    }

    struct Member: Sendable, Hashable {
        let name: String
        let counted: Bool
        let reason: String
    }

    private init(_ headline: String, _ kind: NoticeBoxView.Kind, missing: [String]) {
        self.headline = headline
        self.kind = kind
        self.missing = missing
        (reasons, members, arithmetic) = ([], [], nil)
    }

    static func missing(_ headline: String, _ missing: [String]) -> EstimateAnswerView { EstimateAnswerView(headline, .info, missing: missing) }

    init(_ assessment: Assessment, leftOut: [String] = []) {
        let conclusion = assessment.decision.isApproval ? "符合，每月约 \(assessment.monthly.shown)" : assessment.decision == .refuse ? "不符合" : "还不能确定"
        headline = "可能结果：\(conclusion)"
        kind = assessment.decision.isApproval ? .info : .warn
        reasons = assessment.reasons.map { Reason(sentence: $0.sentence, remedy: $0.remedy, basis: $0.basis.text) }
        members = assessment.members.map { Member(name: $0.name, counted: $0.counted, reason: $0.reason) }
        let lines = assessment.lineEntries.withoutMembers(assessment.verdictEntries).reckoned
        arithmetic = lines.isEmpty ? nil : ArithmeticView("怎样算出", of: lines)
        missing = leftOut
    }
}

/// Beside a form or as the answer of the estimate page.
func estimateMarkup(_ view: EstimateAnswerView) -> Markup {
    """
    \(NoticeBoxView(view.kind, view.headline))
    \(if: !view.missing.isEmpty, "<h3>还要填写</h3><ul class=\"missing\">\(each: view.missing, { "<li>\($0)</li>" })</ul>")
    \(if: !view.reasons.isEmpty, "<h3>为什么</h3><ul class=\"reasons\">\(each: view.reasons, drawn)</ul>")
    \(if: !view.members.isEmpty, "<h3>谁计入</h3><ul class=\"verdicts\">\(each: view.members, drawn)</ul>")
    \(view.arithmetic)
    """
}

private func drawn(_ reason: EstimateAnswerView.Reason) -> Markup {
    "<li>\(reason.sentence)\(some: reason.remedy, { "<br><b>哪一事实需要不同：</b>\($0)" })<br><span class=\"note\">\(reason.basis)</span></li>"
}

private func drawn(_ member: EstimateAnswerView.Member) -> Markup {
    "<li>\(TagView(member.counted ? "计入" : "不计入", member.counted ? .ok : .plain)) <b>\(member.name)</b> <span class=\"note\">\(member.reason)</span></li>"
}
