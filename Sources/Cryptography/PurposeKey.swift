/// One key put to one purpose: its sub-keys, derived once, and the context that ties a sealed text to both.
/// It goes from hand to hand a million times a minute, so it is passed, not copied.
final class PurposeKey: Sendable {
    /// Leads every sealed text, so that one moved from another column is told from one that was altered.
    private let mark: [UInt8]
    private let context: [UInt8]
    private let prefix: String
    /// How every text that this key sealed begins: algorithm and name of the key.
    let lead: [UInt8]
    private let cipher: any AuthenticatedCipher
    /// Nil but in trials, where a nonce follows from the text so that sealing comes out the same twice.
    private let nonces: MAC?

    init(_ key: MasterKey, for purpose: String, isRepeatable: Bool = false) throws(CryptoError) {
        let master = try MAC(key.profile.hash, key: key.secret)
        mark = try master.derive("mark:\(purpose)", count: 4)
        prefix = "\(key.profile.algorithmID).\(key.id)."
        lead = Array(prefix.utf8)
        context = lead + Array(purpose.utf8)
        nonces = isRepeatable ? try MAC(key.profile.hash, key: try master.derive("nonce:\(purpose)", count: 32)) : nil
        switch key.profile {
        case .international:
            cipher = GaloisCipher(key: try master.derive("encrypt:\(purpose)", count: 32))
        case .national:
            let mac = try MAC(.sm3, key: try master.derive("authenticate:\(purpose)", count: 32))
            cipher = NationalCipher(key: try master.derive("encrypt:\(purpose)", count: 16), mac: mac)
        }
    }

    /// "algorithm.key.base64(mark, nonce, ciphertext, tag)".
    func seal(_ text: String) throws(CryptoError) -> String {
        let nonce = try nonce(for: text)
        return prefix + base64URL(mark + nonce + (try cipher.encrypt(Array(text.utf8), nonce: nonce, context: context)))
    }

    private func nonce(for text: String) throws(CryptoError) -> [UInt8] {
        let length = type(of: cipher).nonceLength
        guard let nonces else { return try randomBytes(length) }
        return Array(try nonces.code(of: Array(text.utf8)).prefix(length))
    }

    /// - Parameter sealed: what follows the key's name.
    func open(_ sealed: some Sequence<UInt8>) throws(CryptoError) -> String {
        let start = mark.count + type(of: cipher).nonceLength
        guard let bytes = bytes(base64URL: sealed), bytes.count >= start + type(of: cipher).tagLength else { throw .tampered }
        guard constantTimeEqual(Array(bytes.prefix(mark.count)), mark) else { throw .wrongPurpose }
        let plain = try cipher.decrypt(Array(bytes[start...]), nonce: Array(bytes[mark.count..<start]), context: context)
        guard let text = String(validating: plain, as: UTF8.self) else { throw .tampered }
        return text
    }
}
