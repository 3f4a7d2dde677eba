import Foundation

/// 密码算法套件。Which family of algorithms a key belongs to.
///
/// 《中华人民共和国密码法》第二十七条 asks operators of critical systems for commercial cryptography, which
/// in practice means the national algorithms; elsewhere either family may be chosen when the keys are made.
public enum CryptoProfile: String, CaseIterable, Hashable, Sendable {
    /// AES-256-GCM, HMAC-SHA-256, SHA-256.
    case international
    /// 国密：SM4-CTR with HMAC-SM3 (encrypt, then authenticate), SM3. OpenSSL 3.0 has no SM4-GCM.
    case national

    var hash: HashAlgorithm { self == .international ? .sha256 : .sm3 }

    /// Opens every sealed value, so that a later algorithm can stand beside this one.
    var algorithmID: String { self == .international ? "aes" : "sm4" }

    /// The family that tests run under: `MINZHENG_TEST_PROFILE`, or the international one.
    public static let underTest = ProcessInfo.processInfo.environment["MINZHENG_TEST_PROFILE"].flatMap(CryptoProfile.init) ?? .international
}
