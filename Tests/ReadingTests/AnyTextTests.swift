import Testing
@testable import Reading

/// 任意文字。Whatever is typed, reading ends, and every place it gives lies in the text.
@Suite("任意文字")
struct AnyTextTests {
    private static let pieces = [
        "一", "二", "两", "三", "十", "百", "千", "万", "亿", "零", "半", "1", "20", "2024", "202x", "xx", "3.5", ".", ",", "，", "、", "。", "；", "：", "（", "）", "(", ")", "“", "”", "《", "》", "-", "—", "——", "~", "/", "·", "%", "?", " ",
        "\t", "\n", "年", "月", "日", "号", "底", "起", "至", "到", "由", "从", "自", "截至", "每", "每人", "每月", "每千名", "人", "人次", "户", "元", "万元", "个", "项", "级", "类", "轮", "岁", "周岁", "刻钟", "圈", "以上", "以下", "及以上", "余", "多", "约", "近",
        "至少", "不低于", "提高", "调整为", "其中", "合计", "共", "均", "均为", "分别", "全覆盖", "全部完成", "所有", "完成", "无一例", "未发生一起", "零事故", "有", "化", "标准", "位一体", "N", "+", "等", "第", "一是", "（一）", "1.", "责任单位:", "完成时限：", "牵头", "社区", "低保", "新增", "停发",
        "率", "占", "工作计划", "工作总结", "下一步", "養老", "機構", "🙂", "é",
    ]

    @Test("随意拼接的文字", arguments: 0 ..< 40)
    func anything(_ round: Int) {
        var dice = Dice(UInt64(round) + 1)
        for _ in 0 ..< 60 {
            let text = (0 ..< 1 + dice.roll(40)).map { _ in Self.pieces[dice.roll(Self.pieces.count)] }.joined()
            let reading = DocumentReading(text), length = text.unicodeScalars.count
            for quantity in reading.quantities { #expect(quantity.place.range.upperBound <= length && !quantity.place.range.isEmpty, "\(text)") }
            for measure in Plan(reading).measures { #expect(measure.place.range.upperBound <= length, "\(text)") }
            for finding in TextCheck.findings(in: reading) { #expect(!finding.message.isEmpty) }
            #expect(FactTable.rows(reading, code: "x", region: "").count == reading.quantities.count)
        }
    }
}

/// Numbers that look random and are the same each time.
private struct Dice {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func roll(_ sides: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % sides
    }
}
