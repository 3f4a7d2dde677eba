import Kernel
import Values

/// 组织机构。A body that lines have to do with: social organisations, homes, hospitals, schools, enterprises, committees of residents.
public struct Organisation: Versioned, Placed {
    public let id: ID<Organisation>
    public internal(set) var name: String
    /// 统一社会信用代码；nil for community organisations that are not registered as legal persons.
    public internal(set) var creditCode: CreditCode?
    public internal(set) var kind: OrganisationKind
    /// 法定代表人或负责人。
    public internal(set) var representative: String?
    public internal(set) var representativePhone: Sealed<Phone>?
    public internal(set) var region: RegionCode
    public internal(set) var address: String?
    public internal(set) var phone: Sealed<Phone>?
    public internal(set) var phoneIndex: BlindIndex<Phone>?
    public internal(set) var status: OrganisationStatus
    /// Since when it has that status.
    public internal(set) var statusOn: CivilDate
    public let foundedOn: CivilDate
    /// 待复核的信用代码, and who proposed it.
    public internal(set) var pendingCode: CreditCode?
    public internal(set) var pendingBy: ID<Actor>?
    public internal(set) var version: Int

    public static let table = "organisation"
    public static let title = "组织机构"
    public static let shape = Shape<Organisation> {
        Field(.id, \.id)
        Field(.organisationName, \.name)
        Field(.creditCode, \.creditCode)
        Field(.organisationKind, \.kind)
        Field(.representative, \.representative)
        Field(.sealedRepresentativePhone, \.representativePhone)
        Field(.region, \.region)
        Field(.address, \.address)
        Field(.sealedPhone, \.phone)
        Field(.organisationPhoneIndex, \.phoneIndex)
        Field(.organisationStatus, \.status)
        Field(.statusOn, \.statusOn)
        Field(.foundedOn, \.foundedOn)
        Field(.pendingCode, \.pendingCode)
        Field(.pendingBy, \.pendingBy)
        Field(.version, \.version)
    }

    public init(from reading: Reading<Organisation>) throws(Refusal) {
        id = try reading(.id)
        name = try reading(.organisationName)
        creditCode = try reading(.creditCode)
        kind = try reading(.organisationKind)
        representative = try reading(.representative)
        representativePhone = try reading(.sealedRepresentativePhone)
        region = try reading(.region)
        address = try reading(.address)
        phone = try reading(.sealedPhone)
        phoneIndex = try reading(.organisationPhoneIndex)
        status = try reading(.organisationStatus)
        statusOn = try reading(.statusOn)
        foundedOn = try reading(.foundedOn)
        pendingCode = try reading(.pendingCode)
        pendingBy = try reading(.pendingBy)
        version = try reading(.version)
    }

    init(_ entry: OrganisationEntry, representativePhone: Sealed<Phone>?, phone: Sealed<Phone>?, phoneIndex: BlindIndex<Phone>?) {
        id = entry.id
        name = entry.name
        creditCode = entry.creditCode
        kind = entry.kind
        representative = entry.representative
        self.representativePhone = representativePhone
        region = entry.region
        address = entry.address
        self.phone = phone
        self.phoneIndex = phoneIndex
        status = .active
        statusOn = entry.foundedOn
        foundedOn = entry.foundedOn
        version = 1
    }

    /// 「/organisations/organisations/01…」
    public var link: String { "/organisations/organisations/\(id.text)" }
}

/// 组织机构类别。
public enum OrganisationKind: String, CodeList {
    case association, privateNonEnterprise = "private-non-enterprise", foundation
    case elderCare = "elder-care", childWelfare = "child-welfare", medical, school, enterprise, grassroots, other

    public var label: String {
        switch self {
        case .association: "社会团体"
        case .privateNonEnterprise: "民办非企业单位（社会服务机构）"
        case .foundation: "基金会"
        case .elderCare: "养老机构"
        case .childWelfare: "儿童福利机构"
        case .medical: "医疗机构"
        case .school: "学校"
        case .enterprise: "企业"
        case .grassroots: "基层组织"
        case .other: "其他"
        }
    }

    /// Social organisations are legal persons and bear a code from registration on (《社会组织登记》各条例).
    var needsCode: Bool { [.association, .privateNonEnterprise, .foundation].contains(self) }
}

/// 机构状态。
public enum OrganisationStatus: String, CodeList {
    case active, suspended, cancelled

    public var label: String {
        switch self { case .active: "正常"; case .suspended: "暂停"; case .cancelled: "注销" }
    }
}

/// 曾用名称。Every name with its days; the last is the present one.
struct OrganisationName: Record {
    let id: ID<OrganisationName>
    let organisation: ID<Organisation>
    let name: String
    let from: CivilDate
    let until: CivilDate?
    let knownAt: Instant

    static let table = "organisation_name"
    static let title = "机构名称"
    static let shape = Shape<OrganisationName> {
        Field(.id, \.id)
        Field(.organisationID, \.organisation)
        Field(.organisationName, \.name)
        Field(.from, \.from)
        Field(.until, \.until)
        Field(.knownAt, \.knownAt)
    }

    init(from reading: Reading<OrganisationName>) throws(Refusal) {
        id = try reading(.id)
        organisation = try reading(.organisationID)
        name = try reading(.organisationName)
        from = try reading(.from)
        until = try reading(.until)
        knownAt = try reading(.knownAt)
    }

    init(_ id: ID<OrganisationName>, of organisation: ID<Organisation>, _ name: String, from: CivilDate, until: CivilDate? = nil, knownAt: Instant) {
        self.id = id
        self.organisation = organisation
        self.name = name
        self.from = from
        self.until = until
        self.knownAt = knownAt
    }
}

/// 机构变更。What was before and after, item by item; telephone numbers only as changed.
struct OrganisationChange: Record {
    let id: ID<OrganisationChange>
    let organisation: ID<Organisation>
    let on: CivilDate
    let item: String
    let before: String?
    let after: String?
    let reason: String?
    let knownAt: Instant

    static let table = "organisation_change"
    static let title = "机构变更"
    static let shape = Shape<OrganisationChange> {
        Field(.id, \.id)
        Field(.organisationID, \.organisation)
        Field(.organisationChangedOn, \.on)
        Field(.changedItem, \.item)
        Field(.beforeText, \.before)
        Field(.afterText, \.after)
        Field(.actReason, \.reason)
        Field(.knownAt, \.knownAt)
    }

    init(from reading: Reading<OrganisationChange>) throws(Refusal) {
        id = try reading(.id)
        organisation = try reading(.organisationID)
        on = try reading(.organisationChangedOn)
        item = try reading(.changedItem)
        before = try reading(.beforeText)
        after = try reading(.afterText)
        reason = try reading(.actReason)
        knownAt = try reading(.knownAt)
    }

    init(_ id: ID<OrganisationChange>, of organisation: ID<Organisation>, on day: CivilDate, _ item: String, _ before: String?, _ after: String?,
         reason: String?, knownAt: Instant) {
        self.id = id
        self.organisation = organisation
        on = day
        self.item = item
        self.before = before
        self.after = after
        self.reason = reason
        self.knownAt = knownAt
    }
}
