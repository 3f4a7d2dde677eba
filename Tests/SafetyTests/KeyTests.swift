import Bureau
import Commons
import Cryptography
import Foundation
import Kernel
import Storage
@testable import Terminal
import Testing
import Values

/// Keys change while the house is served, and nothing is left behind.
@Suite struct KeyTests {
    /// A city with something sealed in every place where something may be.
    private func city() async throws -> (SafeHouse, Office) {
        let house = try await SafeHouse.withCity(), office = try await house.office(), clerk = try await office.clerk()
        try await office.register(1)
        _ = try await office.attach(1)
        try await office.drafts.save(["name": .typed("草稿某")], of: "people.register-person", subject: "", by: clerk)
        let keyring = office.house.keyring, now = office.counter.clock.now()
        try await office.database.write { connection in
            try connection.run("""
                INSERT INTO outbox (id, channel, key, recipient, body, created_at, tries)
                VALUES (\(ID<OutboxMessage>.make(at: now)), 'sms', 'k', \(try keyring.seal("13900099100")), \(try keyring.seal(try LongText(typed: "请来窗口"))), \(now), 0)
                """)
        }
        return (house, office)
    }

    /// Every text column of every table that holds anything that looks sealed.
    private func sealedColumns(_ office: Office) async throws -> Set<String> {
        try await office.database.read { connection in
            let columns = try connection.all("""
                SELECT m.name, c.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c
                WHERE m.type = 'table' AND m.sql LIKE 'CREATE TABLE %' AND c.type = 'TEXT'
                """) { (try $0.read(0) as String, try $0.read(1) as String) }
            var found: Set<String> = []
            for (table, column) in columns {
                let name = Statement(name: column)
                let count: Int? = try connection.value("""
                    SELECT count(*) FROM \(Statement(name: table)) WHERE \(name) GLOB '*aes.????????.????????????????*' OR \(name) GLOB '*sm4.????????.????????????????*'
                    """)
                if (count ?? 0) > 0 { found.insert("\(table).\(column)") }
            }
            return found
        }
    }

    @Test("凡有密文的列都申报过，轮换时一个不落")
    func everyPlaceIsDeclared() async throws {
        let (house, office) = try await city()
        let declared = Set(office.house.sealedPlaces.map { "\($0.table).\($0.column)" }), found = try await sealedColumns(office)
        #expect(found.isSuperset(of: ["person.resident_id", "person.phone", "draft.sealed", "outbox.recipient", "outbox.body"]))
        #expect(found.subtracting(declared) == [], "有密文而没有在 records 或 sealed 里申报的列")
        try await office.close()
        #expect(FileManager.default.fileExists(atPath: house.data))
    }

    @Test("换到哪种算法都行；换完旧密钥上没有密文，停用后一切照样打得开", arguments: [nil, "international", "national"] as [String?])
    func rotating(_ profile: String?) async throws {
        let (house, office) = try await city()
        let old = office.house.keyring.currentKey, before = try await Resealing(office.counter, office.attachments.shelf).survey()
        #expect(Set(before.keys) == [old])
        try await office.close()
        let told = if let profile { await house.run("keys", "rotate", "--profile", profile) } else { await house.run("keys", "rotate") }
        #expect(told.code == 0 && told.out.contains("已换封 \(before[old] ?? 0) 条"), "\(told)")
        #expect(await house.run("keys", "retire", old).code == 0)
        let after = try await house.office(), keyring = after.house.keyring
        #expect(keyring.currentKey != old && keyring.keys.map(\.id) == [keyring.currentKey])
        #expect(try await Resealing(after.counter, after.attachments.shelf).survey() == [keyring.currentKey: before[old] ?? 0])
        let checks = try await after.checks()
        #expect(checks.allSatisfy { $0.state != .fault }, "\(checks)")
        let unreadable = try await after.database.read { connection in
            try after.house.sealedPlaces.flatMap { try $0.sampleFaults(keyring, connection, limit: 10_000) }
        }
        #expect(unreadable == [])
        try await after.close()
    }

    @Test("几台服务器各有密钥文件：先备好、分发，再启用；分发过的一台打得开另一台用新密钥封的")
    func preparing() async throws {
        let (house, office) = try await city(), old = office.house.keyring.currentKey, away = house.path("别的服务器")
        try await office.close()
        let told = await house.run("keys", "prepare")
        let key = try #require(try Keyring.load(from: house.data).keys.first { $0.id != old }?.id)
        #expect(told.code == 0 && told.out.contains(key))
        #expect(try Keyring.load(from: house.data).currentKey == old)
        try FileManager.default.createDirectory(atPath: away, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: house.data + "/keys", toPath: away + "/keys")
        let other = try Keyring.load(from: away)
        #expect(await house.run("keys", "rotate", "--to", "00000000").code == 1)
        #expect(await house.run("keys", "rotate", "--to", key, "--resume").code != 0)
        #expect(await house.run("keys", "rotate", "--to", key).code == 0)
        let here = try Keyring.load(from: house.data)
        #expect(here.currentKey == key && other.currentKey == old)
        #expect(try other.open(try here.seal("测试", for: "test"), for: "test") == "测试")
        #expect(try here.open(try other.seal("测试", for: "test"), for: "test") == "测试")
    }

    @Test("中途停下，再来一次只做剩下的")
    func resuming() async throws {
        let (house, office) = try await city(), keyring = office.house.keyring, old = keyring.currentKey
        let all = try await Resealing(office.counter, office.attachments.shelf).survey()[old] ?? 0
        try keyring.addKey()
        // A stop after some rows of one column.
        let person = try #require(office.house.sealedPlaces.first { $0.table == "person" && $0.column == "phone" })
        try await office.database.write { connection in
            let rows = try connection.all("SELECT id, phone FROM person WHERE phone IS NOT NULL ORDER BY id LIMIT 5") { (try $0.read(0) as String, try $0.read(1) as String) }
            for (id, text) in rows { try connection.run("UPDATE person SET phone = \(try person.reseal(text, keyring)) WHERE id = \(id)") }
        }
        let resealing = Resealing(office.counter, office.attachments.shelf)
        #expect(try await resealing.run() == Resealing.Tally(done: all - 5))
        #expect(try await resealing.run() == Resealing.Tally())
        try await office.close()
        #expect(try Keyring.load(from: house.data).keys.count == 2)
    }

    @Test("还有密文的、正在用的、没有的密钥都不能停用")
    func retiring() async throws {
        let (house, office) = try await city(), old = office.house.keyring.currentKey
        try office.house.keyring.addKey()
        let current = office.house.keyring.currentKey
        try await office.close()
        #expect(await house.run("keys", "retire", old).err.contains("不能停用"))
        #expect(await house.run("keys", "retire", current).code == 1)
        #expect(await house.run("keys", "retire", "00000000").code == 1)
        #expect(await house.run("keys", "list").out.contains(old))
    }

    @Test("没办完的导入还在旧密钥下，先不停用", arguments: [false, true])
    func passingFiles(_ isFree: Bool) async throws {
        let (house, office) = try await city(), old = office.house.keyring.currentKey
        try await office.close()
        #expect(await house.run("keys", "rotate").code == 0)
        try FileManager.default.createDirectory(atPath: house.data + "/imports", withIntermediateDirectories: true)
        let text = isFree ? "k.other.x" : "aes.\(old).x"
        try Data(text.utf8).write(to: URL(fileURLWithPath: house.data + "/imports/a"))
        let told = await house.run("keys", "retire", old)
        #expect((told.code == 0) == isFree, "\(told)")
    }

    @Test("打不开的密文原样留着，并说明在哪里")
    func unreadable() async throws {
        let (house, office) = try await city()
        try await office.database.write { try $0.run("UPDATE person SET phone = phone || 'A' WHERE id = (SELECT min(id) FROM person WHERE phone IS NOT NULL)") }
        try await office.close()
        let told = await house.run("keys", "rotate")
        #expect(told.code == 1 && told.err.contains("person.phone 1 条"), "\(told)")
    }

    @Test("服务中的进程一秒内用上新密钥，也知道旧的停用了")
    func aServerTakesUpTheKeys() async throws {
        let (house, office) = try await city(), serving = office.house.keyring, other = try Keyring.load(from: house.data)
        #expect(try serving.refresh() == false)
        let sealed = try serving.seal("甲", for: "x"), old = serving.currentKey, added = try other.addKey()
        #expect(try serving.refresh())
        #expect(serving.currentKey == added)
        #expect(try serving.open(sealed, for: "x") == "甲")
        try other.retire(old)
        #expect(try serving.refresh())
        #expect(throws: CryptoError.unknownKey(old)) { try serving.open(sealed, for: "x") }
        try await office.close()
    }
}
