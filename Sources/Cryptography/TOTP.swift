/// 动态口令: RFC 6238 with HMAC-SHA-1, steps of 30 seconds and six digits, as every authenticator app has it.
public enum TOTP {
    private static let step: Int64 = 30

    /// The code of the step that holds `seconds` since 1970.
    public static func code(secret: [UInt8], at seconds: Int64) throws(CryptoError) -> String {
        try code(secret: secret, step: UInt64(bitPattern: seconds / step))
    }

    /// The step in which the code is right, allowing one step of drift either way; nil when it is wrong.
    /// Keep the step and refuse it and earlier ones next time, so that a code seen by others serves nobody.
    public static func step(of code: String, secret: [UInt8], at seconds: Int64) throws(CryptoError) -> Int64? {
        let now = seconds / step
        for candidate in [now, now - 1, now + 1] {
            let expected = try self.code(secret: secret, step: UInt64(bitPattern: candidate))
            if constantTimeEqual(expected, code) { return candidate }
        }
        return nil
    }

    /// A secret as people type it into an app: base 32, RFC 4648 section 6, without padding.
    public static func typed(secret: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        let bits = secret.flatMap { byte in (0..<8).map { byte >> (7 - $0) & 1 } }
        let text = stride(from: 0, to: bits.count, by: 5).map { start in
            let value = (start..<start + 5).reduce(0) { $0 << 1 | ($1 < bits.count ? Int(bits[$1]) : 0) }
            return alphabet[value]
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// RFC 4226 section 5.3: four bytes, chosen by the last half byte, without their sign.
    private static func code(secret: [UInt8], step: UInt64) throws(CryptoError) -> String {
        let counter = withUnsafeBytes(of: step.bigEndian, Array.init)
        let mac = try MAC(.sha1, key: secret).code(of: counter)
        let start = Int(mac[mac.count - 1] & 15)
        let number = mac[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
        let digits = String(number % 1_000_000)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }
}
