import COpenSSL

/// 认证加密。One cipher under one key: hides a text and proves it unchanged together with its context.
/// A nonce must never serve twice under one key; it is drawn at random, so a key and purpose is good for
/// about four thousand million texts (2^32, NIST SP 800-38D section 8.3).
protocol AuthenticatedCipher: Sendable {
    static var nonceLength: Int { get }
    static var tagLength: Int { get }

    /// The ciphertext, then the tag.
    func encrypt(_ plain: [UInt8], nonce: [UInt8], context: [UInt8]) throws(CryptoError) -> [UInt8]
    /// - Throws: `tampered` unless `encrypted`, nonce and context are all as they were.
    func decrypt(_ encrypted: [UInt8], nonce: [UInt8], context: [UInt8]) throws(CryptoError) -> [UInt8]
}

/// One run of a libcrypto cipher, forwards or backwards.
struct CipherRun: ~Copyable {
    private let run: OpaquePointer

    init(_ cipher: Fetched, key: [UInt8], nonce: [UInt8], encrypting: Bool) throws(CryptoError) {
        let cipher = try cipher.pointer()
        guard let run = EVP_CIPHER_CTX_new() else { throw .internalFailure("EVP_CIPHER_CTX_new") }
        guard EVP_CipherInit_ex2(run, cipher, key, nonce, encrypting ? 1 : 0, nil) == 1 else {
            EVP_CIPHER_CTX_free(run)
            throw .internalFailure("EVP_CipherInit_ex2")
        }
        self.run = run
    }

    deinit { EVP_CIPHER_CTX_free(run) }

    /// What is authenticated but not hidden.
    borrowing func authenticate(_ context: [UInt8]) throws(CryptoError) {
        var length: Int32 = 0
        guard EVP_CipherUpdate(run, nil, &length, context, try int32(context.count)) == 1 else {
            throw .internalFailure("EVP_CipherUpdate")
        }
    }

    /// Both modes of the house are stream modes: as many bytes come out as go in.
    borrowing func transform(_ input: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard !input.isEmpty else { return [] }
        var output = [UInt8](repeating: 0, count: input.count)
        var length: Int32 = 0
        guard EVP_CipherUpdate(run, &output, &length, input, try int32(input.count)) == 1, length == input.count else {
            throw .internalFailure("EVP_CipherUpdate")
        }
        return output
    }

    /// False when an expected tag does not fit.
    borrowing func finish() -> Bool {
        var rest = [UInt8](repeating: 0, count: 16)
        var length: Int32 = 0
        return EVP_CipherFinal_ex(run, &rest, &length) == 1
    }

    borrowing func tag(_ count: Int) throws(CryptoError) -> [UInt8] {
        var tag = [UInt8](repeating: 0, count: count)
        guard EVP_CIPHER_CTX_ctrl(run, EVP_CTRL_AEAD_GET_TAG, Int32(count), &tag) == 1 else {
            throw .internalFailure("EVP_CTRL_AEAD_GET_TAG")
        }
        return tag
    }

    borrowing func expect(tag: [UInt8]) throws(CryptoError) {
        var tag = tag
        guard EVP_CIPHER_CTX_ctrl(run, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag) == 1 else {
            throw .internalFailure("EVP_CTRL_AEAD_SET_TAG")
        }
    }
}

private func int32(_ count: Int) throws(CryptoError) -> Int32 {
    guard let count = Int32(exactly: count) else { throw .internalFailure("text over 2 GB") }
    return count
}
