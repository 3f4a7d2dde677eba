import ArgumentParser
import Commons
import Kernel
import Values

/// `minzheng ask`: a question answered and not stored; question and answer in the machine's face.
struct Ask: Errand {
    static let configuration = CommandConfiguration(commandName: "ask", abstract: "试算或查询，不留存")

    @Argument(help: "业务.查询，如 assistance.estimates") var inquiry: String
    @Option(name: .long, help: "JSON 文件，- 为标准输入") var json: String?
    @Option(name: .customLong("set"), parsing: .singleValue, help: "逐项填写：路径=内容") var assignments: [String] = []
    @Option(name: .customLong("as"), help: "以哪位用户的岗位和区域来问") var user: String?
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let answer = try await options.withOffice(at: place) { office in
            let address = try Address(inquiry)
            let inquiry = try office.house.inquiry(address.line, address.name)
            let bytes = try json.map { try place.console.contents(of: $0) }
            let values = try RawFields(json: bytes, assignments: assignments, for: inquiry.outline)
            var actor = Actor.house
            if let user { actor = try await office.accounts.actor(named: user) }
            let answer = try await office.counter.ask(inquiry, values, as: actor)
            try await office.counter.note(AccessNote(.open, self.inquiry, detail: inquiry.title), by: actor)
            return JSON(answer, in: inquiry.answerOutline)
        }
        place.console.write(answer.indentedText)
    }
}
