import Reading

/// 写出来的精度。How finely a number was written, so that a rounded one is held against as much as it says.
struct WrittenFigure: Sendable {
    let value: Figure
    let comparison: Comparison
    /// What one step of its last digit stands for: 100 of 11656.26万.
    let step: Figure
    /// 余、多: some more than said, less than a step of its last digit that isn't zero.
    let isVague: Bool

    /// - Parameter words: the number as the document writes it.
    init(_ value: Figure, _ comparison: Comparison, words: String) {
        self.value = value
        self.comparison = comparison
        isVague = comparison == .atLeast && (words.contains("余") || words.contains("多") || words.contains("逾"))
        step = isVague ? Figure(1, exponent: value.exponent) : Self.step(of: words)
    }

    private static func step(of words: String) -> Figure {
        let digits = words.drop { !$0.isASCII || !$0.isNumber }.prefix { ($0.isASCII && $0.isNumber) || $0 == "." || $0 == "," || $0 == "，" || $0 == " " }
        let after = words[digits.endIndex...].drop { $0 == "余" || $0 == "多" || $0 == " " }
        let decimals = digits.split(separator: ".", maxSplits: 1).dropFirst().first.map { $0.filter(\.isNumber).count } ?? 0
        let power = after.hasPrefix("万亿") ? 12 : after.hasPrefix("亿") ? 8 : after.hasPrefix("千万") ? 7 : after.hasPrefix("百万") ? 6 : after.hasPrefix("万") ? 4
            : after.hasPrefix("千") ? 3 : 0
        return Figure(1, exponent: digits.isEmpty ? 0 : power - decimals)
    }

    /// Whether a known number may be written so: rounded or cut off to its last digit.
    func agrees(with known: Figure) -> Bool {
        if known == value { return true }
        switch comparison {
        case .atLeast where isVague: return known > value && (known.minus(value).map { $0 < step } ?? false)
        case .atLeast: return known >= value
        case .atMost: return known <= value
        case .about: return isNear(known)
        case .exactly: return step != Figure(1) && isWithinStep(known)
        }
    }

    private func isWithinStep(_ known: Figure) -> Bool {
        guard let difference = known.minus(value) else { return false }
        return difference < step && Figure(-difference.mantissa, exponent: difference.exponent) < step
    }

    /// 约、近: within a twentieth.
    private func isNear(_ known: Figure) -> Bool {
        guard let difference = known.minus(value), let limit = value.times(Figure(5, exponent: -2)) else { return false }
        return difference < limit && Figure(-difference.mantissa, exponent: difference.exponent) < limit
    }
}
