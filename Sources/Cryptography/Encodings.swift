extension Array where Element == UInt8 {
    /// 十六进制. Lower case, two characters a byte.
    public var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The bytes written as hexadecimal digits of either case; nil when there is anything else or half a byte.
    public init?(hex text: String) {
        let digits = text.compactMap { $0.isASCII ? $0.hexDigitValue : nil }
        guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
        self = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}

private let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

/// The value of each character of the alphabet, 255 for all others.
private let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    return values
}()

/// Base64 with `-` and `_` and without padding, RFC 4648 section 5.
func base64URL(_ bytes: [UInt8]) -> String {
    String(unsafeUninitializedCapacity: (bytes.count * 4 + 2) / 3) { text in
        var bits = 0, held: UInt32 = 0, written = 0
        for byte in bytes {
            held = held << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text[written] = alphabet[Int(held >> UInt32(bits) & 63)]
                written += 1
            }
        }
        guard bits > 0 else { return written }
        text[written] = alphabet[Int(held << UInt32(6 - bits) & 63)]
        return written + 1
    }
}

/// Reads `base64URL` back. Nil unless the text is exactly what encoding its bytes gives, so that no
/// byte of a sealed text can be changed unnoticed, not even in the unused bits of the last character.
func bytes(base64URL text: some Sequence<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.underestimatedCount * 3 / 4)
    var bits = 0, held: UInt32 = 0
    for character in text {
        let value = values[Int(character)]
        guard value != 255 else { return nil }
        held = held << 6 | UInt32(value)
        bits += 6
        guard bits >= 8 else { continue }
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: held >> UInt32(bits)))
    }
    let unused = held & (1 << UInt32(bits) - 1)
    return bits < 6 && unused == 0 ? bytes : nil
}
