import Foundation
import Kernel
import Testing
import Values
@testable import Terminal

@Suite("命令")
struct CommandTests {
    @Test("写法有误的返回 64，用中文说明", arguments: [
        (["do"], "缺少参数"), (["list", "people.persons"], "--as"), (["flie"], "flie"), (["list", "a.b", "--as", "c", "--csv", "--json"], "只能选一个"),
        (["policy", "show", "--onn", "x"], "没有选项"),
    ])
    func misuse(_ arguments: [String], _ told: String) async throws {
        let bench = try Bench(shopLines)
        let console = Console(environment: [:], write: { _ in }, complain: { text in #expect(text.hasPrefix("命令写法有误：") && text.contains(told), "\(text)") },
                              readAll: { [] }, readSecret: { _ in nil })
        #expect(await Command.run(shopLines, arguments, on: console) == 64)
        withExtendedLifetime(bench) {}
    }

    @Test("没有数据库时说明先做什么；帮助返回 0")
    func beforeTheDatabase() async throws {
        let bench = try Bench(shopLines)
        for told in [await bench.run("policy", "export"), await bench.run("verify", "journal"), await bench.run("list", "people.persons", "--as", "a")] {
            #expect(told.code == 1 && told.err.contains("还没有数据库"))
        }
        let doctor = await bench.run("doctor")
        #expect(doctor.code == 1)
        #expect(doctor.err.contains("minzheng migrate"))
        #expect(FileManager.default.fileExists(atPath: bench.data) == false)
        #expect(await bench.run("--help").code == 0)
        #expect(await bench.run("policy").out.contains("用法："))
        #expect(await bench.run("help", "policy").out.contains("export"))
    }

    @Test("登记一个人：办理、重复办理、同号异文、列出、脱敏")
    func story() async throws {
        let bench = try Bench(shopLines)
        #expect(await bench.addUser("jingban", "经办甲", .townshipClerk, "000181001") == 0)
        let set = ["--set", "name=张三某", "--set", "resident_id=000181199001010011", "--set", "region=000181001001"]
        let id = "01J2QCK8G0ABCDEFGHJKMNPQRS"
        let first = await bench.run("do", "people.register-person", "--as", "jingban", "--id", id, set[0], set[1], set[2], set[3], set[4], set[5])
        #expect(first.code == 0, "\(first.err)")
        #expect(first.out.contains("办理编号：\(id)"))
        let again = await bench.run("do", "people.register-person", "--as", "jingban", "--id", id, set[0], set[1], set[2], set[3], set[4], set[5])
        #expect(again.out.contains("没有重复办理"))
        let other = await bench.run("do", "people.register-person", "--as", "jingban", "--id", id, "--set", "name=李四某", set[2], set[3], set[4], set[5])
        #expect(other.code == 1)

        let table = await bench.run("list", "people.persons", "--as", "jingban")
        #expect(table.out.contains("张三某") && table.out.contains("共 1 行"))
        for face in ["--json", "--csv"] {
            let out = await bench.run("list", "people.persons", "--as", "jingban", face).out
            #expect(out.contains("张三某") && !out.contains("000181199001010011") && !out.contains("aes."), "\(out)")
        }
        #expect(await bench.run("list", "people.persons", "--as", "jingban", "--where", "region=000181002").out.contains("没有符合条件的记录"))
        #expect(await bench.run("list", "people.persons", "--as", "jingban", "--where", "colour=red").err.contains("colour"))
        #expect(await bench.run("list", "users.accounts", "--as", "jingban").code == 1)
    }

    @Test("填错的每一处都列出来")
    func faults() async throws {
        let bench = try Bench(shopLines)
        #expect(await bench.addUser("jingban", "经办甲", .townshipClerk, "000181001") == 0)
        let told = await bench.run("do", "people.register-person", "--as", "jingban", "--set", "resident_id=123", "--set", "region=1")
        #expect(told.code == 1)
        for field in ["name：", "resident_id：", "region："] { #expect(told.err.contains(field), "\(told.err)") }
    }

    @Test("虚拟日期只用于示范数据")
    func virtualDay() async throws {
        let bench = try Bench(shopLines)
        #expect(await bench.addUser("jingban", "经办甲", .townshipClerk, "000181001") == 0)
        let real = await bench.run("do", "people.register-person", "--as", "jingban", "--today", "2024-07-01")
        #expect(real.err.contains("不是示范数据"))
        let office = try await bench.office()
        _ = try await office.database.write { try $0.run("INSERT INTO mark (name, value) VALUES ('demo', '7')") }
        #expect(try await office.standing(on: day("2024-07-01")).counter.clock.now().date == day("2024-07-01"))
        try await office.close()
        #expect(await bench.run("doctor").out.contains("种子 7"))
        #expect(await bench.run("do", "people.register-person", "--as", "jingban", "--today", "2024-02-30").err.contains("不是示范数据") == false)
    }

    @Test("试算：问与答都是机器的写法")
    func ask() async throws {
        let bench = try Bench(shopLines, input: #"{"buyer": {"name": "张三某"}, "goods": [{"price_fen": 1250}, {"price_fen": 50}]}"#)
        #expect(await bench.run("migrate").code == 0)
        #expect(await bench.run("ask", "shop.prices", "--json", "-").out == "{\n  \"total_fen\": 1300\n}\n")
        #expect(await bench.run("ask", "shop.prices", "--set", "goods.1.price_fen=-1").err.contains("buyer.name："))
        #expect(await bench.run("ask", "shop.price").code == 1)
    }

    @Test("日志完好返回 0；改动过的指出是哪一块")
    func journal() async throws {
        let bench = try Bench(shopLines)
        #expect(await bench.addUser("anquan", "安全甲", .securityAdministrator) == 0)
        let office = try await bench.office()
        try await Sealer(database: office.database, clock: office.counter.clock).sealWaiting()
        try await office.close()
        let sound = await bench.run("verify", "journal")
        #expect(sound.code == 0)
        #expect(sound.out.contains("链首：") && sound.out.contains("共 1 块"))
        let again = try await bench.office()
        _ = try await again.database.write { try $0.run("UPDATE journal SET message = '别的话'") }
        try await again.close()
        let broken = await bench.run("verify", "journal")
        #expect(broken.code == 1)
        #expect(broken.err.contains("第 1 块"))
    }

    @Test("用户：太短的密码、重名、停用")
    func users() async throws {
        let bench = try Bench(shopLines)
        #expect(await bench.run("user", "add", "a", "--name", "甲某", "--role", "镇街经办", "--region", "000181001", password: "jiademima").code == 1)
        #expect(await bench.run("user", "add", "aaa", "--name", "甲某", "--role", "镇街经办", "--region", "000181001", password: "1234567890").err.contains("太常见"))
        #expect(await bench.run("user", "add", "aaa", "--name", "甲某", "--role", "镇街经办", "--region", "000181001", password: "jiade-mima").code == 0)
        #expect(await bench.addUser("aaa", "乙某", .auditor) == 1)
        #expect(await bench.run("user", "list").out.contains("镇街经办"))
        #expect(await bench.run("user", "disable", "aaa").code == 0)
        #expect(await bench.run("list", "people.persons", "--as", "aaa").code == 1)
    }

    @Test("体检：密钥对他人开放的要处理")
    func doctor() async throws {
        let bench = try Bench(shopLines)
        #expect(await bench.run("migrate").code == 0)
        let healthy = await bench.run("doctor")
        #expect(healthy.code == 0, "\(healthy.out)\(healthy.err)")
        for text in ["FULL", "已是最新", "没有已发布的「折扣」", "不是示范数据"] { #expect(healthy.out.contains(text), "\(text)") }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: bench.data + "/keys")
        #expect(await bench.run("doctor").code == 1)
    }

    @Test("丢了密钥文件的数据库不会另配新钥")
    func lostKeys() async throws {
        let bench = try Bench(shopLines)
        #expect(await bench.run("migrate").code == 0)
        try FileManager.default.removeItem(atPath: bench.data + "/keys")
        let told = await bench.run("migrate")
        #expect(told.code == 1)
        #expect(told.err.contains("keys"))
        #expect(!FileManager.default.fileExists(atPath: bench.data + "/keys"))
    }

    @Test("权限矩阵、接口说明和配置不需要数据库")
    func withoutDatabase() async throws {
        let bench = try Bench(shopLines)
        #expect(await bench.run("permissions").out.contains("people.register-person"))
        let csv = await bench.run("permissions", "--csv").out.split(separator: "\r\n")
        #expect(csv.count == 1 + Authority.matrix(shopLines).count + Identifier.allCases.count)
        #expect(await bench.run("openapi", "--out", bench.path("api.json")).code == 0)
        #expect(FileManager.default.fileExists(atPath: bench.path("api.json")))
        #expect(await bench.run("config", "show", "--port", "99").out.contains("选项 --port"))
        #expect(await bench.run("config", "show", "--config", bench.path("meiyou.yaml")).code == 1)
    }
}
