/// 标识符。Names of tables and columns that arrive as text.
public enum Identifier {
    /// Whether the name is `[a-z][a-z0-9_]*` and at most 63 bytes, the length PostgreSQL keeps.
    public static func isValid(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLower(first), name.utf8.count <= 63 else { return false }
        return name.utf8.allSatisfy { isLower($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
    }

    static func check(_ name: String) throws(StorageError) {
        guard isValid(name) else { throw .other("标识符只能由小写字母、数字和下划线组成，并以字母开头：\(name)") }
    }

    private static func isLower(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }
    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
