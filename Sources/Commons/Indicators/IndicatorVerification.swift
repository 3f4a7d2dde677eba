import Kernel
import Storage
import Values

/// 指标的核对结果。
public struct IndicatorVerdict: Sendable, Hashable {
    public var registers = 0
    /// Totals that were held against a recount.
    public var totals = 0
    /// Totals in places where acts wait to be folded; these aren't judged.
    public var waiting = 0
    /// Amounts that people reported, standing or not.
    public var entries = 0
    /// Registers that were never counted.
    public var uncounted: [String] = []
    /// What doesn't agree, each naming indicator, place, month and category; at most a hundred.
    public var faults: [String] = []
    public var isSound: Bool { faults.isEmpty }

    mutating func note(_ fault: String) {
        if faults.count < 100 { faults.append(fault) }
    }
}

/// 核对指标。Counts everything again from the registers, and names each total that differs.
public enum IndicatorCheck {
    public static func verify(_ counter: Counter) async throws -> IndicatorVerdict {
        let house = counter.house
        return try await counter.database.survey { connection in
            var verdict = IndicatorVerdict()
            for register in house.countedRegisters { try check(register, house, connection, &verdict) }
            try strays(house, connection, &verdict)
            try reports(house, connection, &verdict)
            return verdict
        }
    }

    private static func check(_ counted: CountedRegister, _ house: House, _ connection: any Connection, _ verdict: inout IndicatorVerdict) throws {
        verdict.registers += 1
        let fold = try connection.first("SELECT block, through_month, definition FROM indicator_fold WHERE register = \(counted.name)") {
            (block: try $0.read(0) as Int, through: try $0.read(1) as Month, definition: try $0.read(2) as String)
        }
        guard let fold, fold.definition == (try counted.definition()) else { return verdict.uncounted.append(counted.name) }
        let waiting = try counted.touched(since: fold.block, isSealed: false, connection)
        for item in counted.counted {
            let found = try TotalSheet(item.tally, in: .everything, through: fold.through, connection).rolledUp().cells
            let kept = try TotalSheet(kept: item.code, in: .everything, connection)
            let added = kept.rolledUp().cells
            for cell in Set(found.keys).union(kept.cells.keys).sorted(by: { ($0.region, $0.month, $0.category) < ($1.region, $1.month, $1.category) }) {
                verdict.totals += 1
                let region = try RegionCode(cell.region), there = kept.cells[cell] ?? .init()
                let isWaiting = waiting.contains(region)
                if isWaiting { verdict.waiting += 1 }
                let own = isWaiting ? there.own : found[cell]?.own ?? 0, amount = added[cell]?.amount ?? 0
                guard there.own != own || there.amount != amount else { continue }
                let name = house.indicatorName(item.code)
                if there.own != own { verdict.note("\(name) \(place(cell))：本级合计为 \(there.own)，重数为 \(own)") }
                else { verdict.note("\(name) \(place(cell))：连同下级的合计为 \(there.amount)，应为 \(amount)") }
            }
        }
    }

    /// Reported amounts: none counted twice, and none gone without a correction or a retraction that says why.
    private static func reports(_ house: House, _ connection: any Connection, _ verdict: inout IndicatorVerdict) throws {
        verdict.entries = try connection.value("SELECT count(*) FROM indicator_entry") ?? 0
        let flows = Set(house.offers(Indicator.self).filter { $0.isManual && $0.nature == .flow }.map(\.code))
            .union(try connection.all("SELECT code FROM indicator_series WHERE nature = \(Indicator.Nature.flow)") { try $0.read(0) as String })
        try connection.each("""
            SELECT a.indicator, a.region, a.from_month, b.from_month FROM indicator_entry AS a
            JOIN indicator_entry AS b ON b.indicator = a.indicator AND b.region = a.region AND b.id > a.id AND b.from_month <= a.through_month AND b.through_month >= a.from_month
            WHERE a.retracted_at IS NULL AND b.retracted_at IS NULL ORDER BY a.indicator, a.region, a.from_month
            """) { row in
            guard flows.contains(try row.read(0)) else { return }
            verdict.note("\(house.indicatorName(try row.read(0))) \(try row.read(1) as String)：自 \(try row.read(2) as String) 与自 \(try row.read(3) as String) 的填报重叠，重复计入")
        }
        try connection.each("""
            SELECT e.indicator, e.region, e.from_month, r.id FROM indicator_entry AS e LEFT JOIN indicator_retraction AS r ON r.entry = e.id
            WHERE (r.id IS NOT NULL AND e.retracted_at IS NULL)
               OR (r.id IS NULL AND e.retracted_at IS NOT NULL AND NOT EXISTS (
                   SELECT 1 FROM indicator_entry AS n WHERE n.indicator = e.indicator AND n.region = e.region AND n.from_month = e.from_month
                   AND n.through_month = e.through_month AND n.known_at = e.retracted_at))
            ORDER BY e.indicator, e.region, e.from_month
            """) { row in
            let isMarked: String? = try row.read(3)
            verdict.note("\(house.indicatorName(try row.read(0))) \(try row.read(1) as String) 自 \(try row.read(2) as String)："
                + (isMarked == nil ? "填报不再计入，却没有更正，也没有撤回的原因" : "填报已撤回，却还在计入"))
        }
    }

    private static func place(_ cell: TotalSheet.Cell) -> String { "\(cell.region) \(cell.month)" + (cell.category.isEmpty ? "" : " \(cell.category)") }

    /// Totals of indicators that nobody offers.
    private static func strays(_ house: House, _ connection: any Connection, _ verdict: inout IndicatorVerdict) throws {
        let known = Set(house.countedRegisters.flatMap { $0.counted.map(\.code) })
        let kept: [String] = try connection.all("SELECT DISTINCT indicator FROM indicator_total ORDER BY indicator") { try $0.read(0) }
        for code in kept where !known.contains(code) { verdict.note("指标 \(code) 不在目录里，却有合计") }
    }
}

extension House {
    fileprivate func indicatorName(_ code: String) -> String {
        offers(Indicator.self).first { $0.code == code }.map { "\($0.name)（\(code)）" } ?? code
    }
}
