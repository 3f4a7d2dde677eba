import Testing
@testable import Cryptography

@Suite("口令与动态口令")
struct PasswordTests {
    @Test("口令能核对，盐各不相同，参数写在其中")
    func password() async throws {
        let first = try await PasswordHash.make("一二三四-correct"), second = try await PasswordHash.make("一二三四-correct")
        #expect(first.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(first != second)
        #expect(try await PasswordHash.verify("一二三四-correct", against: first))
        #expect(try await !PasswordHash.verify("一二三四-Correct", against: first))
        #expect(try await !PasswordHash.verify("", against: first))
    }

    @Test("自家的密文认得出，别家的成本不收", arguments: [
        ("$argon2id$v=19$m=19456,t=2,p=1$", true), ("$argon2id$v=19$m=4194304,t=2,p=1$", false), ("$argon2id$v=19$m=8,t=1,p=1$", false), ("$argon2i$v=19$m=19456,t=2,p=1$", false),
    ])
    func ours(_ costs: String, _ isOurs: Bool) {
        let salt = String(repeating: "A", count: 22), hash = String(repeating: "A", count: 43)
        #expect(PasswordHash.isOurs("\(costs)\(salt)$\(hash)") == isOurs)
        #expect(!PasswordHash.isOurs("\(costs)\(salt)") && !PasswordHash.isOurs("\(costs)\(salt)$\(hash)$"))
    }

    @Test("libargon2 的公开向量", arguments: [
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
    ])
    func vector(_ encoded: String) async throws {
        #expect(try await PasswordHash.verify("password", against: encoded))
        #expect(try await !PasswordHash.verify("passwore", against: encoded))
    }

    @Test("没有这个用户时同样计算，答案总是否")
    func decoy() async throws {
        #expect(try await !PasswordHash.verify("", against: nil))
        #expect(try await !PasswordHash.verify("password", against: nil))
    }

    @Test("存储的杂凑残缺是我们的错，不是口令不对", arguments: ["", "password", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ"])
    func malformed(_ encoded: String) async {
        await #expect(throws: CryptoError.self) { try await PasswordHash.verify("password", against: encoded) }
    }

    static let secret = Array("12345678901234567890".utf8)

    @Test("RFC 6238 附录 B（取末六位）", arguments: [
        (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"),
        (1_234_567_890, "005924"), (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ] as [(Int64, String)])
    func totp(_ seconds: Int64, _ code: String) throws {
        #expect(try TOTP.code(secret: Self.secret, at: seconds) == code)
    }

    @Test("时钟可差一步，不可差两步", arguments: [
        (1_111_111_049, nil), (1_111_111_050, 37_037_036), (1_111_111_080, 37_037_036),
        (1_111_111_109, 37_037_036), (1_111_111_139, 37_037_036), (1_111_111_140, nil),
    ] as [(Int64, Int64?)])
    func drift(_ seconds: Int64, _ step: Int64?) throws {
        #expect(try TOTP.step(of: "081804", secret: Self.secret, at: seconds) == step)
    }

    @Test("手工录入用的密钥：RFC 4648 第 10 节", arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foobar", "MZXW6YTBOI"),
    ])
    func typed(_ secret: String, _ text: String) {
        #expect(TOTP.typed(secret: Array(secret.utf8)) == text)
    }
}
