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
}
