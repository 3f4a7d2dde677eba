import Foundation
import Kernel
import Moving
import Storage
@testable import Terminal
import Testing
import TestSupport

/// The command that moves a house, as an administrator meets it.
@Suite struct MovingCommandTests {
    @Test("搬到另一个目录：摘要相同；旧的打不开，说出搬到了哪里；新的照常办理")
    func aHouseMoves() async throws {
        let house = try await SafeHouse.withCity(), target = house.path("new")
        let before = await house.run("dump", "--digests")
        let moved = await house.run("move", "--from", house.data, "--to", target)
        #expect(moved.code == 0 && moved.out.contains("两边逐行核对相符") && moved.err.contains("逐行核对"), "\(moved)")
        let after = await house.run("dump", "--digests", "--from", target)
        #expect(before.code == 0 && before.out == after.out)
        let opened = await house.run("policy", "show")
        #expect(opened.code == 1 && opened.err.contains("搬到 \(target)/minzheng.sqlite"), "\(opened)")
        #expect(await house.run("move", "--from", house.data, "--to", house.path("other")).err.contains("已经在"))
        try FileManager.default.copyItem(atPath: house.data + "/keys", toPath: target + "/keys")
        let office = try await house.office(target)
        try await office.register(1)
        try await office.close()
        #expect(await house.run("verify", "journal", "--data", target).code == 0)
    }

    @Test("搬到一半：旧的打不开，放弃之后又打得开")
    func givingUp() async throws {
        let house = try await SafeHouse.withCity(), place = StorePlace(house.data)
        let database = try await place.open()
        try await database.bulk { try $0.leave(StoreMove(id: "m", place: "那里", at: .init(secondsSince1970: 1_700_000_000))) }
        try await database.close()
        #expect(await house.run("migrate").err.contains("正在搬往 那里"))
        #expect(await house.run("verify", "journal").code == 0, "看仍然可以")
        let told = await house.run("move", "--from", house.data, "--give-up")
        #expect(told.code == 0, "\(told)")
        #expect(await house.run("migrate").code == 0)
        #expect(await house.run("move", "--from", house.data, "--give-up").code == 1)
    }

    @Test("转储写成文件，只有本人可读；摘要与不写时一样")
    func dumping() async throws {
        let house = try await SafeHouse.withCity(), file = house.path("dump.txt")
        let written = await house.run("dump", "--to", file), told = await house.run("dump", "--digests")
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? NSNumber
        #expect(written.code == 0 && mode?.intValue == 0o600)
        let last = try #require(told.out.split(separator: "总摘要 ").last?.prefix(64))
        #expect(written.out.contains(last))
        #expect(try String(contentsOfFile: file, encoding: .utf8).hasSuffix("\(last)\n"))
    }

    @Test("集群的备份与文件的一样：途中照常办理，核对得过，恢复出来逐行相符", .enabled(if: TestDatabase.cluster != nil))
    func aClusterIsBackedUp() async throws {
        let house = try await SafeHouse.withCity(), cluster = try await TestDatabase.make()
        let file = try await house.office(), standing = file.house
        _ = try await file.attach(3)
        _ = try await Relocation(from: .init(file.database, at: "文件"), to: .init(cluster, at: "集群"), migrations: standing.migrations, clock: SystemClock()).run()
        let office = Office(file.configuration, cluster, standing, SystemClock())
        async let report = office.backUp(to: house.backups)
        for number in 1 ... 5 { try await office.register(number) }
        let name = try await report.name
        let verified = await house.run("backup", "--verify", house.backups.folder(name))
        #expect(verified.code == 0 && verified.out.contains("抽查的密文都能打开"), "\(verified)")
        #expect(await house.run("restore", "--from", house.backups.path, "--data", house.path("back")).code == 0)
        let back = try await StorePlace(house.path("back")).open()
        let (journal, people) = try await back.read { (try $0.value("SELECT count(*) FROM journal") ?? 0, try $0.value("SELECT count(*) FROM person") ?? 0) }
        let before = try await file.count("journal")
        #expect((before ... before + 5).contains(journal) && people >= 1)
        try await back.close()
        try await cluster.close()
        try await file.database.close()
    }

    @Test("写错的命令", arguments: [["--from", "a"], ["--from", "a", "--to", "b", "--give-up"], ["--from", "a", "--to", "a"], ["--to", "b"]])
    func misuse(_ arguments: [String]) async throws {
        let house = try SafeHouse.empty()
        #expect(await house.run("move", arguments).code == 64)
    }

    @Test("存放处不露密码", arguments: [
        ("postgres://minzheng:mi%40ma@db1:5432/mz?sslmode=verify-full", "postgres://db1:5432/mz"), ("postgresql://db1/mz", "postgres://db1/mz"),
        ("/srv/a", "/srv/a/minzheng.sqlite"), ("/srv/a/b.sqlite", "/srv/a/b.sqlite"),
    ])
    func noPasswordIsShown(_ text: String, _ shown: String) {
        #expect(StorePlace(text).shown == shown)
    }
}

extension SafeHouse {
    fileprivate func run(_ command: String, _ arguments: [String]) async -> (code: Int32, out: String, err: String) {
        switch arguments.count {
        case 2: await run(command, arguments[0], arguments[1])
        case 4: await run(command, arguments[0], arguments[1], arguments[2], arguments[3])
        default: await run(command, arguments[0], arguments[1], arguments[2], arguments[3], arguments.last ?? "")
        }
    }
}
