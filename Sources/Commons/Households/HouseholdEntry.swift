import Kernel
import Values

/// 立户。A household and its head, on their way into the register: acts, other lines and imports share it.
public struct HouseholdEntry: Sendable {
    public let id: ID<Household>
    public let head: ID<Person>
    public let region: RegionCode
    public let area: Area
    public let address: String?
    /// Since when the head lives there, not after today.
    public let from: CivilDate
    public let elsewhere: MembershipEntry.Elsewhere

    public init(_ id: ID<Household>, head: ID<Person>, region: RegionCode, area: Area, address: String?, from: CivilDate, elsewhere: MembershipEntry.Elsewhere = .refused) {
        self.id = id
        self.head = head
        self.region = region
        self.area = area
        self.address = address
        self.from = from
        self.elsewhere = elsewhere
    }
}

extension Desk {
    /// Writes a household with its head as the first member.
    /// - Throws: as `enter(_: MembershipEntry)`; `.invalid` at `region` for a code that isn't in the register.
    public func enter(_ entry: HouseholdEntry) throws {
        // A declaration that outweighs the register had its region checked by the act that took it.
        if entry.elsewhere != .leftByAnyone { try requireKnown(entry.region) }
        let head = try canonical(entry.head)
        try insert(Household(id: entry.id, head: head, region: entry.region, area: entry.area, address: entry.address))
        try enter(MembershipEntry(head, in: entry.id, as: .head, from: entry.from, elsewhere: entry.elsewhere))
    }

    /// A region that holds today. A house that has entered no region at all takes any code.
    func requireKnown(_ region: RegionCode) throws {
        guard try connection.value("SELECT count(*) FROM region WHERE code = \(region) AND from_on <= \(today) AND (until_on IS NULL OR until_on > \(today))") == 0,
              try connection.value("SELECT count(*) FROM region") ?? 0 > 0 else { return }
        throw Refusal.invalid("区划登记里现在没有 \(region.shown)，请核对代码；已撤并的请用接续的新代码").at(["region"])
    }
}
