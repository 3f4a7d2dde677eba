@testable import Commons
import Cryptography
import Kernel
import Storage
import Testing
import Values

@Suite("节点登记")
struct NodeRegisterTests {
    @Test("数据库的时间：两种引擎的写法", arguments: [
        ("2024-07-01 08:00:00", "2024-07-01T08:00:00.500Z"), ("2024-07-01 08:00:00.123456+00", "2024-07-01T08:00:00.123Z"),
        ("2024-07-01 16:00:00.25+08", "2024-07-01T08:00:00.250Z"), ("2024-06-30 23:30:00.5-08:30", "2024-07-01T08:00:00.500Z"),
        ("2024-07-01 08:00", nil), ("2024-07-01", nil), ("", nil), ("2024-13-01 08:00:00", nil), ("2024-07-01 24:00:00", nil),
        ("2024-07-01 08:00:00+", nil), ("2024-07-01 08:00:00+八", nil),
    ] as [(String, String?)])
    func databaseTime(_ text: String, _ expected: String?) {
        #expect(Instant(databaseTime: text)?.typed == expected)
    }

    @Test("报到、在服务、停止；同名另起的顶替前一个")
    func comingAndGoing() async throws {
        let office = try await Office(), clock = SystemClock()
        let first = NodeRegister(office.counter, name: "甲", address: "127.0.0.1:1", drains: true, clock: clock)
        try await first.announce(shelf: "s")
        #expect(try await first.beat())
        let (node, now) = try await office.database.read { (try Node.all($0).first, try $0.databaseTime()) }
        let seen = try #require(node)
        #expect(seen.name == "甲" && seen.isLive(at: now) && seen.state(at: now) == "在服务" && abs(seen.drift) < 2_000 && seen.steps == office.counter.house.migrations.count)
        let second = NodeRegister(office.counter, name: "甲", address: "127.0.0.1:2", drains: true, clock: clock)
        try await second.announce(shelf: "s")
        #expect(try await !first.beat())
        #expect(try await second.beat())
        // The first never said that it stopped: it was cut off, and that is noted.
        let cut: String? = try await office.database.read { try $0.value("SELECT value FROM mark WHERE name = \(NodeRegister.cutMark)") }
        #expect(cut != nil)
        try await first.leave()
        try await second.leave()
        let left = try #require(try await office.database.read { try Node.all($0).first })
        #expect(left.address == "127.0.0.1:2" && left.stoppedAt != nil && left.state(at: now) == "已停止")
    }

    @Test("正常停止的再启动，不记断电")
    func orderly() async throws {
        let office = try await Office()
        for port in 1 ... 2 {
            let node = NodeRegister(office.counter, name: "甲", address: "127.0.0.1:\(port)", drains: true)
            try await node.announce(shelf: "s")
            try await node.leave()
        }
        let cut: String? = try await office.database.read { try $0.value("SELECT value FROM mark WHERE name = \(NodeRegister.cutMark)") }
        #expect(cut == nil)
    }

    @Test("一段时间没有报到的算失联，三十天后忘记")
    func silent() async throws {
        let office = try await Office()
        try await NodeRegister(office.counter, name: "甲", address: "a", drains: true).announce(shelf: "s")
        let now = try await office.database.read { try $0.databaseTime() }
        let node = try #require(try await office.database.read { try Node.all($0).first })
        #expect(node.isLive(at: node.seenAt.adding(seconds: 29.9)) && !node.isLive(at: node.seenAt.adding(seconds: 30)) && node.state(at: node.seenAt.adding(seconds: 30)) == "失联")
        #expect(!node.isLost(at: node.seenAt.adding(seconds: 29.9)) && node.isLost(at: node.seenAt.adding(seconds: 30)) && !node.isLost(at: node.seenAt.adding(seconds: 86_400)))
        try await office.database.write { try $0.run("UPDATE node SET seen_at = \(now.adding(seconds: -31 * 86_400))") }
        try await NodeRegister(office.counter, name: "乙", address: "b", drains: true).announce(shelf: "s")
        #expect(try await office.database.read { try Node.all($0).map(\.name) } == ["乙"])
    }

    struct Case: Sendable {
        let change: String, told: String?

        init(_ change: String, _ told: String?) { (self.change, self.told) = (change, told) }
    }

    @Test("两个节点合不合", arguments: [
        Case("", nil), Case("key_print = 'x'", "密钥不一致（乙；甲）"), Case("shelf = 'x'", "附件目录不一致"), Case("version = 'x'", "程序版本不一致"), Case("steps = 1", "程序版本不一致"),
        Case("drains = 0", "乙 没有设置 drain-seconds"), Case("drift_ms = 5000", nil), Case("drift_ms = 5001", "快 5.0 秒"), Case("drift_ms = -7260", "慢 7.3 秒"),
        Case("key_print = 'x', stopped_at = seen_at", nil), Case("key_print = 'x', seen_at = '2024-01-01T00:00:00.000Z'", nil),
    ])
    func discord(_ c: Case) async throws {
        let office = try await Office()
        for name in ["甲", "乙"] { try await NodeRegister(office.counter, name: name, address: name, drains: true).announce(shelf: "s") }
        try await office.database.write { connection in
            try connection.run("UPDATE node SET drift_ms = 0")
            let change: Statement = switch c.change {
            case "key_print = 'x'": "UPDATE node SET key_print = 'x' WHERE name = '乙'"
            case "shelf = 'x'": "UPDATE node SET shelf = 'x' WHERE name = '乙'"
            case "version = 'x'": "UPDATE node SET version = 'x' WHERE name = '乙'"
            case "steps = 1": "UPDATE node SET steps = 1 WHERE name = '乙'"
            case "drains = 0": "UPDATE node SET drains = 0 WHERE name = '乙'"
            case "drift_ms = 5000": "UPDATE node SET drift_ms = 5000 WHERE name = '乙'"
            case "drift_ms = 5001": "UPDATE node SET drift_ms = 5001 WHERE name = '乙'"
            case "drift_ms = -7260": "UPDATE node SET drift_ms = -7260 WHERE name = '乙'"
            case "key_print = 'x', stopped_at = seen_at": "UPDATE node SET key_print = 'x', stopped_at = seen_at WHERE name = '乙'"
            case "": "UPDATE node SET steps = steps"
            default: "UPDATE node SET key_print = 'x', seen_at = '2024-01-01T00:00:00.000Z' WHERE name = '乙'"
            }
            try connection.run(change)
        }
        let told = try await office.database.read { Node.discords(try Node.all($0), at: try $0.databaseTime()) }
        #expect(told.count == (c.told == nil ? 0 : 1), "\(told)")
        if let expected = c.told { #expect(told.first?.contains(expected) == true, "\(told)") }
    }

    @Test("密钥指纹：同一组密钥相同，多一个、换一个现用的就不同，不含密钥名")
    func fingerprint() throws {
        let keys = try Keyring.ephemeral(), before = try keys.fingerprint()
        let again = try keys.fingerprint()
        #expect(before.count == 16 && before == again)
        #expect(!before.contains(keys.currentKey))
        try keys.addKey()
        #expect(try keys.fingerprint() != before)
        #expect(try Keyring.ephemeral().fingerprint() != before)
    }

    @Test("系统状态：系统管理员看得见节点和不合之处")
    func page() async throws {
        let office = try await Office(), administrator = Actor(user: .make(at: office.clock.now()), name: "褚系统", role: .systemAdministrator, region: .country)
        #expect(try await office.page("desk", "status", as: administrator).text.contains("没有节点报到"))
        for name in ["node1", "node2"] { try await NodeRegister(office.counter, name: name, address: "127.0.0.1:1", drains: true).announce(shelf: name) }
        let seen = try await office.page("desk", "status", as: administrator).text
        for text in ["node1", "node2", "在服务", "附件目录不一致", "日志待封存"] { #expect(seen.contains(text), "\(text)") }
        #expect(try #require(office.counter.house.line("desk")?.pages.first { $0.path == "status" }).roles == [.systemAdministrator])
    }
}
