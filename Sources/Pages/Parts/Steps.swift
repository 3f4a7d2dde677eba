/// 办理步骤。A vertical line: what was done, by whom and when; where the case stands; what is still to come.
public struct StepsView: Hashable, Sendable {
    public let steps: [Step]

    public struct Step: Hashable, Sendable {
        public let title: String
        public let state: State
        public let date: String
        public let person: String
        public let clock: ClockView?
        public let note: String

        public init(_ title: String, _ state: State, date: String = "", person: String = "", clock: ClockView? = nil, note: String = "") {
            self.title = title
            self.state = state
            self.date = date
            self.person = person
            self.clock = clock
            self.note = note
        }
    }

    public enum State: String, Hashable, Sendable { case done, current, future }

    public init(_ steps: [Step]) {
        self.steps = steps
    }
}

extension StepsView: Part {
    public var markup: Markup { "<ol class=\"steps\">\(each: steps, drawn)</ol>" }

    private func drawn(_ step: Step) -> Markup {
        """
        <li class="\(step.state.rawValue)"\(attribute: "aria-current", step.state == .current ? "step" : nil)>
        <p class="step">\(step.title)<span class="state">\(step.state.word)</span></p>
        \(if: !(step.date + step.person).isEmpty, "<p class=\"who\">\(step.date)\(if: !step.date.isEmpty && !step.person.isEmpty, " · ")\(step.person)</p>")\
        \(some: step.clock, { "<p>\($0)</p>" })\(if: !step.note.isEmpty, "<p class=\"note\">\(step.note)</p>")
        </li>
        """
    }
}

extension StepsView.State {
    var word: String {
        switch self {
        case .done: "已完成"
        case .current: "办理中"
        case .future: "未开始"
        }
    }
}
