import Testing
@testable import Reading

@Suite("读计划：层级、任务、责任、时限")
struct PlanTests {
    private let plan = Plan(DocumentReading("""
    云岭县民政局2024年工作要点
    一、主要目标
    （一）兜牢底线。主动发现困难群众比例达到80%以上。
    （二）提升服务。年内新建养老服务中心2个，新增助餐点5个以上，9月30日前完成消防改造12处。（牵头单位：养老科；责任单位：各乡镇；完成时限：2024年11月底前）
    1.优化治理。由基层科牵头，第三季度招聘社区工作者60名。
    养老服务方面。一是加快队伍建设。制定培训方案，开展培训不少于6期。
    """))

    private func measure(_ words: String) throws -> Measure { try #require(plan.measures.first { $0.text.contains(words) }) }

    @Test("标题成树")
    func headings() throws {
        #expect(try measure("主动发现").path == ["云岭县民政局2024年工作要点", "主要目标", "兜牢底线"])
        #expect(try measure("制定培训方案").path.suffix(2) == ["养老服务方面", "加快队伍建设"])
        #expect(try measure("加快队伍建设").path.last == "养老服务方面")
    }

    @Test("一句里的几项任务分开，各带目标值")
    func figures() throws {
        #expect(try measure("新建养老服务中心").quantities.map(\.shown) == ["2个"])
        #expect(try measure("新增助餐点").quantities.map(\.shown) == ["不低于5个"])
        #expect(try measure("主动发现").quantities.map(\.shown) == ["不低于80%"])
    }

    @Test("责任单位和时限")
    func responsibility() throws {
        let canteens = try measure("新增助餐点")
        #expect(canteens.duty == Responsibility(leading: "养老科", responsible: "各乡镇"))
        #expect(canteens.deadline?.description == "2024-11-30")
        #expect(try measure("新建养老服务中心").deadline?.description == "2024-12-31")
        #expect(try measure("消防改造").deadline?.description == "2024-09-30")
        #expect(try measure("招聘").duty.leading == "基层科")
        #expect(try measure("招聘").deadline?.description == "2024-09-30")
        #expect(try measure("主动发现").deadline == nil)
    }

    @Test("序号", arguments: [
        ("一、总体要求", HeadingMark.Level.first), ("十二、其他", .first), ("(三)养老", .second), ("3.养老", .third), ("12、养老", .third), ("(2)养老", .fourth), ("①养老", .fourth),
        ("二是养老", .item), ("第一章 总则", .chapter), ("1.5万元", nil), ("2024年", nil), ("三年来", nil), ("(其中)", nil), ("100.养老", nil),
    ])
    func marks(_ text: String, _ level: HeadingMark.Level?) { #expect(HeadingMark.read(Marks(text), at: 0)?.level == level) }

    @Test("任务表的列数一致")
    func table() {
        let rows = TargetTable.rows(plan, code: "T1", region: "云岭县")
        #expect(rows.allSatisfy { $0.count == TargetTable.columns.count })
        #expect(rows.first?.first == "TT1-001")
    }
}
