import Kernel
import Testing
@testable import Terminal

@Suite("人员命令")
struct PeopleCommandTests {
    @Test("登记、查找、查看、查重、合并、撤销、某日所知、查看原文")
    func story() async throws {
        let bench = try Bench(shopLines)
        #expect(await bench.addUser("jingban", "经办甲", .townshipClerk, "000181001") == 0)
        #expect(await bench.addUser("waixiang", "外乡乙", .townshipClerk, "000181002") == 0)
        #expect(await bench.addUser("shenhe", "审核丙", .countyReviewer, "000181") == 0)
        let passport = ["--set", "document_kind=passport", "--set", "document_no=E0001111", "--set", "sex=1", "--set", "born_on=1980-01-01", "--set", "region=000181001"]
        func register(_ more: String...) async -> String {
            let done = await bench.run(list: ["do", "people.register-person", "--as", "jingban"] + passport + more.flatMap { ["--set", $0] })
            #expect(done.code == 0, "\(done.err)")
            return done.out.split(separator: "\n").first { $0.hasPrefix("对象：") }.map { String($0.dropFirst(3)) } ?? ""
        }
        let kept = await register("name=马可"), absorbed = await register("name=马克", "distinct_reason=译名不同")

        #expect(await bench.run("people", "find", "马可", "--as", "jingban").out.contains(kept))
        #expect(await bench.run("people", "find", "E0001111", "--as", "waixiang").out.contains("没有找到"))
        let shown = await bench.run("people", "show", kept, "--as", "jingban")
        #expect(shown.out.contains("姓名：马可") && shown.out.contains("护照") && !shown.out.contains("E0001111"))
        #expect(await bench.run("people", "show", kept, "--as", "waixiang").code == 1)
        #expect(await bench.run("people", "duplicates", "--as", "shenhe").out.contains("证件号码相同"))
        #expect(await bench.run("people", "duplicates", kept, "--as", "jingban").out.contains("马克"))

        let merged = await bench.run("people", "merge", kept, absorbed, "--reason", "护照同一本", "--as", "jingban")
        #expect(merged.code == 0 && merged.out.contains("已合并"), "\(merged.err)")
        #expect(await bench.run("people", "show", absorbed, "--as", "jingban").out.contains("姓名：马可"))
        let merge = merged.out.split(separator: "\n").first { $0.hasPrefix("对象：") }.map { String($0.dropFirst(3)) } ?? ""
        #expect(await bench.run("people", "undo-merge", merge, "--reason", "查明是两人", "--as", "jingban").code == 1)
        #expect(await bench.run("people", "undo-merge", merge, "--reason", "查明是两人", "--as", "shenhe").code == 0)
        #expect(await bench.run("people", "show", absorbed, "--as", "jingban").out.contains("姓名：马克"))

        #expect(await bench.run("people", "as-known", kept, "--on", "2020-01-01", "--as", "jingban").err.contains("还没有登记"))
        #expect(await bench.run("people", "reveal", kept, "--purpose", "contact", "--reason", "短", "--as", "jingban").code == 1)
        let opened = await bench.run("people", "reveal", kept, "--purpose", "contact", "--reason", "通知领取结果", "--as", "jingban")
        #expect(opened.out.contains("护照：E0001111"), "\(opened.err)")
        #expect(await bench.run("people", "duplicates", "--scan", "000181", "--as", "shenhe").out.contains("已开始查找"))
    }
}
