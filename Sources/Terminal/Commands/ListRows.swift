import ArgumentParser
import Documents
import Kernel
import Values

/// `minzheng list`: a register as a table, or whole as CSV or JSON, within the person's own region.
struct ListRows: Errand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出台账")

    @Argument(help: "业务.台账，如 people.persons") var listing: String
    @Option(name: .customLong("as"), help: "查看人的用户名") var user: String
    @Option(name: .customLong("where"), parsing: .singleValue, help: "筛选：名称=内容，可多次") var filters: [String] = []
    @Option(name: .long, help: "按哪一列排序，前加 - 为倒序") var sort: String?
    @Option(name: .long, help: "最多几行；表格默认 50，导出默认全部") var limit: Int?
    @Flag(name: .long, help: "输出 CSV") var csv = false
    @Flag(name: .long, help: "输出 JSON") var json = false
    @OptionGroup var options: PlaceOptions

    func validate() throws {
        guard !(csv && json) else { throw ValidationError("--csv 和 --json 只能选一个") }
        guard (limit ?? 1) >= 1 else { throw ValidationError("--limit 应为正整数") }
    }

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            let address = try Address(listing)
            let listing = try office.house.listing(address.line, address.name)
            let actor = try await office.accounts.actor(named: user)
            let print = ListingPrint(listing: listing, request: try request, limit: limit, office: office, actor: actor, console: place.console)
            if csv { try await print.csv() } else if json { try await print.json() } else { try await print.table() }
        }
    }

    private var request: ListingRequest {
        get throws {
            let pairs = try filters.map { text in try Assignment(text) }
            return ListingRequest(filters: Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last }), sort: sort)
        }
    }
}

/// One listing on its way to the output.
struct ListingPrint {
    let listing: Listing
    let request: ListingRequest
    let limit: Int?
    let office: Office
    let actor: Actor
    let console: Console

    func table() async throws {
        let limit = limit ?? 50
        var rows: [ListingRow] = []
        try await each { rows += $0 } upTo: { limit + 1 }
        try await note(.list, min(rows.count, limit))
        guard !rows.isEmpty else { return console.line("没有符合条件的记录。\(listing.emptyText)") }
        let columns = listing.columns.fields.map { TextTable.Column($0.label, isNumber: $0.isNumber) }
        console.write(TextTable(columns, rows.prefix(limit).map(\.cells)).text)
        console.line(rows.count > limit ? "（只列出前 \(limit) 行，可用 --limit 多列，或用 --csv 全部导出）" : "共 \(rows.count) 行")
    }

    /// The people's face, masked, with a last line that says how many rows there are.
    func csv() async throws {
        var encoder = CSVEncoder(), count = 0
        console.write(String(decoding: encoder.row(listing.columns.fields.map(\.label)), as: UTF8.self))
        try await each { rows in
            for row in rows { console.write(String(decoding: encoder.row(row.cells), as: UTF8.self)) }
            count += rows.count
        } upTo: { limit }
        try await note(.export, count)
        console.write(String(decoding: encoder.row([listing.lastLine(count, request, at: office.counter.clock.now(), by: actor)]), as: UTF8.self))
    }

    /// The machine's face: one array, an object a line.
    func json() async throws {
        var isFirst = true, count = 0
        console.write("[")
        try await each { rows in
            count += rows.count
            for row in rows {
                console.write((isFirst ? "\n" : ",\n") + listing.json(row).text)
                isFirst = false
            }
        } upTo: { limit }
        try await note(.export, count)
        console.write(isFirst ? "]\n" : "\n]\n")
    }

    /// `people.persons`, as the matrix has it.
    private var name: String {
        let line = office.house.lines.first { $0.listing(listing.name)?.title == listing.title }
        return line.map { "\($0.name).\(listing.name)" } ?? listing.name
    }

    /// 查阅留痕。A table is looked at, everything else leaves the house.
    private func note(_ kind: AccessKind, _ rows: Int) async throws {
        let labels = listing.labels(of: request.filters), detail = listing.title + (labels.isEmpty ? "" : "，筛选：\(labels.joined(separator: "、"))")
        try await office.counter.note(AccessNote(kind, name, detail: detail, rows: rows), by: actor)
    }

    /// Slices until the limit, if there is one.
    private func each(_ body: ([ListingRow]) -> Void, upTo limit: () -> Int?) async throws {
        try await office.counter.eachSlice(of: listing, request, upTo: limit() ?? .max, as: actor) { body($0) }
    }
}

extension FieldOutline {
    var isNumber: Bool {
        switch content {
        case .value(.money, _), .value(.integer, _), .value(.ratio, _): true
        default: false
        }
    }
}
