/// 数值。A decimal number exactly as written: `mantissa` × 10^`exponent`. Nothing here is floating point.
public struct Figure: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let mantissa: Int64
    public let exponent: Int

    /// Trailing zeros move into the exponent, so that equal numbers are equal.
    public init(_ mantissa: Int64, exponent: Int = 0) {
        var mantissa = mantissa, exponent = mantissa == 0 ? 0 : exponent
        while mantissa != 0, mantissa % 10 == 0 {
            mantissa /= 10
            exponent += 1
        }
        self.mantissa = mantissa
        self.exponent = exponent
    }

    /// The number a text such as `-1234.50` writes, of at most 15 digits.
    public init?(_ text: some StringProtocol) {
        var mantissa: Int64 = 0, decimals = 0, digits = 0, isPastPoint = false
        for (i, mark) in text.unicodeScalars.enumerated() {
            switch mark {
            case "-" where i == 0: continue
            case "." where !isPastPoint: isPastPoint = true
            case _ where mark.isDigit && digits < 15:
                mantissa = mantissa * 10 + Int64(mark.value - 0x30)
                digits += 1
                decimals += isPastPoint ? 1 : 0
            default: return nil
            }
        }
        guard digits > 0 else { return nil }
        self.init(text.hasPrefix("-") ? -mantissa : mantissa, exponent: -decimals)
    }

    public static let zero = Figure(0)
    public static let hundred = Figure(100)

    public func shifted(_ powers: Int) -> Figure { Figure(mantissa, exponent: exponent + powers) }

    /// The number as a whole number of 10^-`decimals`; nil when it is finer than that, or too large.
    public func units(decimals: Int) -> Int128? {
        let power = exponent + decimals
        guard power >= 0, power <= 20 else { return mantissa == 0 ? 0 : nil }
        return Int128(mantissa) * Self.ten(power)
    }

    private static func ten(_ power: Int) -> Int128 { (0 ..< power).reduce(1) { value, _ in value * 10 } }

    public static func < (a: Figure, b: Figure) -> Bool {
        let low = min(a.exponent, b.exponent)
        guard max(a.exponent, b.exponent) - low <= 18 else { return a.exponent < b.exponent ? b.mantissa > 0 : a.mantissa < 0 }
        return Int128(a.mantissa) * ten(a.exponent - low) < Int128(b.mantissa) * ten(b.exponent - low)
    }

    /// The difference and the sum; nil when they do not fit.
    public func combined(with other: Figure, _ combine: (Int128, Int128) -> Int128) -> Figure? {
        let low = min(exponent, other.exponent)
        guard max(exponent, other.exponent) - low <= 18 else { return nil }
        let value = combine(Int128(mantissa) * Self.ten(exponent - low), Int128(other.mantissa) * Self.ten(other.exponent - low))
        return Int64(exactly: value).map { Figure($0, exponent: low) }
    }

    public func plus(_ other: Figure) -> Figure? { combined(with: other, +) }
    public func minus(_ other: Figure) -> Figure? { combined(with: other, -) }
    public func times(_ other: Figure) -> Figure? {
        let (product, isOver) = mantissa.multipliedReportingOverflow(by: other.mantissa)
        return isOver ? nil : Figure(product, exponent: exponent + other.exponent)
    }

    /// Plain digits: 7.5, 1200000.
    public var description: String {
        let digits = String(mantissa.magnitude), sign = mantissa < 0 ? "-" : ""
        guard exponent < 0 else { return sign + digits + String(repeating: "0", count: exponent) }
        let padded = String(repeating: "0", count: max(0, 1 - exponent - digits.count)) + digits
        return sign + padded.dropLast(-exponent) + "." + padded.suffix(-exponent)
    }
}
