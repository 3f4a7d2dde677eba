import Kernel
import Values

/// 曾住地。Where a household lived before it moved. It keeps the region code of its day, so it does not follow when regions merge.
struct FormerResidence: Record {
    let id: ID<FormerResidence>
    let household: ID<Household>
    let region: RegionCode
    let area: Area
    let address: String?
    /// The first day in the next place.
    let until: CivilDate
    let knownAt: Instant

    static let table = "former_residence"
    static let title = "曾住地"
    static let shape = Shape<FormerResidence> {
        Field(.id, \.id)
        Field(.householdID, \.household)
        Field(.formerRegion, \.region)
        Field(.area, \.area)
        Field(.address, \.address)
        Field(.until, \.until)
        Field(.knownAt, \.knownAt)
    }

    init(from reading: Reading<FormerResidence>) throws(Refusal) {
        id = try reading(.id)
        household = try reading(.householdID)
        region = try reading(.formerRegion)
        area = try reading(.area)
        address = try reading(.address)
        until = try reading(.until)
        knownAt = try reading(.knownAt)
    }

    init(_ id: ID<FormerResidence>, of household: Household, until: CivilDate, knownAt: Instant) {
        self.id = id
        self.household = household.id
        region = household.region
        area = household.area
        address = household.address
        self.until = until
        self.knownAt = knownAt
    }
}

extension Term where Value == RegionCode {
    static var formerRegion: Term<RegionCode> { Term("former_region", "原所属区域") }
}
