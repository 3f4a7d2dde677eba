import Foundation
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

    @Test("没有这个文件")
    func absent() async throws {
        let done = await (try Bench(shopLines)).run("figures", "check", "/nowhere/x.txt")
        #expect(done.code == 1 && done.err.contains("读不到文件"))
    }
}
