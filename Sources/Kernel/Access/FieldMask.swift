import Values

/// 遮盖。What each role sees of people's identifiers, declared once: listings, pages and exports show by it, and a reveal asks it.
///
/// Nobody sees an identifier whole by looking; those who may reveal one give a reason first, which is journalled.
public enum FieldMask {
    /// In place of what a role sees nothing of.
    static let hidden = "（不显示）"

    /// What a role sees of one kind of identifier.
    public static func masking(of identifier: Identifier, for role: Role) -> Masking {
        switch role {
        case .visitor, .systemAdministrator, .securityAdministrator: .hidden
        case .auditor, .leader, .policyOfficer, .placeNameOfficer: .masked
        case .community: identifier == .account ? .masked : .mayReveal
        case .finance: identifier == .phone ? .masked : .mayReveal
        case .townshipClerk, .townshipReviewer, .countyReviewer, .countyApprover: .mayReveal
        }
    }

    public static func mayReveal(_ identifier: Identifier, _ role: Role) -> Bool { masking(of: identifier, for: role) == .mayReveal }
}

/// 标识类别。The kinds of number that single out a person.
public enum Identifier: String, CodeList {
    case residentID = "resident-id", phone, account, credential

    public var label: String {
        switch self {
        case .residentID: "公民身份号码"
        case .phone: "电话"
        case .account: "账号"
        case .credential: "证件号"
        }
    }
}

/// 遮盖方式。
public enum Masking: String, CodeList {
    /// Nothing of it is shown, nor is it opened.
    case hidden
    case masked
    /// Masked, and shown whole after a reason was given.
    case mayReveal = "may-reveal"

    public var label: String {
        switch self {
        case .hidden: "不显示"
        case .masked: "遮盖"
        case .mayReveal: "遮盖，可说明理由查看"
        }
    }
}
