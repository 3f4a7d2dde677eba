import Commons
import Hummingbird
import HummingbirdCore
import Kernel
import Logging
import ServiceLifecycle
import Storage

/// 网页服务。Serves pages and interfaces until it is told to stop, and does beside it what acts leave to be done.
public struct WebServer: Sendable {
    let services: Services
    let host: String
    let port: Int
    let channels: [any Channel]
    let drain: Duration
    let logger: Logger

    /// - Parameters:
    ///   - channels: where messages of the outbox leave the house.
    ///   - drain: how long it serves on after it was told to stop, so that a proxy in front notices.
    public init(services: Services, host: String = "127.0.0.1", port: Int = 8080, channels: [any Channel] = [], drain: Duration = .zero, log: LogLines.Format = .text) {
        self.services = services
        self.host = host
        self.port = port
        self.channels = channels
        self.drain = drain
        let node = services.node.name
        logger = Logger(label: "minzheng.web", factory: { LogLines(log, label: $0, node: node) })
    }

    /// Runs until SIGTERM or SIGINT: then asks to be sent no more, waits for that to be noticed, takes in no more, finishes what is under way and returns.
    public func run() async throws {
        let configuration = ApplicationConfiguration(address: .hostname(host, port: port), serverName: nil, backlog: 1024,
                                                     availableConnectionsDelegate: MaximumAvailableConnections(4096))
        let register = NodeRegister(services.counter, name: services.node.name, address: "\(host):\(port)", drains: drain > .zero)
        var application = application(services, configuration: configuration, logger: logger)
        application.addServices(loops + [heartbeat(register)])
        try await register.announce(shelf: try await shelfIdentity())
        // Services are told to stop from the last to the first, each when the one behind it has ended.
        let parts: [any ServiceLifecycle.Service] = [application, Drain(node: services.node, pause: drain, logger: logger)]
        var group = ServiceGroupConfiguration(services: parts, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = drain + Self.finishing
        do { try await ServiceGroup(configuration: group).run() } catch where services.node.isDraining {
            logger.error("stopped before everything under way was finished: \(String(reflecting: error))")
        }
        try await register.leave()
    }

    /// Where attachments rest, by a name that is alike on all nodes that read the same ones.
    private func shelfIdentity() async throws -> String {
        guard services.keeping == .folders else { return "database" }
        let shelf = services.attachments.shelf
        return try await onWaitingThread { try shelf.identity() }
    }

    /// How long what is under way may take once the door is closed: somebody who sends nothing more keeps no node from stopping.
    private static let finishing = Duration.seconds(60)

    private func heartbeat(_ register: NodeRegister) -> any ServiceLifecycle.Service {
        Loop(name: "heartbeat", pause: .seconds(10), logger: logger) {
            if try await !register.beat() { logger.error("another process serves as node \(register.name): give each a name of its own (setting node)") }
            return false
        }
    }

    /// Tables are checked and entered beside the other work, so that none waits for a large one.
    private var importLoops: [any ServiceLifecycle.Service] {
        guard let room = services.imports else { return [] }
        let runner = ImportRunner(room)
        return [
            Loop(name: "imports", pause: .seconds(1), logger: logger, isCut: true) { try await runner.runSlice() },
            hourly("import files") { try await room.sweep() },
        ]
    }

    /// Clearing up, by one node at a time.
    private func hourly(_ name: String, _ sweep: @escaping @Sendable () async throws -> Void) -> Loop {
        let database = services.counter.database, errand = SoleErrand("sweep-\(name)")
        return Loop(name: name, pause: .seconds(3_600), logger: logger) {
            _ = try await database.alone(at: errand, sweep)
            return false
        }
    }

    /// What goes on beside the requests. Each node does all of it: work is shared row by row, and what only one may do is done by whoever comes first.
    private var loops: [any ServiceLifecycle.Service] {
        let counter = services.counter, attachments = services.attachments, accounts = services.accounts, prints = PrintOrders(services: services)
        let sealer = Sealer(database: counter.database, clock: counter.clock)
        let folding = IndicatorFolding(counter)
        let jobs = JobRunner(counter), outbox = OutboxRunner(counter, channels: channels)
        return importLoops + [
            Loop(name: "sealer", pause: .seconds(1), logger: logger) { try await sealer.sealWaiting() == 4096 },
            // Totals of the ledger follow just behind the acts; one node at a time folds.
            Loop(name: "ledger", pause: .seconds(1), logger: logger) {
                try await counter.database.alone(at: SoleErrand("ledger")) { try await LedgerFolding(counter.database).foldWaiting() == 2_000 } ?? false
            },
            // So do the totals of indicators.
            Loop(name: "indicators", pause: .seconds(5), logger: logger) {
                _ = try await counter.database.alone(at: SoleErrand("indicators")) { try await folding.foldWaiting() }
                return false
            },
            // Two at a time, so that a short job passes a long slice.
            Loop(name: "jobs", pause: .seconds(1), logger: logger) { try await jobs.runSlice() },
            Loop(name: "more jobs", pause: .milliseconds(1_500), logger: logger) { try await jobs.runSlice() },
            Loop(name: "outbox", pause: .seconds(2), logger: logger) { try await outbox.sendWaiting() == 100 },
            // What couldn't be written is tried again each second, and each failure is in the log.
            Loop(name: "access records", pause: .seconds(1), logger: logger) {
                try await counter.access.flush()
                return false
            },
            hourly("door") { try await accounts.sweep() },
            // A key added or retired by a command is taken up before much is sealed under the old one.
            Loop(name: "keys", pause: .seconds(1), logger: logger) {
                _ = try counter.house.keyring.refresh()
                return false
            },
            Loop(name: "prints", pause: .seconds(1), logger: logger) { try await prints.runNext() },
            hourly("old prints") { try await prints.sweep() },
            hourly("orphans") { try await attachments.sweepOrphans() },
        ]
    }
}
