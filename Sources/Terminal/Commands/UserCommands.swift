import ArgumentParser
import Commons
import Cryptography
import Kernel
import Values

/// `minzheng user`.
struct UserCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "用户账号：新增、列出、停用、启用、重置、查权限",
        subcommands: [AddUserCommand.self, ListUsers.self, DisableUserCommand.self, EnableUserCommand.self, ResetPasswordCommand.self, ResetTwoFactorCommand.self,
                      WhyCommand.self])
}

struct AddUserCommand: Errand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "新增用户；密码从键盘或标准输入读取一行")

    @Argument(help: "用户名") var username: String
    @Option(name: .long, help: "姓名") var name: String
    @Option(name: .long, help: "岗位，如 township-clerk 或 镇街经办") var role: String
    @Option(name: .long, help: "区划代码") var region: String
    @Option(name: .customLong("as"), help: "经办的安全管理员；不写则记为系统（命令行）") var user: String?
    @Flag(name: .long, help: "密码只用一次，首次登录须改") var temporary = false
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let receipt = try await options.withOffice(at: place, .create) { office in
            let actor = try await office.administrator(user)
            let password = try place.console.newPassword(for: username)
            let values: RawFields = [
                "username": .typed(username), "name": .typed(name), "role": .typed(role), "region": .typed(region),
                "password_hash": .typed(try await PasswordHash.make(password)), "password_temporary": .typed(temporary ? "1" : ""),
            ]
            return try await office.counter.submit(Submission("users.add-user", id: .make(at: office.counter.clock.now()), values: values), as: actor)
        }
        place.console.write(DoAct.told(receipt))
    }
}

struct ListUsers: Errand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出用户账号")

    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            let listing = try office.house.listing("users", "accounts")
            try await ListingPrint(listing: listing, request: ListingRequest(), limit: 10_000, office: office, actor: .commandLine,
                                   console: place.console).table()
        }
    }
}

struct DisableUserCommand: Errand {
    static let configuration = CommandConfiguration(commandName: "disable", abstract: "停用用户，并结束其登录")

    @Argument(help: "用户名") var username: String
    @Option(name: .customLong("as"), help: "经办的安全管理员；不写则记为系统（命令行）") var user: String?
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let receipt = try await options.withOffice(at: place) { office in
            let actor = try await office.administrator(user)
            let target = try await office.accounts.actor(named: username)
            let values: RawFields = ["user": .stored(.text(target.user.text))]
            return try await office.counter.submit(Submission("users.disable-user", id: .make(at: office.counter.clock.now()), values: values), as: actor)
        }
        place.console.write(DoAct.told(receipt))
    }
}

extension Office {
    /// The named user, or whoever holds the machine.
    func administrator(_ username: String?) async throws -> Actor {
        guard let username else { return .commandLine }
        return try await accounts.actor(named: username)
    }
}
