import ArgumentParser
import Kernel
import Values

/// `minzheng do`: one act, through the same counter as pages and interface.
struct DoAct: Errand {
    static let configuration = CommandConfiguration(commandName: "do", abstract: "办理一件事项")

    @Argument(help: "业务.事项，如 people.register-person") var act: String
    @Option(name: .customLong("as"), help: "经办人的用户名") var user: String
    @Option(name: .customLong("set"), parsing: .singleValue, help: "逐项填写：路径=内容，如 members.1.name=张三") var assignments: [String] = []
    @Option(name: .long, help: "JSON 文件，- 为标准输入") var json: String?
    @Option(name: .long, help: "办理编号，26 位；重复办理同一编号是安全的") var id: String?
    @Option(name: .long, help: "所见的版本；此后被别人改过的不办") var version: Int?
    @Option(name: .long, help: "批量办理：每行一个编号的文件，- 为标准输入；其余各项各件相同") var subjectsFrom: String?
    @Option(name: .long, help: "办理日期，只用于示范数据") var today: String?
    @OptionGroup var options: PlaceOptions

    func validate() throws {
        guard subjectsFrom == nil || version == nil else { throw ValidationError("--version 只用于单件办理，不能和 --subjects-from 一起用") }
        guard subjectsFrom != "-" || json != "-" else { throw ValidationError("--subjects-from 和 --json 不能都从标准输入读") }
    }

    func run(at place: Workplace) async throws {
        if let subjectsFrom { return try await runBulk(subjectsFrom, at: place) }
        let receipt = try await options.withOffice(at: place) { office in
            let office = try await office.standing(on: today)
            let address = try Address(act)
            let action = try office.house.action("\(address.line).\(address.name)")
            let bytes = try json.map { try place.console.contents(of: $0) }
            let values = try RawFields(json: bytes, assignments: assignments, for: action.outline)
            let submission = Submission(action.permission, id: try actID(at: office), values: values, version: version)
            return try await office.counter.submit(submission, as: try await office.accounts.actor(named: user))
        }
        place.console.write(Self.told(receipt))
    }

    func actID(at office: Office) throws(Refusal) -> ID<JournalEntry> {
        guard let id else { return .make(at: office.counter.clock.now()) }
        guard let given = ID<JournalEntry>(rawValue: id) else { throw .invalid("办理编号应为 26 位数字和字母") }
        return given
    }

    static func told(_ receipt: Receipt) -> String {
        let lines = [receipt.outcome.message, "对象：\(receipt.outcome.subject)", "办理编号：\(receipt.act.text)"]
        return ((receipt.isRepeat ? ["（此前已办理，这次没有重复办理）"] : []) + lines).map { $0 + "\n" }.joined()
    }
}

extension Office {
    /// The office on the day that was typed, or as it is.
    func standing(on typed: String?) async throws -> Office {
        guard let typed else { return self }
        return try await standing(on: try CivilDate(typed: typed))
    }
}
