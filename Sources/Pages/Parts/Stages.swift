/// 阶段。The few stages of a long piece of work as a row, e.g. the month: 冻结, 名册, 检查, 签批, 银行, 对账.
public struct StagesView: Hashable, Sendable {
    public let stages: [Stage]

    public struct Stage: Hashable, Sendable {
        public let title: String
        public let state: StepsView.State
        /// Counts and sums, e.g. 1,204 户 2,381 人 · 884,530.00 元.
        public let figures: String
        /// Who and when.
        public let note: String
        public let href: String?

        public init(_ title: String, _ state: StepsView.State, figures: String = "", note: String = "", href: String? = nil) {
            self.title = title
            self.state = state
            self.figures = figures
            self.note = note
            self.href = href
        }
    }

    public init(_ stages: [Stage]) {
        self.stages = stages
    }
}

extension StagesView: Part {
    public var markup: Markup { "<ol class=\"stages\">\(each: stages, drawn)</ol>" }

    private func drawn(_ stage: Stage) -> Markup {
        """
        <li class="\(stage.state.rawValue)"\(attribute: "aria-current", stage.state == .current ? "step" : nil)>
        <p class="step">\(title(stage))<span class="state">\(stage.state.word)</span></p>
        \(if: !stage.figures.isEmpty, "<p class=\"figures\">\(stage.figures)</p>")\(if: !stage.note.isEmpty, "<p class=\"note\">\(stage.note)</p>")
        </li>
        """
    }

    private func title(_ stage: Stage) -> Markup {
        stage.href.map { "<a href=\"\(href: $0)\">\(stage.title)</a>" } ?? "\(stage.title)"
    }
}
