import Values

/// 计量单位。What an account counts: 分, minutes of a time bank, pieces of one kind of goods. Different units never add up.
public struct LedgerUnit: FieldValue {
    public let code: String

    public static let fen = LedgerUnit(code: "fen")
    /// 分钟：hours of a time bank, kept whole.
    public static let minute = LedgerUnit(code: "minute")

    private init(code: String) { self.code = code }

    /// 件：goods of one kind, by their code.
    public static func goods(_ kind: String) throws(Refusal) -> LedgerUnit { try LedgerUnit(typed: "goods." + kind) }

    public static var kind: FieldKind { .text }
    public static var maximumLength: Int { 40 }

    public init(typed text: String) throws(Refusal) {
        let isWhole = text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { (97 ... 122).contains($0) || (48 ... 57).contains($0) || $0 == 45 }
        }
        guard isWhole, text.utf8.count <= Self.maximumLength else { throw .invalid("「\(text.prefix(40))」不是计量单位，应为 fen、minute 或 goods.物资代码") }
        code = text
    }

    public var typed: String { code }
    public var shown: String { self == .fen ? "分" : self == .minute ? "分钟" : "件（\(code.dropFirst(6))）" }
    public init(stored: StoredValue) throws(Refusal) {
        guard case .text(let text) = stored else { throw .invalid("计量单位应当是文本") }
        try self.init(typed: text)
    }
    public var stored: StoredValue { .text(code) }
}
