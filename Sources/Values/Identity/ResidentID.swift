/// 公民身份号码。GB 11643-1999: six digits of area, eight of birth, three of sequence and a check character.
///
/// The residence permits of 港澳台 residents (81, 82, 83) and of foreigners (9) have the same form.
/// Areas are not checked against a list: abolished codes stay valid in numbers.
/// A number is no proof of identity and no key: some were given twice, some were corrected.
public struct ResidentID: FieldValue {
    /// All but the check character, as a number of up to 17 digits.
    private let body: UInt64

    /// 证件的种类，由号码前几位区分。
    public enum Kind: String, CodeList {
        case resident, hongKong = "hong-kong", macao, taiwan, foreigner

        public var label: String {
            switch self {
            case .resident: "居民身份证"
            case .hongKong: "港澳居民居住证（香港）"
            case .macao: "港澳居民居住证（澳门）"
            case .taiwan: "台湾居民居住证"
            case .foreigner: "外国人永久居留身份证"
            }
        }
    }

    /// A number with its check character computed, as for invented people.
    /// - Throws: when the area is not six digits or the sequence not 0–999.
    public init(area: String, birth: CivilDate, sequence: Int) throws(Refusal) {
        guard area.utf8.count == 6, let areaNumber = UInt64(area) else {
            throw .invalid("公民身份号码的地址码应为6位数字")
        }
        guard (0...999).contains(sequence) else { throw .invalid("公民身份号码的顺序码应为3位数字") }
        body = (areaNumber * 100_000_000 + UInt64(birth.packed)) * 1000 + UInt64(sequence)
    }

    private init(body: UInt64) throws(Refusal) {
        let birth = Int(body / 1000 % 100_000_000)
        do {
            _ = try CivilDate(year: birth / 10_000, month: birth / 100 % 100, day: birth % 100)
        } catch {
            throw .invalid("公民身份号码中的出生日期不存在，请核对证件")
        }
        self.body = body
    }
}

extension ResidentID {
    /// 地址码。The area where the number was first given: not where the person lives.
    public var area: String { decimal([(Int(body / 100_000_000_000), 6)], separator: 0) }

    /// 出生日期。
    public var birth: CivilDate {
        let number = Int(body / 1000 % 100_000_000)
        return CivilDate(knownYear: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    /// 顺序码。
    public var sequence: Int { Int(body % 1000) }

    /// 性别。An odd sequence is a man's, an even one a woman's.
    public var sex: Sex { sequence.isMultiple(of: 2) ? .female : .male }

    public var kind: Kind {
        switch body / 1_000_000_000_000_000 {
        case 81: .hongKong
        case 82: .macao
        case 83: .taiwan
        case 90...: .foreigner
        default: .resident
        }
    }

    /// 需人工核对。The sequences 996–999 of the 15-digit numbers were kept for people born before 1900,
    /// whose century the conversion to 18 digits cannot know.
    public var needsManualReview: Bool { sequence >= 996 && (1900...1999).contains(birth.year) }

    /// Whether the birth is not in the future and the age not above 130 on this day.
    public func isPlausible(on day: CivilDate) -> Bool {
        birth <= day && birth.age(on: day) <= 130
    }

    /// - Throws: when the birth is in the future or the age above 130 on this day.
    public func checkPlausible(on day: CivilDate) throws(Refusal) {
        guard birth <= day else { throw .invalid("公民身份号码中的出生日期晚于今天，请核对证件") }
        guard isPlausible(on: day) else { throw .invalid("按公民身份号码计算年龄超过130岁，请核对证件") }
    }
}

extension ResidentID {
    public static var maximumLength: Int { 40 }
    public static var kind: FieldKind { .text }

    /// Reads 18 characters, full-width or with a small x, and the 15 digits of the first generation.
    public init(typed text: String) throws(Refusal) {
        let narrow = try Door.narrow(text, for: ResidentID.self)
        if narrow.utf8.count == 15 {
            self = try ResidentID.upgrading(narrow)
        } else {
            try self.init(eighteen: narrow)
        }
    }

    /// 15位升18位。Puts 19 before the year and computes the check character; see `needsManualReview`.
    public static func upgrading(_ old: String) throws(Refusal) -> ResidentID {
        guard old.utf8.count == 15, let digits = number(old.utf8) else {
            throw .invalid("旧公民身份号码应为15位数字，请核对证件")
        }
        let (area, rest) = digits.quotientAndRemainder(dividingBy: 1_000_000_000)
        return try ResidentID(body: (area * 100 + 19) * 1_000_000_000 + rest)
    }

    /// 440524188001010014
    public var typed: String {
        String(unsafeUninitializedCapacity: 18) { buffer in
            var rest = body
            for place in (0..<17).reversed() {
                buffer[place] = 0x30 + UInt8(rest % 10)
                rest /= 10
            }
            buffer[17] = ResidentID.check(of: body)
            return 18
        }
    }

    public init(stored: StoredValue) throws(Refusal) {
        try self.init(eighteen: try stored.text(as: "公民身份号码"))
    }

    public var stored: StoredValue { .text(typed) }

    private init(eighteen text: String) throws(Refusal) {
        guard text.utf8.count == 18, let body = ResidentID.number(text.utf8.dropLast()), let last = text.utf8.last else {
            throw .invalid("公民身份号码应为18位，前17位为数字，请核对证件")
        }
        let check = last == UInt8(ascii: "x") ? UInt8(ascii: "X") : last
        guard check == ResidentID.check(of: body) else { throw .invalid("公民身份号码末位校验不符，请核对证件") }
        try self.init(body: body)
    }

    private static func number(_ bytes: some Sequence<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        for byte in bytes {
            guard let digit = byte.digit else { return nil }
            number = number * 10 + UInt64(digit)
        }
        return number
    }

    /// ISO 7064 MOD 11-2: from the right, each digit weighs twice the one after it, modulo 11.
    private static func check(of body: UInt64) -> UInt8 {
        var rest = body
        var weight: UInt64 = 2
        var sum: UInt64 = 0
        for _ in 0..<17 {
            sum += rest % 10 * weight
            rest /= 10
            weight = weight * 2 % 11
        }
        let value = UInt8((12 - sum % 11) % 11)
        return value == 10 ? UInt8(ascii: "X") : 0x30 + value
    }
}
