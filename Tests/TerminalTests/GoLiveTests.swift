import Bureau
import Foundation
import Kernel
import Testing
import Values
@testable import Terminal

/// The first day of a house, from the command line; bin/go-live walks all of docs/go-live.md.
@Suite struct GoLiveTests {
    @Test("练习表写得出来；有错的表连同改好的")
    func practiceTables() async throws {
        let bench = try Bench(shopLines)
        #expect(await bench.run("demo", "spreadsheets", "--people", "499", "--recipients", "30", "--to", bench.path("表")).err.contains("人数应在"))
        #expect(await bench.run("demo", "spreadsheets", "--people", "500", "--recipients", "30", "--to", bench.path("表")).code == 0)
        let files = try FileManager.default.contentsOfDirectory(atPath: bench.path("表")), mended = try FileManager.default.contentsOfDirectory(atPath: bench.path("表/改好的"))
        #expect(files.count == 9 && Set(mended) == ["2-人员.xlsx", "3-家庭.csv", "5-在保户.xlsx"])
        #expect(!FileManager.default.fileExists(atPath: bench.data))
    }

    @Test("导入人员：查出错，标在表上领回；改好由另一人确认；日志随即封存")
    func people() async throws {
        let bench = try Bench(bureau), faulty = bench.path("表/2-人员.xlsx"), mended = bench.path("表/改好的/2-人员.xlsx"), back = bench.path("退回.xlsx")
        #expect(await bench.run("region", "add", "000181", "示范市", "--on", "2000-01-01", "--document", "测试文件").code == 0)
        for (name, person, role) in [("anquan", "卫安全", Role.securityAdministrator), ("xitong", "褚系统", .systemAdministrator), ("shenhe", "李审核", .countyReviewer),
                                     ("shenpi", "周审批", .countyApprover)] {
            #expect(await bench.addUser(name, person, role, "000181") == 0)
        }
        #expect(await bench.run("demo", "spreadsheets", "--people", "500", "--recipients", "30", "--to", bench.path("表")).code == 0)
        #expect(await bench.run("import", "regions", bench.path("表/1-行政区划.xlsx"), "--as", "xitong", "--confirm", "shenhe").code == 0)
        let checked = await bench.run("import", "people", faulty, "--as", "xitong", "--dry-run", "--faults", back)
        #expect(checked.code == 0 && checked.out.contains("有误 4 行，表内重复 2 行"))
        #expect(FileManager.default.contents(atPath: back)?.starts(with: [0x50, 0x4B]) == true)
        #expect(await bench.run("import", "cancel", try id(in: checked.out), "--as", "xitong").code == 0)
        #expect(await bench.run("import", "people", mended, "--as", "shenhe", "--confirm", "shenhe").err.contains("须由另一人"))
        #expect(await bench.run("import", "people", mended, "--as", "shenhe", "--confirm", "xitong").err.contains("系统管理员"))
        #expect(await bench.run("import", "paid-rosters", bench.path("表/6-发放名册.csv"), "--as", "shenhe", "--confirm", "shenpi").err.contains("不用确认"))
        let right = await bench.run("import", "people", mended, "--as", "xitong")
        #expect(await bench.run("import", "confirm", try id(in: right.out), "--as", "xitong").code == 1)
        #expect(await bench.run("import", "confirm", try id(in: right.out), "--as", "shenhe").out.contains("新增 500"))
        #expect(await bench.run("verify", "journal").out.contains("待封存 0 条"))
    }

    @Test("可导入的种类按导入的先后列出")
    func order() async throws {
        let bench = try Bench(bureau), kinds = await bench.run("import", "template").out
        let places = try ["行政区划", "组织机构", "家庭成员", "最近一次发放名册", "在保户"].map { try #require(kinds.range(of: $0)).lowerBound }
        #expect(places == places.sorted())
    }

    private func id(in text: String) throws -> String {
        String(try #require(text.firstMatch(of: /编号 ([0-9A-Z]{26})/)).1)
    }
}
