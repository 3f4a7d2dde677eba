import Values

/// 模板的一列。What people are asked to fill in.
public struct TemplateColumn: Hashable, Sendable {
    public let label: String
    public let isRequired: Bool
    /// 填写说明
    public let hint: String
    /// 示例
    public let sample: String
    /// 可选项. The cell offers them as a list and takes nothing else; empty for free text.
    public let choices: [String]
    /// In half-width characters; by the label and the sample when nil.
    public let width: Int?

    public init(_ label: String, isRequired: Bool = false, hint: String = "", sample: String = "", choices: [String] = [], width: Int? = nil) {
        (self.label, self.isRequired, self.hint, self.sample, self.choices, self.width) = (label, isRequired, hint, sample, choices, width)
    }
}

/// 导入模板。A table to fill in, and beside it a sheet that says how. Every cell is text, so no digit is lost.
public struct TableTemplate: Sendable {
    public let title: String
    public let columns: [TemplateColumn]
    /// Sentences over the list of columns on the sheet 填写说明.
    public let instructions: [String]

    public init(title: String, columns: [TemplateColumn], instructions: [String] = []) {
        (self.title, self.columns, self.instructions) = (title, columns, instructions)
    }

    /// The file as .xlsx. A required column has an asterisk before its label, which `TableReader` takes off again.
    public func spreadsheet() throws -> [UInt8] {
        let book = try SpreadsheetBook(inMemory: true)
        let table = try book.addSheet(title)
        table.setUpPage(headerLines: 1)
        try fillHeader(of: table, book.formats)
        try fillInstructions(try book.addSheet(title == "填写说明" ? "说明" : "填写说明"), book.formats)
        try addLists(to: table, in: book)
        return try book.finish()
    }

    /// The header alone as CSV, for systems that fill it in.
    public func csv() -> [UInt8] {
        var encoder = CSVEncoder()
        return encoder.row(columns.map(\.label))
    }

    private func fillHeader(of sheet: SpreadsheetSheet, _ formats: SpreadsheetFormats) throws {
        for (place, column) in columns.enumerated() {
            let label = column.isRequired ? "*\(column.label)" : column.label
            try sheet.write(label, line: 0, column: place, column.isRequired ? formats.requiredHeader : formats.header)
            let width = column.width ?? max(displayWidth(label), displayWidth(column.sample), 10)
            try sheet.setWidth(width, column: place, formats.text)
            let comment = self.comment(on: column)
            if !comment.isEmpty { try sheet.comment(comment, line: 0, column: place) }
        }
    }

    private func comment(on column: TemplateColumn) -> String {
        let sample = column.sample.isEmpty ? "" : "示例：\(column.sample)"
        return [column.isRequired ? "必填" : "", column.hint, sample].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func fillInstructions(_ sheet: SpreadsheetSheet, _ formats: SpreadsheetFormats) throws {
        let general = ["带 * 的列必填；请勿改动表头；从第 2 行起每行填写一条。"]
        for (line, sentence) in (general + instructions).enumerated() { try sheet.write(sentence, line: line, column: 0, formats.text) }
        let first = instructions.count + 2
        for (place, label) in ["列名", "是否必填", "填写说明", "示例", "可选项"].enumerated() {
            try sheet.write(label, line: first, column: place, formats.header)
            try sheet.setWidth([24, 8, 50, 24, 50][place], column: place, nil)
        }
        for (place, column) in columns.enumerated() {
            let cells = [column.label, column.isRequired ? "必填" : "", column.hint, column.sample, listed(column.choices)]
            for (at, cell) in cells.enumerated() { try sheet.write(cell, line: first + 1 + place, column: at, formats.text) }
        }
    }

    /// The first of a long list; the whole of it is offered by the cells themselves.
    private func listed(_ choices: [String]) -> String {
        choices.prefix(50).joined(separator: "、") + (choices.count > 50 ? " 等 \(choices.count) 项" : "")
    }
}
