import Bureau
import Foundation
import Kernel
import TestSupport
import Testing
@testable import Terminal

@Suite("读文稿的命令")
struct ReadingCommandTests {
    private func file(_ text: String, _ name: String = "T01.txt") throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    @Test("读出数、核校、读出计划")
    func story() async throws {
        let bench = try Bench(shopLines)
        let summary = try file("某县民政局2023年工作总结\n截至6月31日，共有站点60个，其中城镇25个、乡村35个。")
        let read = await bench.run("figures", "read", summary)
        #expect(read.code == 0 && read.out.contains("60") && read.out.contains("现有"), "\(read.err)")
        let csv = await bench.run("figures", "read", summary, "--csv", "--region", "某县")
        #expect(csv.out.contains("id,seed,region,period_start") && csv.out.contains("FT01-001,T01,某县,,2023-06-30,stock"), "\(csv.out)")
        let checked = await bench.run("figures", "check", summary)
        #expect(checked.code == 1 && checked.out.contains("没有6月31日这一天") && checked.out.contains("共读出 3 个数：有误 1 处"), "\(checked.out)")
        let plan = try file("某县民政局2024年工作要点\n一、养老。年内新建养老服务中心2个以上。（责任单位：养老科）", "T02.txt")
        let tasks = await bench.run("plan", "read", plan, "--csv")
        #expect(tasks.out.contains("年内新建养老服务中心2个以上,新建养老服务中心,>=,2,个,2024-12-31,,养老科"), "\(tasks.out)")
        #expect(await bench.run("plan", "read", plan).out.contains("不低于2个"))
    }

    @Test("读不了的，退出码是 1，说清怎么办", arguments: [("figures", "没有一个数字的文稿。", "没有读到带单位的数"), ("figures", " \n", "没有文字"), ("plan", "短", "没有读到任务")])
    func refused(_ group: String, _ text: String, _ part: String) async throws {
        let done = await (try Bench(shopLines)).run(group, "read", try file(text))
        #expect(done.code == 1 && done.err.contains(part), "\(done.err)")
    }

    @Test("不合用的文稿：读数、导入计划，说同样的话，什么都不留", arguments: BadDocument.all)
    func badDocuments(_ bad: BadDocument) async throws {
        let bench = try Bench(bureau), file = bench.path(bad.name)
        try Data(bad.bytes).write(to: URL(fileURLWithPath: file))
        let read = await bench.run("figures", "read", file)
        #expect(read.code == 1 && read.out.isEmpty && read.err.contains(bad.words), "\(read.err)")
        #expect(await bench.addUser("zhengce", "政策甲", .policyOfficer, "000181") == 0)
        let kept = await bench.run("plan", "import", file, "--as", "zhengce", "--year", "2025", "--title", "试用")
        #expect(kept.code == 1 && kept.err.contains(bad.words), "\(kept.err)")
        #expect(!(await bench.run("list", "planning.documents", "--as", "zhengce").out.contains(bad.name)))
    }

    @Test("没有这个文件")
    func absent() async throws {
        let done = await (try Bench(shopLines)).run("figures", "check", "/nowhere/x.txt")
        #expect(done.code == 1 && done.err.contains("读不到文件"))
    }

    @Test("导入计划、列出、看内容、看进度、换新文稿")
    func plans() async throws {
        let bench = try Bench(bureau)
        #expect(await bench.addUser("zhengce", "政策甲", .policyOfficer, "000181") == 0)
        #expect(await bench.addUser("shequ", "社区乙", .community, "000181001001") == 0)
        let text = "试用民政工作要点\n一、养老\n(一)发展助餐。全年新增老年助餐点14个以上。（责任单位：养老科）"
        let untold = await bench.run("plan", "import", try file(text), "--as", "zhengce", "--title", "试用要点")
        #expect(untold.code == 1 && untold.err.contains("--year"), "\(untold.err)")
        #expect(await bench.run("plan", "import", try file(text), "--as", "shequ", "--year", "2025").code == 1)
        let done = await bench.run("plan", "import", try file(text), "--as", "zhengce", "--year", "2025", "--title", "试用要点", "--confirm")
        #expect(done.code == 0 && done.out.contains("读出 1 项任务、1 个目标") && done.out.contains("开始跟踪"), "\(done.err)")
        let plan = done.out.split(separator: "\n").first { $0.hasPrefix("编号 ") }.map { String($0.dropFirst(3)) } ?? ""
        #expect(await bench.run("plan", "list", "--as", "zhengce").out.contains("试用要点"))
        let shown = await bench.run("plan", "show", plan, "--as", "zhengce")
        #expect(shown.out.contains("全年新增老年助餐点14个以上") && shown.out.contains("不低于14个"), "\(shown.err)")
        let status = await bench.run("plan", "status", "--as", "zhengce", "--year", "2025", "--csv")
        #expect(status.out.contains("未绑定") && status.out.hasPrefix("plan,section_text,indicator"), "\(status.err)")
        let changed = await bench.run("plan", "import", try file(text.replacing("14个", with: "16个")), "--as", "zhengce", "--into", plan, "--confirm")
        #expect(changed.code == 0 && changed.out.contains("改动 1 项"), "\(changed.out) \(changed.err)")
        #expect(await bench.run("plan", "show", plan, "--as", "zhengce").out.contains("不低于16个"))
    }

    @Test("文稿没有写年份的，用 --year")
    func year() async throws {
        let bench = try Bench(shopLines), plan = try file("试用工作要点\n一、养老。新建养老服务中心2个以上。")
        let without = await bench.run("plan", "read", plan, "--csv"), with = await bench.run("plan", "read", plan, "--csv", "--year", "2025")
        #expect(!without.out.contains("2025") && with.out.contains(",2025,"), "\(with.out)")
    }
}
