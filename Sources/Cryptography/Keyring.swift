import Synchronization

/// 密钥环。Seals texts for a purpose (a column, say `person.resident-id`), opens them, and finds them without opening.
///
/// Every purpose has sub-keys of its own, so a sealed text opens only where it was sealed for.
/// May be used from every thread.
public final class Keyring: Sendable {
    fileprivate struct State {
        var file: KeyFile
        /// By key name and purpose. Bounded, because purposes are columns named in code.
        var derived: [String: PurposeKey] = [:]
        var indexes: [String: MAC] = [:]
        /// What has opened something before, by purpose: it is recognised by how a sealed text begins.
        var openers: [String: [PurposeKey]] = [:]
        /// Equal texts are sealed alike. Only in trials.
        var isRepeatable = false
    }

    private let folder: KeyFolder?
    private let state: Mutex<State>

    private init(_ file: KeyFile, in folder: KeyFolder?) throws(CryptoError) {
        self.folder = folder
        state = Mutex(State(file: file))
    }

    /// Writes a new key file `keys` (mode 0600) into an existing folder.
    /// - Throws: `unreadableKeyFile` when there already is one or the folder cannot be written.
    @discardableResult
    public static func create(in folder: String, profile: CryptoProfile) throws(CryptoError) -> Keyring {
        let place = KeyFolder(path: folder), keys = try KeyFile.fresh(profile)
        try place.create(keys)
        return try Keyring(keys, in: place)
    }

    /// - Throws: `unreadableKeyFile` when the file is missing, malformed, or readable by others than its owner.
    public static func load(from folder: String) throws(CryptoError) -> Keyring {
        let place = KeyFolder(path: folder)
        return try Keyring(try place.read(), in: place)
    }

    /// Keys that vanish with the process, for tests. Tests that don't care which algorithms they meet run under either.
    public static func ephemeral(_ profile: CryptoProfile = .underTest) throws(CryptoError) -> Keyring {
        try Keyring(try .fresh(profile), in: nil)
    }

    /// Keys of a trial that must come out the same twice: equal texts are sealed alike, which tells whoever looks that they are equal.
    package static func repeatable(_ profile: CryptoProfile) throws(CryptoError) -> Keyring {
        let keyring = try Keyring(try .fresh(profile), in: nil)
        keyring.state.withLock { $0.isRepeatable = true }
        return keyring
    }

    /// The name of the key that seals now.
    public var currentKey: String { state.withLock { $0.file.current.id } }

    /// 密文, as "algorithm.key.base64": sealing the same text twice gives two different results.
    public func seal(_ text: String, for purpose: String) throws(CryptoError) -> String {
        try current(for: purpose).seal(text)
    }

    /// - Throws: `tampered`, `wrongPurpose`, or `unknownKey` when the key was never in this key file.
    public func open(_ sealed: String, for purpose: String) throws(CryptoError) -> String {
        let known = state.withLock { $0.openers[purpose]?.first { sealed.utf8.starts(with: $0.lead) } }
        if let known { return try known.open(sealed.utf8.dropFirst(known.lead.count)) }
        let parts = sealed.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .tampered }
        let id = Substring(parts[1]), algorithm = Substring(parts[0])
        let key = try key(String(id), algorithm: String(algorithm), for: purpose)
        state.withLock { $0.openers[purpose, default: []].append(key) }
        return try key.open(parts[2])
    }

    /// 盲索引: finds equal texts without opening any. 32 hexadecimal characters; stays the same when keys are added.
    public func blindIndex(_ text: String, for purpose: String) throws(CryptoError) -> String {
        Array(try index("index:\(purpose)").code(of: Array(text.utf8)).prefix(16)).hex
    }

    /// A keyed digest, 64 hexadecimal characters: proves what was put in without giving it away, and cannot be
    /// found by trying all ID numbers. Stays the same when keys are added.
    public func digest(_ bytes: [UInt8], for purpose: String) throws(CryptoError) -> String {
        try index("digest:\(purpose)").code(of: bytes).hex
    }

    /// 轮换密钥: adds a key, kept in the key file before it is used. What older keys sealed still opens.
    /// - Returns: the name of the new key.
    @discardableResult
    public func addKey(_ profile: CryptoProfile? = nil) throws(CryptoError) -> String {
        let key = try MasterKey.fresh(profile ?? state.withLock { $0.file.current.profile })
        let changed = try folder?.add(key)
        state.withLock { state in
            if let changed { state.file = changed } else { state.file.add(key) }
        }
        return key.id
    }
}

extension Keyring {
    /// 备好密钥: adds a key that seals nothing yet, so that its file can be brought to every node before one of them uses it.
    /// - Returns: the name of the key.
    public func prepareKey(_ profile: CryptoProfile? = nil) throws(CryptoError) -> String {
        let key = try MasterKey.fresh(profile ?? state.withLock { $0.file.current.profile })
        try change { (keys) throws(CryptoError) in keys.prepare(key) }
        return key.id
    }

    /// 启用密钥: from now on it seals.
    /// - Throws: `unknownKey` when it is not in the key file.
    public func use(_ id: String) throws(CryptoError) { try change { (keys) throws(CryptoError) in try keys.use(id) } }

    /// In the key file first, where there is one.
    private func change(_ body: (inout KeyFile) throws(CryptoError) -> Void) throws(CryptoError) {
        let changed = try folder?.change(body)
        try state.withLock { (state) throws(CryptoError) in
            if let changed { state.file = changed } else { try body(&state.file) }
            (state.derived, state.openers) = ([:], [:])
        }
    }
}

/// 密钥一览。A key by its name, without its secret.
public struct KeyDescription: Hashable, Sendable {
    public let id: String
    public let profile: CryptoProfile
    /// Seals what is sealed from now on.
    public let isCurrent: Bool
    /// How every value under this key begins: `aes.1a2b3c4d.`
    public var prefix: String { "\(profile.algorithmID).\(id)." }
}

extension Keyring {
    var file: KeyFile { state.withLock { $0.file } }

    /// In the order in which they were made.
    public var keys: [KeyDescription] {
        let file = file
        return file.keys.map { KeyDescription(id: $0.id, profile: $0.profile, isCurrent: $0.id == file.current.id) }
    }

    /// Takes up what another process did to the key file. A server asks every second, so that it never seals for long under a key that is on its way out.
    /// - Returns: whether anything changed.
    @discardableResult
    public func refresh() throws(CryptoError) -> Bool {
        guard let folder else { return false }
        let read = try folder.read()
        return state.withLock { state in
            guard state.file != read else { return false }
            state.file = read
            (state.derived, state.openers) = ([:], [:])
            return true
        }
    }

    /// 停用旧密钥: takes a key out of the key file. Whatever still rests under it can't be opened any more, except with an exported copy.
    /// - Throws: `unknownKey`; `unreadableKeyFile` for the key in use.
    public func retire(_ id: String) throws(CryptoError) {
        try change { (keys) throws(CryptoError) in try keys.remove(id) }
    }

    /// The key a sealed text names; nil when it is none of ours by its form.
    public static func key(of sealed: String) -> String? {
        let parts = sealed.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, CryptoProfile.allCases.contains(where: { $0.algorithmID == parts[0] }), parts[1].count == 8 else { return nil }
        return String(parts[1])
    }
}

extension Keyring {
    private func current(for purpose: String) throws(CryptoError) -> PurposeKey {
        try state.withLock { (state) throws(CryptoError) in try state.derive(state.file.current, for: purpose) }
    }

    /// A key we do not know may have been added by another process meanwhile, so the file is asked once more.
    private func key(_ id: String, algorithm: String, for purpose: String) throws(CryptoError) -> PurposeKey {
        if let known = try known(id, algorithm, purpose) { return known }
        if let folder {
            let file = try folder.read()
            state.withLock { $0.file = file }
            if let known = try known(id, algorithm, purpose) { return known }
        }
        throw .unknownKey(id)
    }

    private func known(_ id: String, _ algorithm: String, _ purpose: String) throws(CryptoError) -> PurposeKey? {
        try state.withLock { (state) throws(CryptoError) -> PurposeKey? in
            guard let key = state.file.keys.last(where: { $0.id == id }) else { return nil }
            guard key.profile.algorithmID == algorithm else { throw .tampered }
            return try state.derive(key, for: purpose)
        }
    }

    private func index(_ use: String) throws(CryptoError) -> MAC {
        try state.withLock { (state) throws(CryptoError) in
            if let made = state.indexes[use] { return made }
            let index = state.file.index
            let key = try MAC(index.profile.hash, key: index.secret).derive(use, count: 32)
            let made = try MAC(index.profile.hash, key: key)
            state.indexes[use] = made
            return made
        }
    }
}

extension Keyring.State {
    fileprivate mutating func derive(_ key: MasterKey, for purpose: String) throws(CryptoError) -> PurposeKey {
        let name = "\(key.id).\(purpose)"
        if let made = derived[name] { return made }
        let made = try PurposeKey(key, for: purpose, isRepeatable: isRepeatable)
        derived[name] = made
        return made
    }
}
