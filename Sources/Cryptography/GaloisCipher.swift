import COpenSSL

/// AES-256-GCM, NIST SP 800-38D: nonce of 12 bytes, tag of 16.
struct GaloisCipher: AuthenticatedCipher {
    static let nonceLength = 12
    static let tagLength = 16

    private static let aes = Fetched("AES-256-GCM", EVP_CIPHER_fetch(nil, "AES-256-GCM", nil))

    /// 32 bytes.
    let key: [UInt8]

    func encrypt(_ plain: [UInt8], nonce: [UInt8], context: [UInt8]) throws(CryptoError) -> [UInt8] {
        let run = try CipherRun(Self.aes, key: key, nonce: nonce, encrypting: true)
        try run.authenticate(context)
        let hidden = try run.transform(plain)
        guard run.finish() else { throw .internalFailure("EVP_CipherFinal_ex") }
        return hidden + (try run.tag(Self.tagLength))
    }

    func decrypt(_ encrypted: [UInt8], nonce: [UInt8], context: [UInt8]) throws(CryptoError) -> [UInt8] {
        let run = try CipherRun(Self.aes, key: key, nonce: nonce, encrypting: false)
        try run.expect(tag: Array(encrypted.suffix(Self.tagLength)))
        try run.authenticate(context)
        let plain = try run.transform(Array(encrypted.dropLast(Self.tagLength)))
        guard run.finish() else { throw .tampered }
        return plain
    }
}
