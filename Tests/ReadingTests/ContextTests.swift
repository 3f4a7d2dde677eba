import Testing
@testable import Reading

@Suite("读数：性质、期间、指标、位置")
struct ContextTests {
    private func kinds(_ text: String) -> [String] { DocumentReading(text).quantities.map { "\($0.kind.rawValue) \($0.from?.description ?? "")..\($0.until?.description ?? "")" } }

    @Test("性质和期间", arguments: [
        ("新增养老床位300张。", "actual 2023-01-01..2023-12-31"), ("全县现有养老机构15个。", "stock ..2023-12-31"), ("截至10月底，在册孤儿23人。", "stock ..2023-10-31"),
        ("1—11月发放低保金45万元。", "actual 2023-01-01..2023-11-30"), ("自2023年7月起，低保标准由每人每月680元提高到710元。", "standard 2023-07-01.."),
        ("自2022年7月至2023年6月开展服务80人次。", "actual 2022-07-01..2023-06-30"), ("力争到2025年每千名老年人拥有床位38张。", "target 2023-01-01..2025-12-31"),
        ("截至6月底，低保标准为每人每月710元。", "standard ..2023-06-30"), ("截至2022年底，低保标准为每人每月680元。", "standard ..2022-12-31"), ("自7月起，低保标准为每人每月710元。", "standard 2023-07-01.."),
        ("低保标准为每人每月710元。", "standard 2023-01-01..2023-12-31"),
        ("凡年满60周岁的老年人均可申请60周岁以上优待。", "standard 2023-01-01..2023-12-31"),
    ])
    func summary(_ sentence: String, _ expected: String) { #expect(kinds("某县民政局2023年工作总结\n" + sentence).first == expected) }

    @Test("一句里有两个时点的，各数归各的时点")
    func daysOfTheirOwn() {
        #expect(kinds("某县民政局2023年工作总结\n截至6月底，在册孤儿23人，自7月起养育标准由每人每月1300元提高到1350元。") == ["stock ..2023-06-30", "standard 2023-07-01.."])
    }

    @Test("标题换了文种和年份")
    func occasions() {
        let text = """
        某县民政局2023年工作总结和2024年工作计划
        一、2023年工作情况
        （一）兜底保障。走访帮扶家庭52户。
        二、2024年工作计划
        （一）兜底保障。走访帮扶家庭60户。
        """
        #expect(kinds(text) == ["actual 2023-01-01..2023-12-31", "target 2024-01-01..2024-12-31"])
        #expect(kinds("某区民政局202x年上半年工作总结\n临时救助74人次。") == ["actual 202x-01-01..202x-06-30"])
        #expect(kinds("救助52人。") == ["actual .."])
    }

    @Test("指标名称", arguments: [
        ("全年发放孤儿基本生活费18万元。", ["发放孤儿基本生活费"]), ("新建2家镇街书屋、3家村级书屋。", ["新建镇街书屋", "村级书屋"]),
        ("低保新增10户16人、停发12户18人。", ["低保新增户数", "低保新增人数", "低保停发户数", "低保停发人数"]), ("登记合格率达100%。", ["登记合格率"]), ("至少检查8家、审计9家。", ["检查", "审计"]), ("调高补助标准，由70元/月调整为90元/月。", ["调高补助标准"]), ("镇和村日间照料覆盖率均为“两个100%”。", ["镇覆盖率", "村日间照料覆盖率"]), ("为300户困难家庭实施改造。", ["困难家庭"]),
    ])
    func names(_ sentence: String, _ expected: [String]) { #expect(DocumentReading("某县2023年总结\n" + sentence).quantities.map(\.indicator) == expected) }

    @Test("位置指回原文")
    func places() throws {
        let text = "某县2023年总结\n一、救助。\n發放補貼 35.5 萬元，惠及群眾。"
        let quantity = try #require(DocumentReading(text).quantities.first)
        #expect(quantity.place.line == 3)
        #expect(Marks(text).text(quantity.place.range) == "35.5 萬元")
        #expect(quantity.sentence == "發放補貼 35.5 萬元")
        #expect(quantity.path == ["某县2023年总结", "救助"])
    }

    @Test("空文、无数、乱码都不出错", arguments: ["", "\n\n", "没有数字的一句话。", "，。；", "“”（）", "每", "第", "1", "由", "99999999999999999999万元。", "1,,2,3", "\u{FEFF}\u{200B}"])
    func nothing(_ text: String) { #expect(DocumentReading(text).quantities.isEmpty) }
}
