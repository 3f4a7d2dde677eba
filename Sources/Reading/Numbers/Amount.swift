/// 数量表述。One stated amount in a sentence, before we know of what, when, or of which kind.
struct Amount: Sendable {
    enum Origin: Sendable {
        /// A number with a unit.
        case counted
        /// 全覆盖, 全部, 所有: a hundred per cent; 未发生一起, 无一例: none.
        case claimed
        /// 八有, 六位一体: how many things a checklist holds.
        case checklist
        /// 每日, 每两小时: how often.
        case rhythm
    }

    var range: Range<Int>
    var value: Figure?
    /// The upper end of 2—3家.
    var upper: Figure?
    var previous: Figure?
    var previousUpper: Figure?
    var unit: Unit
    var comparison = Comparison.exactly
    var origin = Origin.counted
    var script = Numeral.Script.arabic
    /// What it is said of, where the words around it already tell.
    var phrase: String?
    var isRaise: Bool { previous != nil }
}
