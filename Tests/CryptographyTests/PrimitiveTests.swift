import Testing
@testable import Cryptography

private func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }

@Suite("标准向量")
struct PrimitiveTests {
    struct HashCase: Sendable { let profile: CryptoProfile, input: String, digest: String }

    @Test("杂凑：GB/T 32905 附录 A、FIPS 180-2 附录 B", arguments: [
        HashCase(profile: .national, input: "abc", digest: "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        HashCase(profile: .national, input: String(repeating: "abcd", count: 16),
                 digest: "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
        HashCase(profile: .international, input: "abc", digest: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        HashCase(profile: .international, input: "", digest: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ])
    func hashes(_ c: HashCase) throws {
        #expect(try hash(ascii(c.input), c.profile).hex == c.digest)
    }

    @Test("HMAC：RFC 4231 第 4.3 节、GM/T 0042 附录 D.3")
    func codes() throws {
        let jefe = try MAC(.sha256, key: ascii("Jefe")).code(of: ascii("what do ya "), ascii("want for nothing?"))
        #expect(jefe.hex == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        let text = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
        let national = try MAC(.sm3, key: Array(1...32)).code(of: ascii(text + text))
        #expect(national.hex == "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a")
    }

    @Test("SM4：GB/T 32907 附录 A.1，以计数器方式取得一个分组")
    func sm4() throws {
        let block = try #require([UInt8](hex: "0123456789abcdeffedcba9876543210"))
        let cipher = NationalCipher(key: block, mac: try MAC(.sm3, key: [1]))
        let encrypted = try cipher.encrypt([UInt8](repeating: 0, count: 16), nonce: block, context: [])
        #expect(Array(encrypted.prefix(16)).hex == "681edf34d206965e86b3e94f536e4246")
    }

    @Test("AES-256-GCM：GCM 规范测试例 13、14、16", arguments: [
        ["00000000000000000000000000000000", "000000000000000000000000", "", "", "530f8afbc74536b9a963b4f1c4cb738b"],
        ["00000000000000000000000000000000", "000000000000000000000000", "", "00000000000000000000000000000000",
         "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"],
        ["feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888", "feedfacedeadbeeffeedfacedeadbeefabaddad2",
         "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
         "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
             + "76fc6ece0f4e1768cddf8853bb2d551b"],
    ])
    func aes(_ hex: [String]) throws {
        let read = try hex.map { try #require([UInt8](hex: $0)) }
        let cipher = GaloisCipher(key: read[0] + read[0])
        #expect(try cipher.encrypt(read[3], nonce: read[1], context: read[2]) == read[4])
        #expect(try cipher.decrypt(read[4], nonce: read[1], context: read[2]) == read[3])
    }

    @Test("十六进制", arguments: [("", []), ("00ff", [0, 255]), ("FF", [255]), ("0", nil), ("0g", nil), ("００", nil)] as [(String, [UInt8]?)])
    func hexadecimal(_ text: String, _ expected: [UInt8]?) {
        #expect([UInt8](hex: text) == expected)
        if let expected { #expect(expected.hex == text.lowercased()) }
    }

    @Test("Base64 只有一种写法", arguments: [
        ("A", nil), ("AB", nil), ("AAB", nil), ("AA==", nil), ("A+", nil), ("A ", nil),     // 多余的位、填充、另一字母表
        ("", []), ("AA", [0]), ("__8", [255, 255]), ("-_-_", [251, 255, 191]),
    ] as [(String, [UInt8]?)])
    func base64(_ text: String, _ expected: [UInt8]?) {
        #expect(bytes(base64URL: text.utf8) == expected)
        if let expected { #expect(base64URL(expected) == text) }
    }

    @Test("随机数不重复，令牌可放进网址")
    func random() throws {
        #expect(try randomBytes(0).isEmpty)
        #expect(try randomBytes(16) != randomBytes(16))
        let token = try randomToken()
        #expect(token.count == 43)
        #expect(bytes(base64URL: token.utf8)?.count == 32)
    }

    @Test("定时比较", arguments: [("", "", true), ("甲", "甲", true), ("甲", "乙", false), ("ab", "abc", false), ("", "a", false)])
    func comparing(_ a: String, _ b: String, _ equal: Bool) {
        #expect(constantTimeEqual(a, b) == equal)
    }
}
