/// 读数。One figure an engine gives of itself, for machines: what waits, what is open. Its name is that of a metric: `pool_waiting`.
public struct Gauge: Hashable, Sendable {
    public let name: String
    /// What it counts, in words.
    public let help: String
    public let value: Int

    public init(_ name: String, _ help: String, _ value: Int) {
        self.name = name
        self.help = help
        self.value = value
    }
}

extension Database {
    /// An engine that measures nothing.
    public func gauges() -> [Gauge] { [] }
}
