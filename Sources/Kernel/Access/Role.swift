import Values

/// 岗位。What a person is employed to do here; permissions are given to roles, never to people.
///
/// The three administrators are separate persons (三员分立): none of them handles cases.
/// A visitor is anybody at the hall, without an account: what is open to visitors is open to the public.
public enum Role: String, CodeList {
    case community = "community"
    case townshipClerk = "township-clerk"
    case townshipReviewer = "township-reviewer"
    case countyReviewer = "county-reviewer"
    case countyApprover = "county-approver"
    case policyOfficer = "policy-officer"
    case placeNameOfficer = "place-name-officer"
    case finance = "finance"
    case leader = "leader"
    case auditor = "auditor"
    case systemAdministrator = "system-administrator"
    case securityAdministrator = "security-administrator"
    case visitor = "visitor"

    public var label: String {
        switch self {
        case .community: "社区工作人员"
        case .townshipClerk: "镇街经办"
        case .townshipReviewer: "镇街审核"
        case .countyReviewer: "区县审核"
        case .countyApprover: "区县审批"
        case .policyOfficer: "政策员"
        case .placeNameOfficer: "地名专管"
        case .finance: "财务"
        case .leader: "局领导"
        case .auditor: "审计"
        case .systemAdministrator: "系统管理员"
        case .securityAdministrator: "安全管理员"
        case .visitor: "来访群众"
        }
    }
}

extension Set<Role> {
    /// Everyone who handles cases, from the community to the county.
    public static let caseworkers: Set<Role> = [.community, .townshipClerk, .townshipReviewer, .countyReviewer, .countyApprover]
    /// Those who may read business registers: caseworkers, and those who answer for the figures.
    public static let readers: Set<Role> = caseworkers.union([.policyOfficer, .placeNameOfficer, .finance, .leader, .auditor])
    /// 三员: system, security and audit administrators, each a person of their own; they handle no cases.
    public static let administrators: Set<Role> = [.systemAdministrator, .securityAdministrator, .auditor]
    /// Everyone with an account.
    public static let everyone = Set(Role.allCases).subtracting([.visitor])

    /// In the order of the list of roles, as people read it.
    public var labels: String { self == .everyone ? "全部岗位" : Role.allCases.filter(contains).map(\.label).joined(separator: "、") }
}
