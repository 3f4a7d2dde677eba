/// 词表。Words with what they stand for, found at a place in a text or just before it; the longest word wins.
struct Lexicon<Meaning: Sendable>: Sendable {
    struct Entry: Sendable {
        let word: Marks
        let meaning: Meaning
    }

    private let byHead: [Unicode.Scalar: [Entry]]
    private let byTail: [Unicode.Scalar: [Entry]]
    /// Whether any word starts, or ends, with a character of these last ten bits: most places are passed over by this alone.
    private let heads: [Bool], tails: [Bool]

    init(_ pairs: [(String, Meaning)]) {
        let entries = pairs.map { Entry(word: Marks($0.0), meaning: $0.1) }.sorted { $0.word.count > $1.word.count }
        byHead = Dictionary(grouping: entries.filter { !$0.word.isEmpty }) { $0.word[0] }
        byTail = Dictionary(grouping: entries.filter { !$0.word.isEmpty }) { $0.word[$0.word.count - 1] }
        (heads, tails) = (Self.sieve(byHead.keys), Self.sieve(byTail.keys))
    }

    private static func sieve(_ marks: some Sequence<Unicode.Scalar>) -> [Bool] {
        var sieve = [Bool](repeating: false, count: 1_024)
        for mark in marks { sieve[Int(mark.value & 1_023)] = true }
        return sieve
    }

    /// The word that starts at the place.
    func match(_ marks: Marks, at place: Int, until end: Int) -> (meaning: Meaning, end: Int)? {
        guard place < end, heads[Int(marks[place].value & 1_023)], let entries = byHead[marks[place]] else { return nil }
        for entry in entries where place + entry.word.count <= end && marks[place ..< place + entry.word.count].elementsEqual(entry.word) {
            return (entry.meaning, place + entry.word.count)
        }
        return nil
    }

    /// The word that ends just before the place.
    func match(_ marks: Marks, endingAt place: Int, from start: Int) -> (meaning: Meaning, start: Int)? {
        guard place > start, tails[Int(marks[place - 1].value & 1_023)], let entries = byTail[marks[place - 1]] else { return nil }
        for entry in entries where place - entry.word.count >= start && marks[place - entry.word.count ..< place].elementsEqual(entry.word) {
            return (entry.meaning, place - entry.word.count)
        }
        return nil
    }

    /// The last word within the range.
    func last(_ marks: Marks, in range: Range<Int>) -> (meaning: Meaning, range: Range<Int>)? {
        for place in range.reversed() {
            if let found = match(marks, at: place, until: range.upperBound) { return (found.meaning, place ..< found.end) }
        }
        return nil
    }

    /// The first word within the range.
    func first(_ marks: Marks, in range: Range<Int>) -> (meaning: Meaning, range: Range<Int>)? {
        for place in range {
            if let found = match(marks, at: place, until: range.upperBound) { return (found.meaning, place ..< found.end) }
        }
        return nil
    }
}

extension Lexicon where Meaning == Void {
    /// Words divided by spaces.
    init(words: String) { self.init(words.split(whereSeparator: \.isWhitespace).map { (String($0), ()) }) }
}
