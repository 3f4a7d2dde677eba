/// A secret of 32 bytes with its name and family.
struct MasterKey: Hashable, Sendable {
    /// Eight hexadecimal digits, drawn at random: a foreign key file is noticed by its names.
    let id: String
    let profile: CryptoProfile
    let secret: [UInt8]

    static func fresh(_ profile: CryptoProfile) throws(CryptoError) -> MasterKey {
        try fresh(profile, id: try randomBytes(4).hex)
    }

    static func fresh(_ profile: CryptoProfile, id: String) throws(CryptoError) -> MasterKey {
        MasterKey(id: id, profile: profile, secret: try randomBytes(32))
    }
}

/// 密钥文件的内容。One key a line: name, profile, secret. The line named `index` keys blind indexes and digests and
/// never changes; the others seal, and the last of them is current.
struct KeyFile: Hashable, Sendable {
    let index: MasterKey
    private(set) var keys: [MasterKey]
    /// The last of `keys`.
    private(set) var current: MasterKey

    static func fresh(_ profile: CryptoProfile) throws(CryptoError) -> KeyFile {
        let key = try MasterKey.fresh(profile)
        return KeyFile(index: try .fresh(profile, id: "index"), keys: [key], current: key)
    }

    mutating func add(_ key: MasterKey) {
        keys.append(key)
        current = key
    }

    /// Takes in a key that opens and doesn't seal yet: the other nodes are to have it first.
    mutating func prepare(_ key: MasterKey) { keys.insert(key, at: 0) }

    /// - Throws: `unknownKey` for a name that isn't there.
    mutating func use(_ id: String) throws(CryptoError) {
        guard let key = keys.first(where: { $0.id == id }) else { throw .unknownKey(id) }
        keys = keys.filter { $0.id != id } + [key]
        current = key
    }

    /// Takes in the keys it lacks, before its own: what is current stays current.
    /// - Returns: how many.
    mutating func merge(_ other: KeyFile) -> Int {
        let missing = other.keys.filter { key in !keys.contains { $0.id == key.id } }
        keys = missing + keys
        return missing.count
    }

    /// - Throws: `unknownKey` for a name that isn't there, `unreadableKeyFile` for the current key.
    mutating func remove(_ id: String) throws(CryptoError) {
        guard keys.contains(where: { $0.id == id }) else { throw .unknownKey(id) }
        guard current.id != id else { throw .unreadableKeyFile("密钥 \(id) 正在使用，不能停用；请先运行 minzheng keys rotate 换用新密钥") }
        keys.removeAll { $0.id == id }
    }

    var text: String {
        let lines = ([index] + keys).map { "\($0.id) \($0.profile.rawValue) \(base64URL($0.secret))\n" }
        return """
            # 民政系统密钥。丢失后已加密的内容无法恢复：请另存一份，与数据库备份分开保管。
            # 每行一个密钥，最后一行为现用密钥。请勿修改或删除任何一行。

            """ + lines.joined()
    }
}

extension KeyFile {
    /// - Throws: `unreadableKeyFile`, naming the line and never its secret.
    init(parsing text: String) throws(CryptoError) {
        var read: [MasterKey] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            guard let key = MasterKey(line: line), !read.contains(where: { $0.id == key.id }) else {
                throw .unreadableKeyFile("密钥文件第 \(number + 1) 行有误，请用备份的密钥文件替换")
            }
            read.append(key)
        }
        let keys = read.filter { $0.id != "index" }
        guard let index = read.first(where: { $0.id == "index" }), let current = keys.last else {
            throw .unreadableKeyFile("密钥文件不完整，请用备份的密钥文件替换")
        }
        self.init(index: index, keys: keys, current: current)
    }
}

extension MasterKey {
    fileprivate init?(line: Substring) {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "index" || parts[0].count == 8 && [UInt8](hex: String(parts[0])) != nil,
              let profile = CryptoProfile(rawValue: String(parts[1])),
              let secret = bytes(base64URL: parts[2].utf8), secret.count == 32
        else { return nil }
        self.init(id: String(parts[0]), profile: profile, secret: secret)
    }
}
