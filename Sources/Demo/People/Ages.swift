/// 年龄构成。How many people of each age live in the city: the bands of seed 001 exactly, spread within each band.
///
/// Seed 001: 60 and over 126,300, of whom 80 and over 15,997, of whom 100 and over 43; of about 694,000 residents.
struct Ages: Sendable {
    static let residents = 694_000.0, from60 = 126_300.0, from80 = 15_997.0, from100 = 43.0

    /// People not yet placed in a household, by age.
    private(set) var left: [Int]

    init(scale: Double) {
        let all = Ages.scaled(Ages.residents, scale), old = Ages.scaled(Ages.from60, scale)
        let aged = Ages.scaled(Ages.from80, scale), hundred = Ages.scaled(Ages.from100, scale)
        left = Ages.spread(all - old, over: 0..<60) + Ages.spread(old - aged, over: 60..<80)
            + Ages.spread(aged - hundred, over: 80..<100) + Ages.spread(hundred, over: 100..<110)
    }

    private static func scaled(_ count: Double, _ scale: Double) -> Int { Int((count * scale).rounded()) }

    /// Weight of one year of age in each group of five years; only the proportions within a band count.
    private static let weights = [
        3.6, 5.4, 6.0, 5.2, 4.8, 5.8, 7.8, 8.2, 7.2, 7.6, 9.0, 8.6, 6.3, 5.6, 4.3, 2.5, 1.5, 0.75, 0.25, 0.05, 0.9, 0.1,
    ]

    /// Shares `total` by weight; what rounding leaves goes to the largest remainders.
    private static func spread(_ total: Int, over ages: Range<Int>) -> [Int] {
        let sum = ages.reduce(0) { $0 + weights[$1 / 5] }
        let exact = ages.map { weights[$0 / 5] / sum * Double(total) }
        var counts = exact.map { Int($0) }
        let byRemainder = exact.indices.sorted { (exact[$0] - exact[$0].rounded(.down), $1) > (exact[$1] - exact[$1].rounded(.down), $0) }
        for index in byRemainder.prefix(total - counts.reduce(0, +)) { counts[index] += 1 }
        return counts
    }

    func count(_ youngest: Int, to oldest: Int) -> Int { youngest > oldest ? 0 : left[youngest...oldest].reduce(0, +) }
    var total: Int { left.reduce(0, +) }

    /// Takes one person between two ages, in proportion to who is left; nil when nobody is.
    mutating func take(_ youngest: Int, to oldest: Int, _ dice: inout Dice) -> Int? {
        let oldest = min(oldest, 109), total = count(youngest, to: oldest)
        guard total > 0 else { return nil }
        var place = dice.below(total)
        for age in youngest...oldest {
            place -= left[age]
            if place < 0 {
                left[age] -= 1
                return age
            }
        }
        return nil
    }
}
