import Cryptography
import Kernel
import Storage
import Values

/// 两步登录。The secret that an app on the phone shares with us; it holds once a code of it was typed.
struct TwoFactor: Record {
    let id: ID<TwoFactor>
    let user: ID<User>
    let secret: Sealed<CodeSecret>
    let madeAt: Instant
    let confirmedAt: Instant?
    /// The step of the last code that was taken: it and earlier ones serve nobody.
    let lastStep: Int

    static let table = "two_factor"
    static let title = "两步登录"
    static let shape = Shape<TwoFactor> {
        Field(.id, \.id)
        Field(.ownerOfAccount, \.user)
        Field(.codeSecret, \.secret)
        Field(.accountMadeAt, \.madeAt)
        Field(.codeConfirmedAt, \.confirmedAt)
        Field(.lastStep, \.lastStep)
    }

    init(from reading: Reading<TwoFactor>) throws(Refusal) {
        id = try reading(.id)
        user = try reading(.ownerOfAccount)
        secret = try reading(.codeSecret)
        madeAt = try reading(.accountMadeAt)
        confirmedAt = try reading(.codeConfirmedAt)
        lastStep = try reading(.lastStep)
    }

    init(id: ID<TwoFactor>, user: ID<User>, secret: Sealed<CodeSecret>, madeAt: Instant) {
        self.id = id
        self.user = user
        self.secret = secret
        self.madeAt = madeAt
        confirmedAt = nil
        lastStep = 0
    }

    /// Takes a code of the app or a recovery code, once.
    static func use(_ code: String, of user: ID<User>, at now: Instant, _ keyring: Keyring, _ connection: any Connection) throws -> Bool {
        if code.utf8.count == 6, let step = try step(of: code, user, at: now, keyring, connection) {
            return try connection.run("UPDATE two_factor SET last_step = \(step) WHERE user_id = \(user) AND last_step < \(step) AND confirmed_at IS NOT NULL") == 1
        }
        let digest = try RecoveryCodes.digest(code, keyring)
        return try connection.run("UPDATE recovery_code SET used_at = \(now) WHERE user_id = \(user) AND digest = \(digest) AND used_at IS NULL") == 1
    }

    /// The step in which a code is right, near now.
    static func step(of code: String, _ user: ID<User>, at now: Instant, _ keyring: Keyring, _ connection: any Connection) throws -> Int? {
        let sealed: Sealed<CodeSecret>? = try connection.value("SELECT secret FROM two_factor WHERE user_id = \(user)")
        guard let sealed else { return nil }
        return try TOTP.step(of: code, secret: try keyring.open(sealed).bytes, at: Int64(now.secondsSince1970)).map { Int($0) }
    }
}

/// 动态口令密钥。Twenty random bytes, written in base 32.
struct CodeSecret: FieldValue {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    static var kind: FieldKind { .text }
    init(typed text: String) throws(Refusal) {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        var bits: [UInt8] = []
        for byte in text.utf8 {
            guard let value = alphabet.firstIndex(of: byte) else { throw .invalid("动态口令密钥由大写字母和 2 至 7 组成") }
            bits += (0 ..< 5).map { UInt8(value >> (4 - $0) & 1) }
        }
        bytes = stride(from: 0, to: bits.count / 8 * 8, by: 8).map { start in bits[start ..< start + 8].reduce(0) { $0 << 1 | $1 } }
    }
    var typed: String { TOTP.typed(secret: bytes) }
    init(stored: StoredValue) throws(Refusal) {
        guard case .text(let text) = stored else { throw .invalid("动态口令密钥应当是文本") }
        try self.init(typed: text)
    }
    var stored: StoredValue { .text(typed) }

    /// Of a demonstration, so that everybody can try it.
    static let demonstration = CodeSecret(Array("minzheng-demo-secret".utf8))
}

/// 恢复码。Ten codes for the day the phone is lost; made from the act that asked for them, so that they can be shown once more
/// for a short while, while only their keyed digests are kept.
enum RecoveryCodes {
    static let count = 10

    static func codes(of act: ID<JournalEntry>, _ user: ID<Actor>, _ keyring: Keyring) throws -> [String] {
        try (1 ... count).map { number in
            let digest = Array(try keyring.digest(Array("\(user.text)|\(act.text)|\(number)".utf8), for: "recovery-codes").utf8)
            let bytes = stride(from: 0, to: 14, by: 2).compactMap { UInt8(String(decoding: digest[$0 ... $0 + 1], as: UTF8.self), radix: 16) }
            return String(TOTP.typed(secret: bytes).prefix(10))
        }
    }

    static func digest(_ code: String, _ keyring: Keyring) throws -> String { try keyring.digest(Array(code.utf8), for: "recovery-code") }

    /// ABCDE-FGHIJ
    static func shown(_ code: String) -> String { "\(code.prefix(5))-\(code.dropFirst(5))" }
}

extension Reader {
    func twoFactor(of user: ID<User>) throws -> TwoFactor? { try first(TwoFactor.self, where: "user_id = \(user)") }

    var isDemonstration: Bool {
        get throws { try connection.value("SELECT count(*) FROM mark WHERE name = 'demo'") ?? 0 > 0 }
    }

    /// The address that an app reads from the picture; nil unless a secret waits for its first code.
    public func enrolmentAddress(issuer: String) throws -> String? {
        guard let user = try first(User.self, where: "id = \(actor.user)"), let pending = try twoFactor(of: user.id), pending.confirmedAt == nil else { return nil }
        let name = issuer.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
        return "otpauth://totp/\(name):\(user.username)?secret=\(try open(pending.secret).typed)&issuer=\(name)"
    }

    /// In a demonstration: whose two-factor log-in may be tried, and the secret to try it with; nil where nobody has it.
    public func demonstrationSecret() throws -> (username: String, secret: String)? {
        guard try isDemonstration else { return nil }
        let user: String? = try connection.value("""
            SELECT u.username FROM two_factor AS t JOIN user_account AS u ON u.id = t.user_id WHERE t.confirmed_at IS NOT NULL ORDER BY u.username LIMIT 1
            """)
        return user.map { ($0, CodeSecret.demonstration.typed) }
    }
}

extension Term where Value == ID<User> {
    static var ownerOfAccount: Term<ID<User>> { Term("user_id", "用户", .carried) }
}
extension Term where Value == Sealed<CodeSecret> {
    static var codeSecret: Term<Sealed<CodeSecret>> { Term("secret", "动态口令密钥") }
}
extension Term where Value == Instant {
    static var accountMadeAt: Term<Instant> { Term("made_at", "生成时刻") }
    static var codeConfirmedAt: Term<Instant> { Term("confirmed_at", "开通时刻") }
}
extension Term where Value == Int {
    static var lastStep: Term<Int> { Term("last_step", "最近用过的口令时段") }
}
