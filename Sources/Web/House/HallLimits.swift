import Glibc
import Synchronization
import Values

/// 访客限次。How often one address, or one case number, may ask within a while. Kept in memory: it names nobody and is gone with the process.
final class HallLimits: Sendable {
    /// So many times within so many seconds.
    struct Allowance: Sendable {
        let times: Int
        let seconds: Double
    }

    /// 提交：an objection isn't written every minute.
    static let submissions = Allowance(times: 5, seconds: 3_600)
    /// 试算 and other questions.
    static let questions = Allowance(times: 60, seconds: 600)
    /// 查进度，by address.
    static let lookups = Allowance(times: 10, seconds: 900)
    /// 查进度，by case number: the last four characters can't be tried out.
    static let lookupsOfOne = Allowance(times: 5, seconds: 900)

    /// 提交, on one notice or file, by whomever: a flood stops nobody's case.
    static let onOneSubject = Allowance(times: 10, seconds: 86_400)

    /// What an address is counted as: a household has a whole /64 of IPv6, so that its first four groups stand for it.
    static func counted(_ address: String) -> String {
        var parsed = in6_addr()
        guard address.contains(":"), inet_pton(AF_INET6, address, &parsed) == 1 else { return address }
        return withUnsafeBytes(of: parsed) { raw in
            let isMapped = raw.prefix(12).elementsEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
            return isMapped ? raw.suffix(4).map { String($0) }.joined(separator: ".") : raw.prefix(8).map { String($0, radix: 16) }.joined(separator: ":") + "/64"
        }
    }

    private static let keysAtMost = 20_000
    private let seen = Mutex<[String: [Double]]>([:])

    static let refusal = Refusal.busy("今天这里问得太勤了，请过一会儿再试，或者到乡镇、街道办理")

    /// - Throws: `.busy` when it was asked too often; asking too often doesn't count again.
    func take(_ key: String, _ allowance: Allowance, at now: Instant) throws(Refusal) {
        let moment = now.secondsSince1970, since = moment - allowance.seconds
        let isAllowed = seen.withLock { seen in
            if seen.count >= Self.keysAtMost { seen = seen.filter { ($0.value.last ?? 0) > moment - 3_600 } }
            if seen.count >= Self.keysAtMost, seen[key] == nil { return false }
            let recent = (seen[key] ?? []).filter { $0 > since }
            guard recent.count < allowance.times else { return false }
            seen[key] = recent + [moment]
            return true
        }
        guard isAllowed else { throw Self.refusal }
    }
}
