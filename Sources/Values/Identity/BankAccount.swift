/// 银行账户。A bank card, whose number checks itself, or a passbook, whose number cannot.
///
/// Passing the check is no proof that the account exists or whose it is; the bank's return file is.
public struct BankAccount: FieldValue {
    public enum Kind: String, CodeList {
        case bankCard = "bank-card"
        case passbook

        public var label: String {
            switch self {
            case .bankCard: "银行卡"
            case .passbook: "存折"
            }
        }
    }

    public let kind: Kind
    /// Digits only.
    public let number: String

    /// - Parameter number: digits, perhaps full-width or parted by spaces or hyphens.
    /// - Throws: when a card is not 12–19 digits or fails its check, or a passbook is not 8–32 digits.
    public init(kind: Kind, number typed: String) throws(Refusal) {
        let narrow = try Door.narrow(typed, for: BankAccount.self)
        let digits = narrow.filter { $0 != " " && $0 != "-" }
        guard digits.utf8.allSatisfy({ $0.digit != nil }) else { throw .invalid("银行账号只能是数字，请核对") }
        switch kind {
        case .bankCard:
            guard (12...19).contains(digits.utf8.count) else { throw .invalid("银行卡号应为12至19位数字，请核对卡面") }
            guard BankAccount.passesCheck(digits) else { throw .invalid("银行卡号校验不符，请核对卡面；存折账号请选择“存折”") }
        case .passbook:
            guard (8...32).contains(digits.utf8.count) else { throw .invalid("存折账号应为8至32位数字，请核对存折") }
        }
        self.kind = kind
        number = digits
    }

    /// Luhn: every second digit from the right counts double.
    private static func passesCheck(_ digits: String) -> Bool {
        var sum = 0
        for (place, byte) in digits.utf8.reversed().enumerated() {
            let value = (byte.digit ?? 0) * (place.isMultiple(of: 2) ? 1 : 2)
            sum += value > 9 ? value - 9 : value
        }
        return sum.isMultiple(of: 10)
    }
}

extension BankAccount {
    public static var kind: FieldKind { .text }
    public static var maximumLength: Int { 60 }

    /// A number alone is a card's; a passbook's follows the word 存折.
    public init(typed text: String) throws(Refusal) {
        try Door.checkLength(of: text, for: BankAccount.self)
        let trimmed = Door.trimmed(text)
        let isPassbook = trimmed.hasPrefix(Kind.passbook.label)
        try self.init(kind: isPassbook ? .passbook : .bankCard, number: isPassbook ? String(trimmed.dropFirst(2)) : trimmed)
    }

    /// 6217000000000000004, or 存折12345678
    public var typed: String { kind == .passbook ? kind.label + number : number }

    /// 银行卡 6217000000000000004
    public var shown: String { "\(kind.label) \(number)" }

    public init(stored: StoredValue) throws(Refusal) {
        let text = try stored.text(as: "银行账户")
        try Door.checkLength(of: text, for: BankAccount.self)
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])) else {
            throw .invalid("银行账户应写明种类和账号，如 bank-card:6217000000000000004")
        }
        try self.init(kind: kind, number: String(parts[1]))
    }

    /// bank-card:6217000000000000004
    public var stored: StoredValue { .text("\(kind.rawValue):\(number)") }
}
