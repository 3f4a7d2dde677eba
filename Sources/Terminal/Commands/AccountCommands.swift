import ArgumentParser
import Commons
import Cryptography
import Kernel
import Values

/// What the commands on one account share: whose it is, by whom, and why.
struct AccountOptions: ParsableArguments {
    @Argument(help: "用户名") var username: String
    @Option(name: .long, help: "理由，如人事通知") var reason: String
    @Option(name: .customLong("as"), help: "经办的安全管理员；不写则记为系统（命令行）") var user: String?
    @OptionGroup var options: PlaceOptions

    func run(_ permission: String, at place: Workplace, _ more: RawFields = [:]) async throws {
        let receipt = try await options.withOffice(at: place) { office in
            let id: String? = try await office.database.read { try $0.value("SELECT id FROM user_account WHERE username = \(username)") }
            guard let id else { throw Refusal.absent("没有用户「\(username)」") }
            var values = more
            values["user"] = .stored(.text(id))
            values["reason"] = .typed(reason)
            let actor = try await office.administrator(user)
            return try await office.counter.submit(Submission(permission, id: .make(at: office.counter.clock.now()), values: values), as: actor)
        }
        place.console.write(DoAct.told(receipt))
    }
}

struct EnableUserCommand: Errand {
    static let configuration = CommandConfiguration(commandName: "enable", abstract: "重新启用用户")
    @OptionGroup var account: AccountOptions

    func run(at place: Workplace) async throws { try await account.run("users.enable-user", at: place) }
}

struct ResetPasswordCommand: Errand {
    static let configuration = CommandConfiguration(commandName: "reset-password", abstract: "重置密码；一次性密码从键盘或标准输入读取一行，本人登录后须改")
    @OptionGroup var account: AccountOptions

    func run(at place: Workplace) async throws {
        let password = try place.console.newPassword(for: account.username)
        try await account.run("users.reset-password", at: place, ["password_hash": .typed(try await PasswordHash.make(password))])
    }
}

struct ResetTwoFactorCommand: Errand {
    static let configuration = CommandConfiguration(commandName: "reset-two-factor", abstract: "重置两步登录，本人须重新开通")
    @OptionGroup var account: AccountOptions

    func run(at place: Workplace) async throws { try await account.run("users.reset-two-factor", at: place) }
}

/// `minzheng user why`: why a user may or may not.
struct WhyCommand: Errand {
    static let configuration = CommandConfiguration(commandName: "why", abstract: "逐条说明某用户为什么能（不能）看或办")

    @Argument(help: "用户名") var username: String
    @Argument(help: "权限（如 people.persons）、办件编号、内部编号或页面地址") var what: String
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let answer = try await options.withOffice(at: place) { office in
            let inquiry = try office.house.inquiry("users", "why-access")
            return try await office.counter.ask(inquiry, ["username": .typed(username), "what": .typed(what)], as: .commandLine)
        }
        place.console.line(answer.text("verdict") ?? "")
        for reason in answer.rows("reasons") { place.console.line("  " + (reason.fields.text("sentence") ?? "")) }
    }
}

extension Console {
    /// A password that the rules let pass.
    func newPassword(for username: String) throws(Refusal) -> String {
        guard let password = readSecret("密码（\(PasswordRule.hint)）：") else { throw .invalid("没有读到密码，请重新输入") }
        if let problem = PasswordRule.problem(of: password, username: username) { throw .invalid(problem) }
        return password
    }
}
