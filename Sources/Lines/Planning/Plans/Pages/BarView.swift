import Pages
import Reading
import Values

/// 进度条。How far a target came, with a mark where it should be today; the words beside it say the same.
struct BarView: Part {
    let share: Int?
    let due: Int?
    let title: String
    let light: Light

    init(_ status: TargetStatus, of planned: PlannedTarget) {
        share = status.share.map { min($0, 10_000) / 100 }
        due = Self.part(status, planned)
        title = status.words
        light = status.light
    }

    /// Where the expectation lies on the same way.
    private static func part(_ status: TargetStatus, _ planned: PlannedTarget) -> Int? {
        guard let share = status.share, share > 0, let value = status.value, let expected = status.expected, planned.target.previous == nil,
              let done = value.units(decimals: 4), let owed = expected.units(decimals: 4), done > 0 else { return nil }
        return Int(clamping: min(100, max(0, owed * Int128(share) / done / 100)))
    }

    var markup: Markup {
        guard let share else { return "" }
        return """
            <svg class="bar \(light.rawValue)" viewBox="0 0 100 6" preserveAspectRatio="none" role="img"><title>\(title)</title>\
            <rect class="way" width="100" height="6"/><rect class="gone" width="\(share)" height="6"/>\
            \(some: due, { "<rect class=\"due\" x=\"\($0 == 100 ? 99 : $0)\" width=\"1\" height=\"6\"/>" })</svg>
            """
    }
}

/// 红绿灯汇总。How many targets stand how.
struct LightsView: Part {
    private let counts: [(Light, Int)]

    init(_ progress: PlanProgress) { self.init(progress.tree.targets.map { progress.status(of: $0).light }) }

    init(_ lights: [Light]) {
        counts = Light.allCases.map { light in (light, lights.count { $0 == light }) }.filter { $0.1 > 0 }
    }

    var markup: Markup {
        guard !counts.isEmpty else { return "" }
        return "<p class=\"lights\">\(each: counts, { "\(TagView("\($0.0.label) \($0.1)", $0.0.tone)) " })</p>"
    }
}
