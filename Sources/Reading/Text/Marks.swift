/// 字符。Text as an array of Unicode scalars, so that a place in it is a number and a step costs nothing.
public typealias Marks = [Unicode.Scalar]

extension Array where Element == Unicode.Scalar {
    init(_ text: String) { self = Array(text.unicodeScalars) }

    func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: self[range])
        return String(view)
    }

    var text: String { text(indices) }

    /// Whether the word stands at the place.
    func has(_ word: String, at place: Int) -> Bool {
        var i = place
        for mark in word.unicodeScalars {
            guard i < count, i >= 0, self[i] == mark else { return false }
            i += 1
        }
        return true
    }

    /// Whether the word ends just before the place.
    func has(_ word: String, before place: Int) -> Bool { has(word, at: place - word.unicodeScalars.count) }

    func has(_ word: String, in range: Range<Int>) -> Bool { first(of: word, in: range) != nil }

    /// Where the word first stands within the range.
    func first(of word: String, in range: Range<Int>) -> Int? {
        let length = word.unicodeScalars.count
        guard let head = word.unicodeScalars.first, range.count >= length else { return nil }
        for i in range.lowerBound ... (range.upperBound - length) where self[i] == head && has(word, at: i) { return i }
        return nil
    }

    func has(anyOf words: [String], in range: Range<Int>) -> Bool { words.contains { has($0, in: range) } }
}

extension Unicode.Scalar {
    var isDigit: Bool { (0x30 ... 0x39).contains(value) }
    var isLetter: Bool { (0x41 ... 0x5A).contains(value) || (0x61 ... 0x7A).contains(value) }
    var isHan: Bool { (0x4E00 ... 0x9FFF).contains(value) || (0x3400 ... 0x4DBF).contains(value) }
    /// A mark that hides a digit: 202x年, 3××万元, **人.
    var isMask: Bool { self == "x" || self == "X" || self == "*" || self == "×" || self == "□" || self == "○" || self == "_" }
}
