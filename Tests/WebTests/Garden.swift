import Commons
import Kernel
import Pages
import Storage
import Values

/// A register of allotments, invented for these tests: rows inside rows, an attachment, and a last field that is easily wrong.
let garden = Line("garden", "园地", actions: [RegisterPlot.self, RenamePlot.self, BreakPlot.self, FilePaper.self], inquiries: [EstimateYield.self],
                  listings: [plots], pages: [plotPage, plotPaperPage], forms: [plotForm], migrations: gardenMigrations)

struct Plot: Versioned, Placed {
    let id: ID<Plot>, name: String, region: RegionCode, beds: [Bed], rent: Amount, version: Int

    static let table = "plot"
    static let title = "园地"
    static let shape = Shape<Plot> {
        Field(.id, \.id)
        Field(.plotName, \.name)
        Field(.region, \.region)
        Each(.beds, \.beds, table: "plot_bed")
        Field(.rent, \.rent)
        Field(.version, \.version)
    }

    init(from reading: Reading<Plot>) throws(Refusal) {
        id = try reading(.id)
        name = try reading(.plotName)
        region = try reading(.region)
        beds = try reading(.beds)
        rent = try reading(.rent)
        version = try reading(.version)
    }

    init(id: ID<Plot>, name: String, region: RegionCode, beds: [Bed], rent: Amount, version: Int = 1) {
        self.id = id
        self.name = name
        self.region = region
        self.beds = beds
        self.rent = rent
        self.version = version
    }
}

struct Bed: Entry {
    let key: String, crop: String, harvests: [Harvest]

    static let shape = Shape<Bed> {
        Field(.crop, \.crop)
        Each(.harvests, \.harvests, table: "plot_harvest")
    }

    init(from reading: Reading<Bed>) throws(Refusal) {
        key = reading.key
        crop = try reading(.crop)
        harvests = try reading(.harvests)
    }
}

struct Harvest: Entry {
    let key: String, worth: Amount

    static let shape = Shape<Harvest> { Field(.worth, \.worth) }

    init(from reading: Reading<Harvest>) throws(Refusal) {
        key = reading.key
        worth = try reading(.worth)
    }
}

struct RegisterPlot: Action {
    let id: ID<Plot>, name: String, region: RegionCode, beds: [Bed], rent: Amount

    static let title = "登记园地"
    static let guidance = "一块一登。"
    static let roles: Set<Role> = [.townshipClerk]
    static let subject = Subject<RegisterPlot>.new(in: \.region)
    static let shape = Shape<RegisterPlot> {
        Field(.newPlot, \.id)
        Field(.plotName, \.name)
        Field(.region, \.region)
        Each(.beds, \.beds)
        Field(.rent, \.rent)
    }

    init(from reading: Reading<RegisterPlot>) throws(Refusal) {
        id = try reading(.newPlot)
        name = try reading(.plotName)
        region = try reading(.region)
        beds = try reading(.beds)
        rent = try reading(.rent)
    }

    func perform(at desk: Desk) throws -> Outcome {
        try desk.insert(Plot(id: id, name: name, region: region, beds: beds, rent: rent))
        return Outcome(id, "已登记，编号 YD-1。下一步：月底前翻土。", link: "/garden/plots/\(id.text)")
    }
}

struct RenamePlot: Action {
    let plot: ID<Plot>, name: String

    static let title = "改名"
    static let roles: Set<Role> = [.townshipClerk]
    static let subject = Subject<RenamePlot>.record(.plot, \.plot)
    static let shape = Shape<RenamePlot> {
        Field(.plot, \.plot)
        Field(.plotName, \.name)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let subject, let id = ID<Plot>(rawValue: subject) else { return RawFields() }
        return ["name": .stored(.text(try reader.find(id).name))]
    }

    init(from reading: Reading<RenamePlot>) throws(Refusal) {
        plot = try reading(.plot)
        name = try reading(.plotName)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let old = try desk.find(plot)
        try desk.update(Plot(id: old.id, name: name, region: old.region, beds: old.beds, rent: old.rent, version: old.version + 1))
        return Outcome(plot, "已改名", link: "/garden/plots/\(plot.text)")
    }
}

/// Our own fault, every time.
struct BreakPlot: Action {
    let name: String

    static let title = "弄坏"
    static let roles: Set<Role> = [.townshipClerk]
    static let subject = Subject<BreakPlot>.house
    static let shape = Shape<BreakPlot> { Field(.plotName, \.name) }

    init(from reading: Reading<BreakPlot>) throws(Refusal) { name = try reading(.plotName) }
    func perform(at desk: Desk) throws -> Outcome { throw StorageError.other("no such spade") }
}

struct FilePaper: Action {
    let name: String, paper: AttachmentReference

    static let title = "交材料"
    static let roles: Set<Role> = [.townshipClerk]
    static let subject = Subject<FilePaper>.house
    static let shape = Shape<FilePaper> {
        Field(.paper, \.paper)
        Field(.plotName, \.name)
    }

    init(from reading: Reading<FilePaper>) throws(Refusal) {
        paper = try reading(.paper)
        name = try reading(.plotName)
    }

    func perform(at desk: Desk) throws -> Outcome { Outcome(subject: paper.id.text, "已收下", link: nil) }
}

struct EstimateYield: Inquiry {
    let beds: [Bed], rent: Amount

    static let title = "估产"
    static let shape = Shape<EstimateYield> {
        Each(.beds, \.beds)
        Field(.rent, \.rent)
    }

    struct Answer: Shaped {
        let left: Money

        static let shape = Shape<Answer> { Field(.left, \.left) }
        init(left: Money) { self.left = left }
        init(from reading: Reading<Answer>) throws(Refusal) { left = try reading(.left) }
    }

    init(from reading: Reading<EstimateYield>) throws(Refusal) {
        beds = try reading(.beds)
        rent = try reading(.rent)
    }

    func answer(at reader: Reader) throws -> Answer {
        Answer(left: beds.flatMap(\.harvests).map(\.worth.money).reduce(.zero, +) - rent.money)
    }
}

let plots = Listing("plots", "园地台账", of: PlotRow.self, sorted: [.ascending(.plotName), .ascending(Term<ID<Plot>>.id)],
                    filters: [.equals(.plotName), .within(.region), .atLeast(.rent, "租金", relation: "不低于")],
                    totals: [.count("块")], emptyText: "登记过的园地会出现在这里", link: { "/garden/plots/\($0.text("id") ?? "")" },
                    subject: .plot, papers: { row, _ in row.text("name") == "无证的地" ? [] : [plotPaper(row.text("name") ?? "")] }) { query in
    "SELECT id, name, region, rent_fen FROM plot WHERE \(query.within("region"))"
}

struct PlotRow: Shaped {
    let id: ID<Plot>, name: String, region: RegionCode, rent: Amount

    static let shape = Shape<PlotRow> {
        Field(.plotName, \.name)
        Field(.region, \.region)
        Field(.rent, \.rent)
        Field(.id, \.id)
    }

    init(from reading: Reading<PlotRow>) throws(Refusal) {
        id = try reading(.id)
        name = try reading(.plotName)
        region = try reading(.region)
        rent = try reading(.rent)
    }
}

let plotPage = Page("plots/{id}", "园地") { visit in
    let plot = try visit.reader.find(try visit.id() as ID<Plot>)
    return Page.Body("园地 \(plot.name)") { "<p>\(plot.beds.count) 畦</p>" }
}

let plotPaperPage = Page("plots/{id}/paper", "园地证") { visit in
    Page.Body("园地证", breadcrumbs: [("园地", "/garden")], sheets: [plotPaper(try visit.reader.find(try visit.id() as ID<Plot>).name)])
}

func plotPaper(_ name: String) -> Sheet {
    Sheet(unit: "示范园地会", title: "园地证", number: name, addressee: "种地的人", blocks: [.paragraph("准予种植\(name)。")], date: "2024年7月5日", traceCode: "YD-1")
}

let plotForm = FormPage(RegisterPlot.self) { visit in
    FormLayout(sections: [.init("位置", fields: ["name", "region"]), .init("种植", fields: ["beds", "rent_fen"])],
               aside: "<p>现有 \(visit.values.rows("beds").count) 畦</p>")
}

extension Term where Value == ID<Plot> {
    static var plot: Term<ID<Plot>> { Term("plot", "园地", .carried) }
    static var newPlot: Term<ID<Plot>> { Term("plot", "园地编号", .made) }
}
extension Term where Value == String {
    static var plotName: Term<String> { Term("name", "名称") }
    static var crop: Term<String> { Term("crop", "作物") }
}
extension Term where Value == Amount {
    static var rent: Term<Amount> { Term("rent_fen", "租金") }
    static var worth: Term<Amount> { Term("worth_fen", "收成") }
}
extension Term where Value == Money { static var left: Term<Money> { Term("left_fen", "结余") } }
extension Term where Value == [Bed] { static var beds: Term<[Bed]> { Term("beds", "菜畦") } }
extension Term where Value == [Harvest] { static var harvests: Term<[Harvest]> { Term("harvests", "收获") } }
extension Term where Value == AttachmentReference { static var paper: Term<AttachmentReference> { Term("paper", "材料") } }

let gardenMigrations = [
    Migration(owner: "garden", number: 1, why: "测试用的园地登记", steps: [
        .ddl("CREATE TABLE plot (id TEXT PRIMARY KEY, name TEXT NOT NULL, region TEXT NOT NULL, rent_fen BIGINT NOT NULL, version BIGINT NOT NULL)"),
        .ddl("CREATE TABLE plot_bed (parent_id TEXT NOT NULL, key TEXT NOT NULL, position BIGINT NOT NULL, crop TEXT NOT NULL, PRIMARY KEY (parent_id, key))"),
        .ddl("""
            CREATE TABLE plot_harvest (parent_id TEXT NOT NULL, key TEXT NOT NULL, position BIGINT NOT NULL, worth_fen BIGINT NOT NULL,
                                       PRIMARY KEY (parent_id, key))
            """),
    ]),
]
