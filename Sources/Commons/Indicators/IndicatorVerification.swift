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
