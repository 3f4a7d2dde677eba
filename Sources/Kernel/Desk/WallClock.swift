import Values

/// 时钟。Where "now" comes from; passed in, so that tests and simulations have their own.
public protocol WallClock: Sendable {
    func now() -> Instant
}
