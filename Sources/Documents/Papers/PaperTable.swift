import CCairo
import Pages

/// 文书中的表。Rows between hairlines; where a page ends within it, its head stands again on the next.
struct PaperTable {
    private let table: Sheet.Table
    private let press: PaperPress
    private let widths: [Double]
    private let rowHeight: Double
    private let area: PaperArea

    private static let padding = (side: 4.0, top: 2.5)

    /// - Parameter rowHeight: the least a row takes, where something is to be written in by hand.
    init(_ table: Sheet.Table, _ press: PaperPress, rowHeight: Double = 0, area: PaperArea = .sheet) {
        self.table = table
        self.press = press
        self.rowHeight = rowHeight
        self.area = area
        widths = Self.widths(of: table, within: area.width)
    }

    func pieces() throws -> [PaperPiece] {
        let setting = PaperSetting(press: press)
        var caption = table.caption.isEmpty ? [] : try setting.lines(table.caption, .caption, space: 8, area: area)
        for place in caption.indices { caption[place].isTiedToNext = true }
        let titles = table.columns.map(\.title)
        var head = titles.allSatisfy(\.isEmpty) ? [] : try row(titles.map { Sheet.Cell($0) }, style: .cell.bold)
        for place in head.indices { head[place].isTiedToNext = true }
        let rows = try table.rows.flatMap { try row($0.cells, style: $0.isTotal ? .cell.bold : .cell) }
        var repeating = rows.map { var piece = $0; piece.head = head; return piece }
        // A total doesn't stand on a page without anything it adds up.
        if repeating.count > 1 { repeating[repeating.count - 2].isTiedToNext = true }
        return caption + head + repeating
    }

    /// A row, as one piece; one that is taller than a page goes on over the next.
    private func row(_ cells: [Sheet.Cell], style: PaperStyle) throws -> [PaperPiece] {
        var rest = try zip(table.columns, zip(cells, widths)).map { column, cell in try lines(cell.0, column, cell.1, style) }
        var pieces: [PaperPiece] = []
        repeat {
            let part = rest.map { Self.prefix($0, within: area.height - 120) }
            rest = zip(rest, part).map { Array($0.dropFirst($1.count)) }
            pieces.append(piece(part))
        } while rest.contains { !$0.isEmpty }
        return pieces
    }

    private func lines(_ cell: Sheet.Cell, _ column: Sheet.Column, _ width: Double, _ style: PaperStyle) throws -> [PaperText.Line] {
        let inner = width - 2 * Self.padding.side, placed = style.at(column.isAtRight ? .right : .left)
        // In a reckoning the note stands behind its item: most papers then keep to one page.
        let words = table.isReckoning && !cell.note.isEmpty ? "\(cell.text)　\(cell.note)" : cell.text
        let text = try PaperText(words, placed, width: inner, at: press).lines
        guard !cell.note.isEmpty, !table.isReckoning else { return text }
        return text + (try PaperText(cell.note, .note.at(column.isAtRight ? .right : .left), width: inner, at: press).lines)
    }

    private static func prefix(_ lines: [PaperText.Line], within limit: Double) -> [PaperText.Line] {
        var height = 0.0
        return Array(lines.prefix { line in
            height += line.height
            return height <= limit
        })
    }

    private func piece(_ cells: [[PaperText.Line]]) -> PaperPiece {
        let tallest = cells.map { $0.reduce(0) { $0 + $1.height } }.max() ?? 0
        let height = max(rowHeight, tallest + 2 * Self.padding.top), widths = widths, left = area.left
        return PaperPiece(height: height) { y, page in
            cairo_set_line_width(page, 0.5)
            var x = left
            for (lines, width) in zip(cells, widths) {
                cairo_rectangle(page, x, y, width, height)
                cairo_stroke(page)
                var top = y + (height - lines.reduce(0) { $0 + $1.height }) / 2
                for line in lines {
                    line.draw(x + Self.padding.side, top, on: page)
                    top += line.height
                }
                x += width
            }
        }
    }

    /// Shares as they are given; else as wide as the longest text asks for, none less than a few characters nor more than a long sentence.
    private static func widths(of table: Sheet.Table, within width: Double) -> [Double] {
        let shares = table.columns.enumerated().map { place, column -> Double in
            if let share = column.share { return Double(max(share, 1)) }
            let texts = [column.title] + table.rows.compactMap { place < $0.cells.count ? $0.cells[place].text : nil }
            return Double(min(max(texts.map(displayWidth).max() ?? 0, 5), 44) + 2)
        }
        let whole = shares.reduce(0, +)
        return shares.map { width * $0 / max(whole, 1) }
    }
}
