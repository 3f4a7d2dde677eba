import Values

/// 计量单位。Amounts are whole numbers of its smallest part: 分 for money, hundredths of a per cent for a rate, one for a head.
public struct IndicatorUnit: Sendable, Hashable {
    /// 户、人、元、人次、%、元/人/月。
    public let name: String
    /// Decimals that the whole number holds: 2 for money and rates, 0 for what is counted.
    public let scale: Int

    /// - Parameter scale: 0 to 6.
    public init(_ name: String, scale: Int = 0) { (self.name, self.scale) = (name, min(max(scale, 0), 6)) }

    public static let households = IndicatorUnit("户"), people = IndicatorUnit("人"), visits = IndicatorUnit("人次"), cases = IndicatorUnit("件")
    public static let pieces = IndicatorUnit("个"), places = IndicatorUnit("条"), couples = IndicatorUnit("对"), times = IndicatorUnit("次")
    public static let yuan = IndicatorUnit("元", scale: 2), percent = IndicatorUnit("%", scale: 2), days = IndicatorUnit("天", scale: 1)
    public static let monthlyYuan = IndicatorUnit("元/人/月", scale: 2), yearlyYuan = IndicatorUnit("元/人/年", scale: 2)

    /// Whether it counts money.
    public var isMoney: Bool { name == "元" || name.hasPrefix("元/") }

    private var power: Int64 { (0 ..< scale).reduce(1) { power, _ in power * 10 } }

    /// 1,234.50 without the unit; a rate or a number of days without zeros that say nothing.
    public func number(_ amount: Int64) -> String {
        let (whole, part) = amount.magnitude.quotientAndRemainder(dividingBy: power.magnitude)
        var digits = scale == 0 ? "" : String(repeating: "0", count: scale - String(part).count) + String(part)
        if !isMoney { while digits.last == "0" { digits.removeLast() } }
        return (amount < 0 ? "-" : "") + Self.grouped(String(whole)) + (digits.isEmpty ? "" : "." + digits)
    }

    /// 1,234 户、1,234.50 元、18.2%。
    public func shown(_ amount: Int64) -> String { name == "%" ? number(amount) + "%" : number(amount) + " " + name }

    /// What people type: 1,234.5 or 1234.50, with or without the unit.
    /// - Throws: `.invalid` when it is no number, is too large, or has more decimals than the unit keeps.
    public func read(_ typed: String) throws(Refusal) -> Int64 {
        var text = typed.filter { !$0.isWhitespace && $0 != "," && $0 != "，" }
        if text.hasSuffix(name) { text = String(text.dropLast(name.count)) }
        let isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" }.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty, parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }), whole.count <= 13 else {
            throw .invalid("请填写数字，单位为\(name)")
        }
        var digits = parts.count > 1 ? String(parts[1]) : ""
        while digits.last == "0" { digits.removeLast() }
        guard digits.count <= scale else { throw .invalid(scale == 0 ? "以\(name)计的数不带小数" : "小数点后最多 \(scale) 位") }
        digits += String(repeating: "0", count: scale - digits.count)
        guard let amount = Int64(whole + digits) else { throw .invalid("请填写数字，单位为\(name)") }
        return isNegative ? -amount : amount
    }

    private static func grouped(_ digits: String) -> String {
        guard digits.count > 3 else { return digits }
        return grouped(String(digits.dropLast(3))) + "," + digits.suffix(3)
    }
}
