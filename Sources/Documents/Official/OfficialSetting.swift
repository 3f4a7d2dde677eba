import CCairo
import Pages

/// 公文排版。An official paper on pages of 22 lines with 28 characters, as GB/T 9704-2012 asks; the faces it names where the machine has them.
struct OfficialSetting {
    /// 版心 156 × 225 mm, 订口 28 mm, 天头 37 mm, in points.
    static let area = PaperArea(left: 28 * millimetre, width: 156 * millimetre, height: 225 * millimetre)
    static let top = 37 * millimetre
    static let millimetre = 72 / 25.4
    private static let pitch = area.height / 22
    private static let size = 16.0
    /// 28 characters on 156 mm stand a little closer than type of 16 points does.
    private static let tracking = area.width / 28 - size

    let press: PaperPress

    private static let song = "FangSong,FangSong_GB2312,STFangsong"
    private static let titleSong = "FZXiaoBiaoSong-B05S,FZXiaoBiaoSong-B05"
    private static let kai = "KaiTi,KaiTi_GB2312,AR PL UKai CN"

    private static let body = PaperStyle(size: size, indent: 2, spacing: 1, isJustified: true, face: song, tracking: tracking)
    private static let flush = PaperStyle(size: size, spacing: 1, face: song, tracking: tracking)
    private static let title = PaperStyle(size: 22, isBold: true, alignment: .centre, spacing: 1, face: titleSong)

    private static func heading(_ level: OfficialPaper.Level) -> PaperStyle {
        var style = body
        style.isJustified = false
        switch level {
        case .first: (style.isSans, style.face) = (true, "SimHei")
        case .second: style.face = kai
        case .third: style.isBold = true
        case .fourth: break
        }
        return style
    }

    /// The pages' pieces: the text first, then each annex beginning on a page of its own.
    func parts(of paper: OfficialPaper) throws -> [[PaperPiece]] {
        var pieces = [blank] + (try lines([.init(paper.title)], Self.title, height: 32))
        if !paper.number.isEmpty { pieces += try lines([.init(paper.number)], Self.flush.at(.centre)) }
        pieces.append(blank)
        if !paper.addressee.isEmpty { pieces += try lines([.init("\(paper.addressee)：")], Self.flush) }
        pieces += try blocks(paper.blocks)
        if !paper.annexLines.isEmpty { pieces += [blank] + (try paper.annexLines.flatMap { try lines([.init("　　" + $0)], Self.flush) }) }
        pieces = pieces.dropLast(2) + tied(pieces.suffix(2)) + (try closing(of: paper))
        let annexes = try paper.annexes.enumerated().map { index, annex in
            try lines([.init(paper.annexMark(index))], Self.heading(.first).flush) + lines([.init(annex.title)], Self.title, height: 32) + [blank] + blocks(annex.blocks)
        }
        return [pieces] + annexes
    }

    private var blank: PaperPiece { PaperPiece(height: Self.pitch) { _, _ in } }

    private func blocks(_ blocks: [OfficialPaper.Block]) throws -> [PaperPiece] {
        try OfficialPaper.numbered(blocks).flatMap { number, block in
            switch block {
            case .heading(let level, let text): tied(try lines([.init(number + text)], Self.heading(level)))
            case .paragraph(let runs): try lines(runs, Self.body)
            case .table(let table): try PaperTable(table, press, area: Self.area).pieces()
            }
        }
    }

    /// Each line takes one of the 22, whatever stands above it; its baseline is that of its type.
    private func lines(_ runs: [OfficialPaper.Run], _ style: PaperStyle, height: Double = pitch) throws -> [PaperPiece] {
        let base = (height - style.size) / 2 + style.size * 0.87
        // A hair of room, so that rounding doesn't cost a line its last character.
        return try PaperText(runs, style, width: Self.area.width + 0.4, at: press).lines.map { line in
            PaperPiece(height: height) { y, page in line.draw(Self.area.left, onBaseline: y + base, on: page) }
        }
    }

    private func tied(_ pieces: some Sequence<PaperPiece>) -> [PaperPiece] { pieces.map { var piece = $0; piece.isTiedToNext = true; return piece } }

    /// 成文日期右空四字，署名以它为准居中; then the code by which the paper is found.
    private func closing(of paper: OfficialPaper) throws -> [PaperPiece] {
        let date = try PaperText(paper.date, Self.flush, width: nil, at: press), unit = try PaperText(paper.unit, Self.flush, width: nil, at: press)
        let right = Self.area.left + Self.area.width, centre = right - 4 * Self.size - date.width / 2
        let unitStart = min(centre - unit.width / 2, right - unit.width)
        let base = (Self.pitch - Self.size) / 2 + Self.size * 0.87
        let signed = [
            PaperPiece(height: Self.pitch, isTiedToNext: true) { y, page in unit.lines.first?.draw(unitStart, onBaseline: y + base, on: page) },
            PaperPiece(height: Self.pitch) { y, page in date.lines.first?.draw(centre - date.width / 2, onBaseline: y + base, on: page) },
        ]
        let foot = paper.footer.isEmpty ? [] : try PaperSetting(press: press).lines(paper.footer, .note, space: 8, area: Self.area)
        return tied([blank]) + tied(signed.prefix(1)) + signed.suffix(1) + foot
    }

    /// — 1 —, 4号, 7 mm under the type area: at the right of odd pages, at the left of even ones.
    func foot(_ number: Int, on page: OpaquePointer) throws {
        let text = try PaperText("— \(number) —", PaperStyle(size: 14, spacing: 1, face: "SimSun"), width: nil, at: press)
        let x = number.isMultiple(of: 2) ? Self.area.left + 14 : Self.area.left + Self.area.width - 14 - text.width
        text.lines.first?.draw(x, onBaseline: Self.top + Self.area.height + 7 * Self.millimetre + 10, on: page)
    }
}

extension PaperStyle {
    /// Without indent.
    fileprivate var flush: PaperStyle { var style = self; style.indent = 0; return style }
}

extension PaperBook {
    /// An official paper; its pages are numbered through.
    public func add(_ paper: OfficialPaper) throws {
        let setting = OfficialSetting(press: press)
        var number = 0
        for part in try setting.parts(of: paper) {
            for pieces in PaperFlow(height: OfficialSetting.area.height + 0.5).pages(part) {
                number += 1
                for placed in pieces { placed.piece.draw(OfficialSetting.top + placed.y, page) }
                try setting.foot(number, on: page)
                cairo_show_page(page)
                pages += 1
            }
        }
        guard cairo_status(page) == CAIRO_STATUS_SUCCESS else { throw PaperFailure(reason: String(cString: cairo_status_to_string(cairo_status(page)))) }
    }
}
