import Values

/// 逗号分隔文件。
public enum CSV {
    static let quote = UInt8(ascii: "\""), comma = UInt8(ascii: ",")
    static let carriageReturn = UInt8(ascii: "\r"), lineFeed = UInt8(ascii: "\n")

    /// Reads rows of cells. Lines end with CR LF, LF or CR; blank lines are passed over; rows may differ in length.
    /// - Throws: `invalid`, naming the line, when quotes do not pair.
    public static func parse(_ text: String) throws -> [[String]] {
        let reader = try CSVReader(HeldText(Array(text.utf8)[...]))
        var rows: [[String]] = []
        while let row = try reader.next() { rows.append(row.cells) }
        return rows
    }

    /// Reads a file as people upload it.
    /// - Throws: `invalid` when it is not UTF-8 text or quotes do not pair.
    public static func parse(_ bytes: [UInt8]) throws -> [[String]] {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Refusal.invalid("文件不是 UTF-8 编码，请在表格软件中另存为“CSV UTF-8（逗号分隔）”后重新上传")
        }
        return try parse(text)
    }

    /// A leading apostrophe for what a spreadsheet might run as a formula; numbers are left alone.
    static func guarded(_ cell: String) -> String {
        startsLikeFormula(cell) && !isNumber(cell) ? "'" + cell : cell
    }

    /// Undoes `guarded`.
    static func unguarded(_ cell: String) -> String {
        cell.utf8.first == UInt8(ascii: "'") && startsLikeFormula(cell) ? String(cell.dropFirst()) : cell
    }

    /// Apostrophes at the start are looked through, so that guarding can always be undone. An equals sign alone runs nothing: tables use it for 等于.
    private static func startsLikeFormula(_ cell: String) -> Bool {
        guard cell != "=" else { return false }
        guard let first = cell.utf8.first(where: { $0 != UInt8(ascii: "'") }) else { return false }
        return "=+-@\t\r".utf8.contains(first)
    }

    /// A sign, digits that may be grouped by commas, a decimal part and a percent sign.
    private static func isNumber(_ cell: String) -> Bool {
        cell.wholeMatch(of: /[+\-]?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?%?/) != nil
    }
}
