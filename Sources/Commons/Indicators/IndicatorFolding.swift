import Kernel
import Storage
import Values

/// 结转指标。Counts again what acts have touched, just behind the commits; no act waits for it, and none writes a total.
///
/// It counts in one snapshot and enters the differences afterwards, if nobody else has folded meanwhile. An act that comes between lies in
/// a later block of the journal, and its place is counted again then.
public struct IndicatorFolding: Sendable {
    let database: any Database
    let house: House
    let clock: any WallClock

    public init(_ counter: Counter) { (database, house, clock) = (counter.database, counter.house, counter.clock) }

    /// Seconds between two counts of more than a few townships, such as while a long import runs.
    static let wideEvery = 60.0

    /// - Returns: how many registers were counted again.
    @discardableResult
    public func foldWaiting() async throws -> Int {
        var folded = 0
        for register in house.countedRegisters where try await fold(register, isForced: false) { folded += 1 }
        try await publishCatalogue()
        return folded
    }

    /// Counts everything from the beginning, whatever was kept.
    public func recount() async throws {
        for register in house.countedRegisters { _ = try await fold(register, isForced: true) }
        try await publishCatalogue()
    }

    private func fold(_ register: CountedRegister, isForced: Bool) async throws -> Bool {
        let now = clock.now()
        let plan = try await database.survey { connection in try FoldPlan(register, isForced: isForced, at: now, connection) }
        guard let plan else { return false }
        return try await database.bulk { try plan.apply($0) }
    }

    /// The catalogue as a table, so that it can be listed, searched and exported like every other.
    private func publishCatalogue() async throws {
        let rows = house.offers(Indicator.self).map(\.catalogued)
        let known = try await database.read { connection in
            try connection.all("SELECT \(Indicator.catalogueColumns.map { Statement.column($0) }.joined(", ")) FROM indicator_catalogue ORDER BY position") { row in
                (0 ..< Indicator.catalogueColumns.count).map { row[$0] }
            }
        }
        let wanted = rows.enumerated().map { [.integer(Int64($0.offset))] + $0.element }
        guard known != wanted else { return }
        try await database.bulk { connection in
            try connection.run("DELETE FROM indicator_catalogue")
            try connection.insert(into: "indicator_catalogue", Indicator.catalogueColumns, rows: wanted)
        }
    }
}

/// 一次结转。What was found in one snapshot, ready to be entered.
struct FoldPlan: Sendable {
    let register: String
    let definition: String
    /// The block up to which was counted before; nil for the first time.
    let before: Int?
    let block: Int
    let through: Month
    let countedAt: Instant
    /// Totals that take the place of all there are; nil where only differences are entered.
    let whole: [String: TotalSheet]?
    let differences: [String: TotalSheet]

    /// - Returns: nil where nothing was touched, or a wide count was just done.
    init?(_ counted: CountedRegister, isForced: Bool, at now: Instant, _ connection: any Connection) throws {
        let fold = try connection.first("SELECT definition, block, through_month, counted_at FROM indicator_fold WHERE register = \(counted.name)") {
            (definition: try $0.read(0) as String, block: try $0.read(1) as Int, through: try $0.read(2) as Month, at: try $0.read(3) as Instant)
        }
        let definition = try counted.definition(), through = now.date.monthOf
        let block = try connection.value("SELECT max(number) FROM journal_block") ?? 0
        var touched = Touched.everything
        if let fold, !isForced, fold.definition == definition, fold.through == through {
            guard block > fold.block else { return nil }
            touched = try counted.touched(since: fold.block, isSealed: true, connection)
            if touched.isWide, now < fold.at.adding(seconds: IndicatorFolding.wideEvery) { return nil }
        }
        register = counted.name
        self.definition = definition
        before = fold?.block
        self.block = block
        self.through = through
        countedAt = now
        var whole: [String: TotalSheet] = [:], differences: [String: TotalSheet] = [:]
        for item in counted.counted where touched != .nothing {
            let found = try TotalSheet(item.tally, in: touched, through: through, connection)
            if touched == .everything { whole[item.code] = found.rolledUp() }
            else { differences[item.code] = found.less(try TotalSheet(kept: item.code, in: touched, connection)).rolledUp() }
        }
        self.whole = touched == .everything ? whole : nil
        self.differences = differences
    }

    /// - Returns: false when somebody else folded meanwhile; then nothing is entered.
    func apply(_ connection: any Connection) throws -> Bool {
        let now: Int? = try connection.value("SELECT block FROM indicator_fold WHERE register = \(register)")
        guard now == before else { return false }
        try connection.run("""
            INSERT INTO indicator_fold (register, definition, block, through_month, counted_at)
            VALUES (\(register), \(definition), \(block), \(through), \(countedAt))
            ON CONFLICT (register) DO UPDATE SET definition = excluded.definition, block = excluded.block, through_month = excluded.through_month, counted_at = excluded.counted_at
            """)
        for (code, sheet) in (whole ?? [:]).sorted(by: { $0.key < $1.key }) {
            try connection.run("DELETE FROM indicator_total WHERE indicator = \(code)")
            try connection.insert(into: "indicator_total", TotalSheet.columns, rows: sheet.rows(of: code))
        }
        for (code, sheet) in differences.sorted(by: { $0.key < $1.key }) where !sheet.isEmpty { try add(sheet, to: code, connection) }
        return true
    }

    private func add(_ sheet: TotalSheet, to code: String, _ connection: any Connection) throws {
        for (cell, sum) in sheet.cells {
            try connection.run("""
                INSERT INTO indicator_total (region, indicator, month, category, own, amount)
                VALUES (\(cell.region), \(code), \(cell.month), \(cell.category), \(Int(sum.own)), \(Int(sum.amount)))
                ON CONFLICT (region, indicator, month, category)
                DO UPDATE SET own = indicator_total.own + excluded.own, amount = indicator_total.amount + excluded.amount
                """)
            try connection.run("""
                DELETE FROM indicator_total WHERE region = \(cell.region) AND indicator = \(code) AND month = \(cell.month) AND category = \(cell.category)
                AND own = 0 AND amount = 0
                """)
        }
    }
}

/// 合计表。What changes by place, month and category: in the rows of the place itself, and with everything below it.
struct TotalSheet: Sendable, Hashable {
    struct Cell: Hashable, Sendable {
        let region: String
        let month: String
        let category: String
    }

    struct Sum: Hashable, Sendable {
        var own: Int64 = 0
        var amount: Int64 = 0
    }

    static let columns = ["region", "indicator", "month", "category", "own", "amount"]
    private(set) var cells: [Cell: Sum] = [:]

    var isEmpty: Bool { cells.isEmpty }

    private init(cells: [Cell: Sum]) { self.cells = cells }

    /// Counted from the register.
    init(_ tally: Tally, in touched: Touched, through: Month, _ connection: any Connection) throws {
        try connection.each(tally.changes(in: touched.condition(tally.register.region), through: through)) { row in
            cells[Cell(region: try row.read(0), month: try row.read(1), category: try Self.category(row[2]))] = Sum(own: Int64(try row.read(3) as Int))
        }
    }

    /// As it is kept.
    init(kept code: String, in touched: Touched, _ connection: any Connection) throws {
        try connection.each("""
            SELECT region, month, category, own, amount FROM indicator_total WHERE indicator = \(code) AND \(touched.condition("region"))
            """) { row in
            let cell = Cell(region: try row.read(0), month: try row.read(1), category: try Self.category(row[2]))
            cells[cell] = Sum(own: Int64(try row.read(3) as Int), amount: Int64(try row.read(4) as Int))
        }
    }

    /// An empty text is no value to a reader of values.
    private static func category(_ value: StoredValue) throws -> String {
        guard case .text(let text) = value else { throw StorageError.other("指标的分类应为文本") }
        return text
    }

    /// What must be added to another for this to come out, in the rows of the places themselves.
    func less(_ other: TotalSheet) -> TotalSheet {
        var difference: [Cell: Sum] = [:]
        for cell in Set(cells.keys).union(other.cells.keys) {
            let delta = (cells[cell]?.own ?? 0) - (other.cells[cell]?.own ?? 0)
            if delta != 0 { difference[cell] = Sum(own: delta) }
        }
        return TotalSheet(cells: difference)
    }

    /// With every place that contains one of them.
    func rolledUp() -> TotalSheet {
        var sums = cells.mapValues { Sum(own: $0.own, amount: 0) }, chains: [String: [String]] = [:]
        for (cell, sum) in cells where sum.own != 0 {
            let chain = chains[cell.region] ?? (try? RegionCode(cell.region))?.ancestors.map(\.code) ?? [cell.region]
            chains[cell.region] = chain
            for region in chain { sums[Cell(region: region, month: cell.month, category: cell.category), default: Sum()].amount += sum.own }
        }
        return TotalSheet(cells: sums.filter { $0.value != Sum() })
    }

    func rows(of code: String) -> [[StoredValue]] {
        cells.sorted { ($0.key.region, $0.key.month, $0.key.category) < ($1.key.region, $1.key.month, $1.key.category) }.map { cell, sum in
            [.text(cell.region), .text(code), .text(cell.month), .text(cell.category), .integer(sum.own), .integer(sum.amount)]
        }
    }
}

extension Indicator {
    static let catalogueColumns = ["position", "code", "name", "area", "unit", "nature", "manual", "definition", "basis", "words"]

    fileprivate var catalogued: [StoredValue] {
        [.text(code), .text(name), .text(area), .text(unit.name), .text(nature.rawValue), .integer(isManual ? 1 : 0), .text(definition), .text(basis),
         words.isEmpty ? .null : .text(words.joined(separator: "、"))]
    }
}
