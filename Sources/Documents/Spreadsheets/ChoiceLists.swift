import CXlsx

extension TableTemplate {
    /// Lists under the headers of the columns that offer choices.
    func addLists(to sheet: SpreadsheetSheet, in book: SpreadsheetBook) throws {
        var lists = HiddenLists(in: book)
        for (place, column) in columns.enumerated() where !column.choices.isEmpty {
            try lists.offer(column.choices, label: column.label, to: sheet, column: place)
        }
    }
}

/// Choices too long to stand in the rule itself go to a hidden sheet, a column for each list.
private struct HiddenLists {
    private static let name = "选项"
    private let book: SpreadsheetBook
    private var sheet: SpreadsheetSheet?
    private var count = 0

    init(in book: SpreadsheetBook) { self.book = book }

    mutating func offer(_ choices: [String], label: String, to target: SpreadsheetSheet, column: Int) throws {
        // A rule holds 255 characters, for which the library keeps as many bytes; a comma in a choice would make two of it.
        let isShort = choices.joined(separator: ",").utf8.count <= 255 && !choices.contains { $0.contains(",") || $0.contains("\"") }
        if isShort { return try withStrings(choices) { try rule(target, column, label, list: $0, formula: nil) } }
        var formula = Array(try place(choices).utf8CString)
        try formula.withUnsafeMutableBufferPointer { try rule(target, column, label, list: nil, formula: $0.baseAddress) }
    }

    /// Writes the choices down and returns where they stand.
    private mutating func place(_ choices: [String]) throws -> String {
        let sheet = try self.sheet ?? book.addSheet(Self.name)
        worksheet_hide(sheet.pointer)
        self.sheet = sheet
        for (line, choice) in choices.enumerated() { try sheet.write(choice, line: line, column: count, book.formats.text) }
        let letter = spreadsheetColumnName(count)
        count += 1
        return "='\(Self.name)'!$\(letter)$1:$\(letter)$\(choices.count)"
    }

    private func rule(_ sheet: SpreadsheetSheet, _ column: Int, _ label: String,
                      list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, formula: UnsafeMutablePointer<CChar>?) throws {
        var title = Array("请从列表中选择".utf8CString), message = Array("这一格只能填列表里的内容。".utf8CString)
        try title.withUnsafeMutableBufferPointer { title in
            try message.withUnsafeMutableBufferPointer { message in
                var validation = lxw_data_validation()
                validation.validate = UInt8((list == nil ? LXW_VALIDATION_TYPE_LIST_FORMULA : LXW_VALIDATION_TYPE_LIST).rawValue)
                validation.value_list = list
                validation.value_formula = formula
                validation.error_title = title.baseAddress
                validation.error_message = message.baseAddress
                try check(worksheet_data_validation_range(sheet.pointer, 1, lxw_col_t(column), 1_048_575, lxw_col_t(column), &validation), line: 0)
            }
        }
    }

    /// The strings as C wants a list of them: pointers, the last one nil.
    private func withStrings(_ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) throws -> Void) throws {
        let bytes = strings.map { Array($0.utf8CString) }
        let starts = bytes.indices.map { place in bytes[..<place].reduce(0) { $0 + $1.count } }
        var joined = bytes.flatMap { $0 }
        try joined.withUnsafeMutableBufferPointer { joined in
            var pointers: [UnsafeMutablePointer<CChar>?] = starts.map { start in joined.baseAddress.map { $0 + start } } + [nil]
            try pointers.withUnsafeMutableBufferPointer { try body($0.baseAddress) }
        }
    }
}
