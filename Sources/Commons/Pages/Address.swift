/// 地址。A path and its query; every value is percent-encoded, and one that is nil or empty is left out.
func address(_ path: String, _ query: KeyValuePairs<String, String?> = [:]) -> String {
    let parts = query.compactMap { name, value -> String? in
        guard let value, !value.isEmpty else { return nil }
        return "\(name)=\(percentEncoded(value))"
    }
    return parts.isEmpty ? path : "\(path)?\(parts.joined(separator: "&"))"
}

/// Letters, digits and `-._~` stand; every other byte becomes `%XX`.
private func percentEncoded(_ text: String) -> String {
    text.utf8.map { byte -> String in
        switch byte {
        case UInt8(ascii: "a") ... UInt8(ascii: "z"), UInt8(ascii: "A") ... UInt8(ascii: "Z"), UInt8(ascii: "0") ... UInt8(ascii: "9"),
             UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
            String(UnicodeScalar(byte))
        default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
    }.joined()
}
