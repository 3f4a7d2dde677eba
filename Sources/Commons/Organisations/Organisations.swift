import Kernel
import Storage
import Values

/// 组织机构。Bodies that the lines have to do with, registered once: names, codes, who answers for them, since when.
let organisations = Line("organisations", "组织机构",
                         actions: [RegisterOrganisation.self, ChangeOrganisation.self, ChangeOrganisationStatus.self, ProposeCreditCode.self, ConfirmCreditCode.self],
                         listings: [organisationRegister], records: [Organisation.self, OrganisationName.self, OrganisationChange.self],
                         finders: [findOrganisations], timelines: [organisationTimeline], pages: [organisationPage], migrations: organisationMigrations,
                         offers: organisationIndicators)

/// 机构登记。
let organisationRegister = Listing("register", "机构登记", of: OrganisationRow.self, sorted: [.ascending(Term<ID<Organisation>>.id)], filters: [
    .search("名称、拼音首字母或信用代码", owner: "id", in: "organisation_search"), .equals(.organisationKind), .equals(.organisationStatus), .within(.region),
], totals: [.count("家")], emptyText: "登记过的社会组织、养老机构等会出现在这里", link: { "/organisations/organisations/\($0.text("id") ?? "")" }) { query in
    "SELECT id, name, credit_code, kind, representative, region, address, phone, status, status_on FROM organisation WHERE \(query.within("region"))"
}

struct OrganisationRow: Shaped {
    let id: ID<Organisation>, name: String, creditCode: CreditCode?, kind: OrganisationKind, representative: String?, region: RegionCode, address: String?
    let phone: Sealed<Phone>?, status: OrganisationStatus, statusOn: CivilDate

    static let shape = Shape<OrganisationRow> {
        Field(.organisationName, \.name)
        Field(.creditCode, \.creditCode)
        Field(.organisationKind, \.kind)
        Field(.organisationStatus, \.status)
        Field(.statusOn, \.statusOn)
        Field(.representative, \.representative)
        Field(.sealedPhone, \.phone)
        Field(.region, \.region)
        Field(.address, \.address)
        Field(.id, \.id)
    }

    init(from reading: Reading<OrganisationRow>) throws(Refusal) {
        id = try reading(.id)
        name = try reading(.organisationName)
        creditCode = try reading(.creditCode)
        kind = try reading(.organisationKind)
        status = try reading(.organisationStatus)
        statusOn = try reading(.statusOn)
        representative = try reading(.representative)
        phone = try reading(.sealedPhone)
        region = try reading(.region)
        address = try reading(.address)
    }
}

/// Finds organisations by part of a present or former name, initials, or code.
let findOrganisations = Finder { text, reader in
    let found = try reader.all(Organisation.self, where: "\(matching("id", in: "organisation_search", text)) AND \(reader.within("region")) ORDER BY id LIMIT 10")
    return try found.map { organisation in
        let place = try reader.regionPath(organisation.region)
        return Hit(kind: "机构", title: organisation.name, detail: "\(organisation.kind.label)，\(organisation.status.label)，\(place)", link: organisation.link)
    }
}

/// 机构节点。
let organisationTimeline = Timeline { subject, reader in
    guard let id = ID<Organisation>(rawValue: subject), let organisation = try reader.first(Organisation.self, where: "id = \(id)") else { return [] }
    let changes = try reader.all(OrganisationChange.self, where: "organisation_id = \(id) ORDER BY changed_on, id").map { change in
        TimelineEntry(on: change.on, title: "\(change.item)变更",
                      detail: ["\(change.before ?? "无") → \(change.after ?? "无")", change.reason].compactMap { $0 }.joined(separator: "，"))
    }
    return [TimelineEntry(on: organisation.foundedOn, title: "成立", detail: try reader.names(of: id).first?.name ?? organisation.name)] + changes
}
