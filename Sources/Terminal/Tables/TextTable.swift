import Documents

/// 对齐的文字表。Columns aligned for half- and full-width characters; numbers stand to the right.
struct TextTable {
    struct Column {
        let label: String
        let isNumber: Bool

        init(_ label: String, isNumber: Bool = false) {
            self.label = label
            self.isNumber = isNumber
        }
    }

    let columns: [Column]
    let rows: [[String]]

    init(_ columns: [Column], _ rows: [[String]]) {
        self.columns = columns
        self.rows = rows.map { $0.map(Self.onOneLine) }
    }

    /// Heading, rule, rows; every line ends with a line break.
    var text: String {
        let widths = columns.enumerated().map { place, column in
            rows.reduce(displayWidth(column.label)) { max($0, displayWidth($1[place])) }
        }
        let rule = widths.map { String(repeating: "-", count: $0) }
        return ([columns.map(\.label), rule] + rows).map { line($0, widths) + "\n" }.joined()
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (place, cell) in cells.enumerated() {
            let space = String(repeating: " ", count: max(0, widths[place] - displayWidth(cell)))
            line += (place > 0 ? "  " : "") + (columns[place].isNumber ? space + cell : cell + space)
        }
        return String(line.reversed().drop { $0 == " " }.reversed())
    }

    /// A cell keeps to its line, and sends the terminal no commands.
    private static func onOneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || (0x7F ... 0x9F).contains($0.value) ? " " : $0 }))
    }
}
