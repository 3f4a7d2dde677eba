/// Why something could not be sealed, opened or kept. Never holds the secret text itself.
public enum CryptoError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The sealed text is not, byte for byte, what a holder of the key wrote.
    case tampered
    /// The key named by the sealed text is not in the key file; the name is given.
    case unknownKey(String)
    /// The text was sealed for another purpose: it was moved from another column.
    case wrongPurpose
    /// The key file is missing, malformed or open to others; the text says which, and what to do.
    case unreadableKeyFile(String)
    /// libcrypto or libargon2 refused; the text names the call.
    case internalFailure(String)

    public var description: String {
        switch self {
        case .tampered: "密文已被改动或损坏，请从备份中恢复该条记录"
        case .unknownKey(let id): "密钥文件中没有编号为 \(id) 的密钥，请放回与数据库配套的密钥文件"
        case .wrongPurpose: "密文不属于这个字段，请核查数据库是否被直接改动"
        case .unreadableKeyFile(let reason): reason
        case .internalFailure(let call): "密码运算失败（\(call)），请检查 OpenSSL 的安装与配置"
        }
    }
}
