import Synchronization

/// 本节点。What this process knows of itself while it serves: its name, whom it believes, what it has counted, and whether it is about to stop.
public final class ServingNode: Sendable {
    /// In logs, metrics and the register of nodes.
    public let name: String
    let proxies: TrustedProxies
    /// Whoever reads the metrics from elsewhere must show it; empty when nobody may.
    let metricsToken: String
    let metrics = Metrics()
    private let draining = Mutex(false)

    public init(name: String = "minzheng", proxies: TrustedProxies = .loopback, metricsToken: String = "") {
        self.name = name
        self.proxies = proxies
        self.metricsToken = metricsToken
    }

    /// It is about to stop, and asks to be sent no more; what comes is still served.
    var isDraining: Bool { draining.withLock { $0 } }

    func beginDraining() { draining.withLock { $0 = true } }
}
