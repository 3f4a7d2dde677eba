import Kernel
import Values

/// 兼得规则。Whether two benefits may be received in one month, as the place has ruled; silence means both.
public struct BenefitOverlap: Sendable {
    /// The other programme's name.
    public let other: String
    public let policy: Policy<OverlapOutcome>

    public init(with other: String, _ policy: Policy<OverlapOutcome>) { (self.other, self.policy) = (other, policy) }
}

/// 兼得的结果。
public enum OverlapOutcome: String, CodeList {
    case both, higher, difference, neither, chooseOnce = "choose-once"

    public var label: String {
        switch self {
        case .both: "可以兼得"
        case .higher: "就高享受一项"
        case .difference: "只补差额"
        case .neither: "不得兼得"
        case .chooseOnce: "由本人选择一项"
        }
    }
}
