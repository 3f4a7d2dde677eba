import Hummingbird
import Synchronization
import Values

/// 接待上限。Takes in only as many requests as can be served in good time; one more is asked to come again in a moment.
final class Admission: RouterMiddleware {
    private let limit: Int
    private let inside = Mutex(0)

    init(limit: Int = 512) { self.limit = limit }

    func handle(
        _ request: Request, context: DeskContext, next: (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        guard enter() else { throw Refusal.busy("现在办理的人较多，请稍等几秒再试") }
        defer { leave() }
        return try await next(request, context)
    }

    /// - Returns: whether there was room.
    func enter() -> Bool {
        inside.withLock { inside in
            guard inside < limit else { return false }
            inside += 1
            return true
        }
    }

    func leave() { inside.withLock { $0 -= 1 } }
}
