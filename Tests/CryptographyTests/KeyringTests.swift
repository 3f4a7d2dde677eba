import Testing
@testable import Cryptography

@Suite("密钥环")
struct KeyringTests {
    static let texts = ["", "甲", "000181190001010017", "张三丰（虚构）", String(repeating: "长", count: 5000)]

    @Test("封存后能原样打开，两次封存互不相同", arguments: CryptoProfile.allCases, texts)
    func roundTrip(_ profile: CryptoProfile, _ text: String) throws {
        let ring = try Keyring.ephemeral(profile)
        let sealed = try ring.seal(text, for: "person.name")
        #expect(sealed.hasPrefix("\(profile.algorithmID).\(ring.currentKey)."))
        #expect(try ring.open(sealed, for: "person.name") == text)
        #expect(try ring.seal(text, for: "person.name") != sealed)
    }

    @Test("改动任何一个字节都打不开", arguments: CryptoProfile.allCases)
    func tampering(_ profile: CryptoProfile) throws {
        let ring = try Keyring.ephemeral(profile)
        let sealed = Array(try ring.seal("000181190001010017", for: "person.resident-id").utf8)
        for place in sealed.indices {
            for replacement in Array("A_.1 ".utf8) where replacement != sealed[place] {
                var altered = sealed
                altered[place] = replacement
                #expect(throws: CryptoError.self) {
                    try ring.open(String(decoding: altered, as: UTF8.self), for: "person.resident-id")
                }
            }
            let cut = String(decoding: sealed[..<place], as: UTF8.self)
            #expect(throws: CryptoError.self) { try ring.open(cut, for: "person.resident-id") }
        }
    }

    @Test("不成样子的密文", arguments: ["", ".", "..", "aes", "aes.1.2.3", "无", "aes.00000000.AAAA"])
    func malformed(_ sealed: String) throws {
        let ring = try Keyring.ephemeral(.international)
        #expect(throws: CryptoError.self) { try ring.open(sealed, for: "person.name") }
    }

    @Test("每种错误各有名字", arguments: CryptoProfile.allCases)
    func errors(_ profile: CryptoProfile) throws {
        let ring = try Keyring.ephemeral(profile), other = try Keyring.ephemeral(profile)
        let sealed = try ring.seal("甲", for: "person.name")
        #expect(throws: CryptoError.wrongPurpose) { try ring.open(sealed, for: "person.phone") }
        #expect(throws: CryptoError.unknownKey(ring.currentKey)) { try other.open(sealed, for: "person.name") }
        #expect(throws: CryptoError.tampered) { try ring.open(sealed + "AAAA", for: "person.name") }
        #expect(throws: CryptoError.tampered) { try ring.open("x" + sealed, for: "person.name") }
    }

    @Test("换一种算法不能混用：密文写明的算法须与密钥一致")
    func algorithmIsBound() throws {
        let ring = try Keyring.ephemeral(.international)
        let sealed = try ring.seal("甲", for: "person.name")
        #expect(throws: CryptoError.tampered) { try ring.open("sm4" + sealed.dropFirst(3), for: "person.name") }
    }

    @Test("轮换后旧密文仍能打开，盲索引与摘要不变", arguments: CryptoProfile.allCases, CryptoProfile.allCases)
    func rotation(_ before: CryptoProfile, _ after: CryptoProfile) throws {
        let ring = try Keyring.ephemeral(before)
        let old = try ring.seal("甲", for: "person.name"), oldKey = ring.currentKey
        let index = try ring.blindIndex("甲", for: "person.name"), digest = try ring.digest([1, 2], for: "journal")
        #expect(try ring.addKey(after) == ring.currentKey)
        #expect(ring.currentKey != oldKey)
        #expect(try ring.open(old, for: "person.name") == "甲")
        #expect(try ring.seal("甲", for: "person.name").hasPrefix("\(after.algorithmID).\(ring.currentKey)."))
        #expect(try ring.blindIndex("甲", for: "person.name") == index)
        #expect(try ring.digest([1, 2], for: "journal") == digest)
    }

    @Test("盲索引：同文同值，异文、异用途、异密钥则不同", arguments: CryptoProfile.allCases)
    func blindIndex(_ profile: CryptoProfile) throws {
        let ring = try Keyring.ephemeral(profile)
        let index = try ring.blindIndex("000181190001010017", for: "person.resident-id")
        #expect(index.count == 32)
        #expect([UInt8](hex: index)?.count == 16)
        #expect(try ring.blindIndex("000181190001010017", for: "person.resident-id") == index)
        #expect(try ring.blindIndex("000181190001010025", for: "person.resident-id") != index)
        #expect(try ring.blindIndex("000181190001010017", for: "person.phone") != index)
        #expect(try Keyring.ephemeral(profile).blindIndex("000181190001010017", for: "person.resident-id") != index)
    }

    @Test("摘要与盲索引即使用途同名也互不相干", arguments: CryptoProfile.allCases)
    func digestIsSeparate(_ profile: CryptoProfile) throws {
        let ring = try Keyring.ephemeral(profile)
        let digest = try ring.digest(Array("甲".utf8), for: "x")
        #expect(digest.count == 64)
        #expect(try !digest.hasPrefix(ring.blindIndex("甲", for: "x")))
    }

    @Test("多个线程同时使用", arguments: CryptoProfile.allCases)
    func concurrent(_ profile: CryptoProfile) async throws {
        let ring = try Keyring.ephemeral(profile)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    try (0..<200).allSatisfy { n in
                        try ring.open(try ring.seal("\(worker)-\(n)", for: "p\(n % 5)"), for: "p\(n % 5)") == "\(worker)-\(n)"
                    }
                }
            }
            for try await right in group { #expect(right) }
        }
    }
}
