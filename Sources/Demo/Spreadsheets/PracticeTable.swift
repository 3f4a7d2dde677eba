import Values

/// 练习表。A spreadsheet of invented people, as another system would hand it over: some of its rows are wrong on purpose.
public struct PracticeTable: Sendable, Hashable {
    public enum Format: Sendable, Hashable {
        case spreadsheet, gb18030, utf8

        public var ending: String { self == .spreadsheet ? "xlsx" : "csv" }
    }

    /// 故意写错的一处。
    struct Slip: Sendable, Hashable {
        let row: Int, column: Int, text: String, why: String
    }

    public let title: String
    public let format: Format
    public let headings: [String]
    /// As they ought to be.
    public let mended: [[String]]
    /// Other things to know about the table.
    public let remark: String
    let slips: [Slip]

    init(_ title: String, _ format: Format, _ headings: [String], _ rows: [[String]], slips: [Slip] = [], remark: String = "") {
        (self.title, self.format, self.headings, mended, self.slips, self.remark) = (title, format, headings, rows, slips, remark)
    }

    public var isFaulty: Bool { !slips.isEmpty }

    /// As they are handed over, slips and all.
    public var rows: [[String]] {
        var rows = mended
        for slip in slips { rows[slip.row][slip.column] = slip.text }
        return rows
    }

    /// What is wrong on which line of the file, for whoever mends it. The heading stands on line 1.
    public var notes: [String] {
        slips.map { "第 \($0.row + 2) 行「\(headings[$0.column])」：\($0.why)；应为「\(mended[$0.row][$0.column])」" }
    }
}
