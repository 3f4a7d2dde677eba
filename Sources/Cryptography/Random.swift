import COpenSSL

/// 随机字节 from libcrypto's generator, fit for keys.
/// - Throws: `internalFailure` when the system gives no entropy; nothing weaker is used instead.
public func randomBytes(_ count: Int) throws(CryptoError) -> [UInt8] {
    if let bytes = FixedRandomness.source?.bytes(count) { return bytes }
    var bytes = [UInt8](repeating: 0, count: count)
    guard RAND_bytes(&bytes, Int32(count)) == 1 else { throw .internalFailure("RAND_bytes") }
    return bytes
}

/// 随机令牌 for sessions, forms and links: 32 random bytes as 43 characters that are safe in a URL.
public func randomToken() throws(CryptoError) -> String {
    base64URL(try randomBytes(32))
}

/// Whether two secrets are equal, in a time that depends on their lengths only.
public func constantTimeEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    a.count == b.count && CRYPTO_memcmp(a, b, a.count) == 0
}

/// Whether two secret texts are equal, in a time that depends on their lengths only.
public func constantTimeEqual(_ a: String, _ b: String) -> Bool {
    constantTimeEqual(Array(a.utf8), Array(b.utf8))
}

/// 定数随机。What a trial of the whole house puts in place of randomness, so that it comes out the same twice. Anybody could foretell it.
///
/// Only within this package, and only for the task that sets it: no request can reach it.
package struct FixedRandomness: Sendable {
    @TaskLocal package static var source: FixedRandomness?

    fileprivate let bytes: @Sendable (Int) -> [UInt8]

    package init(_ bytes: @escaping @Sendable (Int) -> [UInt8]) { self.bytes = bytes }
}
