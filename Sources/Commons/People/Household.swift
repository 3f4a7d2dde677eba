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
    public let version: Int

    public static let table = "household"
    public static let title = "家庭"
    public static let shape = Shape<Household> {
        Field(.id, \.id)
        Field(.head, \.head)
        Field(.region, \.region)
        Field(.area, \.area)
        Field(.address, \.address)
        Field(.version, \.version)
    }

    public init(from reading: Reading<Household>) throws(Refusal) {
        id = try reading(.id)
        head = try reading(.head)
        region = try reading(.region)
        area = try reading(.area)
        address = try reading(.address)
        version = try reading(.version)
    }

    public init(id: ID<Household>, head: ID<Person>, region: RegionCode, area: Area, address: String?, version: Int = 1) {
        self.id = id
        self.head = head
        self.region = region
        self.area = area
        self.address = address
        self.version = version
    }
}

/// 成员关系。One person's time in one household, as true from–until and as known at an instant.
public struct Membership: Record {
    public let id: ID<Membership>
    public let household: ID<Household>
    public let person: ID<Person>
    public let relation: Relation
    public let from: CivilDate
    public let until: CivilDate?
    public let knownAt: Instant
    public let retractedAt: Instant?

    public static let table = "membership"
    public static let title = "家庭成员关系"
    public static let shape = Shape<Membership> {
        Field(.id, \.id)
        Field(.householdID, \.household)
        Field(.personID, \.person)
        Field(.relation, \.relation)
        Field(.from, \.from)
        Field(.until, \.until)
        Field(.knownAt, \.knownAt)
        Field(.retractedAt, \.retractedAt)
    }

    public init(from reading: Reading<Membership>) throws(Refusal) {
        id = try reading(.id)
        household = try reading(.householdID)
        person = try reading(.personID)
        relation = try reading(.relation)
        from = try reading(.from)
        until = try reading(.until)
        knownAt = try reading(.knownAt)
        retractedAt = try reading(.retractedAt)
    }

    public init(id: ID<Membership>, household: ID<Household>, person: ID<Person>, relation: Relation, from: CivilDate, until: CivilDate? = nil, knownAt: Instant) {
        self.id = id
        self.household = household
        self.person = person
        self.relation = relation
        self.from = from
        self.until = until
        self.knownAt = knownAt
        retractedAt = nil
    }
}

/// 城乡。
public enum Area: String, CodeList {
    case urban, rural
    public var label: String { self == .urban ? "城市" : "农村" }
}

/// 与户主关系。GB/T 4761 一位数字代码的大类，并分出常用的几种。
public enum Relation: String, CodeList {
    case head = "01", spouse = "10", son = "20", daughter = "30", grandchild = "40", parent = "50", grandparent = "60", sibling = "70", other = "99"

    public var label: String {
        switch self {
        case .head: "户主（本人）"
        case .spouse: "配偶"
        case .son: "子"
        case .daughter: "女"
        case .grandchild: "孙子女、外孙子女"
        case .parent: "父母"
        case .grandparent: "祖父母、外祖父母"
        case .sibling: "兄弟姐妹"
        case .other: "其他"
        }
    }
}

extension Term where Value == ID<Person> {
    public static var head: Term<ID<Person>> { Term("head_id", "户主编号") }
    public static var personID: Term<ID<Person>> { Term("person_id", "人员") }
}
extension Term where Value == ID<Household> {
    public static var household: Term<ID<Household>> { Term("household", "家庭", .carried) }
    public static var householdID: Term<ID<Household>> { Term("household_id", "家庭") }
}
extension Term where Value == Area {
    public static var area: Term<Area> { Term("area", "城乡") }
}
extension Term where Value == Relation {
    public static var relation: Term<Relation> { Term("relation", "与户主关系") }
}
extension Term where Value == Instant {
    public static var retractedAt: Term<Instant> { Term("retracted_at", "撤回时刻") }
}

extension Reader {
    /// Who belongs to a household on a day, head first.
    public func members(of household: ID<Household>, on day: CivilDate? = nil) throws -> [(membership: Membership, person: Person)] {
        let day = day ?? today
        return try all(Membership.self, where: """
            household_id = \(household) AND retracted_at IS NULL AND from_on <= \(day) AND (until_on IS NULL OR until_on > \(day)) ORDER BY relation, id
            """).map { ($0, try find($0.person)) }
    }
}
