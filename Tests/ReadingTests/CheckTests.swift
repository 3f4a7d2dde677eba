import Testing
@testable import Reading

@Suite("数字核校（只凭文稿）")
struct CheckTests {
    private func found(_ sentence: String) -> [String] {
        TextCheck.findings(in: DocumentReading("某县民政局2023年工作总结\n" + sentence)).map { "\($0.weight.rawValue) \($0.check.rawValue)" }
    }

    @Test("两边都试", arguments: [
        ("截至6月30日，共有站点60个。", []), ("截至6月31日，共有站点60个。", ["fault date"]), ("2月29日召开会议，培训30人。", ["fault date"]), ("截至13月，培训30人。", ["fault date"]),
        ("共有站点60个，其中，城镇25个，乡村35个。", []), ("共有站点60个，其中，城镇25个，乡村45个。", ["fault parts"]),
        ("共有站点60个，其中，城镇25个，乡村34个。", ["question parts"]), ("共有站点60个，其中，城镇25个。", []), ("现有会员20人（其中新会员27人）。", ["fault parts"]),
        ("现有住户20户45人（儿童4人）。", []), ("有低保5623户10245人，其中城市1203户2105人、农村4420户8140人。", []), ("有低保5623户10245人，其中城市1203户2105人、农村4430户8140人。", ["fault parts"]),
        ("中央资金15万元，省级资金7万元，合计22万元。", []), ("中央资金15万元，省级资金7万元，合计23万元。", ["fault total"]),
        ("配备社工26名，其中持证14名，持证率53.8%。", []), ("配备社工26名，其中持证14名，持证率58.3%。", ["fault rate"]), ("火化率达100%。", []), ("火化率达101%。", ["fault rate"]), ("任务完成率达120%。", []),
        ("低保标准由600元/月提高到660元/月。", []), ("低保标准由660元/月提高到600元/月。", ["fault raise"]), ("办理时限由20个工作日压缩到12个工作日。", []), ("办理时限由12个工作日压缩到20个工作日。", ["fault raise"]),
        ("建成村级便民驿站12个。全县投入使用村级便民驿站8个。", ["question twice"]), ("建成村级便民驿站12个。新增社区共享书屋8个。", []),
        ("按每人每月50元的标准发放服务补贴6万元1200人次。", []), ("按每人每月50元的标准发放服务补贴5万元1200人次。", ["question allowance"]),
        ("全县共有高龄老人100人，按每人每月50元的标准发放高龄津贴6万元。", []), ("全县共有高龄老人100人，按每人每月50元的标准发放高龄津贴6.2万元。", ["question allowance"]),
        ("低保新增10户、停发12户。", ["note movement"]), ("年初低保100户。低保新增10户、停发12户。目前低保98户。", []), ("年初低保100户。低保新增10户、停发12户。目前低保96户。", ["fault movement"]),
        ("指导桃园、柳湾、松岭等3个社区。", []), ("指导桃园、柳湾、松岭、竹溪等3个社区。", ["fault list"]), ("指导桃园、柳湾等3个社区。", ["note list"]),
        ("救助申请20件，救助登记18件。", ["note stage"]), ("救助申请20件，救助登记21件。", ["question stage"]), ("救助申请20件，走访登记18件。", []),
        ("全县现有优抚对象200人。全年发放优抚补助金300人90万元。", ["question payee"]), ("全县现有优抚对象200人。全年发放优抚补助金200人90万元。", []),
        ("全县现有优抚对象200人。全年发放高龄津贴300人90万元。", []),
        ("惠民奖补资金应支出30万元。", ["note due"]), ("惠民奖补资金支出30万元。", []),
        ("全县低保标准由500元提高到600元。", ["note term"]), ("全县低保标准由500元/月提高到600元/月。", []), ("一次性补助标准由500元提高到600元。", []),
    ])
    func bothSides(_ sentence: String, _ expected: [String]) { #expect(found(sentence) == expected) }

    @Test("标题写有计划的，正文要有计划", arguments: [
        ("某县民政局2023年工作总结和2024年工作计划\n一、工作情况\n新建站点60个。", ["note promise"]),
        ("某县民政局2023年工作总结和2024年工作计划\n一、工作情况\n新建站点60个。\n二、下一步工作计划\n新建站点20个。", []),
        ("某县民政局2023年工作总结\n一、工作情况\n新建站点60个。", []),
    ])
    func promises(_ text: String, _ expected: [String]) {
        #expect(TextCheck.findings(in: DocumentReading(text)).map { "\($0.weight.rawValue) \($0.check.rawValue)" } == expected)
    }

    @Test("说清楚差在哪里")
    func message() throws {
        let finding = try #require(TextCheck.findings(in: DocumentReading("共有站点60个，其中，城镇25个，乡村45个。")).first)
        #expect(finding.message.contains("25＋45＝70") && finding.message.contains("60个"))
        #expect(finding.places.count == 3)
    }
}
