import Kernel
import Testing
import Values
@testable import Terminal

/// The tree of regions from the command line: an empty house begins with its county.
@Suite struct RegionCommandTests {
    @Test("空的系统：先登记本区县，再由地名专管设立、更名、拆分、撤并，列得出来")
    func anEmptyHouseBegins() async throws {
        let bench = try Bench(shopLines)
        #expect(await bench.run("region", "add", "000181", "测试市", "--document", "测试文件", "--on", "2000-01-01").code == 0)
        #expect(await bench.run("region", "add", "000181001", "甲街道", "--document", "测试文件").err.contains("--as"))
        #expect(await bench.addUser("diming", "地名甲", .placeNameOfficer) == 0)
        for (code, name) in [("000181001", "甲街道"), ("000181001001", "一社区"), ("000181001002", "二社区")] {
            #expect(await bench.run("region", "add", code, name, "--document", "测试文件", "--on", "2001-01-01", "--as", "diming").code == 0)
        }
        #expect(await bench.run("region", "rename", "000181001001", "东社区", "--document", "测试批复", "--as", "diming").out.contains("区划已更名"))
        #expect(await bench.run("region", "split", "000181001002", "000181001003=三社区", "--document", "测试批复", "--as", "diming").out.contains("划转家庭"))
        #expect(await bench.run("region", "merge", "000181001002", "--document", "测试批复", "--as", "diming").err.contains("名称=内容"))
        #expect(await bench.run("region", "merge", "000181001002=000181001003", "--document", "测试批复", "--as", "diming").out.contains("区划已撤并"))
        let standing = await bench.run("region", "list").out, all = await bench.run("region", "list", "000181001", "--all").out
        #expect(standing.contains("东社区") && standing.contains("三社区") && !standing.contains("一社区") && !standing.contains("二社区"))
        #expect(all.contains("一社区") && !all.contains("测试市"))
    }
}
