/// 比例。A ratio in ten-thousandths: 30% is 3000.
///
/// Typed ratios are from 0 to 1000%; a computed one, such as a rate of growth, may be negative and is still shown.
public struct BasisPoints: FieldValue, Comparable {
    public let value: Int

    public init(value: Int) { self.value = value }
    public init(_ value: Int) { self.value = value }

    public static func percent(_ percent: Int) -> BasisPoints { BasisPoints(percent * 100) }

    public static func < (left: BasisPoints, right: BasisPoints) -> Bool { left.value < right.value }
}

extension BasisPoints {
    public static var kind: FieldKind { .ratio }
    public static var maximumLength: Int { 20 }

    private static let typedLimit: Int64 = 100_000

    /// Reads `30%`, `12.5%`, `0.3`. A bare number above 10 has surely lost its percent sign and is refused.
    public init(typed text: String) throws(Refusal) {
        let narrow = try Door.narrow(text, for: BasisPoints.self)
        let isPercent = narrow.hasSuffix("%")
        let number = Door.trimmed(isPercent ? String(narrow.dropLast()) : narrow)
        switch DecimalText.read(number, places: isPercent ? 2 : 4) {
        case .number(let value) where (0...BasisPoints.typedLimit).contains(value): self.value = Int(value)
        case .number(let value) where value < 0: throw .invalid("比例不能为负数，请核对")
        case .number, .tooLarge: throw .invalid("比例过大，请写成 30% 或 0.3")
        case .tooPrecise: throw .invalid("比例最多精确到万分之一，如 12.34% 或 0.1234")
        case .unreadable: throw .invalid("请填写比例，如 30% 或 0.3")
        }
    }

    /// 30%, 12.5%, 0.01%
    public var typed: String {
        let (percent, rest) = value.magnitude.quotientAndRemainder(dividingBy: 100)
        let sign = value < 0 ? "-" : ""
        guard rest > 0 else { return "\(sign)\(percent)%" }
        let decimals = rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
        return "\(sign)\(percent).\(decimals)%"
    }

    public init(stored: StoredValue) throws(Refusal) { value = Int(try stored.integer(as: "比例（万分之一）")) }
    public var stored: StoredValue { .integer(Int64(value)) }
}
