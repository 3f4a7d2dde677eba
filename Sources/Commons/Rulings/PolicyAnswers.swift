import Kernel
import Storage
import Values

/// 「某日某地的标准是多少，依据哪份文件」: one policy, or one variant of it, answered for a day and a place.
struct PolicyAnswer: Sendable {
    let policy: AnyPolicy
    /// nil: one value for all.
    let variant: Choice?
    /// nil: nothing is published for that day and place.
    let ruling: Ruling?

    /// 「最低生活保障标准（城市）」
    /// A value is wanting: not merely something this place doesn't practise.
    var isGap: Bool { ruling == nil && !policy.mayBeSilent }
    /// 本地不实行.
    var isSilent: Bool { ruling == nil && policy.mayBeSilent }

    var title: String { policy.title + (variant.map { "（\($0.label)）" } ?? "") }
}

extension Reader {
    /// Every policy, or one, as the ruling book answers it: what an act on that day in that place would be given.
    func policyAnswers(on day: CivilDate, in region: RegionCode, policy name: String? = nil) throws -> [PolicyAnswer] {
        let book = rulings(on: day, in: region)
        return try house.policies.filter { name == nil || $0.name == name }.flatMap { policy in
            try (policy.variants.isEmpty ? [nil] : policy.variants.map { $0 as Choice? }).map { variant in
                let found = try book.find(Policy<String>(policy.name, policy.title), variant?.code ?? "")
                return PolicyAnswer(policy: policy, variant: variant, ruling: try found.map { try find($0.ruling) })
            }
        }
    }

    /// What was published for a policy, for every region, in order of variant, region and day.
    func publishedRulings(of policy: String) throws -> [Ruling] {
        try all(Ruling.self, where: "policy = \(policy) AND published_at IS NOT NULL ORDER BY variant, region, from_on, id")
    }

    /// What waits for publication, oldest first.
    func rulingDrafts() throws -> [Ruling] {
        try all(Ruling.self, where: "published_at IS NULL ORDER BY drafted_at, id")
    }

    /// The days from the first ruling on for which a place has no value of a policy.
    func rulingGaps(of policy: AnyPolicy, in region: RegionCode) throws -> [RulingGap] {
        let held = try publishedRulings(of: policy.name).filter { $0.region.contains(region) }
        return Dictionary(grouping: held, by: \.variant).sorted { $0.key < $1.key }.flatMap { variant, rulings in
            gaps(between: rulings.map { ($0.from, $0.until) }).map { RulingGap(variant: policy.variantLabel(variant), from: $0.from, until: $0.until) }
        }
    }
}

/// 空白。Days on which a policy has no value; until nil: from then on.
struct RulingGap: Sendable, Hashable {
    let variant: String
    let from: CivilDate
    let until: CivilDate?
}

/// What half-open periods leave uncovered, from the first of them on.
func gaps(between periods: [(from: CivilDate, until: CivilDate?)]) -> [(from: CivilDate, until: CivilDate?)] {
    var gaps: [(from: CivilDate, until: CivilDate?)] = []
    let sorted = periods.sorted { $0.from < $1.from }
    guard var covered = sorted.first?.from else { return [] }
    for period in sorted {
        if period.from > covered { gaps.append((covered, period.from)) }
        guard let until = period.until else { return gaps }
        covered = max(covered, until)
    }
    return gaps + [(covered, nil)]
}

extension AnyPolicy {
    /// A value with its unit: 「735.00 元/人·月」「30%」.
    func reading(of value: String) throws -> String {
        let shown = try shown(value)
        guard !unit.isEmpty else { return shown }
        return shown.hasSuffix(" 元") && unit.hasPrefix("元") ? "\(shown.dropLast(2)) \(unit)" : "\(shown) \(unit)"
    }
}
