/// 比较。How a stated number binds: exactly, at least (以上、余、至少), at most (以下、不超过), about (约、近).
public enum Comparison: String, Sendable, Hashable, CaseIterable {
    case exactly = "=", atLeast = ">=", atMost = "<=", about = "~"

    /// Words that stand before a number.
    static let leading = Lexicon<Comparison>(
        words("不低于 不少于 不小于 不得低于 不得少于 至少 最少 最低 起码 超过 超 逾 突破 大于 多于 高于 ≥ > 达到或超过 不下", .atLeast)
            + words("不超过 不高于 不多于 不大于 至多 最多 最高 最长 小于 低于 少于 不足 未满 不满 不到 ≤ < 不得超过 控制在", .atMost)
            + words("约 近 大约 将近 接近 大概 约为 约计 左右 近乎 超近", .about)
    )

    /// Words that stand after a unit.
    static let trailing = Lexicon<Comparison>(
        words("以上 及以上 (含)以上 (含)及以上 含以上 (含以上) 及其以上 (及以上) 以上(含) 有余 多 余", .atLeast)
            + words("以下 及以下 (含)以下 (不含)以下 以内 之内 内 (含)以内 (不含)以内 及其以下 不到", .atMost)
            + words("左右 上下 不等", .about)
    )

    private static func words(_ words: String, _ comparison: Comparison) -> [(String, Comparison)] {
        words.split(separator: " ").map { (String($0), comparison) }
    }
}
