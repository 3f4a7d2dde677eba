import Values

/// 经办人。Who acts: a user in one role, within one region and everything below it.
public struct Actor: Sendable, Hashable {
    public let user: ID<Actor>
    public let name: String
    public let role: Role
    public let region: RegionCode

    public init(user: ID<Actor>, name: String, role: Role, region: RegionCode) {
        self.user = user
        self.name = name
        self.role = role
        self.region = region
    }

    public func covers(_ region: RegionCode) -> Bool { self.region.contains(region) }
}
