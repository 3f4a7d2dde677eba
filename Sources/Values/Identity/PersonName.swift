internal import Foundation

/// 姓名。1–50 characters as they stand in the document, in Unicode NFC.
///
/// The interpunct of many peoples' names is always U+00B7; Han names have no spaces, Latin names keep theirs.
public struct PersonName: FieldValue, Comparable {
    public let text: String

    public static func < (left: PersonName, right: PersonName) -> Bool { left.text < right.text }
}

extension PersonName {
    public static var kind: FieldKind { .text }
    public static var maximumLength: Int { 50 }

    public init(typed text: String) throws(Refusal) {
        let trimmed = try Door.text(text, for: PersonName.self)
        if PersonName.isPlainHan(trimmed) {
            self.text = trimmed
            return
        }
        try PersonName.checkVisible(trimmed)
        let name = PersonName.spaced(PersonName.pointed(trimmed.precomposedStringWithCanonicalMapping))
        guard let first = name.first, let last = name.last, first != "·", last != "·" else {
            throw .invalid("姓名不能以间隔号开头或结尾，请按证件填写")
        }
        self.text = name
    }

    public var typed: String { text }

    /// Our own text needs no mending; what is not a name at all is refused.
    public init(stored: StoredValue) throws(Refusal) { try self.init(typed: try stored.text(as: "姓名")) }
    public var stored: StoredValue { .text(text) }

    /// Nearly all names: nothing to mend.
    private static func isPlainHan(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { (0x4E00...0x9FFF).contains($0.value) }
    }

    /// Refuses what cannot be seen: control characters, and marks that turn or hide text.
    private static func checkVisible(_ text: String) throws(Refusal) {
        let isHidden = text.unicodeScalars.contains { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: true
            default: false
            }
        }
        guard !isHidden else { throw .invalid("姓名中含有不可见的字符，请删除后按证件重新填写") }
    }

    /// Writes every interpunct as U+00B7. A full stop is one only beside Han: `J. Smith` keeps his.
    private static func pointed(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isPoint) else { return text }
        let scalars = Array(text.unicodeScalars)
        let hasHan = scalars.contains(where: Han.contains)
        var pointed = String.UnicodeScalarView()
        for scalar in scalars {
            let isStop = scalar == "." || scalar == "\u{FF0E}"
            pointed.append(isPoint(scalar) && (hasHan || !isStop) ? "\u{B7}" : scalar)
        }
        return String(pointed)
    }

    private static func isPoint(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xB7, 0x2022, 0x30FB, 0x2027, 0xFF0E, 0xFF65, 0x2219, 0x22C5, 0x2E: true
        default: false
        }
    }

    /// One space between Latin words; none beside Han or an interpunct.
    private static func spaced(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: \.properties.isWhitespace) else { return text }
        return text.split(whereSeparator: \.isWhitespace).reduce(into: "") { name, word in
            if let left = name.last, let right = word.first, !standsClose(left), !standsClose(right) { name += " " }
            name += word
        }
    }

    private static func standsClose(_ character: Character) -> Bool { character == "·" || Han.contains(character) }
}

extension PersonName: CustomStringConvertible {
    public var description: String { text }
}
