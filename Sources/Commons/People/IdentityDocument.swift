import Kernel
import Values

/// 证件种类。What somebody without a 公民身份号码 is known by, or why he is known by nothing.
///
/// Residence permits of 18 digits (港澳台居民居住证、新版外国人永久居留身份证) have the form of a 公民身份号码 and are entered as one.
public enum DocumentKind: String, CodeList {
    case passport, residencePermit = "residence-permit", hongKongMacaoPermit = "hong-kong-macao-permit", taiwanPermit = "taiwan-permit"
    case birthCertificate = "birth-certificate", other
    /// Nothing yet: a child that isn't registered anywhere.
    case newborn
    /// Nothing at all: 走失、流浪、昏迷等，查不出是谁。
    case unidentified

    public var label: String {
        switch self {
        case .passport: "护照"
        case .residencePermit: "外国人居留证件"
        case .hongKongMacaoPermit: "港澳居民来往内地通行证"
        case .taiwanPermit: "台湾居民来往大陆通行证"
        case .birthCertificate: "出生医学证明"
        case .other: "其他证件"
        case .newborn: "没有证件：未上户口的新生儿"
        case .unidentified: "没有证件：身份不明"
        }
    }

    /// Whether there is a paper with a number.
    var hasNumber: Bool { self != .newborn && self != .unidentified }
}

/// 证件号码。Letters and digits of a document other than the identity card, in capitals; 4–30 of them.
public struct DocumentNumber: FieldValue {
    public let text: String

    public static var kind: FieldKind { .text }
    public static var maximumLength: Int { 40 }

    public init(typed text: String) throws(Refusal) {
        let narrow = try String(typed: text).unicodeScalars.map(Self.narrowed).filter { $0 != " " && $0 != "-" }
        guard (4 ... 30).contains(narrow.count), narrow.allSatisfy(Self.isPlain) else {
            throw .invalid("证件号码应为 4 至 30 位字母和数字，请按证件填写")
        }
        self.text = narrow.reduce(into: "") { $0 += $1.properties.uppercaseMapping }
    }

    public var typed: String { text }
    public init(stored: StoredValue) throws(Refusal) { try self.init(typed: try String(stored: stored)) }
    public var stored: StoredValue { .text(text) }

    /// `Ｅ` is read as `E`.
    private static func narrowed(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard (0xFF01 ... 0xFF5E).contains(scalar.value) else { return scalar }
        return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0" ... "9", "A" ... "Z", "a" ... "z": true
        default: false
        }
    }
}

extension DocumentNumber: Maskable {
    /// The last four, and no more than half.
    public var masked: String {
        let kept = min(4, text.count / 2)
        return String(repeating: "*", count: text.count - kept) + text.suffix(kept)
    }
}
