import Commons
import Foundation
import HTTPTypes
import Kernel
import SQLiteStorage
import Storage
@testable import Terminal
import Testing
import Values

/// A full disk is said in Chinese and loses nothing.
@Suite struct DiskTests {
    /// The engine is told that there are no more pages.
    private func fill(_ office: Office) async throws {
        try await office.database.write { connection in try connection.each("PRAGMA max_page_count = 1") { _ in } }
    }

    private func clear(_ office: Office) async throws {
        try await office.database.write { connection in try connection.each("PRAGMA max_page_count = 1000000") { _ in } }
    }

    private static let address = "/people/do/register-person"

    private static func typed(_ number: Int, _ region: String) -> [(String, String)] {
        [("name", name(number)), ("resident_id", residentID(number)), ("phone", ""), ("region", region), ("address", String(repeating: "满", count: 190))]
    }

    @Test("磁盘满：页面和接口都说明白，填的内容还在；清出空间再提交，只办一次")
    func actsOnAFullDisk() async throws {
        let house = try await SafeHouse.withCity(), office = try await house.office(), region = try await office.clerk().region.code
        try await office.visited { visitor in
            try await visitor.signIn("jingban", "minzheng-demo")
            try await visitor.get(Self.address)
            try await fill(office)
            // Some room is left in pages that are begun; it doesn't last.
            var number = 100
            while number < 400 {
                try await visitor.fill(Self.address, Self.typed(number, region))
                if visitor.status != .seeOther { break }
                number += 1
            }
            #expect(visitor.status == .serviceUnavailable && visitor.text.contains("服务器的磁盘满了") && visitor.text.contains(residentID(number)))
            let act = visitor.hidden("_act"), csrf = visitor.hidden("_csrf"), people = try await office.count("person")
            try await visitor.call(.post, "/api/people/register-person", """
                {"name": "\(name(999))", "resident_id": "\(residentID(999))", "region": "\(region)", "address": "\(String(repeating: "满", count: 190))"}
                """)
            #expect(visitor.status == .serviceUnavailable && visitor.text.contains("磁盘满了") && visitor.headers[.contentType] == "application/problem+json")
            #expect(visitor.text.contains("urn:minzheng:busy") && visitor.headers[.retryAfter] != nil)
            #expect(try await office.count("person") == people)

            try await clear(office)
            for _ in 1 ... 2 {
                try await visitor.post(Self.address, [("_csrf", csrf), ("_act", act)] + Self.typed(number, region))
                #expect(visitor.status == .seeOther)
            }
            #expect(try await office.count("person") == people + 1)
        }
        #expect(try await office.database.integrityCheck() == [])
        try await office.close()
    }

    @Test("草稿存不下：说明原因，内容还在页面上")
    func draftsOnAFullDisk() async throws {
        let house = try await SafeHouse.withCity(), office = try await house.office()
        try await office.visited { visitor in
            try await visitor.signIn("jingban", "minzheng-demo")
            try await visitor.get(Self.address)
            try await fill(office)
            let long = String(repeating: "测试", count: 9_000)
            try await visitor.post(Self.address, [("_csrf", visitor.hidden("_csrf")), ("_act", visitor.hidden("_act")), ("name", "测试某"), ("address", long), ("_draft", "1")])
            #expect(visitor.status == .serviceUnavailable && visitor.text.contains("磁盘满了") && visitor.text.contains("测试某"))
        }
        try await office.close()
    }

    @Test("真的小磁盘：命令行、附件都说是磁盘满了，数据完好", .enabled(if: TinyDisk.isPossible))
    func aTinyDisk() async throws {
        let house = try await SafeHouse.withCity(), disk = try TinyDisk(megabytes: 96), data = disk.path + "/data"
        try FileManager.default.copyItem(atPath: house.data, toPath: data)
        let office = try await house.office(data), region = try await office.clerk().region.code
        try disk.fill(leaving: 8_192)
        await #expect(throws: StorageError.full) { for seed in 1 ... 40 as ClosedRange<UInt8> { _ = try await office.attach(seed) } }
        // A log that was longer once has room of its own.
        try disk.clear()
        try await #require(office.database as? SQLiteDatabase).checkpoint()
        try disk.fill(leaving: 0)
        var told = (code: Int32(0), out: "", err: "")
        for number in 1 ... 40 where told.code == 0 {
            told = await house.run("do", "people.register-person", "--as", "jingban", "--set", "name=\(name(number))", "--set", "resident_id=\(residentID(number))",
                                   "--set", "region=\(region)", "--set", "address=\(String(repeating: "满", count: 190))", "--data", data)
        }
        #expect(told.code == 1 && told.err.contains("磁盘空间已满，未写入任何内容"), "\(told)")
        try disk.clear()
        #expect(try await office.database.integrityCheck() == [])
        #expect(try await Sealer.verify(office.database).isSound)
        _ = try await office.attach(99)
        try await office.register(77)
        try await office.close()
    }

    @Test("备份目标满了：说明白，不留半份，原来的备份不受影响", .enabled(if: TinyDisk.isPossible))
    func aFullBackupDisk() async throws {
        let house = try await SafeHouse.withCity(), disk = try TinyDisk(megabytes: 16), backups = BackupFolder(disk.path + "/backups")
        #expect(await house.run("backup", "--to", backups.path).code == 0)
        try disk.fill(leaving: 100_000)
        try await Task.sleep(for: .seconds(1.1))
        let told = await house.run("backup", "--to", backups.path)
        #expect(told.code == 1 && told.err.contains("磁盘满了") && told.err.contains("不受影响"), "\(told)")
        #expect(try backups.names().count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: backups.path).contains { $0.hasSuffix(".part") } == false)
        #expect(await house.run("backup", "--verify", backups.path).code == 0)
    }

    @Test("体检说得出空间、备份、密文、附件、查阅记录")
    func doctor() async throws {
        let house = try await SafeHouse.withCity(), told = await house.run("doctor")
        #expect(["磁盘空间", "备份", "密文", "附件", "查阅记录", "待发消息"].allSatisfy { told.out.contains($0) }, "\(told)")
    }
}
