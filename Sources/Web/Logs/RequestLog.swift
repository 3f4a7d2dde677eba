import Hummingbird
import Kernel
import Logging
import Values

/// 请求日志。One line an answer: request id, method, route, status, milliseconds; the same goes into the metrics.
///
/// The route as it is declared, `/people/persons/{id}`, never the address as it was typed: that may hold a number of somebody, and so may the query,
/// the body and the headers. What was read by whom stands in the access records. The id is made here and goes out as `X-Request-ID`; one that
/// came in isn't believed.
struct RequestLog: RouterMiddleware {
    let node: ServingNode

    func handle(
        _ request: Request, context: DeskContext, next: (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        let clock = ContinuousClock(), began = clock.now, id = ID<Request>.make(at: SystemClock().now()).text
        var context = context
        context.logger[metadataKey: "request"] = "\(id)"
        node.metrics.enter()
        do {
            var response = try await next(request, context)
            note(request, context, Int(response.status.code), began.duration(to: clock.now))
            response.headers.set("X-Request-ID", id)
            // A proxy then opens its next connection elsewhere.
            if node.isDraining { response.headers[.connection] = "close" }
            return response
        } catch {
            note(request, context, nil, began.duration(to: clock.now))
            throw error
        }
    }

    private func note(_ request: Request, _ context: DeskContext, _ status: Int?, _ taken: Duration) {
        let method = request.method.rawValue, route = context.endpointPath ?? "-"
        node.metrics.leave(method, route, status, seconds: taken.inSeconds)
        guard !request.uri.path.hasPrefix("/assets/"), !Self.quiet.contains(route) else { return }
        context.logger.info("request", metadata: [
            "method": "\(method.prefix(12))", "route": "\(route)", "status": "\(status.map(String.init) ?? "gone")", "ms": "\(Int(taken.inSeconds * 1_000))",
        ])
    }

    /// Asked every second by machines.
    private static let quiet: Set<String> = ["/health/live", "/health/ready", "/metrics"]
}
