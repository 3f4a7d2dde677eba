/// 电话。A mobile number, or a landline with its area code and perhaps an extension: 020-81234567-801.
public struct Phone: FieldValue {
    public let number: String
    public let isMobile: Bool

    private init(number: String, isMobile: Bool) {
        self.number = number
        self.isMobile = isMobile
    }
}

extension Phone {
    public static var kind: FieldKind { .text }
    public static var maximumLength: Int { 40 }

    /// Reads 13800000000, 138 0000 0000, +86 138…, 020-81234567, (0755)81234567-801.
    public init(typed text: String) throws(Refusal) {
        let narrow = try Door.narrow(text, for: Phone.self)
        let local = narrow.hasPrefix("+86") ? narrow.dropFirst(3) : narrow.hasPrefix("0086") ? narrow.dropFirst(4) : narrow[...]
        let groups = local.split(whereSeparator: { " -()".contains($0) })
        guard groups.joined().utf8.allSatisfy({ $0.digit != nil }) else { throw Phone.unreadable }
        guard let phone = Phone.mobile(groups) ?? Phone.landline(groups) else { throw Phone.unreadable }
        self = phone
    }

    public var typed: String { number }
    public init(stored: StoredValue) throws(Refusal) { try self.init(typed: try stored.text(as: "电话")) }
    public var stored: StoredValue { .text(number) }

    private static var unreadable: Refusal {
        .invalid("电话应为11位手机号码，或带区号的固定电话，如 020-81234567")
    }

    private static func mobile(_ groups: [Substring]) -> Phone? {
        let digits = groups.joined()
        guard digits.utf8.count == 11, digits.utf8.first == UInt8(ascii: "1"),
              let second = digits.utf8.dropFirst().first?.digit, second >= 3 else { return nil }
        return Phone(number: digits, isMobile: true)
    }

    private static func landline(_ groups: [Substring]) -> Phone? {
        guard let first = groups.first, first.hasPrefix("0") else { return nil }
        // Only Beijing (010) and the 02x cities have area codes of three digits.
        let areaLength = first.hasPrefix("01") || first.hasPrefix("02") ? 3 : 4
        var rest = groups.dropFirst()
        if first.utf8.count > areaLength { rest = [first.dropFirst(areaLength)] + rest }
        let area = first.prefix(areaLength)
        guard area.utf8.count == areaLength, let local = rest.first, rest.count <= 2,
              (7...8).contains(local.utf8.count), !local.hasPrefix("0") else { return nil }
        let parts = [area, local] + rest.dropFirst()
        guard rest.dropFirst().allSatisfy({ $0.utf8.count <= 6 }) else { return nil }
        return Phone(number: parts.joined(separator: "-"), isMobile: false)
    }
}
