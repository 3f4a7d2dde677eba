import CArgon2

/// 密钥封存件。The key file under a passphrase, to be kept apart from backups: argon2id (RFC 9106) over 64 MiB and four passes,
/// then the authenticated cipher of the keys' own family.
struct KeyEnvelope: Hashable, Sendable {
    static let shortestPassphrase = 12
    private static let heading = "minzheng-keys-1"
    private static let memoryKiB: UInt32 = 64 * 1024
    private static let passes: UInt32 = 4

    let profile: CryptoProfile
    let salt: [UInt8]
    let sealed: String

    init(_ keys: KeyFile, under passphrase: String) throws(CryptoError) {
        profile = keys.current.profile
        salt = try randomBytes(16)
        sealed = try Self.key(passphrase, salt, profile).seal(keys.text)
    }

    /// - Throws: `unreadableKeyFile` when the text is no such envelope.
    init(parsing text: String) throws(CryptoError) {
        let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
        let parts = lines.first?.split(separator: " ") ?? []
        guard lines.count == 1, parts.count == 4, parts[0] == Self.heading, let profile = CryptoProfile(rawValue: String(parts[1])),
              let salt = bytes(base64URL: parts[2].utf8), salt.count == 16
        else { throw .unreadableKeyFile("这不是密钥封存件，或者内容不完整，请换用另一份") }
        self.profile = profile
        self.salt = salt
        sealed = String(parts[3])
    }

    var text: String {
        """
        # 民政系统密钥封存件。须用导出时的口令才能打开；口令丢失，无人能恢复。请与数据备份分开保管。
        \(Self.heading) \(profile.rawValue) \(base64URL(salt)) \(sealed)

        """
    }

    /// - Throws: `unreadableKeyFile` for a wrong passphrase or an envelope that was changed.
    func opened(with passphrase: String) throws(CryptoError) -> KeyFile {
        let parts = sealed.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let text: String
        do throws(CryptoError) {
            guard parts.count == 3 else { throw .tampered }
            text = try Self.key(passphrase, salt, profile).open(parts[2])
        } catch {
            switch error {
            case .internalFailure: throw error
            default: throw .unreadableKeyFile("口令不对，或者封存件已损坏，请核对口令后再试")
            }
        }
        return try KeyFile(parsing: text)
    }

    private static func key(_ passphrase: String, _ salt: [UInt8], _ profile: CryptoProfile) throws(CryptoError) -> PurposeKey {
        let password = Array(passphrase.utf8)
        var secret = [UInt8](repeating: 0, count: 32)
        let outcome = argon2id_hash_raw(passes, memoryKiB, 1, password, password.count, salt, salt.count, &secret, secret.count)
        guard outcome == ARGON2_OK.rawValue else { throw .internalFailure("argon2: " + String(cString: argon2_error_message(outcome))) }
        return try PurposeKey(MasterKey(id: "00000000", profile: profile, secret: secret), for: "key-envelope")
    }
}

extension Keyring {
    /// 导出: every key, in a text that opens only with the passphrase. Takes some 200 ms of one core and 64 MiB.
    /// - Throws: `unreadableKeyFile` for a passphrase of fewer than twelve characters.
    public func exported(under passphrase: String) throws(CryptoError) -> String {
        guard passphrase.count >= KeyEnvelope.shortestPassphrase else {
            throw .unreadableKeyFile("口令至少 \(KeyEnvelope.shortestPassphrase) 个字，请换一个更长的")
        }
        return try KeyEnvelope(file, under: passphrase).text
    }

    /// 导入: puts exported keys into a folder. A folder that already has keys of the same house gains those it lacks.
    /// - Returns: how many keys were added.
    /// - Throws: `unreadableKeyFile` for a wrong passphrase, or where the folder's keys belong to another database.
    @discardableResult
    public static func importing(_ text: String, passphrase: String, into folder: String) throws(CryptoError) -> Int {
        let keys = try KeyEnvelope(parsing: text).opened(with: passphrase), place = KeyFolder(path: folder)
        guard try place.exists() else {
            try place.create(keys)
            return keys.keys.count
        }
        var added = 0
        _ = try place.change { (held) throws(CryptoError) in
            guard held.index == keys.index else { throw .unreadableKeyFile("这里的密钥属于另一个数据库，不能合在一起。请核对数据目录") }
            added = held.merge(keys)
        }
        return added
    }
}
