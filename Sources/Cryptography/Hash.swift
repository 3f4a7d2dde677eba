import COpenSSL

/// 杂凑值。The digest of `bytes`: SHA-256 or, in the national profile, SM3 (GB/T 32905); 32 bytes either way.
/// - Throws: `internalFailure` when this OpenSSL lacks the algorithm or memory.
public func hash(_ bytes: [UInt8], _ profile: CryptoProfile) throws(CryptoError) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: profile.hash.length)
    var length: UInt32 = 0
    guard EVP_Digest(bytes, bytes.count, &digest, &length, try profile.hash.fetched.pointer(), nil) == 1 else {
        throw .internalFailure("EVP_Digest")
    }
    return digest
}

/// The hash algorithms of the house. SHA-1 only inside RFC 6238, where its weakness does not matter.
enum HashAlgorithm: String, Sendable {
    case sha1 = "SHA1", sha256 = "SHA256", sm3 = "SM3"

    var length: Int { self == .sha1 ? 20 : 32 }

    var fetched: Fetched {
        switch self {
        case .sha1: Self.fetchedSHA1
        case .sha256: Self.fetchedSHA256
        case .sm3: Self.fetchedSM3
        }
    }

    private static let fetchedSHA1 = Fetched("SHA1", EVP_MD_fetch(nil, "SHA1", nil))
    private static let fetchedSHA256 = Fetched("SHA256", EVP_MD_fetch(nil, "SHA256", nil))
    private static let fetchedSM3 = Fetched("SM3", EVP_MD_fetch(nil, "SM3", nil))
}
