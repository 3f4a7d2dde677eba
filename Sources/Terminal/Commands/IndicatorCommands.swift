import ArgumentParser
import Commons
import Kernel
import Values

/// `minzheng indicators`: the catalogue, one figure with its months, and counting by hand.
struct IndicatorCommands: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "indicators", abstract: "指标：目录、查数、结转",
                                                    subcommands: [IndicatorList.self, IndicatorShow.self, IndicatorFold.self])
}

struct IndicatorList: Errand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出指标目录")

    @Option(name: .long, help: "只列这个业务领域，如 社会救助") var area: String?
    @Option(name: .long, help: "只列与这段话相近的，如 低保新增") var like: String?
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            let book = try await office.counter.read(as: .house) { try $0.indicatorBook() }
            let found = (like.map { book.suggestions(for: $0).map(\.indicator) } ?? book.all).filter { area == nil || $0.area == area }
            guard !found.isEmpty else { return place.console.line("没有符合条件的指标。业务领域有：\(book.areas.joined(separator: "、"))") }
            let columns = ["代码", "名称", "领域", "单位", "性质", "来源"].map { TextTable.Column($0) }
            place.console.write(TextTable(columns, found.map { [$0.code, $0.name, $0.area, $0.unit.name, $0.nature.label, $0.sourceLabel] }).text)
            place.console.line("共 \(found.count) 项，其中系统计算 \(found.filter { !$0.isManual }.count) 项，手工填报 \(found.filter(\.isManual).count) 项")
        }
    }
}

struct IndicatorShow: Errand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "查一个指标：期间的数和各月的数")

    @Argument(help: "指标代码，如 assistance.households") var code: String
    @Option(name: .customLong("as"), help: "查看人的用户名") var user: String
    @Option(name: .long, help: "区划代码，默认为查看人的辖区") var region: String?
    @Option(name: .long, help: "自哪个月，默认为止月所在年的一月") var from: String?
    @Option(name: .long, help: "至哪个月，默认上月") var through: String?
    @Option(name: .long, help: "分类代码，如 urban") var category: String?
    @Flag(name: .long, help: "列出数后面的行") var rows = false
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            let actor = try await office.accounts.actor(named: user), region = try self.region.map { try RegionCode(typed: $0) } ?? actor.region
            let last = try through.map { try Month(typed: $0) } ?? office.counter.clock.now().date.monthOf.previous
            let period = IndicatorPeriod(try from.map { try Month(typed: $0) } ?? last.adding(1 - last.month), through: last)
            let code = code, category = category
            let (indicator, value, months, behind) = try await office.counter.read(as: actor) { reader in
                let indicator = try reader.indicatorBook().indicator(code)
                return (indicator, try reader.value(of: indicator, over: period, in: region, category: category),
                        try reader.series(of: indicator, months: period, in: region, category: category),
                        try reader.rowsBehind(indicator, over: period, in: region, category: category))
            }
            place.console.line("\(indicator.name)（\(indicator.code)），\(region.code)，\(period.shown)：\(value.shown)")
            place.console.line("口径：\(indicator.definition)来源：\(indicator.basis)，\(indicator.sourceLabel)。计至 \(value.moment.shown)")
            if !value.missing.isEmpty { place.console.line("缺 \(value.missing.count) 个月：\(value.missing.map(\.typed).joined(separator: "、"))") }
            place.console.write(TextTable([TextTable.Column("月份"), TextTable.Column(indicator.unit.name, isNumber: true)],
                                          months.map { [$0.period.from.typed, $0.amount.map(indicator.unit.number) ?? "—"] }).text)
            if rows { try await list(behind, of: indicator, office, actor, place.console) }
        }
    }

    /// 查阅留痕: rows of people are looked at.
    private func list(_ found: IndicatorRows, of indicator: Indicator, _ office: Office, _ actor: Actor, _ console: Console) async throws {
        guard let listing = found.listing else { return console.line(found.note ?? "") }
        try await office.counter.note(AccessNote(.list, "\(found.line).\(listing.name)", detail: "指标：\(indicator.name)", rows: found.rows.count), by: actor)
        console.write(TextTable(listing.columns.fields.map { TextTable.Column($0.label, isNumber: $0.isNumber) }, found.rows.map(\.cells)).text)
        console.line(found.next == nil ? "共 \(found.rows.count) 行" : "（只列出前 \(found.rows.count) 行，全部见指标页面）")
    }
}

struct IndicatorFold: Errand {
    static let configuration = CommandConfiguration(commandName: "fold", abstract: "结转指标的合计；服务运行时每几秒自动结转一次")

    @Flag(name: .long, help: "从头全部重数") var all = false
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let all = all
        try await options.withOffice(at: place) { office in
            let folding = IndicatorFolding(office.counter)
            if all {
                try await folding.recount()
                place.console.line("已全部重数")
            } else {
                let folded = try await folding.foldWaiting()
                place.console.line(folded == 0 ? "没有需要结转的" : "已结转 \(folded) 本登记的指标")
            }
        }
    }
}

/// Counts every indicator again from its register; ends with 1 and names each total that differs.
struct VerifyIndicators: Errand {
    static let configuration = CommandConfiguration(commandName: "indicators", abstract: "从各本登记重数全部指标，与合计逐项核对")

    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let verdict = try await options.withOffice(at: place, .untouched) { try await IndicatorCheck.verify($0.counter) }
        place.console.line("登记 \(verdict.registers) 本，合计 \(verdict.totals) 项" + (verdict.waiting > 0 ? "，其中等待结转 \(verdict.waiting) 项" : ""))
        if !verdict.uncounted.isEmpty { place.console.line("还没有数过：\(verdict.uncounted.joined(separator: "、"))。请先执行 minzheng indicators fold") }
        guard verdict.isSound else {
            verdict.faults.forEach(place.console.complain)
            throw ExitCode(1)
        }
        place.console.line("指标完好：各项合计与逐行重数一致，上级与下级之和一致")
    }
}
