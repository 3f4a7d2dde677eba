import Kernel
import Storage
import Values

extension Connection {
    /// Many records of one kind through one prepared statement; the columns come from their shape.
    func insertAll<R: Record>(_ records: [R]) throws {
        let columns = R.shape.fields.map(\.name)
        try insert(into: R.table, columns, rows: records.lazy.map { record in
            let raw = record.raw
            return columns.map { if case .stored(let value) = raw[$0] { value } else { .null } }
        })
    }
}
