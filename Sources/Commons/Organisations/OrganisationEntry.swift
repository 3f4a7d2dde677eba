import Kernel
import Storage
import Values

/// 登记一个机构。An organisation on its way into the register: acts and imports share it.
public struct OrganisationEntry: Sendable {
    public let id: ID<Organisation>
    public let name: String
    public let creditCode: CreditCode?
    public let kind: OrganisationKind
    public let representative: String?
    public let representativePhone: Phone?
    public let region: RegionCode
    public let address: String?
    public let phone: Phone?
    public let foundedOn: CivilDate
    /// Somebody looked at those with a similar name and found another.
    public let isDistinct: Bool

    public init(_ id: ID<Organisation>, _ name: String, creditCode: CreditCode? = nil, kind: OrganisationKind, representative: String? = nil,
                representativePhone: Phone? = nil, region: RegionCode, address: String? = nil, phone: Phone? = nil, foundedOn: CivilDate, isDistinct: Bool = false) {
        self.id = id
        self.name = name
        self.creditCode = creditCode
        self.kind = kind
        self.representative = representative
        self.representativePhone = representativePhone
        self.region = region
        self.address = address
        self.phone = phone
        self.foundedOn = foundedOn
        self.isDistinct = isDistinct
    }
}

extension Desk {
    /// Writes one organisation after every check.
    /// - Throws: `.conflict` at `credit_code` for a code already there, at `is_distinct` for a similar name that nobody looked at.
    public func enter(_ entry: OrganisationEntry) throws {
        guard entry.foundedOn <= today else { throw Refusal.invalid("成立日期不能晚于今天").at(["founded_on"]) }
        try requireKnown(entry.region)
        guard entry.creditCode != nil || !entry.kind.needsCode else { throw Refusal.invalid("\(entry.kind.label)须有统一社会信用代码，请照登记证书填写").at(["credit_code"]) }
        if let code = entry.creditCode { try requireFree(code, for: entry.id) }
        if !entry.isDistinct { try requireNoTwin(of: entry.name, except: entry.id) }
        try insert(Organisation(entry, representativePhone: try entry.representativePhone.map(seal), phone: try entry.phone.map(seal),
                                phoneIndex: try entry.phone.map(blindIndex)))
        try insert(OrganisationName(makeID(), of: entry.id, entry.name, from: entry.foundedOn, knownAt: now))
        try indexWords(of: find(entry.id))
    }

    /// One code stands for one organisation.
    func requireFree(_ code: CreditCode, for id: ID<Organisation>) throws {
        guard let other = try first(Organisation.self, where: "credit_code = \(code) AND id <> \(id)") else { return }
        let who = actor.covers(other.region) ? "「\(other.name)」" : "其他区域的机构"
        throw Refusal.conflict("这个信用代码已登记在\(who)名下，请核对证书，不必重复登记").at(["credit_code"])
    }

    func requireNoTwin(of name: String, except id: ID<Organisation>) throws {
        let twins = try similar(to: name).filter { $0.id != id }
        guard let twin = twins.first else { return }
        let who = actor.covers(twin.region) ? "「\(twin.name)」（\(twin.creditCode?.code ?? "没有信用代码")）" : "其他区域的一家机构"
        throw Refusal.conflict("已登记名称相近的\(who)。确是另一家的，请勾选「确认不是同一机构」").at(["is_distinct"])
    }

    /// Present and former names, initials of the present one, and the code.
    func indexWords(of organisation: Organisation) throws {
        let names = try all(OrganisationName.self, where: "organisation_id = \(organisation.id)").map(\.name)
        try index(organisation.id, names + [Pinyin.initials(of: organisation.name)] + [organisation.creditCode?.code].compactMap { $0 }, in: "organisation_search")
    }
}

extension Reader {
    /// Standing organisations whose name says the same but for brackets and spaces, or says it within a longer or shorter one.
    func similar(to name: String) throws -> [Organisation] {
        let plain = Self.plain(name)
        let twins = try connection.all("SELECT id, name FROM organisation WHERE status <> \(OrganisationStatus.cancelled) ORDER BY id") { row in
            (id: try row.read(0) as ID<Organisation>, name: Self.plain(try row.read(1)))
        }.filter { $0.name == plain || min($0.name.count, plain.count) >= 4 && ($0.name.contains(plain) || plain.contains($0.name)) }
        return try twins.prefix(5).map { try find($0.id) }
    }

    /// Letters, digits and Chinese characters only.
    private static func plain(_ name: String) -> String { name.filter { $0.isLetter || $0.isNumber }.lowercased() }
}
