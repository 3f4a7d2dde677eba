import Hummingbird
import Values

extension Refusal.Kind {
    /// The status of an answer that says no.
    var status: HTTPResponse.Status {
        switch self {
        case .invalid, .ineligible, .gap: .unprocessableContent
        case .forbidden: .forbidden
        case .unauthenticated: .unauthorized
        case .absent: .notFound
        case .conflict, .outOfOrder: .conflict
        case .busy: .serviceUnavailable
        case .tooLarge: .contentTooLarge
        }
    }

    /// The heading of a page that says no.
    var title: String {
        switch self {
        case .invalid: "填写有误"
        case .ineligible: "不符合条件"
        case .forbidden: "不能由您办理"
        case .unauthenticated: "登录已过期"
        case .absent: "没有找到"
        case .conflict: "与已有情况冲突"
        case .outOfOrder: "还不到这一步"
        case .gap: "缺少规定"
        case .busy: "请稍候"
        case .tooLarge: "内容太大"
        }
    }
}
