import Values

/// Which columns of the file count, and in which order.
struct TableShape {
    let headers: [String]
    private let width: Int
    private let problemColumn: Int?

    init(_ header: [String], limit: Int) throws(Refusal) {
        var labels = header.map(Self.label)
        while labels.last == "" { labels.removeLast() }
        width = labels.count
        problemColumn = labels.lastIndex(of: TableReader.problemHeader)
        if let problemColumn { labels.remove(at: problemColumn) }
        while labels.last == "" { labels.removeLast() }
        guard !labels.isEmpty else { throw .invalid("表头是空的，请在表头行写上各列的名称") }
        guard labels.count <= limit else { throw .tooLarge("表头有 \(labels.count) 列，最多 \(limit) 列，请删去无关的列") }
        headers = labels
    }

    /// Without spaces and line breaks around it and without the mark of a required column.
    private static func label(_ text: String) -> String {
        let spaces: (Character) -> Bool = { $0.isWhitespace || $0 == "*" || $0 == "＊" }
        let head = text.drop(while: spaces)
        let tail = head.reversed().prefix(while: spaces).count
        return head.dropLast(tail).filter { !$0.isNewline }
    }

    /// The row with exactly one cell for each header; texts beyond the headers become a fault.
    func fit(_ row: TableRow) -> TableRow {
        var row = row
        if row.cells.count > width { reportStrays(in: &row) }
        if let problemColumn, problemColumn < row.cells.count { remove(problemColumn, from: &row) }
        while row.cells.count > headers.count { row.cells.removeLast() }
        while row.cells.count < headers.count { row.cells.append("") }
        return row
    }

    private func reportStrays(in row: inout TableRow) {
        for place in width..<row.cells.count where !row.cells[place].allSatisfy(\.isWhitespace) {
            row.faults.append(TableFault(column: nil, "第 \(spreadsheetColumnName(place)) 列没有表头却有内容，请补上表头或删去内容"))
            break
        }
        row.formulas.removeAll { $0 >= width }
        row.faults.removeAll { ($0.column ?? 0) >= width }
    }

    private func remove(_ column: Int, from row: inout TableRow) {
        row.cells.remove(at: column)
        row.formulas = row.formulas.filter { $0 != column }.map { $0 > column ? $0 - 1 : $0 }
        row.faults = row.faults.filter { $0.column != column }.map { fault in
            guard let place = fault.column, place > column else { return fault }
            return TableFault(column: place - 1, fault.message)
        }
    }
}
