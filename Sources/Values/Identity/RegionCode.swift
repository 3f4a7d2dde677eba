/// 区划代码。GB/T 2260 to the county (6 digits), with GB/T 10114 to the township (9) and the community (12).
///
/// `000000` is the whole country. Invented regions, for demonstrations and tests, begin with 00.
/// Codes are not checked against a list: abolished ones remain in records and in identity numbers.
public struct RegionCode: FieldValue, Comparable {
    /// 6, 9 or 12 digits; a longer code that ends in zeros is held as the higher region it names.
    public let code: String

    public static let country = RegionCode(known: "000000")

    /// 示范市：the invented county-level city that comes with the program.
    public static let demonstration = RegionCode(known: "000181")

    private init(known code: String) { self.code = code }

    /// - Throws: when it is not 6, 9 or 12 digits.
    public init(_ code: String) throws(Refusal) {
        let count = code.utf8.count
        guard count == 6 || count == 9 || count == 12, code.utf8.allSatisfy({ $0.digit != nil }) else {
            throw .invalid("区划代码应为6位、9位或12位数字，请核对")
        }
        let isCounty = count == 6 || code.utf8.dropFirst(6).prefix(3).allSatisfy { $0 == UInt8(ascii: "0") }
        let isTownship = count <= 9 || code.utf8.dropFirst(9).allSatisfy { $0 == UInt8(ascii: "0") }
        guard !isCounty || count == 6 || isTownship else {
            throw .invalid("区划代码缺少乡镇（街道）一级的三位，请核对")
        }
        self.init(known: isCounty ? String(code.prefix(6)) : isTownship ? String(code.prefix(9)) : code)
    }

    public static func < (left: RegionCode, right: RegionCode) -> Bool { left.code < right.code }
}

extension RegionCode {
    /// 层级。From the country down to the community.
    public enum Level: String, CodeList, Comparable {
        case country, province, prefecture, county, township, community

        public var label: String {
            switch self {
            case .country: "全国"
            case .province: "省级"
            case .prefecture: "地级"
            case .county: "县级"
            case .township: "乡级"
            case .community: "村级"
            }
        }

        /// Higher regions are less.
        public static func < (left: Level, right: Level) -> Bool { left.depth < right.depth }

        private var depth: Int {
            switch self {
            case .country: 0
            case .province: 1
            case .prefecture: 2
            case .county: 3
            case .township: 4
            case .community: 5
            }
        }
    }

    public var level: Level {
        switch code.utf8.count {
        case 12: .community
        case 9: .township
        default:
            if self == .country { .country }
            else if code.hasSuffix("0000") { .province }
            else if code.hasSuffix("00") { .prefecture }
            else { .county }
        }
    }

    /// The region that contains this one; nil for the country. A level that a code leaves out is skipped.
    public var parent: RegionCode? {
        switch level {
        case .country: nil
        case .province: .country
        case .prefecture: RegionCode(known: code.prefix(2) + "0000")
        case .county: RegionCode(known: code.prefix(4) + "00")
        case .township: RegionCode(known: String(code.prefix(6)))
        case .community: RegionCode(known: String(code.prefix(9)))
        }
    }

    /// This region, then each that contains it, up to the country.
    public var ancestors: [RegionCode] {
        var chain = [self]
        var region = self
        while let parent = region.parent {
            chain.append(parent)
            region = parent
        }
        return chain
    }

    /// The digits that the codes of all regions inside have in common: "" for the country, 11, 1101, 110101 …
    public var scopePrefix: String {
        switch level {
        case .country: ""
        case .province: String(code.prefix(2))
        case .prefecture: String(code.prefix(4))
        case .county, .township, .community: code
        }
    }

    /// Whether the other region is this one or lies inside it.
    public func contains(_ other: RegionCode) -> Bool { other.code.hasPrefix(scopePrefix) }
}

extension RegionCode {
    public static var kind: FieldKind { .reference }
    public static var maximumLength: Int { 20 }

    public init(typed text: String) throws(Refusal) {
        try self.init(try Door.narrow(text, for: RegionCode.self))
    }

    public var typed: String { code }
    public init(stored: StoredValue) throws(Refusal) { try self.init(try stored.text(as: "区划代码")) }
    public var stored: StoredValue { .text(code) }
}

extension RegionCode: CustomStringConvertible {
    public var description: String { code }
}
