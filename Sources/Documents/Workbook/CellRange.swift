/// A block of cells such as A1:C1.
struct CellRange: Hashable {
    /// Lines from 1, columns from 0, both ends included.
    let lines: ClosedRange<Int>
    let columns: ClosedRange<Int>

    init?(_ reference: UnsafeRawBufferPointer) {
        let corners = reference.split(separator: UInt8(ascii: ":"), maxSplits: 1)
        guard let first = corners.first, let last = corners.last,
              let top = Self.corner(first), let bottom = Self.corner(last), top.line <= bottom.line, top.column <= bottom.column
        else { return nil }
        (lines, columns) = (top.line...bottom.line, top.column...bottom.column)
    }

    private static func corner(_ bytes: Slice<UnsafeRawBufferPointer>) -> (line: Int, column: Int)? {
        let bytes = UnsafeRawBufferPointer(rebasing: bytes)
        guard let column = columnOf(bytes) else { return nil }
        let letters = column < 26 ? 1 : column < 702 ? 2 : 3
        guard let line = wholeNumber(UnsafeRawBufferPointer(rebasing: bytes[letters...])), line > 0 else { return nil }
        return (line, column)
    }

    var text: String {
        "\(spreadsheetColumnName(columns.lowerBound))\(lines.lowerBound):\(spreadsheetColumnName(columns.upperBound))\(lines.upperBound)"
    }
}
