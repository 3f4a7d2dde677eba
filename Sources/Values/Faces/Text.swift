/// 文本。One line, not empty, up to 200 characters.
extension String: FieldValue {
    public static var kind: FieldKind { .text }

    public init(typed text: String) throws(Refusal) {
        let line = try Door.text(text, for: String.self)
        try Door.checkPrintable(line)
        self = line
    }

    public var typed: String { self }

    /// Any text of ours, however long: rows also hold documents. Limits are for the door.
    public init(stored: StoredValue) throws(Refusal) { self = try stored.text(as: "文本") }
    public var stored: StoredValue { .text(self) }
}

/// 长文本。Several lines, up to 4000 characters; line breaks are kept as `\n`.
public struct LongText: FieldValue {
    public let text: String

    public static var kind: FieldKind { .longText }
    public static var maximumLength: Int { 4000 }

    public init(typed text: String) throws(Refusal) {
        let trimmed = try Door.text(text, for: LongText.self)
        try Door.checkPrintable(trimmed, allowing: ["\n", "\r", "\t"])
        self.text = LongText.withPlainBreaks(trimmed)
    }

    public var typed: String { text }

    public init(stored: StoredValue) throws(Refusal) { text = try stored.text(as: "文本") }
    public var stored: StoredValue { .text(text) }

    /// Browsers send `\r\n`; we keep `\n`.
    private static func withPlainBreaks(_ text: String) -> String {
        guard text.utf8.contains(0x0D) else { return text }
        return String(text.map { $0 == "\r\n" || $0 == "\r" ? "\n" : $0 })
    }
}
