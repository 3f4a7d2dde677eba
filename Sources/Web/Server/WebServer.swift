import Commons
import Hummingbird
import HummingbirdCore
import Kernel
import Logging
import ServiceLifecycle

/// 网页服务。Serves pages and interfaces until it is told to stop, and does beside it what acts leave to be done.
public struct WebServer: Sendable {
    let services: Services
    let host: String
    let port: Int
    let channels: [any Channel]
    let logger: Logger

    /// - Parameter channels: where messages of the outbox leave the house.
    public init(services: Services, host: String = "127.0.0.1", port: Int = 8080, channels: [any Channel] = []) {
        self.services = services
        self.host = host
        self.port = port
        self.channels = channels
        logger = Logger(label: "minzheng.web", factory: { StreamLogHandler.standardError(label: $0) })
    }

    /// Runs until SIGTERM or SIGINT: then takes in no more, finishes what is under way and returns.
    public func run() async throws {
        let configuration = ApplicationConfiguration(address: .hostname(host, port: port), serverName: nil, backlog: 1024,
                                                     availableConnectionsDelegate: MaximumAvailableConnections(4096))
        var application = application(services, configuration: configuration, logger: logger)
        application.addServices(loops)
        try await services.counter.beginServing()
        try await application.runService()
        try await services.counter.endServing()
    }

    /// Tables are checked and entered beside the other work, so that none waits for a large one.
    private var importLoops: [any ServiceLifecycle.Service] {
        guard let room = services.imports else { return [] }
        let runner = ImportRunner(room)
        return [
            Loop(name: "imports", pause: .seconds(1), logger: logger, isCut: true) { try await runner.runSlice() },
            Loop(name: "import files", pause: .seconds(3_600), logger: logger) {
                try await room.sweep()
                return false
            },
        ]
    }

    private var loops: [any ServiceLifecycle.Service] {
        let counter = services.counter, attachments = services.attachments, accounts = services.accounts, prints = PrintOrders(services: services)
        let sealer = Sealer(database: counter.database, clock: counter.clock)
        let jobs = JobRunner(counter), outbox = OutboxRunner(counter, channels: channels)
        return importLoops + [
            Loop(name: "sealer", pause: .seconds(1), logger: logger) { try await sealer.sealWaiting() == 4096 },
            // Totals of the ledger follow just behind the acts.
            Loop(name: "ledger", pause: .seconds(1), logger: logger) { try await LedgerFolding(counter.database).foldWaiting() == 2_000 },
            Loop(name: "jobs", pause: .seconds(1), logger: logger) { try await jobs.runSlice() },
            Loop(name: "outbox", pause: .seconds(2), logger: logger) { try await outbox.sendWaiting() == 100 },
            // What couldn't be written is tried again each second, and each failure is in the log.
            Loop(name: "access records", pause: .seconds(1), logger: logger) {
                try await counter.access.flush()
                return false
            },
            Loop(name: "door", pause: .seconds(3_600), logger: logger) {
                try await accounts.sweep()
                return false
            },
            // A key added or retired by a command is taken up before much is sealed under the old one.
            Loop(name: "keys", pause: .seconds(1), logger: logger) {
                _ = try counter.house.keyring.refresh()
                return false
            },
            Loop(name: "prints", pause: .seconds(1), logger: logger) { try await prints.runNext() },
            Loop(name: "old prints", pause: .seconds(3_600), logger: logger) {
                try await prints.sweep()
                return false
            },
            Loop(name: "orphans", pause: .seconds(3_600), logger: logger) {
                try await attachments.sweepOrphans()
                return false
            },
        ]
    }
}
