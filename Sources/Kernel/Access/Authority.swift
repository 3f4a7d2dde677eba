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
            line.actions.map { Grant(kind: .act, permission: $0.permission, title: $0.title, roles: $0.roles) }
                + line.listings.map { list in
                    Grant(kind: .listing, permission: "\(line.name).\(list.name)", title: "查看、导出\(list.title)", roles: list.roles, isScoped: list.isScoped,
                          masked: list.columns.fields.filter { $0.nature == .sealed }.map(\.label))
                }
                + line.inquiries.map { Grant(kind: .inquiry, permission: "\(line.name).\($0.name)", title: $0.title, roles: $0.roles) }
                + line.pages.map { Grant(kind: .page, permission: "\(line.name)/\($0.path)", title: "打开\($0.title)", roles: $0.roles) }
        }
    }

    /// One line of the matrix.
    public struct Grant: Sendable, Hashable {
        public let kind: Kind
        public let permission: String
        public let title: String
        public let roles: Set<Role>
        /// Bound to the region of whoever acts or looks.
        public var isScoped = true
        /// The labels of columns that rest sealed and are shown by `FieldMask`.
        public var masked: [String] = []

        public enum Kind: String, Sendable, Hashable { case act = "办理", listing = "台账与导出", inquiry = "试算与查询", page = "页面" }
    }
}

extension Listing {
    /// Whether its rows depend on where one sits: asked of its own statement.
    fileprivate var isScoped: Bool {
        let rendered = [RegionCode.country, try? RegionCode("990099")].compactMap { region -> String? in
            guard let region else { return nil }
            let actor = Actor(user: Actor.visitor(in: region).user, name: "", role: .auditor, region: region)
            return (try? statement(ListingQuery(actor: actor, today: Instant(secondsSince1970: 0).date))).map { "\($0.rendered(for: .sqlite))" }
        }
        return Set(rendered).count > 1
    }
}
