import Values

/// 权限。Roles × acts in one declared matrix; denied unless granted. Region and process narrow it further.
public enum Authority {
    static func require(_ actor: Actor, _ action: AnyAction) throws(Refusal) {
        guard action.roles.contains(actor.role) else {
            throw .forbidden("「\(action.title)」由\(names(action.roles))办理，您的岗位是\(actor.role.label)。如需办理，请转交给对应岗位")
        }
    }

    static func require(_ actor: Actor, covers region: RegionCode) throws(Refusal) {
        guard actor.covers(region) else { throw .forbidden("这件事属于区域 \(region.shown)，不在您的管辖范围内") }
    }

    private static func names(_ roles: Set<Role>) -> String { Role.allCases.filter(roles.contains).map(\.label).joined(separator: "、") }

    /// The whole matrix, act by act, in the order of the menu.
    public static func matrix(_ lines: [Line]) -> [Grant] {
        lines.flatMap { line in
            line.actions.map { Grant(permission: $0.permission, title: $0.title, roles: $0.roles) }
                + line.listings.map { Grant(permission: "\(line.name).\($0.name)", title: "查看\($0.title)", roles: $0.roles) }
                + line.inquiries.map { Grant(permission: "\(line.name).\($0.name)", title: $0.title, roles: $0.roles) }
        }
    }

    /// One line of the matrix.
    public struct Grant: Sendable, Hashable {
        public let permission: String
        public let title: String
        public let roles: Set<Role>
    }
}
