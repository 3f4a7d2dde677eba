/// 链接地址。Says which addresses may stand in a page: inside the house (`/…`, `?…`, `#…`, a plain relative path) or `https://`.
public enum Href {
    /// False for `javascript:`, `data:`, `//elsewhere`, and anything a browser would quietly rewrite (controls, blanks, backslashes).
    public static func isSafe(_ address: String) -> Bool {
        let bytes = address.utf8
        guard let first = bytes.first, bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }) else {
            return false
        }
        if first == UInt8(ascii: "?") || first == UInt8(ascii: "#") { return true }
        if first == UInt8(ascii: "/") { return bytes.dropFirst().first != UInt8(ascii: "/") }
        if address.lowercased().hasPrefix("https://") { return bytes.count > 8 }
        let head = bytes.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        return !head.contains(UInt8(ascii: ":"))
    }
}
