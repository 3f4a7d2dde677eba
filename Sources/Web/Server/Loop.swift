import Logging
import ServiceLifecycle

/// 后台循环。Work that goes on beside the requests. A round that fails is logged and tried again; nothing it does is lost by that.
struct Loop: Service {
    let name: String
    let pause: Duration
    let logger: Logger
    /// A long round is cancelled when the server stops, and begun again later; others are waited for.
    var isCut = false
    /// - Returns: whether there is more to do at once.
    let round: @Sendable () async throws -> Bool

    func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            var isMore = false
            do {
                isMore = isCut ? try await cancelWhenGracefulShutdown(round) : try await round()
            } catch is CancellationError {
                return
            } catch {
                logger.error("\(name): \(String(reflecting: error))")
            }
            if !isMore { await rest() }
        }
    }

    /// A rest ends early when the server is told to stop.
    private func rest() async {
        do {
            try await cancelWhenGracefulShutdown { try await Task.sleep(for: pause) }
        } catch {
            return
        }
    }
}
