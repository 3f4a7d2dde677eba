import Values

/// 经办人。Who acts: a user in one role, within one region and everything below it.
public struct Actor: Sendable, Hashable {
    public let user: ID<Actor>
    public let name: String
    public let role: Role
    public let region: RegionCode
    /// Role and region are those of a duty that was delegated or given besides; the user is who really sits there.
    public let isDeputy: Bool

    public init(user: ID<Actor>, name: String, role: Role, region: RegionCode, isDeputy: Bool = false) {
        self.user = user
        self.name = name
        self.role = role
        self.region = region
        self.isDeputy = isDeputy
    }

    /// Anybody at the hall. Has no account; what a visitor may read or hand in is declared open to visitors.
    public static func visitor(in region: RegionCode) -> Actor {
        Actor(user: ID<Actor>(at: Instant(secondsSince1970: 0), random: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1]), name: "来访群众", role: .visitor, region: region)
    }

    public func covers(_ region: RegionCode) -> Bool { self.region.contains(region) }
}
