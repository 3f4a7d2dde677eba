/// 取整方式。How an amount is brought to a unit: the ruling names the mode and the unit.
///
/// Modes look at the size of an amount, not at its sign, so that taking back undoes exactly what was given.
public struct Rounding: Hashable, Sendable {
    public enum Mode: String, CodeList {
        /// 进一：any remainder makes a whole unit.
        case up
        /// 四舍五入。
        case halfUp = "half-up"
        /// 舍去：the remainder is dropped.
        case down
        /// 不取整：kept to the 分; what is below a 分 is rounded half up.
        case none

        public var label: String {
            switch self {
            case .up: "进一"
            case .halfUp: "四舍五入"
            case .down: "舍去"
            case .none: "不取整"
            }
        }
    }

    public let mode: Mode
    /// 1 分, 1 元, 10 元; never below 1 分, the least there is.
    public let unit: Money

    public init(mode: Mode, unit: Money) {
        self.mode = mode
        self.unit = max(unit, Money(fen: 1))
    }

    /// 四舍五入到分。
    public static let fen = Rounding(mode: .halfUp, unit: Money(fen: 1))
}

extension Money {
    /// This amount at a rate, exact until it is rounded once.
    public func multiplied(by rate: BasisPoints, rounding: Rounding) -> Money {
        Money.rounded(Int128(fen) * Int128(rate.value), over: 10_000, rounding)
    }

    /// One of `count` equal parts, rounded; the parts need not add up to the whole. Use `share(among:)` to pay out.
    /// A count below one divides by one.
    public func divided(by count: Int, rounding: Rounding) -> Money {
        Money.rounded(Int128(fen), over: Int128(max(count, 1)), rounding)
    }

    /// An equal share for each of `count`, rounded down to the 分; the remainder stays with the payer.
    public func share(among count: Int) -> Money {
        divided(by: count, rounding: Rounding(mode: .down, unit: Money(fen: 1)))
    }

    /// 凑整。
    public func rounded(_ rounding: Rounding) -> Money {
        Money.rounded(Int128(fen), over: 1, rounding)
    }

    /// `numerator / denominator` in 分, brought to the unit in one step: rounding twice would move a half.
    private static func rounded(_ numerator: Int128, over denominator: Int128, _ rounding: Rounding) -> Money {
        let isKept = rounding.mode == .none
        let unit = isKept ? 1 : Int128(rounding.unit.fen)
        let divisor = denominator * unit
        let (whole, rest) = numerator.magnitude.quotientAndRemainder(dividingBy: divisor.magnitude)
        let isNext = switch rounding.mode {
        case .up: rest > 0
        case .halfUp, .none: rest * 2 >= divisor.magnitude
        case .down: false
        }
        let size = Int128(whole + (isNext ? 1 : 0)) * unit
        return Money(fen: Int64(numerator < 0 ? -size : size))
    }
}
