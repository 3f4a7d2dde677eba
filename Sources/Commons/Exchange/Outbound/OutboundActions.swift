import Kernel
import Values

extension Set<Role> {
    /// Who answers for figures that leave the house.
    static let reporters: Set<Role> = [.countyReviewer, .countyApprover, .policyOfficer]
}

/// 保存报送方案。A name that is known gets its next version, whose approval begins anew.
struct SaveOutboundProfile: Action {
    let profile: ID<OutboundProfile>, name: String, authority: String, listing: String, filters: String?, template: ID<OutboundTemplate>?
    let columns: [OutboundColumn], isWhole: Bool, purpose: LongText?, basis: String?

    static let title = "保存报送方案"
    static let guidance = "对方每个表头写明内容来自哪里。给出完整号码的方案，须写明用途和依据，由另一人批准后才能导出。"
    static let roles = Set<Role>.reporters
    static let subject = Subject<SaveOutboundProfile>.house
    static let shape = Shape<SaveOutboundProfile> {
        Field(.newOutboundProfile, \.profile)
        Field(.outboundName, \.name)
        Field(.reportedTo, \.authority)
        Field(.outboundListing, \.listing)
        Field(.outboundFilters, \.filters)
        Field(.outboundTemplate, \.template)
        Field(.isWhole, \.isWhole)
        Field(.outboundPurpose, \.purpose)
        Field(.outboundBasis, \.basis)
        Each(.outboundColumns, \.columns)
    }

    init(from reading: Reading<SaveOutboundProfile>) throws(Refusal) {
        profile = try reading(.newOutboundProfile)
        name = try reading(.outboundName)
        authority = try reading(.reportedTo)
        listing = try reading(.outboundListing)
        filters = try reading(.outboundFilters)
        template = try reading(.outboundTemplate)
        isWhole = try reading(.isWhole)
        purpose = try reading(.outboundPurpose)
        basis = try reading(.outboundBasis)
        columns = try reading(.outboundColumns)
    }

    /// From an uploaded form: its headings, each guessed by our labels. From a profile: as it stands, to make the next version of it.
    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        if let id = subject.flatMap(ID<OutboundTemplate>.init(rawValue:)), let template = try reader.first(OutboundTemplate.self, where: "id = \(id)") {
            return OutboundGuess(try reader.house.listing(named: template.listing)).values(for: template)
        }
        guard let id = subject.flatMap(ID<OutboundProfile>.init(rawValue:)), let old = try reader.first(OutboundProfile.self, where: "id = \(id)") else { return RawFields() }
        var values = old.raw
        for name in values.names where shape.outline[name] == nil { values[name] = nil }
        return values
    }

    func perform(at desk: Desk) throws -> Outcome {
        let listing = try desk.house.listing(named: listing)
        try listing.require(desk.actor)
        try requireSense(of: listing)
        let old = try desk.first(OutboundProfile.self, where: "name = \(name)")
        let saved = OutboundProfile(old?.id ?? profile, self, by: desk.actor, version: (old?.version ?? 0) + 1)
        if let old {
            guard desk.actor.covers(old.region) else { throw Refusal.forbidden("「\(name)」是其他区域的方案，请换一个名称") }
            try desk.update(saved)
        } else {
            try desk.insert(saved)
        }
        _ = try desk.page(listing, ListingRequest(filters: saved.request.filters, limit: 1))
        let next = isWhole ? "由政策员或安全管理员中的另一人批准后才能导出" : "可以导出"
        return Outcome(saved.id, "已保存「\(name)」第 \(saved.version) 版。下一步：\(next)", link: "/exchange/outbound/\(saved.id.text)")
    }

    private func requireSense(of listing: Listing) throws {
        guard !columns.isEmpty else { throw Refusal.invalid("至少要有一列，请填写对方表头").at(["outbound_columns"]) }
        guard !isWhole || (purpose != nil && basis != nil) else { throw Refusal.invalid("号码不脱敏的方案须写明用途和依据").at([purpose == nil ? "purpose" : "basis"]) }
        let problems = columns.flatMap { column in column.problems(in: listing).map { Refusal.Problem(["outbound_columns", column.key, $0.field], $0.message) } }
        guard problems.isEmpty else { throw Refusal(.invalid, "有 \(problems.count) 处对应不上，请改正", problems: problems) }
    }
}

/// 批准不脱敏报送。By another person than the one who saved it: what leaves the house whole was looked at twice.
struct ApproveOutboundProfile: Action {
    let profile: ID<OutboundProfile>

    static let title = "批准不脱敏报送"
    static let guidance = "核对用途、依据和各列：批准后，导出的文件含完整的身份号码等信息。方案再改，须重新批准。"
    static let roles: Set<Role> = [.policyOfficer, .securityAdministrator]
    static let subject = Subject<ApproveOutboundProfile>.record(.outboundProfile, \.profile)
    static let shape = Shape<ApproveOutboundProfile> { Field(.outboundProfile, \.profile) }

    init(from reading: Reading<ApproveOutboundProfile>) throws(Refusal) { profile = try reading(.outboundProfile) }

    func perform(at desk: Desk) throws -> Outcome {
        let old = try desk.find(profile)
        guard old.isWhole else { throw Refusal.outOfOrder("「\(old.name)」是脱敏的方案，不需要批准") }
        guard old.approvedBy == nil else { throw Refusal.outOfOrder("「\(old.name)」这一版已经批准过") }
        guard old.savedBy != desk.actor.user else { throw Refusal.forbidden("方案是您本人保存的，须由另一人批准") }
        try desk.update(OutboundProfile(approving: old, by: desk.actor.user, on: desk.today))
        return Outcome(profile, "已批准「\(old.name)」含完整号码导出", link: "/exchange/outbound/\(profile.text)")
    }
}

/// 按方案报送。Each run is an act of its own, with its reason; the file is fetched by whoever did it, within ten minutes.
struct RunOutboundProfile: Action {
    let profile: ID<OutboundProfile>, reason: String

    static let title = "按方案导出"
    static let guidance = "导出记入日志和查阅记录。文件只由您本人在十分钟内下载。"
    static let roles = Set<Role>.reporters
    static let subject = Subject<RunOutboundProfile>.record(.outboundProfile, \.profile)
    static let shape = Shape<RunOutboundProfile> {
        Field(.outboundProfile, \.profile)
        Field(.outboundReason, \.reason)
    }

    init(from reading: Reading<RunOutboundProfile>) throws(Refusal) {
        profile = try reading(.outboundProfile)
        reason = try reading(.outboundReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let profile = try desk.find(profile)
        try profile.requireApproved()
        try desk.house.listing(named: profile.listing).require(desk.actor)
        try desk.connection.run("""
            INSERT INTO outbound_run (act, profile, version, actor, reason, at) VALUES (\(desk.act), \(profile.id), \(profile.version), \(desk.actor.user), \(reason), \(desk.now))
            """)
        return Outcome(profile.id, "已登记向\(profile.authority)报送「\(profile.name)」。下一步：下载文件", link: "/exchange/outbound/\(profile.id.text)?run=\(desk.act.text)")
    }
}

extension OutboundProfile {
    func requireApproved() throws(Refusal) {
        guard !isWhole || approvedBy != nil else { throw .outOfOrder("「\(name)」含完整号码，还没有批准。请由政策员或安全管理员中的另一人批准后再导出") }
    }
}

extension House {
    /// `people.persons`.
    func listing(named text: String) throws(Refusal) -> Listing {
        let names = text.split(separator: ".").map(String.init)
        guard names.count == 2 else { throw Refusal.invalid("台账应写成 业务.台账，如 people.persons").at(["listing"]) }
        return try listing(names[0], names[1])
    }
}
