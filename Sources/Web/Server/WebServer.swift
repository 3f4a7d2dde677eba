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
        let jobs = JobRunner(counter), outbox = OutboxRunner(counter, channels: channels)
        return importLoops + [
            Loop(name: "sealer", pause: .seconds(1), logger: logger) { try await sealer.sealWaiting() == 4096 },
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
