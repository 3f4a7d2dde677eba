import Foundation
import Synchronization
import Values

/// The machine's clock.
public struct SystemClock: WallClock {
    public init() {}
    public func now() -> Instant { Instant(secondsSince1970: Foundation.Date().timeIntervalSince1970) }
}

/// 虚拟时钟。A clock that stands where it is put; every reading moves it a millisecond, so that ids keep their order.
public final class VirtualClock: WallClock {
    private let instant: Mutex<Instant>

    public init(_ start: Instant) { instant = Mutex(start) }

    /// Nine in the morning, Beijing time, of a day.
    public convenience init(_ day: CivilDate) { self.init(Self.morning(of: day)) }

    public func now() -> Instant {
        instant.withLock { $0 = $0.adding(seconds: 0.001); return $0 }
    }

    public func set(_ day: CivilDate) { instant.withLock { $0 = Self.morning(of: day) } }

    private static func morning(of day: CivilDate) -> Instant {
        Instant(secondsSince1970: Double(CivilDate.epoch.days(until: day)) * 86_400 + 3_600)
    }
}

extension CivilDate {
    /// 1970-01-01.
    static let epoch = Instant(secondsSince1970: 0).date
}
