import Commons
import Glibc
import Kernel
import Values

/// 访客限次。How often one address, or one case number, may ask within a while, at all nodes together.
struct HallLimits: Sendable {
    typealias Allowance = AskingLimits.Allowance

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

    private let asking: AskingLimits

    init(_ counter: Counter) { asking = AskingLimits(counter) }

    static let refusal = Refusal.busy("今天这里问得太勤了，请过一会儿再试，或者到乡镇、街道办理")

    /// - Throws: `.busy` when it was asked too often under one of the keys; asking too often doesn't count again under that.
    func take(_ asks: (key: String, allowance: Allowance)..., at now: Instant) async throws {
        guard try await asking.take(asks, at: now) == nil else { throw Self.refusal }
    }
}
