/// 金额。Renminbi as a whole number of 分, negative for what is taken back. Nothing here is floating point.
///
/// A typed amount is at most 10¹³ 分, so that sums over a whole city cannot overflow.
public struct Money: FieldValue, Comparable, AdditiveArithmetic {
    public let fen: Int64

    public init(fen: Int64) { self.fen = fen }

    public static let zero = Money(fen: 0)

    /// So many whole 元.
    public static func yuan(_ yuan: Int) -> Money { Money(fen: Int64(yuan) * 100) }

    public static func < (left: Money, right: Money) -> Bool { left.fen < right.fen }
    public static func + (left: Money, right: Money) -> Money { Money(fen: left.fen + right.fen) }
    public static func - (left: Money, right: Money) -> Money { Money(fen: left.fen - right.fen) }
    public static prefix func - (money: Money) -> Money { Money(fen: -money.fen) }
    public static func * (money: Money, count: Int) -> Money { Money(fen: money.fen * Int64(count)) }
    public static func * (count: Int, money: Money) -> Money { money * count }
}

extension Money {
    public static var kind: FieldKind { .money }
    public static var maximumLength: Int { 40 }

    /// The largest typed amount, in 分.
    static let typedLimit: Int64 = 10_000_000_000_000

    public init(typed text: String) throws(Refusal) {
        let narrow = try Door.narrow(text, for: Money.self)
        switch DecimalText.read(Money.withoutUnit(narrow), places: 2) {
        case .number(let fen) where fen.magnitude <= Money.typedLimit.magnitude: self.fen = fen
        case .number, .tooLarge: throw .invalid("金额过大，请核对单位是否为元")
        case .tooPrecise: throw .invalid("金额最多写到分，小数点后不超过两位")
        case .unreadable: throw .invalid("请填写金额，单位为元，如 735.00")
        }
    }

    /// 735.00
    public var typed: String { written(separator: "") }

    /// 1,234.50 元
    public var shown: String { written(separator: ",") + " 元" }

    public init(stored: StoredValue) throws(Refusal) { fen = try stored.integer(as: "金额（分）") }
    public var stored: StoredValue { .integer(fen) }

    private static func withoutUnit(_ text: String) -> Substring {
        var bare = text[...]
        if bare.hasSuffix("元") { bare = bare.dropLast() }
        if let sign = bare.first, sign == "¥" || sign == "￥" { bare = bare.dropFirst() }
        while bare.last == " " { bare = bare.dropLast() }
        while bare.first == " " { bare = bare.dropFirst() }
        return bare
    }

    private func written(separator: String) -> String {
        let (yuan, cents) = fen.magnitude.quotientAndRemainder(dividingBy: 100)
        let whole = separator.isEmpty ? String(yuan) : Money.grouped(yuan, separator)
        return "\(fen < 0 ? "-" : "")\(whole).\(cents < 10 ? "0" : "")\(cents)"
    }

    private static func grouped(_ number: UInt64, _ separator: String) -> String {
        guard number >= 1000 else { return String(number) }
        let (high, low) = number.quotientAndRemainder(dividingBy: 1000)
        let padding = low < 10 ? "00" : low < 100 ? "0" : ""
        return grouped(high, separator) + separator + padding + String(low)
    }
}
