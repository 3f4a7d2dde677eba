import ArgumentParser
import Kernel
import Values

/// `minzheng policy`.
struct PolicyCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "规则：查看、导出、导入", subcommands: [ShowPolicies.self, ExportPolicies.self, ImportPolicies.self])
}

/// What holds on a day in a place, and by which document.
struct ShowPolicies: Errand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "查看某日某地适用的规则")

    @Argument(help: "规则参数；不写则全部列出") var policy: String?
    @Option(name: .long, help: "日期，默认今天") var on: String?
    @Option(name: .long, help: "区划代码，默认本单位所在区域") var region: String?
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            let day = try on.map { try CivilDate(typed: $0) } ?? office.counter.clock.now().date
            let regions = try await regions(of: office)
            for region in regions {
                let lines = try await office.policyLines(try policies(of: office.house), on: day, in: region)
                place.console.line("\(day.shown)，区域 \(region.shown)")
                place.console.write(Self.table(lines).text)
            }
        }
    }

    private func regions(of office: Office) async throws -> [RegionCode] {
        if let region { return [try RegionCode(typed: region)] }
        return try await office.homeRegions()
    }

    private func policies(of house: House) throws(Refusal) -> [AnyPolicy] {
        guard let policy else { return house.policies }
        guard let found = house.policy(policy) else { throw .absent("没有「\(policy)」这项规则参数，可用的有：\(house.policies.map(\.name).joined(separator: "、"))") }
        return [found]
    }

    static func table(_ lines: [PolicyLine]) -> TextTable {
        let columns = ["规则参数", "名称", "类别", "数值", "单位", "自", "依据"].map { TextTable.Column($0, isNumber: $0 == "数值") }
        return TextTable(columns, lines.map { [$0.policy, $0.title, $0.variant, $0.value ?? "未发布", $0.unit, $0.from, $0.cite] })
    }
}

/// All rulings as a file that can be imported elsewhere.
struct ExportPolicies: Errand {
    static let configuration = CommandConfiguration(commandName: "export", abstract: "导出全部规则（YAML）")

    @Argument(help: "写入的文件；不写则输出到屏幕") var file: String?
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let text = try await options.withOffice(at: place) { office in
            PolicyFile(office.house.policies, rulings: try await office.rulings()).text
        }
        guard let file else { return place.console.write(text) }
        try place.console.save(text, to: file)
        place.console.line("已写入 \(file)")
    }
}

/// Checks a file; with names, drafts and publishes what is new in it.
struct ImportPolicies: Errand {
    static let configuration = CommandConfiguration(commandName: "import", abstract: "导入规则（YAML）：不写经办人时只检查")

    @Argument(help: "规则文件，- 为标准输入") var file: String
    @Option(name: .long, help: "起草人的用户名") var draftAs: String?
    @Option(name: .long, help: "发布人的用户名，须与起草人不同；不写则只起草") var publishAs: String?
    @OptionGroup var options: PlaceOptions

    func validate() throws {
        guard publishAs == nil || draftAs != nil else { throw ValidationError("写了 --publish-as，也要写 --draft-as") }
    }

    func run(at place: Workplace) async throws {
        let bytes = try place.console.contents(of: file)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Refusal.invalid("文件不是 UTF-8 编码，请另存后再导入") }
        try await options.withOffice(at: place) { office in
            let read = try PolicyFile(parsing: text, for: office.house)
            place.console.line(try await outcome(of: read, at: office))
        }
    }

    private func outcome(of read: PolicyFile, at office: Office) async throws -> String {
        guard let draftAs else {
            var known = 0
            for filed in read.rulings where try await office.ruling(like: filed.ruling) != nil { known += 1 }
            return "文件无误，共 \(read.rulings.count) 条，其中 \(known) 条已有。加 --draft-as 用户名 即起草其余 \(read.rulings.count - known) 条"
        }
        let drafter = try await office.accounts.actor(named: draftAs)
        var publisher: Actor?
        if let publishAs { publisher = try await office.accounts.actor(named: publishAs) }
        let tally = try await PolicyImport(office: office, drafter: drafter, publisher: publisher).run(read)
        return "已起草 \(tally.drafted) 条，已发布 \(tally.published) 条，\(tally.known) 条原已有"
    }
}
