import Kernel
import Storage
import Values

/// 数据库时钟。The clock that several nodes have in common.
extension Connection {
    /// To the second on the embedded engine, finer on a server.
    /// - Throws: `StorageError.other` when the engine writes its time in no known way.
    public func databaseTime() throws -> Instant {
        let text: String? = try value("SELECT CAST(CURRENT_TIMESTAMP AS TEXT)")
        guard let text, let instant = Instant(databaseTime: text) else { throw StorageError.other("读不懂数据库的时间") }
        return instant
    }
}

extension Instant {
    /// `2024-07-01 08:00:00` in UTC, or `2024-07-01 16:00:00.123456+08`. A time to the second is taken as the middle of it.
    init?(databaseTime text: String) {
        let clock = text.prefix { $0 != "+" }, zoneStart = clock.count > 11 ? clock.dropFirst(11).firstIndex(of: "-") ?? clock.endIndex : clock.endIndex
        let plain = clock[..<zoneStart], parts = plain.split(separator: " ")
        guard parts.count == 2, let date = try? CivilDate(stored: .text(String(parts[0]))), let ofDay = Self.seconds(ofDay: parts[1]),
              let ahead = Self.seconds(ofZone: text[plain.endIndex...]) else { return nil }
        let days = Double(Instant(secondsSince1970: 0).date.days(until: date))
        self.init(secondsSince1970: days * 86_400 + ofDay - ahead)
    }

    private static func seconds(ofDay text: Substring) -> Double? {
        let parts = text.split(separator: ":")
        guard parts.count == 3, let hour = Int(parts[0]), let minute = Int(parts[1]), let second = Double(parts[2]),
              (0 ... 23).contains(hour), (0 ... 59).contains(minute), (0 ..< 61).contains(second) else { return nil }
        return Double(hour * 3_600 + minute * 60) + second + (parts[2].contains(".") ? 0 : 0.5)
    }

    /// `+08`, `-03:30`; nothing is UTC.
    private static func seconds(ofZone text: Substring) -> Double? {
        guard let sign = text.first else { return 0 }
        let parts = text.dropFirst().split(separator: ":").map { Int($0) }
        guard (1 ... 3).contains(parts.count), !parts.contains(nil), sign == "+" || sign == "-" else { return nil }
        let seconds = zip(parts, [3_600, 60, 1]).reduce(0) { $0 + ($1.0 ?? 0) * $1.1 }
        return Double(sign == "-" ? -seconds : seconds)
    }
}
