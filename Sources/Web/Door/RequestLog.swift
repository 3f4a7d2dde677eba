import Hummingbird
import Logging

/// 请求日志。One line an answer: route, status, milliseconds, and who by the account's id.
///
/// The route as it is declared, `/people/persons/{id}`, never the address as it was typed: that may hold a number of somebody, and so may the query,
/// the body and the headers. What was read by whom stands in the access records.
struct RequestLog: RouterMiddleware {
    func handle(
        _ request: Request, context: DeskContext, next: (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        let clock = ContinuousClock(), began = clock.now
        let response = try await next(request, context)
        guard !request.uri.path.hasPrefix("/assets/") else { return response }
        let taken = began.duration(to: clock.now).components
        context.logger.info("request", metadata: [
            "method": "\(request.method)", "route": "\(context.endpointPath ?? "-")", "status": "\(response.status.code)",
            "ms": "\(taken.seconds * 1_000 + taken.attoseconds / 1_000_000_000_000_000)",
        ])
        return response
    }
}
