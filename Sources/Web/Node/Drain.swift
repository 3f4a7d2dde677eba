import Logging
import ServiceLifecycle

/// 退出前的等候。Told to stop, the node first says so to whoever asks whether it is ready, and serves on for a while:
/// a proxy finds another before the door closes. Only then is the rest told to stop.
struct Drain: Service {
    let node: ServingNode
    let pause: Duration
    let logger: Logger

    func run() async throws {
        try await gracefulShutdown()
        node.beginDraining()
        logger.info("draining", metadata: ["seconds": "\(pause.components.seconds)"])
        try await Task.sleep(for: pause)
    }
}
