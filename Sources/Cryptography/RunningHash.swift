import COpenSSL

/// 分段杂凑。The digest of what arrives piece by piece: files larger than memory.
public struct RunningHash: ~Copyable {
    private let context: OpaquePointer
    private let length: Int

    /// - Throws: `internalFailure` when this OpenSSL lacks the algorithm or memory.
    public init(_ profile: CryptoProfile) throws(CryptoError) {
        let algorithm = try profile.hash.fetched.pointer()
        guard let context = EVP_MD_CTX_new() else { throw .internalFailure("EVP_MD_CTX_new") }
        guard EVP_DigestInit_ex2(context, algorithm, nil) == 1 else {
            EVP_MD_CTX_free(context)
            throw .internalFailure("EVP_DigestInit_ex2")
        }
        self.context = context
        length = profile.hash.length
    }

    deinit { EVP_MD_CTX_free(context) }

    public borrowing func update(_ bytes: some Sequence<UInt8>) throws(CryptoError) {
        let bytes = Array(bytes)
        guard EVP_DigestUpdate(context, bytes, bytes.count) == 1 else { throw .internalFailure("EVP_DigestUpdate") }
    }

    /// The digest; nothing can be added any more.
    public consuming func finish() throws(CryptoError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: length), written: UInt32 = 0
        guard EVP_DigestFinal_ex(context, &digest, &written) == 1 else { throw .internalFailure("EVP_DigestFinal_ex") }
        return digest
    }
}
