/// 计划变动。Which task of a new version of a plan is which task of the old one, so that what people bound to it stays bound.
public struct PlanChange: Sendable, Hashable {
    /// A task that is in both, by its places in the old and the new list.
    public struct Pair: Sendable, Hashable {
        public let old: Int
        public let new: Int
        /// 1 for the same words; less when they were changed.
        public let likeness: Double
    }

    public let kept: [Pair]
    public let changed: [Pair]
    public let added: [Int]
    public let removed: [Int]

    /// Below this likeness two tasks are two tasks.
    public static let threshold = 0.5

    /// - Parameters:
    ///   - old: the words of the old tasks, in order; `new` likewise.
    public init(from old: [String], to new: [String]) {
        let before = old.map(Wording.init), after = new.map(Wording.init)
        var (same, freeOld, freeNew) = Self.same(before, after)
        let candidates = freeOld.flatMap { i in freeNew.map { j in Pair(old: i, new: j, likeness: before[i].likeness(to: after[j])) } }
        var likes: [Pair] = []
        for pair in candidates.filter({ $0.likeness >= Self.threshold }).sorted(by: Self.isBetter) where freeOld.contains(pair.old) && freeNew.contains(pair.new) {
            likes.append(pair)
            freeOld.remove(pair.old)
            freeNew.remove(pair.new)
        }
        same.sort { $0.new < $1.new }
        (kept, changed, added, removed) = (same, likes.sorted { $0.new < $1.new }, freeNew.sorted(), freeOld.sorted())
    }

    /// Equal words first, each once and in order.
    private static func same(_ old: [Wording], _ new: [Wording]) -> ([Pair], Set<Int>, Set<Int>) {
        var places = Dictionary(grouping: old.indices.reversed()) { old[$0].words }
        var pairs: [Pair] = [], freeOld = Set(old.indices), freeNew = Set(new.indices)
        for j in new.indices {
            guard let i = places[new[j].words]?.popLast() else { continue }
            pairs.append(Pair(old: i, new: j, likeness: 1))
            freeOld.remove(i)
            freeNew.remove(j)
        }
        return (pairs, freeOld, freeNew)
    }

    /// The more alike, then the nearer to its old place.
    private static func isBetter(_ a: Pair, _ b: Pair) -> Bool {
        if a.likeness != b.likeness { return a.likeness > b.likeness }
        return (abs(a.old - a.new), a.old, a.new) < (abs(b.old - b.new), b.old, b.new)
    }
}

/// The words of a task as they are compared: without signs and spaces, numbers left out, in pairs of characters.
private struct Wording {
    let words: Marks
    private let pairs: Set<UInt64>

    init(_ text: String) {
        words = Manuscript(text).paragraphs.flatMap(\.marks).filter { $0.isHan || $0.isLetter || $0.isDigit }
        let letters = words.filter { !$0.isDigit }
        pairs = Set(zip(letters, letters.dropFirst()).map { UInt64($0.value) << 32 | UInt64($1.value) })
    }

    /// Twice the pairs they share over the pairs they have: the measure of Dice.
    func likeness(to other: Wording) -> Double {
        let all = pairs.count + other.pairs.count
        return all == 0 ? 0 : Double(2 * pairs.intersection(other.pairs).count) / Double(all)
    }
}
