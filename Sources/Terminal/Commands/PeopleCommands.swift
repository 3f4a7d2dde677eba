import ArgumentParser
import Commons
import Kernel
import Values

/// `minzheng people`: the register of persons from the command line, through the same acts, listings and questions as the pages.
struct PeopleCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people", abstract: "人员档案：查找、查看、合并、查重、查看原文",
        subcommands: [FindPerson.self, ShowPerson.self, ShowPersonAsKnown.self, RevealPerson.self, MergePersons.self, UndoPersonMerge.self, ListDuplicates.self])
}

/// What every command about persons asks for.
struct PersonOptions: ParsableArguments {
    @Option(name: .customLong("as"), help: "办理人或查看人的用户名") var user: String
    @OptionGroup var place: PlaceOptions
}

struct FindPerson: Errand {
    static let configuration = CommandConfiguration(commandName: "find", abstract: "按姓名、拼音首字母、住址，或完整的身份、证件、电话号码查找")

    @Argument(help: "要找的内容") var text: String
    @OptionGroup var options: PersonOptions

    func run(at place: Workplace) async throws {
        let hits = try await options.place.withOffice(at: place) { office in
            let actor = try await office.accounts.actor(named: options.user)
            guard Set<Role>.readers.contains(actor.role) else { throw Refusal.forbidden("您的岗位（\(actor.role.label)）不能查人员档案") }
            try await office.counter.access.write(AccessNote(.search, "people.find"), by: actor, at: office.counter.clock.now())
            return try await office.counter.read(as: actor) { reader in
                try (office.house.line("people")?.finders ?? []).flatMap { try $0.find(text, reader) }.filter { $0.kind == "人" }
            }
        }
        guard !hits.isEmpty else { return place.console.line("没有找到「\(text)」。请换成姓名的一部分、拼音首字母或者完整的号码再试；不在管辖范围内的不会列出") }
        let rows = hits.map { [$0.title, $0.detail, $0.link.split(separator: "/").last.map(String.init) ?? ""] }
        place.console.write(TextTable([.init("姓名"), .init("情况"), .init("编号")], rows).text)
    }
}

struct ShowPerson: Errand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "显示一个人的档案，号码遮蔽")

    @Argument(help: "人员编号，26 位") var person: String
    @OptionGroup var options: PersonOptions

    func run(at place: Workplace) async throws { try await PersonFilePrint(options: options, place: place).print(person, knownOn: nil) }
}

struct ShowPersonAsKnown: Errand {
    static let configuration = CommandConfiguration(commandName: "as-known", abstract: "显示某日结束时所知的档案")

    @Argument(help: "人员编号，26 位") var person: String
    @Option(name: .long, help: "日期，如 2024-06-30") var on: String
    @OptionGroup var options: PersonOptions

    func run(at place: Workplace) async throws { try await PersonFilePrint(options: options, place: place).print(person, knownOn: on) }
}

struct RevealPerson: Errand {
    static let configuration = CommandConfiguration(commandName: "reveal", abstract: "查看号码原文；先记日志和查阅记录，再显示")

    @Argument(help: "人员编号，26 位") var person: String
    @Option(name: .long, help: "目的：identity、contact、payment、correction 或 inspection") var purpose: String
    @Option(name: .long, help: "理由，至少 5 个字") var reason: String
    @OptionGroup var options: PersonOptions

    func run(at place: Workplace) async throws {
        let (receipt, answer) = try await options.place.withOffice(at: place) { office in
            let values: RawFields = ["person": .typed(person), "purpose": .typed(purpose), "reason": .typed(reason)]
            let receipt = try await options.submit("people.reveal-identifiers", values, at: office)
            return (receipt, try await options.ask("revealed-identifiers", ["act": .typed(receipt.act.text)], at: office).answer)
        }
        for row in answer.rows("numbers") { place.console.line("\(row.fields.text("label") ?? "")：\(row.fields.text("text") ?? "")") }
        if answer.rows("numbers").isEmpty { place.console.line("没有登记任何号码") }
        place.console.line("办理编号：\(receipt.act.text)")
    }
}

struct MergePersons: Errand {
    static let configuration = CommandConfiguration(commandName: "merge", abstract: "提出合并两份档案；证件不同的由另一人复核")

    @Argument(help: "保留的档案，26 位编号") var kept: String
    @Argument(help: "并入的档案，26 位编号") var absorbed: String
    @Option(name: .long, help: "合并理由") var reason: String
    @OptionGroup var options: PersonOptions

    func run(at place: Workplace) async throws {
        let receipt = try await options.place.withOffice(at: place) { office in
            try await options.submit("people.propose-merge", ["kept": .typed(kept), "absorbed": .typed(absorbed), "reason": .typed(reason)], at: office)
        }
        place.console.write(DoAct.told(receipt))
    }
}

struct UndoPersonMerge: Errand {
    static let configuration = CommandConfiguration(commandName: "undo-merge", abstract: "撤销一件合并，两份档案各自恢复")

    @Argument(help: "合并编号，26 位，见 people.merges 台账") var merge: String
    @Option(name: .long, help: "撤销理由") var reason: String
    @OptionGroup var options: PersonOptions

    func run(at place: Workplace) async throws {
        let receipt = try await options.place.withOffice(at: place) { office in
            try await options.submit("people.undo-merge", ["merge": .typed(merge), "reason": .typed(reason)], at: office)
        }
        place.console.write(DoAct.told(receipt))
    }
}

struct ListDuplicates: Errand {
    static let configuration = CommandConfiguration(commandName: "duplicates", abstract: "列出待核对的疑似重复，或者与一份档案相似的；--scan 开始后台查找")

    @Argument(help: "人员编号；不写则列出待核对的") var person: String?
    @Option(name: .long, help: "在哪个区域开始后台查找：区划代码") var scan: String?
    @OptionGroup var options: PersonOptions

    func run(at place: Workplace) async throws {
        try await options.place.withOffice(at: place) { office in
            if let scan { place.console.write(DoAct.told(try await options.submit("people.find-duplicates", ["region": .typed(scan)], at: office))) }
            if let person { return try await alike(person, office, place.console) }
            guard scan == nil else { return }
            let listing = try office.house.listing("people", "duplicates"), actor = try await office.accounts.actor(named: options.user)
            let request = ListingRequest(filters: ["state": "open"])
            try await ListingPrint(listing: listing, request: request, limit: nil, office: office, actor: actor, console: place.console).table()
        }
    }

    private func alike(_ person: String, _ office: Office, _ console: Console) async throws {
        let asked = try await options.ask("possible-duplicates", ["person": .typed(person)], at: office)
        let rows = asked.answer.rows("files")
        guard !rows.isEmpty else { return console.line("没有相似的档案") }
        console.write(asked.table("files", rows))
    }
}

extension PersonOptions {
    fileprivate func submit(_ permission: String, _ values: RawFields, at office: Office) async throws -> Receipt {
        let submission = Submission(permission, id: .make(at: office.counter.clock.now()), values: values)
        return try await office.counter.submit(submission, as: try await office.accounts.actor(named: user))
    }

    fileprivate func ask(_ name: String, _ values: RawFields, at office: Office) async throws -> Answered {
        let inquiry = try office.house.inquiry("people", name)
        return Answered(answer: try await office.counter.ask(inquiry, values, as: try await office.accounts.actor(named: user)), outline: inquiry.answerOutline)
    }
}

/// An answer and what it is made of.
private struct Answered {
    let answer: RawFields
    let outline: Outline

    /// Every single value with its label.
    var facts: [(label: String, text: String)] {
        outline.fields.compactMap { field in
            guard case .value(let kind, _) = field.content, let text = answer.text(field.name) else { return nil }
            return (field.label, Self.shown(text, kind, field.nature))
        }
    }

    func table(_ name: String, _ rows: [RawRow]) -> String {
        guard let field = outline[name], case .rows(let inner) = field.content else { return "" }
        let cells = rows.map { row in inner.fields.map { Self.shown(row.fields.text($0.name) ?? "", $0.kind, $0.nature) } }
        return TextTable(inner.fields.map { TextTable.Column($0.label, isNumber: $0.isNumber) }, cells).text
    }

    private static func shown(_ text: String, _ kind: FieldKind?, _ nature: FieldOutline.Nature) -> String {
        switch (kind, nature) {
        case (.choice(let choices)?, _): choices.first { $0.code == text }?.label ?? text
        case (.yesNo?, _): text == "1" ? "是" : "否"
        case (.date?, _): (try? CivilDate(typed: text))?.shown ?? text
        case (_, .instant): (try? Instant(typed: text))?.shown ?? text
        default: text
        }
    }
}

extension FieldOutline {
    fileprivate var kind: FieldKind? { if case .value(let kind, _) = content { kind } else { nil } }
}

/// One person's file on its way to the output; that it was opened is recorded first.
private struct PersonFilePrint {
    let options: PersonOptions
    let place: Workplace

    func print(_ person: String, knownOn day: String?) async throws {
        let asked = try await options.place.withOffice(at: place) { office in
            let actor = try await office.accounts.actor(named: options.user)
            var values: RawFields = ["person": .typed(person)]
            if let day { values["known_on"] = .typed(day) }
            let asked = try await options.ask("person-file", values, at: office)
            try await office.counter.access.write(AccessNote(.open, "people.person-file", subject: asked.answer.text("id"), detail: day.map { "\($0) 所知" }),
                                                  by: actor, at: office.counter.clock.now())
            return asked
        }
        for fact in asked.facts { place.console.line("\(fact.label)：\(fact.text)") }
        for (name, title) in [("former_files", "并入的档案"), ("memberships", "家庭关系"), ("matters", "经历")] {
            let rows = asked.answer.rows(name)
            guard !rows.isEmpty else { continue }
            place.console.line("\n\(title)")
            place.console.write(asked.table(name, rows))
        }
    }
}
