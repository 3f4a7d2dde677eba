/// 检索词。Cuts text into the words of a search table; the same cut serves both engines.
///
/// A run of Chinese characters becomes its overlapping pairs and its last character, a run of other letters and digits
/// becomes one lower-case word: `张建国1` gives 张建 建国 国 1. Full-width letters are read as half-width.
/// Characters for private use count as Chinese: older systems keep rare characters of names there.
public enum SearchWords {
    /// The words under which a text is found, each once, in order of appearance.
    public static func of(_ text: String) -> [String] {
        unique(runs(of: text).flatMap { run in
            run.isHan ? pairs(run.characters) + run.characters.suffix(1) : [run.word]
        })
    }

    /// The words that all must be found when a person types this text. One Chinese character alone asks for every word it opens.
    static func asked(_ text: String) -> [SearchQuery.Word] {
        unique(runs(of: text).flatMap { run -> [SearchQuery.Word] in
            guard run.isHan, run.scalars.count > 1 else { return [.init(text: run.word, opens: run.isHan)] }
            return pairs(run.characters).map { .init(text: $0, opens: false) }
        })
    }

    private static func pairs(_ characters: [String]) -> [String] {
        zip(characters, characters.dropFirst()).map { $0 + $1 }
    }

    private static func unique<Word: Hashable>(_ words: [Word]) -> [Word] {
        var seen: Set<Word> = []
        return words.filter { seen.insert($0).inserted }
    }
}

extension SearchWords {
    private enum Class { case han, plain, ignored, separator }

    /// Neighbours of one class; never empty.
    private struct Run {
        let isHan: Bool
        var scalars: [Unicode.Scalar]

        var characters: [String] { scalars.map(String.init) }
        var word: String { scalars.reduce(into: "") { $0 += $1.properties.lowercaseMapping } }
    }

    private static func runs(of text: String) -> [Run] {
        var runs: [Run] = []
        var previous = Class.separator
        for scalar in text.unicodeScalars.lazy.map(halfWidth) {
            let current = classify(scalar)
            switch current {
            case .ignored: continue
            case .separator: break
            case previous: runs[runs.count - 1].scalars.append(scalar)
            default: runs.append(Run(isHan: current == .han, scalars: [scalar]))
            }
            previous = current
        }
        return runs
    }

    private static func classify(_ scalar: Unicode.Scalar) -> Class {
        let properties = scalar.properties
        if properties.isVariationSelector { return .ignored }
        if properties.isIdeographic { return .han }
        switch properties.generalCategory {
        case .privateUse: return .han
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return .plain
        case .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark: return .plain
        default: return .separator
        }
    }

    /// `Ａ` is read as `A`.
    private static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard (0xFF01...0xFF5E).contains(scalar.value) else { return scalar }
        return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    }
}
