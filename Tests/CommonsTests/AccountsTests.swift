@testable import Commons
import Cryptography
import Kernel
import Testing
import Values

/// The door: who may enter, who is kept waiting, and when it closes.
@Suite struct AccountsTests {
    static let password = "correct-horse-1"

    private func open() async throws -> (Office, Accounts) {
        let office = try await Office()
        let hash = try await PasswordHash.make(Self.password)
        try await office.submit("users.add-user", ["username": "jia", "name": "测试甲", "role": "township-clerk", "region": "000181001", "password_hash": hash], as: security)
        return (office, Accounts(office.counter))
    }

    @Test("密码对了才进得来，会话带着岗位和区域")
    func aRightPasswordOpensASession() async throws {
        let (_, accounts) = try await open()
        let session = try await accounts.signIn("jia", Self.password)
        #expect(session.actor.role == .townshipClerk && session.actor.region == township)
        #expect(try await accounts.session(session.token)?.actor == session.actor)
        #expect(try await accounts.session("不存在的令牌") == nil)
        try await accounts.signOut(session.token)
        #expect(try await accounts.session(session.token) == nil)
    }

    @Test("用户名或密码不对：不说是哪一个", arguments: [("jia", "wrong"), ("nobody", password), ("", ""), ("jia' OR '1'='1", password)])
    func aWrongOneIsRefusedWithoutSayingWhich(_ name: String, _ password: String) async throws {
        let (office, accounts) = try await open()
        #expect(try await office.refusal { _ = try await accounts.signIn(name, password) } == .unauthenticated)
    }

    @Test("连错五次锁十五分钟：第五次还没锁，第六次锁，过了时间又能进")
    func fiveFailuresLock() async throws {
        let (office, accounts) = try await open()
        for _ in 1 ... 5 { #expect(try await office.refusal { _ = try await accounts.signIn("jia", "wrong") } == .unauthenticated) }
        #expect(try await office.refusal { _ = try await accounts.signIn("jia", Self.password) } == .busy)
        office.clock.set(day(2024, 6, 21))
        _ = try await accounts.signIn("jia", Self.password)
    }

    @Test("同时猜二十个密码：也只答五次不对，其余都说已锁定")
    func guessesAtOnceAreCounted() async throws {
        let (office, accounts) = try await open()
        let answers = try await withThrowingTaskGroup(of: Refusal.Kind?.self) { group in
            for number in 1 ... 20 { group.addTask { try await office.refusal { _ = try await accounts.signIn("jia", "wrong\(number)") } } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count { $0 == .unauthenticated } == 5 && answers.count { $0 == .busy } == 15)
    }

    @Test("不会是用户名的：不查、不记", arguments: [String(repeating: "长", count: 41), "jia\u{0}"])
    func whatIsNoNameIsNotKept(_ name: String) async throws {
        let (office, accounts) = try await open()
        #expect(try await office.refusal { _ = try await accounts.signIn(name, Self.password) } == .unauthenticated)
        let kept: Int? = try await office.counter.database.read { try $0.value("SELECT count(*) FROM sign_in_failure") }
        #expect(kept == 0)
    }

    @Test("写错的账号：指到字段", arguments: [
        ("username", "yi"), ("username", "测试乙"), ("username", "<b>yi"), ("password_hash", "minzheng"),
        ("password_hash", "$argon2id$v=19$m=4194304,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    ])
    func badAccountsNameTheirField(_ field: String, _ value: String) async throws {
        let (office, _) = try await open()
        var values = ["username": "yihao", "name": "测试乙", "role": "finance", "region": "000181", "password_hash": try await PasswordHash.make(Self.password)]
        values[field] = value
        do {
            try await office.submit("users.add-user", values, as: security)
            Issue.record("开了账号")
        } catch let refusal as Refusal { #expect(refusal.problems.map(\.path) == [[field]]) }
    }

    @Test("会话满十小时结束；停用账号时立即结束")
    func sessionsEnd() async throws {
        let (office, accounts) = try await open()
        let first = try await accounts.signIn("jia", Self.password)
        office.clock.set(day(2024, 6, 21))
        #expect(try await accounts.session(first.token) == nil)
        let second = try await accounts.signIn("jia", Self.password)
        try await office.submit("users.disable-user", ["user": second.actor.user.text], as: security)
        #expect(try await accounts.session(second.token) == nil)
        #expect(try await office.refusal { _ = try await accounts.signIn("jia", Self.password) } == .unauthenticated)
    }

    @Test("业务人员不能开账号；同名不能开两次")
    func accountsAreOpenedByTheSecurityAdministrator() async throws {
        let (office, _) = try await open()
        let values = ["username": "jia", "name": "测试乙", "role": "finance", "region": "000181", "password_hash": "$argon2id$x"]
        #expect(try await office.refusal { try await office.submit("users.add-user", values, as: leader) } == .forbidden)
        #expect(try await office.refusal { try await office.submit("users.add-user", values, as: security) } == .conflict)
    }
}
