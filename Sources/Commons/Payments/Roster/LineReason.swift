import Values

/// 列入名册的理由。
public enum LineReason: String, CodeList {
    case continued, new, changed, arrears, recovery, held, stopped

    public var label: String {
        switch self {
        case .continued: "续发"
        case .new: "新增"
        case .changed: "变动"
        case .arrears: "补发"
        case .recovery: "抵扣追回"
        case .held: "暂缓"
        case .stopped: "停发"
        }
    }
}

/// 检查代码。What is wrong with a line, by a name that stays the same.
public enum CheckCode: String, CodeList {
    case noAccount = "NO_ACCOUNT", nameMismatch = "NAME_MISMATCH", death = "DEATH", custody = "CUSTODY", held = "HELD", duplicate = "DUPLICATE"
    case overlap = "OVERLAP", overlapReduced = "OVERLAP_REDUCED", choice = "OVERLAP_CHOICE", inactive = "INACTIVE"
    case accountChanged = "ACCOUNT_CHANGED", payeeChanged = "PAYEE_CHANGED"
    case fundsShort = "FUNDS_SHORT", sharedAccount = "SHARED_ACCOUNT"

    public var label: String {
        switch self {
        case .noAccount: "没有收款账户"
        case .nameMismatch: "户名与收款人不符"
        case .death: "有死亡信息，待重新核定"
        case .custody: "有服刑、羁押信息，待核实"
        case .held: "已登记暂缓发放"
        case .duplicate: "本月已由另一笔发放"
        case .overlap: "与另一项待遇不能兼得"
        case .overlapReduced: "与另一项待遇同月，按规定减发"
        case .choice: "两项待遇只能择一，待本人选择"
        case .inactive: "机构已暂停或者注销"
        case .accountChanged: "近一个月换过收款账户"
        case .payeeChanged: "由他人代收"
        case .fundsShort: "资金不足"
        case .sharedAccount: "一个账号多人使用"
        }
    }

    /// Only told; the line is paid all the same.
    public var isNotice: Bool { [.sharedAccount, .overlapReduced, .accountChanged, .payeeChanged].contains(self) }

    /// What a check decides from another benefit of the same month.
    static let overlaps: [CheckCode] = [.overlap, .overlapReduced, .choice]

    /// What to do next.
    public var remedy: String {
        switch self {
        case .noAccount: "登记收款账户后重新检查，或留待下月补发"
        case .nameMismatch: "核对开户名，更正收款账户后重新检查"
        case .death: "办理家庭变化、重新核定；核定后应发的部分下月自动补发"
        case .custody, .held: "核实后解除暂缓，未发的部分自动补发"
        case .duplicate: "核对另一笔发放，属重复的不再处理"
        case .overlap: "按规定只发另一项；另一项停了的，停发之后重新检查"
        case .overlapReduced: "按规定只发差额或者高出的部分；另一项变了的，重新检查"
        case .choice: "由本人书面选择其一，登记待遇选择后重新检查；已发的另一项先停发"
        case .accountChanged: "核对更换的申请和银行卡、存折；属实的可以发放"
        case .payeeChanged: "核对继承、监护或者委托的凭据；属实的可以发放"
        case .inactive: "核对机构状态；恢复正常后重新检查，不再付的撤回请领"
        case .fundsShort: "财务登记资金来源后再签批，不减少应发金额"
        case .sharedAccount: "核对是否代领；有代领手续的可以发放"
        }
    }
}
