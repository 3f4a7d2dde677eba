import Kernel
import Values

/// 家庭。People who live together; membership is dated, and known since a moment.
public struct Household: Versioned, Placed {
    public let id: ID<Household>
    public let head: ID<Person>
    public let region: RegionCode
    /// 城市或农村：which standard holds.
    public let area: Area
    public let address: String?
    /// 注销日期：the first day on which the household is no more; nil while it stands.
    public let dissolvedOn: CivilDate?
    public let version: Int

    public static let table = "household"
    public static let title = "家庭"
    public static let shape = Shape<Household> {
        Field(.id, \.id)
        Field(.head, \.head)
        Field(.region, \.region)
        Field(.area, \.area)
        Field(.address, \.address)
        Field(.dissolvedOn, \.dissolvedOn)
        Field(.version, \.version)
    }

    public init(from reading: Reading<Household>) throws(Refusal) {
        id = try reading(.id)
        head = try reading(.head)
        region = try reading(.region)
        area = try reading(.area)
        address = try reading(.address)
        dissolvedOn = try reading(.dissolvedOn)
        version = try reading(.version)
    }

    public init(id: ID<Household>, head: ID<Person>, region: RegionCode, area: Area, address: String?, dissolvedOn: CivilDate? = nil, version: Int = 1) {
        self.id = id
        self.head = head
        self.region = region
        self.area = area
        self.address = address
        self.dissolvedOn = dissolvedOn
        self.version = version
    }
}

extension Household {
    /// 「/people/households/01…」
    public var link: String { "/people/households/\(id.text)" }

    /// The same household, changed in what is named, as its next version.
    func changed(head: ID<Person>? = nil, region: RegionCode? = nil, area: Area? = nil, address: String?? = nil, dissolvedOn: CivilDate? = nil) -> Household {
        Household(id: id, head: head ?? self.head, region: region ?? self.region, area: area ?? self.area, address: address ?? self.address,
                  dissolvedOn: dissolvedOn ?? self.dissolvedOn, version: version + 1)
    }
}

/// 家庭有变化。Members, head or place of a household are other than they were; lines that assist it may look again.
public struct HouseholdChanged: Fact {
    public let household: ID<Household>
    public let on: CivilDate
    public let change: HouseholdChange
}

/// 家庭变化种类。
public enum HouseholdChange: Sendable, Hashable {
    case registered, joined, left, relation, head, moved, split, corrected, dissolved
}

/// 城乡。
public enum Area: String, CodeList {
    case urban, rural
    public var label: String { self == .urban ? "城市" : "农村" }
}

extension Term where Value == ID<Household> {
    public static var household: Term<ID<Household>> { Term("household", "家庭", .carried) }
    public static var householdID: Term<ID<Household>> { Term("household_id", "家庭") }
    static var newHousehold: Term<ID<Household>> { Term("household", "家庭编号", .made) }
    static var splitHousehold: Term<ID<Household>> { Term("new_household", "新家庭编号", .made) }
}
extension Term where Value == ID<Person> {
    public static var head: Term<ID<Person>> { Term("head_id", "户主编号") }
    public static var personID: Term<ID<Person>> { Term("person_id", "人员") }
}
extension Term where Value == Area {
    public static var area: Term<Area> { Term("area", "城乡") }
}
extension Term where Value == CivilDate {
    static var dissolvedOn: Term<CivilDate> { Term("dissolved_on", "注销日期") }
}
