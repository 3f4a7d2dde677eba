import Kernel

/// 权限矩阵。Roles × acts, listings with their exports, inquiries and pages; by what region; and what each role sees of identifiers.
/// One table for the page, the file and the command line, made from what is enforced.
public struct PermissionMatrix: Sendable {
    public let grants: [Authority.Grant]

    public init(_ lines: [Line]) { grants = Authority.matrix(lines) }

    public static var header: [String] { ["类别", "权限", "事项", "范围", "遮盖项"] + Role.allCases.map(\.label) }

    /// What may be done, then what is masked.
    public var rows: [[String]] { grants.map(row) + Self.masks }

    public func row(_ grant: Authority.Grant) -> [String] {
        [grant.kind.rawValue, grant.permission, grant.title, Self.scope(of: grant), grant.masked.joined(separator: "、")]
            + Role.allCases.map { grant.roles.contains($0) ? "可" : "" }
    }

    /// A row an identifier: what each role sees of it.
    public static var masks: [[String]] {
        Identifier.allCases.map { identifier in
            ["遮盖", "identifier.\(identifier.rawValue)", identifier.label, "", ""] + Role.allCases.map { FieldMask.masking(of: identifier, for: $0).label }
        }
    }

    public static func scope(of grant: Authority.Grant) -> String {
        if grant.roles.contains(.visitor) { return "公开" }
        return grant.isScoped ? "本人区域及以下" : "全局"
    }
}
