import Commons
import Values

/// 草稿。A summary as it was composed: lines in order, with the numbers they carry.
struct SummaryDraft: Sendable {
    struct Line: Sendable, Hashable {
        /// 0 for a paragraph, 1 to 4 for a heading.
        let level: Int
        /// Each number with its mark behind it: 1010户〔3〕.
        let text: String
    }

    struct Figure: Sendable {
        let number: Int
        let stated: Stated
        let fact: SummaryFact
    }

    var lines: [Line] = []
    var figures: [Figure] = []
}

/// 写总结用的材料。What a summary is composed of, in the order in which it is told.
struct SummaryMaterial: Sendable {
    /// 一节。
    struct Section: Sendable {
        let level: Int
        let title: String
        var passages: [Passage]
        var hasMore = false
    }

    /// 一段。
    enum Passage: Sendable {
        case facts([SummaryFact])
        /// One sentence of words, each with its number.
        case counted([Piece])
        /// What people wrote of the year: 进展记录.
        case told(String)
    }

    struct Piece: Sendable {
        let words: String
        let fact: SummaryFact
    }

    var opening: [String] = []
    var sections: [Section]
    /// What is said at the end: what could not be told.
    var closing: [String] = []
}

/// 组稿。Composes a summary: pure, so that the same material makes the same words.
enum SummaryComposer {
    /// Clauses in one paragraph; more are hard to read aloud.
    static let clausesAtMost = 8

    static func compose(_ material: SummaryMaterial) -> SummaryDraft {
        var draft = SummaryDraft()
        for text in material.opening { draft.lines.append(.init(level: 0, text: text)) }
        for section in pruned(material.sections) {
            if section.level > 0 { draft.lines.append(.init(level: min(section.level, 4), text: section.title)) }
            for passage in section.passages { draft.add(passage) }
        }
        for text in material.closing { draft.lines.append(.init(level: 0, text: text)) }
        return draft
    }

    /// A heading under which nothing stands is left out.
    private static func pruned(_ sections: [SummaryMaterial.Section]) -> [SummaryMaterial.Section] {
        var kept: [SummaryMaterial.Section] = [], needed = 0
        for section in sections.reversed() {
            let isFilled = !section.passages.isEmpty, isOver = needed > section.level
            if isFilled || (isOver && section.level > 0) {
                kept.append(section)
                needed = section.level
            }
        }
        return kept.reversed()
    }
}

extension SummaryDraft {
    fileprivate mutating func add(_ passage: SummaryMaterial.Passage) {
        switch passage {
        case .told(let text): lines.append(.init(level: 0, text: SummaryText.withoutMarks(text)))
        case .counted(let pieces):
            let text = pieces.map { piece in
                written([.words(piece.words), .figure(Stated(role: .value, amount: piece.fact.value ?? 0, unit: piece.fact.unit))], of: piece.fact)
            }
            lines.append(.init(level: 0, text: text.joined() + "。"))
        case .facts(let facts):
            for start in stride(from: 0, to: facts.count, by: SummaryComposer.clausesAtMost) {
                let (told, note) = Self.once(Array(facts[start ..< min(start + SummaryComposer.clausesAtMost, facts.count)]))
                let clauses = told.map { written(Wording.clause($0), of: $0) }
                lines.append(.init(level: 0, text: clauses.joined(separator: "；") + "。" + note))
            }
        }
    }

    /// Of clauses side by side the day is said once, and so are the months that all of them lack.
    private static func once(_ facts: [SummaryFact]) -> (facts: [SummaryFact], note: String) {
        var told = facts, note = ""
        let lacking = Set(facts.filter { $0.value != nil }.map(\.missing).filter { !$0.isEmpty })
        if lacking.count == 1, let months = lacking.first, facts.count(where: { !$0.missing.isEmpty }) > 1 {
            for place in told.indices { told[place].missing = "" }
            note = "以上本期数尚缺\(months)的数据，未计入。"
        }
        for place in told.indices.dropFirst().reversed() where facts[place].asOf != nil && facts[place].asOf == facts[place - 1].asOf && facts[place - 1].value != nil {
            told[place].asOf = nil
        }
        return (told, note)
    }

    private mutating func written(_ pieces: [SentencePiece], of fact: SummaryFact) -> String {
        var text = ""
        for piece in pieces {
            text += piece.shown
            guard case .figure(let stated) = piece else { continue }
            figures.append(Figure(number: figures.count + 1, stated: stated, fact: fact))
            text += SummaryText.mark(figures.count)
        }
        return text
    }
}

/// 总结的文字。Text in which every number that comes from an indicator has its mark right behind it: 1010户〔3〕.
enum SummaryText {
    enum Part: Hashable, Sendable {
        case words(String)
        case mark(Int)
    }

    static func mark(_ number: Int) -> String { "〔\(number)〕" }

    static func parts(_ text: String) -> [Part] {
        var parts: [Part] = [], words = "", rest = text[...]
        while let open = rest.firstIndex(of: "〔") {
            guard let close = rest[open...].firstIndex(of: "〕"), let number = number(rest[rest.index(after: open) ..< close]) else {
                words += rest[...open]
                rest = rest[rest.index(after: open)...]
                continue
            }
            words += rest[..<open]
            if !words.isEmpty { parts.append(.words(words)) }
            parts.append(.mark(number))
            (words, rest) = ("", rest[rest.index(after: close)...])
        }
        words += rest
        return words.isEmpty ? parts : parts + [.words(words)]
    }

    private static func number(_ text: Substring) -> Int? {
        (1 ... 5).contains(text.count) && text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
    }

    static func withoutMarks(_ text: String) -> String {
        parts(text).map { if case .words(let words) = $0 { words } else { "" } }.joined()
    }

    static func marks(in text: String) -> [Int] {
        parts(text).compactMap { if case .mark(let number) = $0 { number } else { nil } }
    }

    /// Whether the number is still as it was bound: its own writing stands right before its mark, and no digit runs into it.
    static func isBound(_ shown: String, in words: String) -> Bool {
        guard words.hasSuffix(shown) else { return false }
        guard let before = words.dropLast(shown.count).last else { return true }
        return !before.isNumber && !Self.runsOn.contains(before)
    }

    /// What, right before a number, makes another number of it: 1,234户, 负5户.
    private static let runsOn = Set(".,，．·-−－–负＋+万亿千百")
}
