import Cryptography
import Kernel
import Storage
import Values

/// 重读名册。Every line held against its own code, and the hash over all codes: in one pass.
struct RosterReread {
    /// The first line whose code isn't that of what it says, or that is missing; nil when all agree.
    let altered: Int?
    let hash: String
}

extension Reader {
    func reread(_ run: PaymentRun) throws -> RosterReread {
        let seal = try RowSeal(house.keyring, for: "payment-line"), columns = LineWriter.lineColumns.map { Statement(name: $0) }.joined(", ")
        let total = try RunningHash(.international), width = LineWriter.lineColumns.count
        var line = RowSeal.Writer(), codes = RowSeal.Writer(), count = 0, altered: Int?
        try connection.each("SELECT \(columns) FROM payment_line WHERE \(run.holdsLine("id")) ORDER BY id", stretch: 1024) { rows in
            for first in stride(from: 0, to: rows.cells.count, by: width) {
                count += 1
                let told = rows.cells[first + width - 1]
                codes.add(told, of: rows)
                line.clear()
                for cell in rows.cells[first ..< first + width - 1] { line.add(cell, of: rows) }
                if altered == nil, told != .integer(seal.code(of: line)) { altered = count }
            }
            try codes.pour(into: total, above: 0)
        }
        let isWhole = try count == run.lines && lineCount(of: run) == count
        return RosterReread(altered: altered ?? (isWhole ? nil : count + 1), hash: try total.finish().hex)
    }
}
