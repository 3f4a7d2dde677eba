import Kernel
import Values

/// 起草规则。A number or choice, with region, day and document; nothing holds until another person publishes it.
struct DraftRuling: Action {
    let id: ID<Ruling>
    let policy: String
    let variant: String?
    let region: RegionCode
    let from: CivilDate
    let until: CivilDate?
    let value: String
    let cite: String

    static let title = "起草规则"
    static let guidance = "写明数值、适用区域、生效日期和依据文件。起草后须由另一人发布才生效。"
    static let roles: Set<Role> = [.policyOfficer]
    static let subject = Subject<DraftRuling>.new(in: \.region)
    static let shape = Shape<DraftRuling> {
        Field(.newRuling, \.id)
        Field(.policy, \.policy)
        Field(.variantCode, \.variant)
        Field(.region, \.region)
        Field(.from, \.from)
        Field(.until, \.until)
        Field(.rulingValue, \.value)
        Field(.cite, \.cite)
    }

    init(from reading: Reading<DraftRuling>) throws(Refusal) {
        id = try reading(.newRuling)
        policy = try reading(.policy)
        variant = try reading(.variantCode)
        region = try reading(.region)
        from = try reading(.from)
        until = try reading(.until)
        value = try reading(.rulingValue)
        cite = try reading(.cite)
        if let until, until <= from { throw Refusal.invalid("失效日期须晚于生效日期").at(["until_on"]) }
    }

    func perform(at desk: Desk) throws -> Outcome {
        guard let policy = desk.house.policy(policy) else { throw Refusal.invalid("没有「\(policy)」这项规则参数").at(["policy"]) }
        do throws(Refusal) { _ = try policy.shown(value) } catch { throw error.at(["value"]) }
        let codes = policy.variants.map(\.code)
        guard codes.isEmpty ? variant == nil : codes.contains(variant ?? "") else {
            throw Refusal.invalid(codes.isEmpty ? "「\(policy.title)」不分类别，请留空" : "请从「\(policy.variants.map(\.label).joined(separator: "、"))」中选择适用类别").at(["variant"])
        }
        let draft = ShippedRuling(policy: policy.name, variant: variant ?? "", region: region, from: from, until: until, value: value, cite: cite)
        try desk.insert(Ruling(id, draft, draftedBy: desk.actor.name, at: desk.now))
        return Outcome(id, "已起草「\(policy.title)」，须由另一人发布后自\(from.shown)起生效", link: "/rulings/policy?policy=\(policy.name)")
    }
}

/// 发布规则。From now on it holds from its day; an earlier open-ended one of the same place and kind ends on that day.
struct PublishRuling: Action {
    let ruling: ID<Ruling>

    static let title = "发布规则"
    static let roles: Set<Role> = [.leader, .countyApprover]
    static let subject = Subject<PublishRuling>.located(Term<ID<Ruling>>.ruling.name) { act, reader in
        let ruling = try reader.find(act.ruling)
        return Located(id: ruling.id.text, region: ruling.region)
    }
    static let shape = Shape<PublishRuling> { Field(.ruling, \.ruling) }

    init(from reading: Reading<PublishRuling>) throws(Refusal) { ruling = try reading(.ruling) }

    func perform(at desk: Desk) throws -> Outcome {
        let ruling = try desk.find(ruling)
        guard ruling.publishedAt == nil else { throw Refusal.outOfOrder("这条规则已经发布") }
        guard try !desk.hasDrafted(ruling) else { throw Refusal.forbidden("规则由您本人（或与您同名的人）起草，须由另一人发布") }
        try endEarlier(than: ruling, at: desk)
        try requireNoOverlap(ruling, at: desk)
        try desk.update(ruling.published(by: desk.actor.name, at: desk.now))
        desk.emit(RulingPublished(ruling: ruling.asShipped))
        let title = desk.house.policy(ruling.policy)?.title ?? ruling.policy
        return Outcome(ruling.id, "已发布「\(title)」，自\(ruling.from.shown)起生效", link: "/rulings/policy?policy=\(ruling.policy)")
    }

    private static func siblings(of ruling: Ruling, at desk: Desk) throws -> [Ruling] {
        let variant = ruling.variant.isEmpty ? "-" : ruling.variant
        return try desk.all(Ruling.self, where: """
            policy = \(ruling.policy) AND variant = \(variant) AND region = \(ruling.region) AND published_at IS NOT NULL AND id <> \(ruling.id) ORDER BY from_on
            """)
    }

    private func endEarlier(than ruling: Ruling, at desk: Desk) throws {
        for earlier in try Self.siblings(of: ruling, at: desk) where earlier.until == nil && earlier.from < ruling.from {
            try desk.update(earlier.ended(on: ruling.from))
        }
    }

    private func requireNoOverlap(_ ruling: Ruling, at desk: Desk) throws {
        for other in try Self.siblings(of: ruling, at: desk) {
            let startsBeforeOtherEnds = other.until.map { ruling.from < $0 } ?? true
            let endsAfterOtherStarts = ruling.until.map { $0 > other.from } ?? true
            if startsBeforeOtherEnds && endsAfterOtherStarts {
                throw Refusal.conflict("与已发布的规则重叠（自\(other.from.shown)起，\(other.cite)），请调整起止日期")
            }
        }
    }
}

extension Reader {
    /// Whether this person drafted it, whatever he is called now; a namesake counts as the same, as two accounts may be one person's.
    func hasDrafted(_ ruling: Ruling) throws -> Bool {
        guard ruling.draftedBy != actor.name else { return true }
        let act = "\(policyLine.name).\(DraftRuling.name)"
        return try connection.value("SELECT count(*) FROM journal WHERE subject = \(ruling.id) AND actor = \(actor.user) AND action = \(act)") ?? 0 > 0
    }
}

/// 规则已发布。Lines that pay by it recompute what it touches.
public struct RulingPublished: Fact {
    public let ruling: ShippedRuling
}

extension Term where Value == ID<Ruling> {
    static var ruling: Term<ID<Ruling>> { Term("ruling", "规则", .carried) }
    static var newRuling: Term<ID<Ruling>> { Term("ruling", "规则编号", .made) }
}
