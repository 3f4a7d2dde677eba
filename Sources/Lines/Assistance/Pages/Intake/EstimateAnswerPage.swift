import Kernel
import Pages
import Values

/// 试算结果。「可能结果：符合，每月约 1,116.00 元」, why, who counts, the arithmetic that adds up; or what is still missing.
struct EstimateAnswerView: Sendable, Hashable {
    let headline: String
    let kind: NoticeBoxView.Kind
    let reasons: [Reason]
    let members: [Member]
    private(set) var arithmetic: ArithmeticView?
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

    /// Nothing can be said yet.
    static func missing(_ headline: String, _ missing: [String]) -> EstimateAnswerView { EstimateAnswerView(headline, missing: missing) }

    private init(_ headline: String, missing: [String]) {
        self.headline = headline
        self.missing = missing
        kind = .info
        (reasons, members, arithmetic) = ([], [], nil)
    }

    /// What the rules say, or what they still ask for: a refusal is an answer too, any other error is ours.
    init(leftOut: [String] = [], _ assess: () throws -> Assessment) throws {
        do {
            self.init(EstimateAnswer(try assess()), leftOut: leftOut)
        } catch let refusal as Refusal {
            self = .missing("还不能试算", (refusal.problems.isEmpty ? [refusal.message] : refusal.problems.map(\.message)) + leftOut)
        }
    }

    init(_ answer: EstimateAnswer, leftOut: [String] = []) {
        headline = "可能结果：\(answer.likely)"
        kind = answer.decision.isApproval ? .info : .warn
        reasons = answer.reasons.map { Reason(sentence: $0.sentence, remedy: $0.remedy, basis: $0.basis) }
        members = answer.members.map { Member(name: $0.name, counted: $0.isCounted, reason: $0.reason) }
        let lines = answer.lines.withoutMembers(answer.members).reckoned
        arithmetic = lines.isEmpty ? nil : ArithmeticView("怎样算出", of: lines)
        missing = leftOut
    }
}

extension EstimateAnswerView {
    /// Beside a form there is room for the numbers, not for every document behind them.
    var brief: EstimateAnswerView {
        var view = self
        view.arithmetic = arithmetic.map { table in
            ArithmeticView(table.caption, table.lines.map { .init($0.item, $0.value, detail: $0.detail, isTotal: $0.isTotal) })
        }
        return view
    }
}

extension EstimateAnswer {
    fileprivate var likely: String {
        switch decision {
        case .approve, .approveSingle: "符合，每月约 \(monthly.shown)"
        case .refuse: "不符合"
        case .cannotDecide: "还不能确定"
        }
    }
}

/// Beside a form, or as the answer of the estimate page.
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
