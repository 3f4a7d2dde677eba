import Synchronization

/// 计量。What this node has answered since it started: how often, how, how long. Routes as they are declared, never an address as it was typed.
final class Metrics: Sendable {
    struct Call: Hashable, Comparable {
        let method: String, route: String, status: String

        static func < (left: Call, right: Call) -> Bool { (left.route, left.method, left.status) < (right.route, right.method, right.status) }
    }

    /// 用时分布。How many took at most so long.
    struct Spread: Hashable, Sendable {
        /// Seconds.
        static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
        private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
        private(set) var sum = 0.0

        mutating func add(_ seconds: Double) {
            counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
            sum += seconds
        }
    }

    struct Figures: Sendable {
        fileprivate(set) var calls: [Call: Int] = [:]
        fileprivate(set) var spreads: [String: Spread] = [:]
        fileprivate(set) var inside = 0
    }

    private let figures = Mutex(Figures())

    var now: Figures { figures.withLock { $0 } }

    func enter() { figures.withLock { $0.inside += 1 } }

    /// - Parameter status: nil when whoever asked went away before there was an answer.
    func leave(_ method: String, _ route: String, _ status: Int?, seconds: Double) {
        let call = Call(method: Self.known.contains(method) ? method : "OTHER", route: route, status: status.map { "\($0 / 100)xx" } ?? "gone")
        figures.withLock { figures in
            figures.inside -= 1
            figures.calls[call, default: 0] += 1
            figures.spreads[route, default: Spread()].add(seconds)
        }
    }

    /// Anybody may invent methods; none of them becomes a series of its own.
    private static let known: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
}
