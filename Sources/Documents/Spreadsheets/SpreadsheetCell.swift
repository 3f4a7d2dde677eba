import Values

/// 列。Its heading and what stands under it.
public struct SpreadsheetColumn: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// Names, codes, identifiers, dates.
        case text
        case integer
        case money

        var isNumber: Bool { self != .text }
    }

    public let label: String
    public let kind: Kind

    public init(_ label: String, _ kind: Kind = .text) {
        self.label = label
        self.kind = kind
    }
}

/// 单元格。
public enum SpreadsheetCell: Hashable, Sendable {
    case empty
    /// As it is; never a formula. Dates come as text, too.
    case text(String)
    /// A number that can be added up; from 16 digits on it is written as text, because a cell would round it.
    case integer(Int64)
    case money(Money)

    var width: Int {
        switch self {
        case .empty: 0
        case .text(let text): displayWidth(text)
        case .integer(let number): String(number).count
        case .money(let money): groupedWidth(money.fen)
        }
    }

    /// Of "-1,234,567.00".
    private func groupedWidth(_ fen: Int64) -> Int {
        let digits = String(fen.magnitude / 100).count
        return digits + (digits - 1) / 3 + 3 + (fen < 0 ? 1 : 0)
    }
}

/// How wide a text stands, in half-width characters; Chinese characters and full-width signs count two.
public func displayWidth(_ text: String) -> Int {
    text.split(whereSeparator: \.isNewline).map { line in
        line.unicodeScalars.reduce(0) { $0 + (isWide($1) ? 2 : 1) }
    }.max() ?? 0
}

private func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD: true
    default: false
    }
}

/// A sheet's name: at most 31 UTF-16 units, without []:*?/\ and without an apostrophe at either end.
func sheetName(_ title: String) -> String {
    var name = title.filter { !"[]:*?/\\".contains($0) }
    while name.utf16.count > 31 { name.removeLast() }
    while name.hasPrefix("'") { name.removeFirst() }
    while name.hasSuffix("'") { name.removeLast() }
    return name.isEmpty ? "表" : name
}
