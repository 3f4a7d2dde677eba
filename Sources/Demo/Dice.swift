/// 骰子。SplitMix64: small, fast, and the same on every machine, so that one seed is one city.
package struct Dice: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A whole number below `bound`, which is positive.
    package mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// Whether something that happens `percent` times in a hundred happens now.
    package mutating func chance(_ percent: Double) -> Bool { Double(next() >> 11) / 9_007_199_254_740_992 * 100 < percent }

    package mutating func pick<Element>(_ items: [Element]) -> Element { items[below(items.count)] }

    /// How many, on average `mean`, and never more than `limit`: the whole part for sure, the rest by chance, one up or down for variety.
    package mutating func count(mean: Double, atMost limit: Int) -> Int {
        let whole = Int(mean)
        var count = whole + (chance((mean - Double(whole)) * 100) ? 1 : 0)
        if count > 0, chance(20) { count += chance(50) ? 1 : -1 }
        return min(count, limit)
    }
}
