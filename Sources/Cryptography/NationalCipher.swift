import COpenSSL

/// 国密：SM4-CTR (GB/T 32907) authenticated by HMAC-SM3: nonce of 16 bytes, tag of 32. The code is taken over
/// the ciphertext and checked before anything is deciphered.
struct NationalCipher: AuthenticatedCipher {
    static let nonceLength = 16
    static let tagLength = 32

    private static let sm4 = Fetched("SM4-CTR", EVP_CIPHER_fetch(nil, "SM4-CTR", nil))

    /// 16 bytes.
    let key: [UInt8]
    /// Under a key of its own.
    let mac: MAC

    func encrypt(_ plain: [UInt8], nonce: [UInt8], context: [UInt8]) throws(CryptoError) -> [UInt8] {
        let run = try CipherRun(Self.sm4, key: key, nonce: nonce, encrypting: true)
        let hidden = try run.transform(plain)
        return hidden + (try tag(of: hidden, nonce: nonce, context: context))
    }

    func decrypt(_ encrypted: [UInt8], nonce: [UInt8], context: [UInt8]) throws(CryptoError) -> [UInt8] {
        let hidden = Array(encrypted.dropLast(Self.tagLength))
        let expected = try tag(of: hidden, nonce: nonce, context: context)
        guard constantTimeEqual(expected, Array(encrypted.suffix(Self.tagLength))) else { throw .tampered }
        return try CipherRun(Self.sm4, key: key, nonce: nonce, encrypting: false).transform(hidden)
    }

    /// The context is led by its length, so that no byte can cross from it into the ciphertext.
    private func tag(of hidden: [UInt8], nonce: [UInt8], context: [UInt8]) throws(CryptoError) -> [UInt8] {
        let length = withUnsafeBytes(of: UInt64(context.count).bigEndian, Array.init)
        return try mac.code(of: length, context, nonce, hidden)
    }
}
