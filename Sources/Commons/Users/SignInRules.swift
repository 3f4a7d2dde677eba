import Kernel
import Storage
import Values

/// 登录规则。Who must have two-factor log-in and from when, and how long things at the door last, in seconds.
public struct SignInRules: Sendable, Hashable {
    /// Roles that must have two-factor log-in. A demonstration asks nobody.
    public let required: Set<Role>
    /// Days from the first sign-in on under this rule.
    public let graceDays: Int

    public init(required: Set<Role>, graceDays: Int) {
        self.required = required
        self.graceDays = graceDays
    }

    /// 三员, who approve, who pay and who lead.
    public static let standard = SignInRules(required: Set<Role>.administrators.union([.countyApprover, .finance, .leader]), graceDays: 14)

    func dueOn(_ role: Role, from today: CivilDate) -> CivilDate? { required.contains(role) ? today.adding(days: graceDays) : nil }

    /// A working day.
    static let sessionLength = 36_000.0
    /// Without any use.
    public static let idleLength = 1_800.0
    /// Between password and code.
    static let stepLength = 300.0
    /// How exactly the last use is kept.
    static let useStep = 60.0
}

/// 锁定。Failed attempts lock a name for the address they come from; only very many lock it everywhere,
/// and never where its owner signed in lately: a stranger can't shut somebody out.
enum SignInLock {
    static let attemptsAllowed = 5
    static let window = 900.0
    /// From all addresses together, within an hour.
    static let attemptsAllowedAnywhere = 50
    static let wideWindow = 3_600.0
    /// Days for which an address counts as known after a sign-in.
    static let knownDays = 30.0

    /// - Parameter alias: under which the name was counted while it was nobody's.
    static func requireOpen(_ username: String, _ alias: String, _ caller: Caller, at now: Instant, _ connection: any Connection) throws {
        let here = try connection.value("""
            SELECT count(*) FROM sign_in_failure WHERE username IN (\(username), \(alias)) AND at > \(now.adding(seconds: -window)) AND coalesce(address, '-') = \(caller.address)
            """) ?? 0
        guard here < attemptsAllowed else { throw Refusal(.busy, "这个用户名连续输错 \(attemptsAllowed) 次，已锁定 15 分钟。请稍后再试，或联系安全管理员") }
        let anywhere = try connection.value("""
            SELECT count(*) FROM sign_in_failure WHERE username IN (\(username), \(alias)) AND at > \(now.adding(seconds: -wideWindow))
            """) ?? 0
        guard anywhere < attemptsAllowedAnywhere else {
            guard try isKnown(username, caller, at: now, connection) else {
                throw Refusal(.busy, "有人在别处反复猜这个用户名的密码，暂时只能在您平时用的电脑上登录。请换回那台电脑，或联系安全管理员")
            }
            return
        }
    }

    static func note(_ username: String, _ caller: Caller, at now: Instant, _ connection: any Connection) throws {
        try connection.run("INSERT INTO sign_in_failure (username, at, address) VALUES (\(username), \(now), \(caller.address))")
    }

    /// Who got in from an address is forgiven what failed there; what fails elsewhere goes on counting.
    static func forgive(_ username: String, _ caller: Caller, _ connection: any Connection) throws {
        try connection.run("DELETE FROM sign_in_failure WHERE username = \(username) AND coalesce(address, '-') = \(caller.address)")
    }

    private static func isKnown(_ username: String, _ caller: Caller, at now: Instant, _ connection: any Connection) throws -> Bool {
        try connection.value("""
            SELECT count(*) FROM session AS s JOIN user_account AS u ON u.id = s.user_id
            WHERE u.username = \(username) AND s.address = \(caller.address) AND s.created_at > \(now.adding(seconds: -knownDays * 86_400))
            """) ?? 0 > 0
    }
}

extension Accounts {
    /// Clears what the door no longer needs: failures of yesterday, steps that ran out, sessions that ended three months ago, what visitors asked the day before.
    public func sweep() async throws {
        let now = counter.clock.now()
        try await counter.database.write { connection in
            try connection.run("DELETE FROM sign_in_failure WHERE at < \(now.adding(seconds: -86_400))")
            try connection.run("DELETE FROM sign_in_step WHERE expires_at < \(now.adding(seconds: -86_400))")
            try connection.run("DELETE FROM session WHERE expires_at < \(now.adding(seconds: -90 * 86_400))")
            try AskingLimits.sweep(before: now.adding(seconds: -86_400), connection)
        }
    }
}
