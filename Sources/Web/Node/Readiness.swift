import Kernel
import Storage
import Values

/// 就绪。Whether requests should be sent here now.
enum Readiness: Hashable, Sendable {
    case ready
    /// About to stop; what is under way is still done.
    case draining
    /// The database lacks what this program needs.
    case behind(steps: Int)
    /// The database refuses or is silent.
    case cut

    var reason: String {
        switch self {
        case .ready: "可以办理"
        case .draining: "即将停止，不再接新的请求"
        case .behind(let steps): "数据库还有 \(steps) 步未升级，请运行 minzheng migrate"
        case .cut: "数据库没有应答"
        }
    }

    /// A word for machines.
    var word: String {
        switch self {
        case .ready: "ready"
        case .draining: "draining"
        case .behind: "migrations-pending"
        case .cut: "database-unavailable"
        }
    }
}

extension Services {
    /// A database that has gone further than this program is no hindrance: in a rolling upgrade the old nodes serve on.
    func readiness(patience: Duration = .seconds(2)) async -> Readiness {
        guard !node.isDraining else { return .draining }
        let database = counter.database
        let applied = await answer(within: patience) {
            try await database.read { connection in
                Set(try connection.all("SELECT owner, number FROM schema_migration") { "\(try $0.read(0) as String) \(try $0.read(1) as Int)" })
            }
        }
        guard let applied else { return .cut }
        let missing = house.migrations.count { !applied.contains("\($0.owner) \($0.number)") }
        return missing == 0 ? .ready : .behind(steps: missing)
    }
}

/// What some work gives, if it gives it in time; what comes later, and what fails, is let go.
func answer<Outcome: Sendable>(within patience: Duration, _ work: @escaping @Sendable () async throws -> Outcome) async -> Outcome? {
    let (answers, place) = AsyncStream<Outcome?>.makeStream(bufferingPolicy: .bufferingOldest(1))
    let worker = Task { place.yield(try? await work()) }
    let timer = Task {
        try? await Task.sleep(for: patience)
        place.yield(nil)
    }
    defer {
        worker.cancel()
        timer.cancel()
    }
    for await answer in answers { return answer }
    return nil
}
