import CCairo
import Pages

/// Where on the page text may stand.
struct PaperArea {
    let left: Double
    let width: Double
    let height: Double

    static let sheet = PaperArea(left: PaperSetting.margin.side, width: PaperSetting.width, height: PaperSetting.bodyHeight)
}

/// 排版。Turns a paper into the pieces that pages are filled with.
struct PaperSetting {
    /// A4 in points, with room for the hole punch.
    static let page = (width: 595.276, height: 841.89)
    static let margin = (side: 62.0, top: 48.0, bottom: 56.0)
    static let width = page.width - 2 * margin.side
    static let bodyHeight = page.height - margin.top - margin.bottom

    let press: PaperPress

    func pieces(of sheet: Sheet) throws -> [PaperPiece] {
        var pieces = try head(of: sheet)
        if !sheet.addressee.isEmpty { pieces += try lines("\(sheet.addressee)：", .plain, space: 6) }
        for (number, block) in sheet.numberedBlocks { pieces += try self.pieces(of: block, number) }
        // The place for the seal never stands alone: a seal on an empty page could be put under anything.
        for place in pieces.indices.suffix(2) { pieces[place].isTiedToNext = true }
        pieces += try closing(of: sheet)
        if let receipt = sheet.receipt { pieces += try slip(receipt, of: sheet) }
        return pieces
    }

    private func head(of sheet: Sheet) throws -> [PaperPiece] {
        var pieces = try lines(sheet.unit, .unit, space: 0) + lines(sheet.title, .title, space: 2)
        if !sheet.number.isEmpty { pieces += try lines(sheet.number, .number, space: 4) }
        pieces.append(rule(space: 3))
        return pieces.map { piece in var tied = piece; tied.isTiedToNext = true; return tied }
    }

    private func pieces(of block: Sheet.Block, _ number: String) throws -> [PaperPiece] {
        switch block {
        case .paragraph(let text): return try lines(text, .text, space: 2)
        case .facts(let facts): return try facts.flatMap { try lines("\($0.label)：\($0.text)", .plain, space: 0) }
        case .table(let table): return try PaperTable(table, press).pieces()
        case .section(let title, let blocks):
            let heading = try lines(number.isEmpty ? title : "\(number)、\(title)", .heading, space: 8)
            return tied(heading) + (try blocks.flatMap { try pieces(of: $0, "") })
        case .grounds(let texts):
            var hanging = PaperStyle.small
            hanging.indent = -2.2
            return tied(try lines("依据", .caption, space: 8)) + (try texts.enumerated().flatMap { try lines("\(Sheet.mark($0)) \($1)", hanging, space: 0) })
        case .remedies(let text): return tied(try lines("如有异议", .caption, space: 8)) + (try lines(text, .small, space: 0))
        }
    }

    /// A paragraph as lines; its first two and its last two stay together.
    func lines(_ text: String, _ style: PaperStyle, space: Double, area: PaperArea = .sheet) throws -> [PaperPiece] {
        let lines = try PaperText(text, style, width: area.width, at: press).lines
        return lines.enumerated().map { number, line in
            let isTied = lines.count > 1 && (number == 0 || number == lines.count - 2)
            return PaperPiece(height: line.height, isTiedToNext: isTied, space: number == 0 ? space : 0) { line.draw(area.left, $0, on: $1) }
        }
    }

    private func tied(_ pieces: [PaperPiece]) -> [PaperPiece] { pieces.map { var piece = $0; piece.isTiedToNext = true; return piece } }

    private func rule(space: Double) -> PaperPiece {
        PaperPiece(height: 8, space: space) { y, page in Self.line(from: 0, to: Self.width, y, 0.8, on: page) }
    }

    static func line(from: Double, to: Double, _ y: Double, _ thickness: Double, dashed: Bool = false, on page: OpaquePointer) {
        var dashes = [3.0, 3.0]
        cairo_set_dash(page, &dashes, dashed ? 2 : 0, 0)
        cairo_set_line_width(page, thickness)
        cairo_move_to(page, margin.side + from, y)
        cairo_line_to(page, margin.side + to, y)
        cairo_stroke(page)
        cairo_set_dash(page, &dashes, 0, 0)
    }
}

// MARK: Who signs, and the slip

extension PaperSetting {
    /// Signatures at the left, unit, seal and date at the right, all on one page.
    private func closing(of sheet: Sheet) throws -> [PaperPiece] {
        let half = Self.width / 2
        let labels = sheet.signatures.isEmpty ? [] : try (sheet.signatures + ["日期"]).map { try PaperText("\($0)：", .plain, width: nil, at: press) }
        let seal = try [sheet.unit, "（印章）", sheet.date].map { try PaperText($0, .plain.at(.centre), width: half, at: press) }
        let height = max(84, Double(labels.count) * 24 + 8)
        return [PaperPiece(height: height, space: 10) { y, page in
            for (place, label) in labels.enumerated() {
                let top = y + height - Double(labels.count - place) * 24
                label.lines.first?.draw(Self.margin.side, top, on: page)
                Self.line(from: label.width + 4, to: half - 12, top + 17, 0.5, on: page)
            }
            var top = y + height - seal.reduce(0) { $0 + $1.height }
            for text in seal {
                for line in text.lines {
                    line.draw(Self.margin.side + half, top, on: page)
                    top += line.height
                }
            }
        }]
    }

    /// 送达回执, cut off along the dashes.
    private func slip(_ receipt: Sheet.Receipt, of sheet: Sheet) throws -> [PaperPiece] {
        let cut = PaperPiece(height: 8, space: 10) { y, page in Self.line(from: 0, to: Self.width, y, 0.5, dashed: true, on: page) }
        let named = [Sheet.Fact("文书", "\(sheet.title) \(sheet.number)")] + receipt.facts
        let rows = named.map { [$0.label, $0.text] } + receipt.blanks.map { [$0, ""] }
        let table = Sheet.Table("", columns: [.init("", share: 3), .init("", share: 8)], texts: rows)
        let pieces = [cut] + (try lines("送达回执", .heading.at(.centre), space: 0)) + (try PaperTable(table, press, rowHeight: 18).pieces())
        return tied(Array(pieces.dropLast())) + pieces.suffix(1)
    }
}
