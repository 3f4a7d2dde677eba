import Foundation
import Testing
@testable import Cryptography

@Suite("密钥文件")
final class KeyFileTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID().uuidString)").path
    private var file: String { folder + "/keys" }

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func mode() throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    }

    private func isRefused(_ body: () throws -> Void) -> Bool {
        do { try body() } catch CryptoError.unreadableKeyFile(let reason) { return !reason.isEmpty } catch { return false }
        return false
    }

    @Test("新建后仅属主可读，重新读入能打开原来的密文", arguments: CryptoProfile.allCases)
    func createAndLoad(_ profile: CryptoProfile) throws {
        let made = try Keyring.create(in: folder, profile: profile)
        #expect(try mode() == 0o600)
        let sealed = try made.seal("甲", for: "person.name")
        let read = try Keyring.load(from: folder)
        #expect(try read.open(sealed, for: "person.name") == "甲")
        #expect(try read.blindIndex("甲", for: "x") == made.blindIndex("甲", for: "x"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["keys"])
    }

    @Test("不覆盖已有的密钥文件")
    func neverOverwritten() throws {
        try Keyring.create(in: folder, profile: .national)
        let before = try String(contentsOfFile: file, encoding: .utf8)
        #expect(isRefused { try Keyring.create(in: folder, profile: .national) })
        #expect(try String(contentsOfFile: file, encoding: .utf8) == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["keys"])
    }

    @Test("对他人开放的密钥文件不用", arguments: [(0o600, false), (0o400, false), (0o640, true), (0o604, true), (0o660, true)])
    func permissions(_ mode: Int, _ refused: Bool) throws {
        try Keyring.create(in: folder, profile: .national)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        #expect(isRefused { _ = try Keyring.load(from: folder) } == refused)
    }

    @Test("缺失的文件或文件夹")
    func missing() {
        #expect(isRefused { _ = try Keyring.load(from: folder) })
        #expect(isRefused { _ = try Keyring.load(from: folder + "/nowhere") })
        #expect(isRefused { try Keyring.create(in: folder + "/nowhere", profile: .national) })
    }

    @Test("另一进程正在写入时不抢写")
    func locked() throws {
        let ring = try Keyring.create(in: folder, profile: .national)
        #expect(FileManager.default.createFile(atPath: folder + "/keys.new", contents: nil))
        #expect(isRefused { try ring.addKey() })
        #expect(FileManager.default.fileExists(atPath: folder + "/keys.new"))
    }

    @Test("一个进程轮换，正在服务的另一个进程随即能打开新密文，且互不丢失")
    func rotationElsewhere() throws {
        let serving = try Keyring.create(in: folder, profile: .international)
        let rotating = try Keyring.load(from: folder)
        try rotating.addKey(.national)
        #expect(try mode() == 0o600)
        let sealed = try rotating.seal("甲", for: "person.name")
        try serving.addKey()
        #expect(try serving.open(sealed, for: "person.name") == "甲")
        #expect(try rotating.open(try serving.seal("乙", for: "person.name"), for: "person.name") == "乙")
        #expect(rotating.currentKey == serving.currentKey)
    }

    static let secret = String(repeating: "A", count: 43)

    @Test("内容有误：说明行号，不泄露密钥", arguments: [
        "", "# 只有说明\n",
        "index national \(secret)\n",                                               // 没有封存用的密钥
        "0011aabb national \(secret)\n",                                            // 没有索引密钥
        "index national \(secret)\n0011aabb unknown \(secret)\n",                   // 未知套件
        "index national \(secret)\n0011aab national \(secret)\n",                   // 编号不足八位
        "index national \(secret)\n0011aabz national \(secret)\n",
        "index national \(secret)\n0011aabb national \(secret.dropLast())\n",       // 密钥残缺
        "index national \(secret)\n0011aabb national \(secret) 备注\n",
        "index national \(secret)\n0011aabb national \(secret)\n0011aabb national \(secret)\n",
    ])
    func malformed(_ text: String) {
        #expect { try KeyFile(parsing: text) } throws: { error in
            guard case CryptoError.unreadableKeyFile(let reason) = error else { return false }
            return !reason.contains("AAAA")
        }
    }

    @Test("写出再读入不变")
    func text() throws {
        var keys = try KeyFile.fresh(.national)
        keys.add(try .fresh(.international))
        #expect(try KeyFile(parsing: keys.text) == keys)
        #expect(keys.current == keys.keys.last)
    }
}
