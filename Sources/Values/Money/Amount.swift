/// 非负金额。Money that is paid, owned or earned: never below zero.
public struct Amount: FieldValue, Comparable {
    public let money: Money

    /// - Throws: when the money is negative.
    public init(_ money: Money) throws(Refusal) {
        guard money >= .zero else { throw .invalid("金额不能为负数，请核对") }
        self.money = money
    }

    public static let zero = Amount(checked: .zero)

    private init(checked money: Money) { self.money = money }

    public static var kind: FieldKind { .money }
    public static var maximumLength: Int { Money.maximumLength }

    public init(typed text: String) throws(Refusal) { try self.init(Money(typed: text)) }
    public var typed: String { money.typed }
    public var shown: String { money.shown }
    public init(stored: StoredValue) throws(Refusal) { try self.init(Money(stored: stored)) }
    public var stored: StoredValue { money.stored }

    public static func < (left: Amount, right: Amount) -> Bool { left.money < right.money }
}
