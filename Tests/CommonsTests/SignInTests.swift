@testable import Commons
import Cryptography
import Kernel
import Storage
import Testing
import Values

/// 登录口：两步登录、锁定、会话和密码。
@Suite struct SignInTests {
    static let password = "correct-horse-1"
    static let home = Caller(address: "10.0.0.1", device: "Windows 上的 Edge"), elsewhere = Caller(address: "203.0.113.9", device: "未知设备")

    private struct Door {
        let office: Office
        let accounts: Accounts

        /// An act at the own account, as the door sends it.
        func own(_ name: String, _ values: [String: String] = [:], session: Session, password: String? = nil) async throws -> Receipt {
            let act: ID<JournalEntry> = .make(at: office.clock.now())
            var values = values
            values["own_session"] = session.id.text
            if let password { values["current_password"] = try await accounts.proof(password, of: session.actor, for: act) }
            return try await office.counter.submit(Submission("users.\(name)", id: act, values: RawFields(values.mapValues { .typed($0) })), as: session.actor)
        }

        /// The code that the phone shows now.
        func code() async throws -> String {
            let (secret, now) = (try await office.counter.read(as: .house) { try $0.open(try #require(try $0.all(TwoFactor.self, where: "1 = 1").first).secret).bytes }, office.clock.now())
            return try TOTP.code(secret: secret, at: Int64(now.secondsSince1970))
        }
    }

    private func open(_ role: String = "township-clerk", rules: SignInRules = .standard) async throws -> Door {
        let office = try await Office()
        let hash = try await PasswordHash.make(Self.password)
        try await office.submit("users.add-user", ["username": "jia", "name": "测试甲", "role": role, "region": "000181001", "password_hash": hash], as: security)
        return Door(office: office, accounts: Accounts(office.counter, rules: rules))
    }

    private func enrolled() async throws -> (Door, [String]) {
        let door = try await open(), session = try await door.accounts.signIn("jia", Self.password)
        _ = try await door.own("begin-two-factor", session: session)
        #expect(try await door.office.refusal { _ = try await door.own("confirm-two-factor", ["code": "000000"], session: session) } == .invalid)
        let receipt = try await door.own("confirm-two-factor", ["code": try await door.code()], session: session)
        let codes = try RecoveryCodes.codes(of: receipt.act, session.actor.user, door.office.counter.house.keyring)
        return (door, codes)
    }

    @Test("两步登录：没有口令没有会话；口令用过一次、恢复码用过一次就不能再用；停用要密码和口令")
    func twoSteps() async throws {
        let (door, recovery) = try await enrolled(), accounts = door.accounts
        #expect(Set(recovery).count == 10 && recovery.allSatisfy { $0.count == 10 })
        #expect(try await door.office.refusal { _ = try await accounts.signIn("jia", Self.password) } == .unauthenticated)
        let used = try await door.code()
        #expect(try await door.office.refusal { _ = try await accounts.signIn("jia", Self.password, code: used) } == .unauthenticated)
        door.office.clock.set(day(2024, 6, 21))
        let code = try await door.code()
        guard case .code(let token) = try await accounts.begin("jia", Self.password) else { Issue.record("没有要口令"); return }
        let session = try await accounts.finish(token, code: code)
        #expect(session.actor.role == .townshipClerk)
        #expect(try await door.office.refusal { _ = try await accounts.finish(token, code: code) } == .unauthenticated)
        #expect(try await door.office.refusal { _ = try await accounts.signIn("jia", Self.password, code: code) } == .unauthenticated)
        _ = try await accounts.signIn("jia", Self.password, code: RecoveryCodes.shown(recovery[0]).lowercased())
        #expect(try await door.office.refusal { _ = try await accounts.signIn("jia", Self.password, code: recovery[0]) } == .unauthenticated)
        #expect(try await door.office.refusal { _ = try await door.own("disable-two-factor", ["code": code], session: session, password: Self.password) } == .invalid)
        #expect(try await door.office.refusal { _ = try await door.own("disable-two-factor", ["code": recovery[1]], session: session, password: "wrong") } == .invalid)
        _ = try await door.own("disable-two-factor", ["code": recovery[1]], session: session, password: Self.password)
        _ = try await accounts.signIn("jia", Self.password)
    }

    @Test("密钥和恢复码都不以原文落库；安全管理员可以重置，本人下次登录看到提醒")
    func secretsRestSealed() async throws {
        let (door, recovery) = try await enrolled()
        let (secret, codes): (String, [String]) = try await door.office.counter.database.read { connection in
            (try connection.value("SELECT secret FROM two_factor") ?? "", try connection.all("SELECT digest FROM recovery_code") { try $0.read(0) })
        }
        #expect(secret.contains(".") && codes.count == 10 && Set(codes).isDisjoint(with: recovery))
        let user = try await door.accounts.actor(named: "jia")
        try await door.office.submit("users.reset-two-factor", ["user": user.user.text, "reason": "手机丢失，已当面核实"], as: security)
        let session = try await door.accounts.signIn("jia", Self.password)
        #expect(try await door.office.page("desk", "workbench", as: session.actor).text.contains("两步登录由安全辛重置"))
        _ = try await door.own("acknowledge-notices", session: session)
        #expect(try await !door.office.page("desk", "workbench", as: session.actor).text.contains("两步登录由安全辛重置"))
    }

    @Test("规定须两步登录的岗位：宽限期内能办，到期那天起先开通", arguments: [(13, false), (14, true)])
    func theGraceEnds(_ days: Int, _ isDue: Bool) async throws {
        let door = try await open("finance"), first = try await door.accounts.signIn("jia", Self.password)
        #expect(first.errand == nil)
        #expect(try await door.office.page("desk", "workbench", as: first.actor).text.contains("开通两步登录"))
        door.office.clock.set(day(2024, 6, 20).adding(days: days))
        let later = try await door.accounts.signIn("jia", Self.password)
        #expect((later.errand == .twoFactor) == isDue)
    }

    @Test("锁定只锁来处：别处连错锁不住本人；全网猜得太多时，只有平时用的地方能登录")
    func strangersLockNobodyOut() async throws {
        let door = try await open(), accounts = door.accounts
        _ = try await accounts.signIn("jia", Self.password, from: Self.home)
        for _ in 1 ... 5 { #expect(try await door.office.refusal { _ = try await accounts.signIn("jia", "wrong", from: Self.elsewhere) } == .unauthenticated) }
        #expect(try await door.office.refusal { _ = try await accounts.signIn("jia", Self.password, from: Self.elsewhere) } == .busy)
        _ = try await accounts.signIn("jia", Self.password, from: Self.home)
        let now = door.office.clock.now()
        try await door.office.database.write { connection in
            for number in 1 ... 45 { try connection.run("INSERT INTO sign_in_failure (username, at, address) VALUES ('jia', \(now), \("198.51.100.\(number)"))") }
        }
        #expect(try await door.office.refusal { _ = try await accounts.signIn("jia", Self.password, from: Caller(address: "192.0.2.1", device: "")) } == .busy)
        _ = try await accounts.signIn("jia", Self.password, from: Self.home)
    }

    @Test("口令猜错也算：连错五次锁定")
    func codesCountInTheLock() async throws {
        let (door, _) = try await enrolled()
        guard case .code(let token) = try await door.accounts.begin("jia", Self.password) else { Issue.record("没有要口令"); return }
        for _ in 1 ... 5 { #expect(try await door.office.refusal { _ = try await door.accounts.finish(token, code: "000000") } == .unauthenticated) }
        #expect(try await door.office.refusal { _ = try await door.accounts.finish(token, code: "000000") } == .busy)
    }

    @Test("登录失败的旧记录会清掉")
    func oldFailuresAreSwept() async throws {
        let door = try await open()
        _ = try await door.office.refusal { _ = try await door.accounts.signIn("jia", "wrong") }
        door.office.clock.set(day(2024, 6, 22))
        try await door.accounts.sweep()
        let kept: Int? = try await door.office.database.read { try $0.value("SELECT count(*) FROM sign_in_failure") }
        #expect(kept == 0)
    }

    @Test("会话：闲置半小时结束，用着就不结束；改密码结束别处的，不结束自己的")
    func sessionsIdle() async throws {
        let door = try await open(), accounts = door.accounts, start = door.office.clock.now()
        let session = try await accounts.signIn("jia", Self.password), other = try await accounts.signIn("jia", Self.password)
        func at(_ seconds: Double) -> Accounts { Accounts(Counter(door.office.counter, clock: VirtualClock(start.adding(seconds: seconds)))) }
        #expect(try await at(1_790).session(session.token) != nil)
        #expect(try await at(1_810).session(session.token) != nil)
        #expect(try await at(1_810).session(other.token) == nil)
        #expect(try await at(3_700).session(session.token) == nil)
        let again = try await accounts.signIn("jia", Self.password), kept = try await accounts.signIn("jia", Self.password)
        let hash = try await PasswordHash.make("another-horse-2")
        #expect(try await door.office.refusal { _ = try await door.own("change-password", ["password_hash": hash, "current_password": "伪造"], session: kept) } == .forbidden)
        _ = try await door.own("change-password", ["password_hash": hash], session: kept, password: Self.password)
        #expect(try await accounts.session(again.token) == nil)
        #expect(try await accounts.session(kept.token) != nil)
        _ = try await accounts.signIn("jia", "another-horse-2")
    }

    @Test("重置的密码是一次性的：登录后只能先改密码；自己不能重置自己")
    func resetPasswordsAreTemporary() async throws {
        let door = try await open(), user = try await door.accounts.actor(named: "jia"), old = try await door.accounts.signIn("jia", Self.password)
        try await door.office.submit("users.reset-password", ["user": user.user.text, "password_hash": try await PasswordHash.make("one-time-word"), "reason": "忘记密码"], as: security)
        #expect(try await door.accounts.session(old.token) == nil)
        let session = try await door.accounts.signIn("jia", "one-time-word")
        #expect(session.errand == .password)
        _ = try await door.own("change-password", ["password_hash": try await PasswordHash.make("another-horse-2")], session: session, password: "one-time-word")
        #expect(try await door.accounts.session(session.token)?.errand == nil)
    }

    @Test("密码规则：够长、不含用户名、不常见", arguments: [
        ("jiade-mim", false), ("jiade-mima", true), ("zhangsan-2024", false), ("1234567890", false), ("9876543210", false), ("aaaaaaaaaaaa", false),
        ("password123", false), ("Password1234", false), ("qwertyuiop12", false), ("correct-horse-1", true), ("一二三四五六七八九十", true),
    ])
    func passwordsFollowTheRule(_ password: String, _ passes: Bool) {
        #expect((PasswordRule.problem(of: password, username: "zhangsan") == nil) == passes, "\(password)")
    }

    @Test("结束会话：自己的能结束，别人的只有安全管理员能")
    func sessionsAreEnded() async throws {
        let door = try await open(), session = try await door.accounts.signIn("jia", Self.password, from: Self.home)
        #expect(try await door.office.page("users", "me", as: session.actor).text.contains("Windows 上的 Edge"))
        #expect(try await door.office.refusal { try await door.office.submit("users.end-session", ["session": session.id.text], as: leader) } == .forbidden)
        try await door.office.submit("users.end-session", ["session": session.id.text], as: security)
        #expect(try await door.accounts.session(session.token) == nil)
    }
}
