import Values

/// 资金来源。
public enum FundSource: String, CodeList {
    case central, province, city, local, lottery, charity, other

    public var label: String {
        switch self {
        case .central: "中央"
        case .province: "省级"
        case .city: "市级"
        case .local: "本级"
        case .lottery: "福彩公益金"
        case .charity: "慈善"
        case .other: "其他"
        }
    }
}

/// 分担。What each source bears of an amount.
public struct FundPart: Sendable, Hashable {
    public let source: FundSource
    public let share: BasisPoints
    public let amount: Money

    public init(_ source: FundSource, _ share: BasisPoints, _ amount: Money) { (self.source, self.share, self.amount) = (source, share, amount) }
}

/// 按比例分担：each source its share rounded down to the 分; what is left over falls to the largest share, so that the parts add up to the whole.
///
/// - Throws: `.gap` when there are no shares, `.invalid` when they don't come to 100%.
public func split(_ amount: Money, by shares: [(source: FundSource, share: BasisPoints)]) throws(Refusal) -> [FundPart] {
    guard !shares.isEmpty else { throw .gap("还没有发布资金分担比例，请政策员先发布各级分担比例") }
    guard shares.reduce(0, { $0 + $1.share.value }) == 10_000 else { throw .invalid("各级资金分担比例合计不是 100%，请政策员核对已发布的比例") }
    let down = Rounding(mode: .down, unit: Money(fen: 1))
    let amounts = shares.map { amount.multiplied(by: $0.share, rounding: down) }
    let rest = amount - amounts.reduce(.zero, +)
    let largest = shares.indices.max { (shares[$0].share.value, -$0) < (shares[$1].share.value, -$1) } ?? 0
    return shares.indices.map { FundPart(shares[$0].source, shares[$0].share, $0 == largest ? amounts[$0] + rest : amounts[$0]) }
}
