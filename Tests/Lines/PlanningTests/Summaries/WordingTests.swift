import Commons
import Reading
import Testing
import Values
@testable import Planning

private func fact(_ value: Int64?, before: Int64? = nil, unit: IndicatorUnit = .households, nature: Indicator.Nature = .flow, _ change: (inout SummaryFact) -> Void = { _ in }) -> SummaryFact {
    var fact = SummaryFact(code: "t.x", name: "试验事项", unit: unit, nature: nature, value: value)
    fact.previous = before
    change(&fact)
    return fact
}

private func clause(_ fact: SummaryFact) -> String { Wording.clause(fact).map(\.shown).joined() }

struct MovementCase: Sendable {
    let value: Int64, before: Int64?, words: String
    init(_ value: Int64, _ before: Int64?, _ words: String) { (self.value, self.before, self.words) = (value, before, words) }
}

struct UnitCase: Sendable {
    let unit: IndicatorUnit, value: Int64, risen: (before: Int64, words: String), fallen: (before: Int64, words: String), fromNothing: String
    init(_ unit: IndicatorUnit, _ value: Int64, _ risen: (Int64, String), _ fallen: (Int64, String), _ fromNothing: String) {
        (self.unit, self.value, self.risen, self.fallen, self.fromNothing) = (unit, value, risen, fallen, fromNothing)
    }
}

@Suite("总结的句式")
struct WordingTests {
    @Test("增长、下降、持平由数字决定；基数为零不说百分比", arguments: [
        //          本期  上年    句子
        MovementCase(12, nil, "试验事项12户"),
        MovementCase(12, 12, "试验事项12户，与上年同期持平"),
        MovementCase(0, 0, "试验事项0户，与上年同期持平"),
        MovementCase(13, 12, "试验事项13户，比上年同期增长8.3%"),
        MovementCase(11, 12, "试验事项11户，比上年同期下降8.3%"),
        MovementCase(12, 0, "试验事项12户，上年同期没有"),
        MovementCase(0, 12, "试验事项0户，比上年同期下降100%"),
        MovementCase(24, 12, "试验事项24户，比上年同期增长100%"),
        MovementCase(11, 10, "试验事项11户，比上年同期增长10%"), MovementCase(11, 9, "试验事项11户，比上年同期增加2户"),     // 基数不到十，说数不说百分比
        MovementCase(1, 2, "试验事项1户，比上年同期减少1户"),
        MovementCase(10_001, 10_000, "试验事项10001户，比上年同期增加1户"),      // 0.01%：一位小数写不出
        MovementCase(9_999, 10_000, "试验事项9999户，比上年同期减少1户"),
        MovementCase(10_005, 10_000, "试验事项10005户，比上年同期增长0.1%"),     // 0.05% 进位
        MovementCase(2_001, 2_000, "试验事项2001户，比上年同期增长0.1%"),
    ])
    func movements(_ c: MovementCase) { #expect(clause(fact(c.value, before: c.before)) == c.words) }

    @Test("各种单位：升、降、相同、没有上期、上期为零", arguments: [
        //       单位             本期             升                  降                  上期为零
        UnitCase(.households, 12, (10, "，比上年同期增长20%"), (16, "，比上年同期下降25%"), "，上年同期没有"),
        UnitCase(.people, 100_000, (99_999, "，比上年同期增加1人"), (100_001, "，比上年同期减少1人"), "，上年同期没有"),
        // 万元：差不到文中写得出的一位的，不说增减；差得多而不到 0.05% 的，说数额
        UnitCase(.yuan, 11_656_260_000, (11_656_259_992, "，与上年同期基本持平"), (11_656_260_008, "，与上年同期基本持平"), "，上年同期没有"),
        UnitCase(.yuan, 11_656_260_000, (11_656_250_000, "，比上年同期增加100元"), (11_656_269_999, "，与上年同期基本持平"), "，上年同期没有"),
        UnitCase(.yuan, 11_656_260_000, (11_653_260_000, "，比上年同期增加3万元"), (11_659_260_000, "，比上年同期减少3万元"), "，上年同期没有"),
        UnitCase(.yuan, 999_992, (999_900, "，与上年同期基本持平"), (1_000_000, "，与上年同期基本持平"), "，上年同期没有"),
        UnitCase(.yuan, 999_900, (999_800, "，比上年同期增加1元"), (1_000_000, "，比上年同期减少1元"), "，上年同期没有"),
        UnitCase(.monthlyYuan, 73_500, (73_499, "，与上年同期基本持平"), (73_501, "，与上年同期基本持平"), "，上年同期没有"),
        UnitCase(.percent, 5_000, (4_999, "，比上年同期提高0.01个百分点"), (5_150, "，比上年同期降低1.5个百分点"), "，比上年同期提高50个百分点"),
    ])
    func units(_ c: UnitCase) {
        func moved(_ before: Int64?) -> String {
            Wording.clause(fact(c.value, before: before, unit: c.unit)).dropFirst(2).map(\.shown).joined()
        }
        #expect(moved(c.risen.before) == c.risen.words)
        #expect(moved(c.fallen.before) == c.fallen.words)
        #expect(moved(c.value) == "，与上年同期持平")
        #expect(moved(nil) == "")
        #expect(moved(0) == c.fromNothing)
    }

    @Test("首次只在以前各期都为零时说")
    func first() {
        #expect(clause(fact(3, before: 0) { $0.isFirst = true }) == "试验事项3户，为首次发生")
        #expect(clause(fact(3, before: 1) { $0.isFirst = true }) == "试验事项3户，比上年同期增加2户")
        #expect(clause(fact(0, before: 0) { $0.isFirst = true }) == "试验事项0户，与上年同期持平")
    }

    @Test("没有数的如实说，缺月份的写明")
    func missing() {
        #expect(clause(fact(nil)) == "试验事项暂无数据，登记中还没有这一期的记录")
        #expect(clause(fact(nil) { $0.isManual = true }) == "试验事项暂无数据，待填报")
        #expect(clause(fact(9) { $0.missing = "3月、4月" }) == "试验事项9户（3月、4月的数据尚缺，未计入）")
    }

    @Test("期末数、比率、标准各有句式")
    func natures() {
        #expect(clause(fact(15, before: 13, nature: .stock) { $0.asOf = "12月底" }) == "截至12月底，试验事项15户，比上年末增长15.4%")
        #expect(clause(fact(5_000, before: 4_850, unit: .percent, nature: .rate)) == "试验事项为50%，比上年同期提高1.5个百分点")
        #expect(clause(fact(4_850, before: 5_000, unit: .percent, nature: .rate)) == "试验事项为48.5%，比上年同期降低1.5个百分点")
        #expect(clause(fact(73_500, unit: .monthlyYuan, nature: .standard) { ($0.before, $0.since) = (72_800, "2024年7月") }) == "自2024年7月起，试验事项由728元/人/月提高到735元/人/月")
        #expect(clause(fact(72_800, unit: .monthlyYuan, nature: .standard) { ($0.before, $0.since) = (73_500, "2024年7月") }) == "自2024年7月起，试验事项由735元/人/月降低到728元/人/月")
        #expect(clause(fact(73_500, unit: .monthlyYuan, nature: .standard)) == "试验事项为735元/人/月")
    }

    @Test("完成率只在有目标时说；目标上下各一", arguments: [
        (14 as Int64, Bound.atLeast, 14 as Int64, "，完成年度目标14户的100%"), (14, .atLeast, 15, "，完成年度目标14户的107.1%"), (14, .atLeast, 13, "，为年度目标14户的92.9%，尚未完成"),
        (14, .atMost, 14, "，控制在年度目标14户以内"), (14, .atMost, 15, "，超出年度目标14户"), (0, .atLeast, 5, ""),
    ])
    func completions(_ target: Int64, _ bound: Bound, _ value: Int64, _ words: String) {
        #expect(clause(fact(value) { $0.target = Completion(target: target, bound: bound) }) == "试验事项\(value)户\(words)")
    }

    @Test("公文写法：大数写万元，小数去零", arguments: [
        (11_656_260_000 as Int64, "元", 2, "11656.26万元"), (999_999, "元", 2, "9999.99元"), (1_000_000, "元", 2, "1万元"), (1_000_049, "元", 2, "1万元"), (1_005_000, "元", 2, "1.01万元"),
        (73_500, "元/人/月", 2, "735元/人/月"), (1_820, "%", 2, "18.2%"), (-83, "%", 1, "8.3%"), (0, "户", 0, "0户"),
    ])
    func writing(_ amount: Int64, _ unit: String, _ scale: Int, _ text: String) { #expect(WrittenAmount.text(amount, IndicatorUnit(unit, scale: scale)) == text) }
}

@Suite("总结的组稿和记号")
struct ComposerTests {
    @Test("空的章节不写，记号逐个编号，读回来数字相同")
    func composes() {
        let material = SummaryMaterial(opening: ["总起。"], sections: [
            .init(level: 1, title: "空章", passages: []), .init(level: 2, title: "空节", passages: []),
            .init(level: 1, title: "救助", passages: []), .init(level: 2, title: "保障", passages: [.facts([fact(12, before: 10), fact(30, unit: .people)]), .told("另办了〔9〕一件事。")]),
            .init(level: 2, title: "尾节", passages: []),
        ], closing: ["完。"])
        let draft = SummaryComposer.compose(material)
        #expect(draft.lines.map(\.text) == ["总起。", "救助", "保障", "试验事项12户〔1〕，比上年同期增长20%〔2〕；试验事项30人〔3〕。", "另办了一件事。", "完。"])
        #expect(draft.lines.map(\.level) == [0, 1, 2, 0, 0, 0])
        #expect(draft.figures.map(\.number) == [1, 2, 3])
        let read = DocumentReading(MarkedText(draft.lines.map(\.text).joined(separator: "\n")).blanked).quantities
        #expect(read.map { "\($0.value?.description ?? "")\($0.unit)" } == ["12户", "20%", "30人"])
    }

    @Test("记号前的数还是不是原来的", arguments: [
        ("新增12户", "12户", true), ("新增112户", "12户", false), ("新增1.12户", "12户", false), ("新增12人", "12户", false), ("12户", "12户", true), ("", "12户", false),
        ("新增1,12户", "12户", false), ("新增１12户", "12户", false), ("新增三12户", "12户", false), ("新增负12户", "12户", false), ("新增−12户", "12户", false), ("（12户", "12户", true),
    ])
    func binding(_ words: String, _ shown: String, _ isBound: Bool) { #expect(SummaryText.isBound(shown, in: words) == isBound) }

    @Test("记号之外的括号是文字", arguments: ["〔2024〕12号", "〔a〕", "〔", "〔〕", "一〔123456〕"])
    func otherBrackets(_ text: String) {
        #expect(SummaryText.withoutMarks(text + "完") == (text == "〔2024〕12号" ? "12号完" : text + "完"))
    }
}
