import Kernel
import Values

extension Set<Role> {
    /// Who keeps the register of organisations.
    static let organisationKeepers: Set<Role> = [.townshipClerk, .countyReviewer]
}

/// 登记机构。
struct RegisterOrganisation: Action {
    let id: ID<Organisation>
    let name: String
    let creditCode: CreditCode?
    let kind: OrganisationKind
    let representative: String?
    let representativePhone: Phone?
    let region: RegionCode
    let address: String?
    let phone: Phone?
    let foundedOn: CivilDate
    let isDistinct: Bool?

    static let title = "登记机构"
    static let guidance = "照登记证书填写。社会团体、社会服务机构、基金会须有统一社会信用代码；没有登记的社区组织可以不填。"
    static let roles: Set<Role> = .organisationKeepers
    static let subject = Subject<RegisterOrganisation>.new(in: \.region)
    static let shape = Shape<RegisterOrganisation> {
        Field(.newOrganisation, \.id)
        Field(.organisationName, \.name)
        Field(.creditCode, \.creditCode)
        Field(.organisationKind, \.kind)
        Field(.representative, \.representative)
        Field(.representativePhone, \.representativePhone)
        Field(.region, \.region)
        Field(.address, \.address)
        Field(.phone, \.phone)
        Field(.foundedOn, \.foundedOn)
        Field(.isDistinct, \.isDistinct)
    }

    init(from reading: Reading<RegisterOrganisation>) throws(Refusal) {
        id = try reading(.newOrganisation)
        name = try reading(.organisationName)
        creditCode = try reading(.creditCode)
        kind = try reading(.organisationKind)
        representative = try reading(.representative)
        representativePhone = try reading(.representativePhone)
        region = try reading(.region)
        address = try reading(.address)
        phone = try reading(.phone)
        foundedOn = try reading(.foundedOn)
        isDistinct = try reading(.isDistinct)
    }

    func perform(at desk: Desk) throws -> Outcome {
        try desk.enter(OrganisationEntry(id, name, creditCode: creditCode, kind: kind, representative: representative, representativePhone: representativePhone,
                                         region: region, address: address, phone: phone, foundedOn: foundedOn, isDistinct: isDistinct == true))
        return Outcome(id, "机构已登记", link: "/organisations/organisations/\(id.text)")
    }
}

/// 变更机构登记。What is other from a day on; before and after are kept item by item.
struct ChangeOrganisation: Action {
    let organisation: ID<Organisation>
    let changedOn: CivilDate
    let name: String
    let kind: OrganisationKind
    let representative: String?
    let representativePhone: Phone?
    let region: RegionCode
    let address: String?
    let phone: Phone?
    let isDistinct: Bool?

    static let title = "变更机构登记"
    static let guidance = "把有变化的项目改成新的，其余不动。信用代码有误的，请办理「更正信用代码」。"
    static let roles: Set<Role> = .organisationKeepers
    static let subject = Subject<ChangeOrganisation>.record(.organisation, \.organisation)
    static let shape = Shape<ChangeOrganisation> {
        Field(.organisation, \.organisation)
        Field(.organisationChangedOn, \.changedOn)
        Field(.organisationName, \.name)
        Field(.organisationKind, \.kind)
        Field(.representative, \.representative)
        Field(.newRepresentativePhone, \.representativePhone)
        Field(.region, \.region)
        Field(.address, \.address)
        Field(.changedPhone, \.phone)
        Field(.isDistinct, \.isDistinct)
    }

    init(from reading: Reading<ChangeOrganisation>) throws(Refusal) {
        organisation = try reading(.organisation)
        changedOn = try reading(.organisationChangedOn)
        name = try reading(.organisationName)
        kind = try reading(.organisationKind)
        representative = try reading(.representative)
        representativePhone = try reading(.newRepresentativePhone)
        region = try reading(.region)
        address = try reading(.address)
        phone = try reading(.changedPhone)
        isDistinct = try reading(.isDistinct)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<Organisation>.init(rawValue:)) else { return RawFields() }
        let raw = try reader.find(id).raw
        return RawFields(Dictionary(["name", "kind", "representative", "region", "address"].compactMap { name in raw[name].map { (name, $0) } }, uniquingKeysWith: { $1 }))
    }

    func perform(at desk: Desk) throws -> Outcome {
        var known = try desk.find(organisation)
        try desk.requireStanding(known)
        guard changedOn <= desk.today else { throw Refusal.invalid("变更日期不能晚于今天").at(["changed_on"]) }
        guard changedOn >= known.foundedOn else { throw Refusal.invalid("变更日期早于成立日期（\(known.foundedOn.shown)），请核对").at(["changed_on"]) }
        guard desk.actor.covers(region) else { throw Refusal.forbidden("迁入的区域不在您的管辖范围内，请由上级办理").at(["region"]) }
        if region != known.region { try desk.requireKnown(region) }
        let items = try differences(from: known, desk)
        guard !items.isEmpty else { throw Refusal.invalid("没有任何变化，不用提交") }
        if name != known.name { try rename(known, desk) }
        for item in items { try desk.note(item, of: known.id, on: changedOn) }
        (known.name, known.kind, known.representative, known.region, known.address) = (name, kind, representative, region, address)
        if let representativePhone { known.representativePhone = try desk.seal(representativePhone) }
        if let phone { (known.phone, known.phoneIndex) = (try desk.seal(phone), try desk.blindIndex(phone)) }
        known.version += 1
        try desk.update(known)
        try desk.indexWords(of: known)
        return Outcome(known.id, "已变更：\(items.map(\.item).joined(separator: "、"))", link: known.link)
    }

    /// A number is never written down in clear.
    private func differences(from known: Organisation, _ desk: Desk) throws -> [ChangedItem] {
        var items = [
            ChangedItem("机构名称", known.name, name), ChangedItem("类别", known.kind.label, kind.label), ChangedItem("法定代表人（负责人）", known.representative, representative),
            ChangedItem("所属区域", known.region.code, region.code), ChangedItem("住址", known.address, address),
        ].filter { $0.before != $0.after }
        if let phone { try add("联系电话", known.phone, phone, to: &items, desk) }
        if let representativePhone { try add("负责人电话", known.representativePhone, representativePhone, to: &items, desk) }
        return items
    }

    private func add(_ item: String, _ known: Sealed<Phone>?, _ phone: Phone, to items: inout [ChangedItem], _ desk: Desk) throws {
        let before = try known.map { try desk.open($0) }
        if before != phone { items.append(ChangedItem(item, before.map { Masked.phone($0) }, Masked.phone(phone))) }
    }

    private func rename(_ known: Organisation, _ desk: Desk) throws {
        if isDistinct != true { try desk.requireNoTwin(of: name, except: known.id) }
        guard let last = try desk.names(of: known.id).last else { return }
        guard changedOn > last.from else { throw Refusal.invalid("更名日期须晚于现名称的起始日期（\(last.from.shown)）").at(["changed_on"]) }
        try desk.update(OrganisationName(last.id, of: known.id, last.name, from: last.from, until: changedOn, knownAt: last.knownAt))
        try desk.insert(OrganisationName(desk.makeID(), of: known.id, name, from: changedOn, knownAt: desk.now))
    }
}

/// One item of a change.
struct ChangedItem {
    let item: String
    let before: String?
    let after: String?

    init(_ item: String, _ before: String?, _ after: String?) {
        self.item = item
        self.before = before
        self.after = after
    }
}

extension Desk {
    func note(_ item: ChangedItem, of organisation: ID<Organisation>, on day: CivilDate, because reason: String? = nil) throws {
        try insert(OrganisationChange(makeID(), of: organisation, on: day, item.item, item.before, item.after, reason: reason, knownAt: now))
    }

    func requireStanding(_ organisation: Organisation) throws {
        guard organisation.status != .cancelled else { throw Refusal.outOfOrder("这家机构已于\(organisation.statusOn.shown)注销，不能再办理") }
    }
}

extension Reader {
    /// Every name an organisation bore, the present one last.
    func names(of organisation: ID<Organisation>) throws -> [OrganisationName] {
        try all(OrganisationName.self, where: "organisation_id = \(organisation) ORDER BY from_on, id")
    }
}
