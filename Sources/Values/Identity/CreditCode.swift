/// 统一社会信用代码。GB 32100-2015, 18 characters, with the organisation code of GB 11714 inside.
///
/// Codes are given by the registration authority; we only check and keep them.
public struct CreditCode: FieldValue, Comparable {
    public let code: String

    private init(known code: String) { self.code = code }

    public static func < (left: CreditCode, right: CreditCode) -> Bool { left.code < right.code }

    /// 登记管理部门代码：5 is civil affairs.
    public var authority: Character { code.first ?? "0" }
    /// 机构类别代码：under 5, 1 社会团体, 2 民办非企业单位, 3 基金会, 9 其他.
    public var category: Character { code.dropFirst().first ?? "0" }
    /// 登记管理机关行政区划码。Of the authority, not of the seat.
    public var area: String { String(code.dropFirst(2).prefix(6)) }
    /// 主体标识码（组织机构代码），nine characters.
    public var organisation: String { String(code.dropFirst(8).prefix(9)) }
}

extension CreditCode {
    public static var kind: FieldKind { .text }
    public static var maximumLength: Int { 40 }

    public init(typed text: String) throws(Refusal) {
        let narrow = try Door.narrow(text, for: CreditCode.self).uppercased()
        let bytes = Array(narrow.utf8)
        guard bytes.count == 18 else { throw .invalid("统一社会信用代码应为18位，请核对证书") }
        let values = bytes.compactMap(CreditCode.value(of:))
        guard values.count == 18 else {
            throw .invalid("统一社会信用代码只含数字和大写字母，不含 I、O、S、V、Z，请核对证书")
        }
        guard bytes[2..<8].allSatisfy({ $0.digit != nil }) else {
            throw .invalid("统一社会信用代码第3至8位应为数字，请核对证书")
        }
        guard CreditCode.organisationCheck(of: bytes[8..<16]) == bytes[16] else {
            throw .invalid("统一社会信用代码中的组织机构代码校验不符，请核对证书")
        }
        guard CreditCode.check(of: values.dropLast()) == values[17] else {
            throw .invalid("统一社会信用代码末位校验不符，请核对证书")
        }
        self.init(known: narrow)
    }

    public var typed: String { code }
    public init(stored: StoredValue) throws(Refusal) {
        try self.init(typed: try stored.text(as: "统一社会信用代码"))
    }
    public var stored: StoredValue { .text(code) }

    private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)

    private static func value(of byte: UInt8) -> Int? { alphabet.firstIndex(of: byte) }

    /// The value of character 18: weights are powers of 3, modulo 31.
    private static func check(of values: some Sequence<Int>) -> Int {
        var weight = 1
        var sum = 0
        for value in values {
            sum += value * weight
            weight = weight * 3 % 31
        }
        return (31 - sum % 31) % 31
    }

    /// Character 17, after GB 11714: A is 10, and 10 and 11 are written X and 0.
    private static func organisationCheck(of bytes: some Sequence<UInt8>) -> UInt8 {
        let weights = [3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(bytes, weights).reduce(0) { sum, pair in
            sum + (pair.0.digit ?? Int(pair.0) - 0x41 + 10) * pair.1
        }
        switch 11 - sum % 11 {
        case 10: return UInt8(ascii: "X")
        case 11: return UInt8(ascii: "0")
        case let value: return 0x30 + UInt8(value)
        }
    }
}
