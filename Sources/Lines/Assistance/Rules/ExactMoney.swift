import Values

/// 精确金额。Money as an exact fraction of 分: dividing by twelve months or by members loses nothing until a ruling rounds.
///
/// The rules bound what enters (`checked()`): amounts to 10¹³ 分, ratios to 1000%, divisors to 100. 128 bits then suffice.
struct ExactMoney: Hashable, Comparable, Sendable {
    /// In lowest terms, `parts` ≥ 1.
    private let fen: Int128
    private let parts: Int128

    private init(_ fen: Int128, over parts: Int128) {
        let common = max(Self.commonFactor(fen.magnitude, parts.magnitude), 1)
        self.fen = fen / Int128(common)
        self.parts = parts / Int128(common)
    }

    init(_ money: Money) { self.init(Int128(money.fen), over: 1) }

    static let zero = ExactMoney(.zero)

    static func + (left: ExactMoney, right: ExactMoney) -> ExactMoney {
        let common = Int128(commonFactor(left.parts.magnitude, right.parts.magnitude))
        let parts = left.parts / common * right.parts
        return ExactMoney(left.fen * (parts / left.parts) + right.fen * (parts / right.parts), over: parts)
    }

    static prefix func - (money: ExactMoney) -> ExactMoney { ExactMoney(-money.fen, over: money.parts) }
    static func - (left: ExactMoney, right: ExactMoney) -> ExactMoney { left + -right }
    static func * (money: ExactMoney, count: Int) -> ExactMoney {
        ExactMoney(money.fen * Int128(count), over: money.parts)
    }
    /// A divisor below one divides by one.
    static func / (money: ExactMoney, count: Int) -> ExactMoney {
        ExactMoney(money.fen, over: money.parts * Int128(max(count, 1)))
    }
    static func * (money: ExactMoney, rate: BasisPoints) -> ExactMoney { money * rate.value / 10_000 }
    static func < (left: ExactMoney, right: ExactMoney) -> Bool { (left - right).fen < 0 }

    static func += (left: inout ExactMoney, right: ExactMoney) { left = left + right }

    /// Not below zero.
    var floored: ExactMoney { max(self, .zero) }

    /// Whether it is a whole number of 分.
    var isWhole: Bool { parts == 1 }

    /// Brought to the ruled unit in one step.
    func rounded(_ rounding: Rounding) -> Money {
        let unit = rounding.mode == .none ? 1 : Int128(rounding.unit.fen)
        let divisor = (parts * unit).magnitude
        let (whole, rest) = fen.magnitude.quotientAndRemainder(dividingBy: divisor)
        let isNext = switch rounding.mode {
        case .up: rest > 0
        case .halfUp, .none: rest * 2 >= divisor
        case .down: false
        }
        let size = Int128(whole + (isNext ? 1 : 0)) * unit
        return Money(fen: Int64(clamping: fen < 0 ? -size : size))
    }

    /// 「1,234.50 元」, and 「约 33.33 元」 when it is not a whole number of 分.
    var shown: String {
        guard !isWhole else { return rounded(.fen).shown }
        return rounded(.fen) == .zero ? "不足 0.01 元" : "约 \(rounded(.fen).shown)"
    }

    private static func commonFactor(_ a: UInt128, _ b: UInt128) -> UInt128 {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }
}

extension Sequence<ExactMoney> {
    func sum() -> ExactMoney { reduce(.zero, +) }
}
