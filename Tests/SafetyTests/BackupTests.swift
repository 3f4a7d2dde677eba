import Bureau
import Commons
import Cryptography
import Foundation
import Kernel
import SQLiteStorage
import Storage
@testable import Terminal
import Testing
import Values

/// A backup is whole, or it isn't one.
@Suite struct BackupTests {
    @Test("备份途中照常办理；副本是一个时刻的样子")
    func writesGoOn() async throws {
        let house = try await SafeHouse.withCity(), office = try await house.office(), gate = Gate(), path = house.path("copy.sqlite")
        let before = try await office.count("person"), file = try #require(office.database as? SQLiteDatabase)
        async let copied = file.copy(to: path, pagesAtOnce: 1, rest: .zero, tell: { _, _ in gate.holdOnce() }, look: { try $0.rowCounts() })
        await gate.arrival()
        // Whatever goes wrong here, the copy is let go on: nobody would wait for it otherwise.
        do { for number in 1 ... 20 { try await office.register(number) } } catch { gate.open(); throw error }
        #expect(try await office.count("person") == before + 20)
        gate.open()
        let counts = try await copied
        let acts = try await office.count("journal")
        #expect(counts["person"] == before && counts["journal"] == acts - 20)
        #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
        let copy = try SQLiteDatabase(path: path)
        #expect(try await copy.integrityCheck() == [])
        #expect(try await Sealer.verify(copy).isSound)
        try await copy.close()
        try await office.close()
    }

    @Test("附件只存新增的；换封过的另存一份，旧备份照样能用")
    func onlyWhatIsNew() async throws {
        let house = try await SafeHouse.withCity(), office = try await house.office()
        _ = try await office.attach(1)
        #expect(try await office.backUp(to: house.backups).newAttachments == 2)
        try await Task.sleep(for: .seconds(1.1))
        #expect(try await office.backUp(to: house.backups).newAttachments == 0)
        _ = try await office.attach(2)
        try office.house.keyring.addKey()
        _ = try await Resealing(office.counter, office.attachments.shelf).run()
        try await Task.sleep(for: .seconds(1.1))
        #expect(try await office.backUp(to: house.backups).newAttachments == 4)
        #expect(try await office.database.read(LastBackup.at) != nil)
        try await office.close()
        #expect(try house.backups.names().count == 3)
        for name in try house.backups.names() {
            let told = await house.run("backup", "--verify", house.backups.folder(name))
            #expect(told.code == 0 && told.out.contains("抽查的密文都能打开"), "\(name) \(told)")
        }
        let listed = await house.run("backup", "--list", house.backups.path)
        #expect(try house.backups.names().allSatisfy { listed.out.contains($0) })
    }

    @Test("写错的命令", arguments: [[], ["--to", "a", "--list", "a"], ["--to", "a", "--keep", "0"], ["--list", "a", "--keep", "2"]])
    func misuse(_ arguments: [String]) async throws {
        let house = try SafeHouse.empty()
        let code = await Command.run(bureau, ["backup"] + arguments, on: Console(environment: [:], write: { _ in }, complain: { _ in }, readAll: { [] }, readSecret: { _ in nil }))
        #expect(code == 64, "\(house.folder)")
    }

    @Test("中断的备份不算备份，下一次先清掉")
    func interrupted() async throws {
        let house = try await SafeHouse.withCity(), half = house.backups.folder("backup-20240101T000000Z.part")
        try FileManager.default.createDirectory(atPath: half, withIntermediateDirectories: true)
        try Data("half".utf8).write(to: URL(fileURLWithPath: half + "/minzheng.sqlite"))
        #expect(try house.backups.names() == [])
        #expect(await house.run("backup", "--verify", house.backups.path).code == 1)
        #expect(await house.run("restore", "--from", half, "--data", house.path("new")).code == 1)
        #expect(await house.run("backup", "--to", house.backups.path).code == 0)
        #expect(!FileManager.default.fileExists(atPath: half))
        #expect(try house.backups.names().count == 1)
    }

    /// What happens to a backup that lies about for years.
    enum Harm: String, CaseIterable { case none, databaseByte, listLine, manifestRows, manifestHead, attachmentGone, attachmentByte, manifestGone }

    @Test("核对查得出每一种损坏", arguments: Harm.allCases)
    func verifying(_ harm: Harm) async throws {
        let house = try await SafeHouse.withCity(), office = try await house.office()
        _ = try await office.attach(3)
        let report = try await office.backUp(to: house.backups)
        try await office.close()
        try self.harm(house.backups, report.name, harm)
        let told = await house.run("backup", "--verify", house.backups.path)
        #expect((told.code == 0) == (harm == .none), "\(harm)：\(told)")
        let restored = await house.run("restore", "--from", house.backups.path, "--data", house.path("restored"))
        #expect((restored.code == 0) == (harm == .none), "\(harm)：\(restored)")
    }

    private func harm(_ backups: BackupFolder, _ name: String, _ harm: Harm) throws {
        let home = backups.folder(name), list = try String(contentsOfFile: home + "/attachments.txt", encoding: .utf8)
        let stored = backups.place(of: String(list.prefix(64))), manifest = home + "/manifest.json"
        switch harm {
        case .none: break
        case .databaseByte: try flip(home + "/minzheng.sqlite")
        case .listLine: try Data(list.dropLast(4).utf8).write(to: URL(fileURLWithPath: home + "/attachments.txt"))
        case .manifestRows: try replace(manifest, "\"journal_block\": ", "\"journal_block\": 9")
        case .manifestHead: try replace(manifest, "\"head\": \"", "\"head\": \"f")
        case .attachmentGone: try FileManager.default.removeItem(atPath: stored)
        case .attachmentByte: try flip(stored)
        case .manifestGone: try FileManager.default.removeItem(atPath: manifest)
        }
    }

    private func flip(_ path: String) throws {
        var data = try Data(contentsOf: URL(fileURLWithPath: path))
        data[data.count / 2] ^= 1
        try data.write(to: URL(fileURLWithPath: path))
    }

    private func replace(_ path: String, _ old: String, _ new: String) throws {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.contains(old))
        try Data(text.replacingOccurrences(of: old, with: new).utf8).write(to: URL(fileURLWithPath: path))
    }

    @Test("恢复只写入空目录；密钥另外导入；口令错了打不开")
    func restoring() async throws {
        let house = try await SafeHouse.withCity(), office = try await house.office(), id = try await office.register(7)
        try await office.close()
        #expect(await house.run("backup", "--to", house.backups.path).code == 0)
        let exported = house.path("keys.sealed")
        #expect(await house.run("keys", "export", "--to", exported, password: "tai-duan").code == 1)
        #expect(await house.run("keys", "export", "--to", exported).code == 0)
        #expect(await house.run("keys", "export", "--to", exported).code == 1, "不覆盖")
        let secret = try String(contentsOfFile: house.data + "/keys", encoding: .utf8).split(separator: "\n").last?.split(separator: " ").last ?? ""
        let sealed = try String(contentsOfFile: exported, encoding: .utf8)
        #expect(!sealed.contains(secret))

        #expect(await house.run("restore", "--from", house.backups.path).err.contains("不是空的"))
        let new = house.path("new")
        #expect(await house.run("keys", "import", "--from", exported, "--data", new, password: "cuowu-de-kouling").code == 1)
        #expect(await house.run("keys", "import", "--from", exported, "--data", new).code == 0)
        let told = await house.run("restore", "--from", house.backups.path, "--data", new)
        #expect(told.code == 0 && told.out.contains("密钥已在"), "\(told)")
        let restored = try await house.office(new)
        #expect(try await restored.database.read { try $0.value("SELECT count(*) FROM person WHERE id = \(id)") } == 1)
        let checks = try await restored.checks()
        #expect(checks.allSatisfy { $0.state != .fault }, "\(checks)")
        try await restored.close()
        #expect(await house.run("keys", "import", "--from", exported, "--data", new).out.contains("没有改动"))
        #expect(await house.run("demo", "--scale", "0.001", "--data", house.path("other")).code == 0)
        #expect(await house.run("keys", "import", "--from", exported, "--data", house.path("other")).err.contains("另一个数据库"))
    }

    @Test("缺了密钥的恢复，说明缺哪一个")
    func missingKey() async throws {
        let house = try await SafeHouse.withCity()
        #expect(await house.run("backup", "--to", house.backups.path).code == 0)
        #expect(await house.run("restore", "--from", house.backups.path, "--data", house.path("new")).out.contains("还需要密钥"))
        try Keyring.create(in: house.path("new"), profile: .underTest)
        #expect(await house.run("backup", "--verify", house.backups.path, "--data", house.path("new")).err.contains("缺少这份备份要用的密钥"))
    }

    @Test("只留最近几份", arguments: [(1, 1), (2, 2), (9, 3)])
    func keepingTheNewest(_ keep: Int, _ left: Int) async throws {
        let house = try await SafeHouse.withCity(), office = try await house.office()
        for seed in 1 ... 3 as ClosedRange<UInt8> {
            for name in try office.attachments.shelf.names() { try FileManager.default.removeItem(atPath: "\(office.attachments.shelf.folder)/\(name)") }
            _ = try await office.attach(seed)
            _ = try await office.backUp(to: house.backups)
            try await Task.sleep(for: .seconds(1.1))
        }
        try await office.close()
        #expect(try house.backups.keepNewest(keep).count == 3 - left)
        #expect(try house.backups.names().count == left)
        let stored = FileManager.default.enumerator(atPath: house.backups.attachments)?.compactMap { $0 as? String }.count { $0.count > 60 }
        #expect(stored == left * 2)
        #expect(await house.run("backup", "--verify", house.backups.path).code == 0)
    }

    @Test("两次备份不同时写一个目录")
    func oneAtATime() async throws {
        let house = try await SafeHouse.withCity()
        try await house.backups.whileAlone {
            #expect(await house.run("backup", "--to", house.backups.path).err.contains("另一次备份"))
        }
        #expect(await house.run("backup", "--to", house.backups.path).code == 0)
    }

    @Test("系统管理员看得到备份多久没做", arguments: [(nil, true), (-86_401, true), (-86_399, false), (0, false)] as [(Double?, Bool)])
    func old(_ age: Double?, _ isOld: Bool) {
        let now = Instant(secondsSince1970: 1_750_000_000)
        #expect(LastBackup.isOld(age.map { now.adding(seconds: $0) }, now: now) == isOld)
    }
}
