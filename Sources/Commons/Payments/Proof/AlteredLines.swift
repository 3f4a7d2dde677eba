import Kernel
import Storage
import Values

extension Reader {
    /// The first line of a roster whose code isn't that of what it says; nil when all agree. One pass, nothing is kept.
    func firstAlteredLine(of run: PaymentRun) throws -> Int? {
        let seal = try RowSeal(house.keyring, for: "payment-line"), columns = LineWriter.lineColumns.map { Statement(name: $0) }.joined(", ")
        var writer = RowSeal.Writer(), count = 0, altered: Int?
        try connection.each("SELECT \(columns) FROM payment_line WHERE run_id = \(run.id) ORDER BY number") { row in
            count += 1
            if altered == nil, row.values.last != .integer(LineWriter.code(of: row.values.dropLast(), seal, &writer)) { altered = count }
        }
        return altered ?? (count == run.lines ? nil : count + 1)
    }
}
