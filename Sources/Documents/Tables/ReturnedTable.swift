import Values

/// 退回表。The rows of a file once more, each with what is wrong with it in a last column 导入问题, for the person to mend and send again.
public struct ReturnedTable: Sendable {
    /// 留哪些行。
    public enum Rows: Hashable, Sendable { case all, faulty }

    private let path: String
    private let options: TableOptions
    private let limits: TableLimits
    private let rows: Rows

    /// - Parameter path: the original, xlsx or text; it stays as it is.
    public init(of path: String, options: TableOptions = TableOptions(), limits: TableLimits = TableLimits(), keeping rows: Rows = .all) {
        (self.path, self.options, self.limits, self.rows) = (path, options, limits, rows)
    }

    /// Writes the new file: xlsx for xlsx with the faulty cells coloured, text for text in the same encoding.
    /// - Parameter faults: what is wrong with a row; asked once for each, in the order of the file.
    /// - Returns: how many rows have faults.
    @discardableResult
    public func write(to destination: String, faults: (TableRow) throws -> [TableFault]) throws -> Int {
        let reader = try TableReader(path: path, options: options, limits: limits)
        let sink: any ReturnSink = switch reader.kind {
        case .spreadsheet: try SpreadsheetReturn(reader, destination)
        case .text(let encoding, let separator): try TextReturn(reader, destination, encoding, separator.asciiValue ?? CSV.comma)
        }
        var faulty = 0
        try reader.forEach { row in
            let found = try faults(row)
            if !found.isEmpty { faulty += 1 }
            if rows == .all || !found.isEmpty { try sink.add(row, found) }
        }
        try sink.finish()
        return faulty
    }

    /// 「姓名：请填写；年龄：应是数字」
    static func sentence(_ faults: [TableFault], _ headers: [String]) -> String {
        faults.map { fault in
            guard let column = fault.column, headers.indices.contains(column), !headers[column].isEmpty else { return fault.message }
            return "\(headers[column])：\(fault.message)"
        }.joined(separator: "；")
    }
}

/// Where returned rows go.
protocol ReturnSink {
    func add(_ row: TableRow, _ faults: [TableFault]) throws
    func finish() throws
}
