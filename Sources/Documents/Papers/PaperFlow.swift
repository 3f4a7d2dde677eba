import CCairo

/// What stands on a page undivided: a line of text, a row of a table, the signatures.
struct PaperPiece {
    var height: Double
    /// Doesn't stand at the foot of a page while the next begins another.
    var isTiedToNext = false
    /// White above it, left away at the head of a page.
    var space = 0.0
    /// The head of its table, drawn again where a page begins with this piece.
    var head: [PaperPiece] = []
    /// With its upper edge there, from the left margin.
    var draw: (_ y: Double, _ page: OpaquePointer) -> Void
}

/// 分页。Pieces one under another; what is tied together goes to the next page together.
struct PaperFlow {
    let height: Double

    struct Placed {
        let piece: PaperPiece
        let y: Double
    }

    func pages(_ pieces: [PaperPiece]) -> [[Placed]] {
        var pages: [[Placed]] = [[]], y = 0.0, start = 0
        while start < pieces.count {
            let end = endOfGroup(pieces, from: start), group = Array(pieces[start ..< end])
            let needed = group.reduce(0) { $0 + $1.space + $1.height }
            // A group that no page can hold is taken apart; tying it would push it on for ever.
            if y + needed > height, needed <= height, y > 0 { turn(&pages, &y, to: group[0]) }
            for piece in group {
                if y > 0, y + piece.space + piece.height > height { turn(&pages, &y, to: piece) }
                if y > 0 { y += piece.space }
                pages[pages.count - 1].append(Placed(piece: piece, y: y))
                y += piece.height
            }
            start = end
        }
        return pages
    }

    private func endOfGroup(_ pieces: [PaperPiece], from start: Int) -> Int {
        var end = start
        while end < pieces.count - 1, pieces[end].isTiedToNext { end += 1 }
        return end + 1
    }

    private func turn(_ pages: inout [[Placed]], _ y: inout Double, to piece: PaperPiece) {
        pages.append([])
        y = 0
        for head in piece.head {
            pages[pages.count - 1].append(Placed(piece: head, y: y))
            y += head.height
        }
    }
}
