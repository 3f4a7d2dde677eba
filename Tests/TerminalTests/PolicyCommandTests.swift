import Kernel
import Testing
@testable import Terminal

@Suite("规则命令")
struct PolicyCommandTests {
    /// The same policies without what ships with them.
    private var bareLines: [Line] { [Line("shop", "乙店", policies: shop.policies)] + shopLines.dropFirst() }

    /// Three of the shop's, and those that 公示送达 and the payments ship with everywhere.
    @Test("导出再导入到另一处，两处导出相同；再导入一次什么也不变")
    func roundTrip() async throws {
        let here = try Bench(shopLines)
        #expect(await here.run("migrate").code == 0)
        let exported = await here.run("policy", "export").out
        #expect(exported.contains("policy: rent"))

        let there = try Bench(bareLines, input: exported)
        #expect(await there.addUser("zhengce", "政策甲", .policyOfficer) == 0)
        #expect(await there.addUser("juzhang", "局长乙", .leader) == 0)
        #expect(await there.run("policy", "import", "-").out.contains("共 11 条，其中 8 条已有"))
        #expect(await there.run("policy", "import", "-", "--draft-as", "zhengce").out == "已起草 3 条，已发布 0 条，8 条原已有\n")
        #expect(await there.run("policy", "export").out.contains("draft: 是"))
        #expect(await there.run("policy", "import", "-", "--draft-as", "zhengce", "--publish-as", "juzhang").out == "已起草 0 条，已发布 3 条，8 条原已有\n")
        #expect(await there.run("policy", "export").out == exported)
        #expect(await there.run("policy", "import", "-", "--draft-as", "zhengce", "--publish-as", "juzhang").out == "已起草 0 条，已发布 0 条，11 条原已有\n")
    }

    @Test("起草人不能自己发布；不是政策员的不能起草")
    func separation() async throws {
        let here = try Bench(shopLines)
        #expect(await here.run("migrate").code == 0)
        let exported = await here.run("policy", "export").out
        let there = try Bench(bareLines, input: exported)
        #expect(await there.addUser("zhengce", "政策甲", .policyOfficer) == 0)
        let own = await there.run("policy", "import", "-", "--draft-as", "zhengce", "--publish-as", "zhengce")
        #expect(own.code == 1)
        #expect(own.err.contains("发布规则"))
        #expect(await there.run("policy", "import", "-", "--publish-as", "zhengce").code == 64)
        #expect(await there.run("policy", "import", "-", "--draft-as", "meiyou").code == 1)
    }

    @Test("换日前一天和当天的标准不同；没有的写明未发布", arguments: [("2023-06-30", "未发布"), ("2024-06-30", "728.00"), ("2024-07-01", "735.00")])
    func show(_ on: String, _ value: String) async throws {
        let bench = try Bench(shopLines)
        #expect(await bench.run("migrate").code == 0)
        let shown = await bench.run("policy", "show", "rent", "--on", on)
        #expect(shown.code == 0)
        #expect(shown.out.split(separator: "\n").first { $0.contains("城市") }?.contains(value) == true)
        #expect(await bench.run("policy", "show", "rant").code == 1)
    }

    @Test("程序升级只添新规则，不改单位自己发布的")
    func laterProgram() async throws {
        let bench = try Bench([Line("shop", "甲店", policies: shop.policies, shipped: [shop.shipped[0]])] + shopLines.dropFirst())
        #expect(await bench.run("migrate").code == 0)
        #expect(await bench.run("policy", "export").out.contains("728.00"))
        let office = try await Office.open(shopLines, try Configuration(options: [.data: bench.data]), .existing)
        #expect(try await office.rulings().count == 11)
        #expect(try await office.seedShippedRulings() == 0)
        try await office.close()
    }
}
