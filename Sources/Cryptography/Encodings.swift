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
    let whole = bytes.count / 3 * 3
    return String(unsafeUninitializedCapacity: (bytes.count * 4 + 2) / 3) { text in
        alphabet.withUnsafeBufferPointer { alphabet in
            bytes.withUnsafeBufferPointer { bytes in
                var written = 0
                func write(_ held: UInt32, _ count: Int) {
                    for place in 0 ..< count { text[written + place] = alphabet[Int(held >> UInt32(18 - 6 * place) & 63)] }
                    written += count
                }
                for place in stride(from: 0, to: whole, by: 3) {
                    write(UInt32(bytes[place]) << 16 | UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place + 2]), 4)
                }
                switch bytes.count - whole {
                case 1: write(UInt32(bytes[whole]) << 16, 2)
                case 2: write(UInt32(bytes[whole]) << 16 | UInt32(bytes[whole + 1]) << 8, 3)
                default: break
                }
                return written
            }
        }
    }
}

/// Reads `base64URL` back. Nil unless the text is exactly what encoding its bytes gives, so that no
/// byte of a sealed text can be changed unnoticed, not even in the unused bits of the last character.
func bytes(base64URL text: some Sequence<UInt8>) -> [UInt8]? {
    let text = Array(text), rest = text.count % 4
    guard rest != 1 else { return nil }
    var unused: UInt32 = 0, isWhole = true
    let bytes = [UInt8](unsafeUninitializedCapacity: text.count / 4 * 3 + 2) { bytes, count in
        values.withUnsafeBufferPointer { values in
            var place = 0
            while place < text.count {
                let some = min(4, text.count - place)
                var held: UInt32 = 0
                for offset in 0 ..< some {
                    let value = values[Int(text[place + offset])]
                    if value == 255 { isWhole = false }
                    held = held << 6 | UInt32(value & 63)
                }
                place += some
                let spare = UInt32(some * 6 % 8), made = some * 6 / 8
                if some < 4 { unused = held & (1 << spare - 1) }
                held >>= some < 4 ? spare : 0
                for byte in (0 ..< made).reversed() {
                    bytes[count + byte] = UInt8(truncatingIfNeeded: held)
                    held >>= 8
                }
                count += made
            }
        }
    }
    return isWhole && unused == 0 ? bytes : nil
}
