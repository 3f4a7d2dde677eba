import CXlsx

/// The looks of cells. They belong to the workbook and go with it.
struct SpreadsheetFormats {
    typealias Format = UnsafeMutablePointer<lxw_format>

    let header, numberHeader, text, integer, money: Format
    /// Of a column that must be filled in.
    let requiredHeader: Format
    /// Of a cell that is wrong, and of what is said about it.
    let faulty, problem: Format
    /// Over a printed form, and of its headings.
    let title, formHeader: Format

    init?(in book: UnsafeMutablePointer<lxw_workbook>) {
        let made = (0..<10).compactMap { _ in workbook_add_format(book) }
        guard made.count == 10 else { return nil }
        (header, numberHeader, text, integer, money) = (made[0], made[1], made[2], made[3], made[4])
        (requiredHeader, faulty, problem, title, formHeader) = (made[5], made[6], made[7], made[8], made[9])
        for format in [header, numberHeader, requiredHeader] {
            format_set_bold(format)
            format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
        }
        format_set_align(numberHeader, UInt8(LXW_ALIGN_RIGHT.rawValue))
        // Built in to every reader: "@", "0" and "#,##0.00".
        for format in [text, faulty, problem] { format_set_num_format_index(format, 49) }
        format_set_num_format_index(integer, 1)
        format_set_num_format_index(money, 4)
        setColours()
        setFormLooks()
    }

    private func setColours() {
        format_set_bg_color(requiredHeader, 0xFFF2CC)
        format_set_bg_color(faulty, 0xF8D7DA)
        format_set_font_color(problem, 0xA61B1B)
        format_set_text_wrap(problem)
    }

    private func setFormLooks() {
        for format in [title, formHeader] {
            format_set_bold(format)
            format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
            format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
            format_set_text_wrap(format)
        }
        format_set_font_size(title, 16)
        format_set_border(formHeader, UInt8(LXW_BORDER_THIN.rawValue))
    }
}
