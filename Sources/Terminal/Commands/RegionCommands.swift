import ArgumentParser
import Commons
import Kernel
import Values

/// `minzheng region`: the tree of regions, through the same acts as the pages.
struct RegionCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "region", abstract: "行政区划：设立、更名、撤并、拆分、列出",
        subcommands: [AddRegionCommand.self, RenameRegionCommand.self, MergeRegionsCommand.self, SplitRegionCommand.self, ListRegions.self])
}

/// What every change of the tree is asked.
struct ChangeOptions: ParsableArguments {
    @Option(name: .long, help: "批准文件：名称和文号") var document: String
    @Option(name: .customLong("on"), help: "变更日期，新区划的第一天，可以是今后的日子；不写则为今天") var day: String?
    @Option(name: .customLong("as"), help: "经办人（政策员、地名专管）的用户名") var user: String?

    /// The fields that every change has.
    func values(at office: Office) -> RawFields {
        ["on_date": .typed(day ?? office.counter.clock.now().date.typed), "document": .typed(document)]
    }

    func actor(at office: Office) async throws -> Actor {
        guard let user else { throw Refusal.invalid("请用 --as 写明经办人：政策员或地名专管的用户名") }
        return try await office.accounts.actor(named: user)
    }
}

extension Office {
    fileprivate func change(_ act: String, _ values: RawFields, as actor: Actor) async throws -> Receipt {
        try await counter.submit(Submission("people.\(act)", id: .make(at: counter.clock.now()), values: values), as: actor)
    }
}

/// The county of an empty house is entered by whoever holds the machine; townships and communities by those who answer for them.
struct AddRegionCommand: Errand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "设立区划；新系统先登记本区县（六位代码，不用写经办人）")

    @Argument(help: "区划代码") var code: String
    @Argument(help: "区划名称") var name: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let receipt = try await options.withOffice(at: place, .create) { office in
            var values = change.values(at: office)
            (values["code"], values["name"]) = (.typed(code), .typed(name))
            let isFounding = try change.user == nil && RegionCode(typed: code).level <= .county
            return try await office.change(isFounding ? "found-region" : "add-region", values, as: isFounding ? .house : try await change.actor(at: office))
        }
        place.console.write(DoAct.told(receipt))
    }
}

struct RenameRegionCommand: Errand {
    static let configuration = CommandConfiguration(commandName: "rename", abstract: "区划更名，代码不变")

    @Argument(help: "区划代码") var code: String
    @Argument(help: "新名称") var name: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let receipt = try await options.withOffice(at: place) { office in
            var values = change.values(at: office)
            (values["code"], values["name"]) = (.typed(code), .typed(name))
            return try await office.change("rename-region", values, as: try await change.actor(at: office))
        }
        place.console.write(DoAct.told(receipt))
    }
}

struct MergeRegionsCommand: Errand {
    static let configuration = CommandConfiguration(commandName: "merge", abstract: "撤并区划，或变更代码")

    @Argument(help: "撤销的代码=接续的代码，可多个，如 000181001001=000181001003") var pairs: [String]
    @Option(name: .long, help: "接续的是新设区划时，它的名称") var name: String?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let receipt = try await options.withOffice(at: place) { office in
            var values = change.values(at: office)
            values["parts"] = .rows(try pairs.enumerated().map { number, pair in
                let pair = try Assignment(pair)
                var part: RawFields = ["code": .typed(pair.name), "successor": .typed(pair.value)]
                if number == 0, let name { part["name"] = .typed(name) }
                return RawRow(key: "\(number + 1)", fields: part)
            })
            return try await office.change("merge-regions", values, as: try await change.actor(at: office))
        }
        place.console.write(DoAct.told(receipt))
    }
}

struct SplitRegionCommand: Errand {
    static let configuration = CommandConfiguration(commandName: "split", abstract: "拆分区划")

    @Argument(help: "原代码") var code: String
    @Argument(help: "新代码=名称，可多个，如 000181001011=东社区") var parts: [String]
    @Flag(name: .customLong("end"), help: "原代码撤销，人员和家庭先归第一个新代码") var isEnded = false
    @OptionGroup var change: ChangeOptions
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let receipt = try await options.withOffice(at: place) { office in
            var values = change.values(at: office)
            values["code"] = .typed(code)
            values["is_ended"] = .typed(isEnded ? "1" : "0")
            values["parts"] = .rows(try parts.enumerated().map { number, part in
                let part = try Assignment(part)
                return RawRow(key: "\(number + 1)", fields: ["code": .typed(part.name), "name": .typed(part.value)])
            })
            return try await office.change("split-region", values, as: try await change.actor(at: office))
        }
        place.console.write(DoAct.told(receipt))
    }
}

struct ListRegions: Errand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出现行区划")

    @Argument(help: "哪个区域之内；不写则为全部") var code: String?
    @Flag(name: .long, help: "连同已撤销和更名的") var all = false
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            let listing = try office.house.listing("people", "region-register")
            var filters = code.map { ["code": $0] } ?? [:]
            if !all { filters["state"] = "standing" }
            try await ListingPrint(listing: listing, request: ListingRequest(filters: filters), limit: 100_000, office: office, actor: .house, console: place.console).table()
        }
    }
}
