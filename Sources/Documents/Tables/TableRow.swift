/// 表格的一行。One row of a file: a text for each header, and what is wrong with them.
public struct TableRow: Hashable, Sendable {
    /// 行号。Of the sheet as the person sees it; in a text file the line on which the row begins. Counted from 1.
    public internal(set) var line: Int
    /// As many as there are headers; an empty cell is `""`. Dates stand as `2024-07-01`, yes and no as 是 and 否.
    public internal(set) var cells: [String]
    /// 公式。Places of cells, from 0, whose text was computed by a formula when the file was last saved.
    public internal(set) var formulas: [Int]
    /// 读取时发现的问题。What the file itself gets wrong, whatever the column means.
    public internal(set) var faults: [TableFault]

    public init(line: Int, cells: [String], formulas: [Int] = [], faults: [TableFault] = []) {
        (self.line, self.cells, self.formulas, self.faults) = (line, cells, formulas, faults)
    }

    /// 共 3 行: what our own exports end with.
    var isTally: Bool {
        // A pattern costs more than a row; hardly any row begins so.
        guard let first = cells.first, first.hasPrefix("共 "), first.wholeMatch(of: /共 [0-9]+ 行(?:，导出时间 .*)?/) != nil else { return false }
        return cells.dropFirst().allSatisfy(\.isEmpty)
    }

    /// Nothing but spaces in any cell, and nothing wrong with any.
    var isBlank: Bool { faults.isEmpty && cells.allSatisfy { $0.utf8.allSatisfy { $0 == 32 || (9...13).contains($0) } } }
}

/// 一处问题。One thing wrong in one row; a person reads the message.
public struct TableFault: Hashable, Sendable {
    /// The place of the cell, from 0; nil when it is the row as a whole.
    public let column: Int?
    public let message: String

    public init(column: Int?, _ message: String) {
        self.column = column
        self.message = message
    }
}

/// 列名。A, B … Z, AA … of a place from 0.
public func spreadsheetColumnName(_ place: Int) -> String {
    let letter = String(UnicodeScalar(UInt8(65 + place % 26)))
    return place < 26 ? letter : spreadsheetColumnName(place / 26 - 1) + letter
}
