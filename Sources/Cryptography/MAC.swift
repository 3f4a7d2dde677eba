import COpenSSL

/// 消息鉴别码。HMAC under one key; the keyed state is made once and copied for each message.
///
/// Sendable, because `keyed` is only ever read (copied) after `init`, and freed once when nobody holds it.
final class MAC: @unchecked Sendable {
    private let keyed: OpaquePointer
    private let length: Int

    private static let hmac = Fetched("HMAC", EVP_MAC_fetch(nil, "HMAC", nil))

    init(_ hash: HashAlgorithm, key: [UInt8]) throws(CryptoError) {
        guard let context = EVP_MAC_CTX_new(try Self.hmac.pointer()) else { throw .internalFailure("EVP_MAC_CTX_new") }
        guard hmac_init(context, hash.rawValue, key, key.count) == 1 else {
            EVP_MAC_CTX_free(context)
            throw .internalFailure("EVP_MAC_init \(hash.rawValue)")
        }
        keyed = context
        length = hash.length
    }

    deinit { EVP_MAC_CTX_free(keyed) }

    /// The code of the parts, one after the other; the caller makes the seams unambiguous.
    func code(of parts: [UInt8]...) throws(CryptoError) -> [UInt8] {
        guard let context = EVP_MAC_CTX_dup(keyed) else { throw .internalFailure("EVP_MAC_CTX_dup") }
        defer { EVP_MAC_CTX_free(context) }
        for part in parts {
            guard EVP_MAC_update(context, part, part.count) == 1 else { throw .internalFailure("EVP_MAC_update") }
        }
        var code = [UInt8](repeating: 0, count: length)
        var written = 0
        guard EVP_MAC_final(context, &code, &written, code.count) == 1 else { throw .internalFailure("EVP_MAC_final") }
        return code
    }

    /// A key for one use, `count` bytes (at most one code long): the first block of HKDF-Expand, RFC 5869 section 2.3.
    func derive(_ use: String, count: Int) throws(CryptoError) -> [UInt8] {
        Array(try code(of: Array(use.utf8), [1]).prefix(count))
    }
}
