import Testing
@testable import Reading

@Suite("数字核校（只凭文稿）")
struct CheckTests {
    private func found(_ sentence: String) -> [String] {
        TextCheck.findings(in: DocumentReading("某县民政局2023年工作总结\n" + sentence)).map { "\($0.weight.rawValue) \($0.check.rawValue)" }
    }

    @Test("两边都试", arguments: [
        ("截至11月30日，共有社会组织115个。", []), ("截至11月31日，共有社会组织115个。", ["fault date"]), ("2月29日召开会议，培训30人。", ["fault date"]), ("截至13月，培训30人。", ["fault date"]),
        ("共有社会组织115个，其中，社会团体27个，民办非企业单位88个。", []), ("共有社会组织115个，其中，社会团体27个，民办非企业单位98个。", ["fault parts"]),
        ("共有社会组织115个，其中，社会团体27个，民办非企业单位87个。", ["question parts"]), ("共有社会组织115个，其中，社会团体27个。", []), ("现有优抚对象239人（其中参战人员267人）。", ["fault parts"]),
        ("现有低保对象341户637人（孤儿4人）。", []), ("有低保5623户10245人，其中城市1203户2105人、农村4420户8140人。", []), ("有低保5623户10245人，其中城市1203户2105人、农村4430户8140人。", ["fault parts"]),
        ("中央资金15万元，省级资金7万元，合计22万元。", []), ("中央资金15万元，省级资金7万元，合计23万元。", ["fault total"]),
        ("配备社工26名，其中持证14名，持证率53.8%。", []), ("配备社工26名，其中持证14名，持证率58.3%。", ["fault rate"]), ("火化率达100%。", []), ("火化率达101%。", ["fault rate"]), ("任务完成率达120%。", []),
        ("低保标准由680元提高到710元。", []), ("低保标准由710元提高到680元。", ["fault raise"]), ("办理时限由20个工作日压缩到12个工作日。", []), ("办理时限由12个工作日压缩到20个工作日。", ["fault raise"]),
        ("建成老年幸福食堂12个。全县投入使用老年幸福食堂8个。", ["question twice"]), ("建成老年幸福食堂12个。新增农村幸福院8个。", []),
        ("按每人每月50元的标准发放服务补贴6万元1200人次。", []), ("按每人每月50元的标准发放服务补贴5万元1200人次。", ["question allowance"]),
        ("全县共有高龄老人100人，按每人每月50元的标准发放高龄津贴6万元。", []), ("全县共有高龄老人100人，按每人每月50元的标准发放高龄津贴6.2万元。", ["question allowance"]),
        ("低保新增10户、停发12户。", ["note movement"]), ("年初低保100户。低保新增10户、停发12户。目前低保98户。", []), ("年初低保100户。低保新增10户、停发12户。目前低保96户。", ["fault movement"]),
        ("指导金碧、万科、南湾等3个社区。", []), ("指导金碧、万科、南湾、北湾等3个社区。", ["fault list"]), ("指导金碧、万科等3个社区。", ["note list"]),
    ])
    func bothSides(_ sentence: String, _ expected: [String]) { #expect(found(sentence) == expected) }

    @Test("说清楚差在哪里")
    func message() throws {
        let finding = try #require(TextCheck.findings(in: DocumentReading("共有社会组织115个，其中，社会团体27个，民办非企业单位98个。")).first)
        #expect(finding.message.contains("27＋98＝125") && finding.message.contains("115"))
        #expect(finding.places.count == 3)
    }
}
