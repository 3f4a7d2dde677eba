import Testing
import Values
@testable import Documents

@Suite("政策文件")
struct YAMLTests {
    static let policy = """
        policy: minimum-living-standard
        title: 最低生活保障标准
        unit: 元/人·月
        rulings:
          - region: "000000"
            residence: urban
            from: 2024-07-01
            until:
            value: "735.00"
            cite: 001 号材料：自 2024 年 7 月起
          - region: "000181"
            value: 30%

        """

    @Test("读入各项，知道行号")
    func reading() throws {
        let root = try parseYAML(Self.policy.replacingOccurrences(of: "\"000000\"", with: "\"000000\"        # 示范市"))
        #expect(try root.required("title").text() == "最低生活保障标准")
        let rulings = try root.required("rulings").items()
        #expect(rulings.map(\.line) == [5, 11])
        #expect(try rulings[0].required("region").text() == "000000")
        #expect(try rulings[0].required("from").text() == "2024-07-01")
        #expect(try rulings[0].optional("until") == nil)
        #expect(try rulings[0].required("value").line == 9)
    }

    @Test("写出的样子与读入的一样")
    func writing() throws {
        #expect(emitYAML(try parseYAML(Self.policy)) == Self.policy)
    }

    @Test("格式有误：退回并说明行号", arguments: [
        ("", "文件没有内容"), ("# 只有说明", "文件没有内容"),
        ("a: 1\nb: [", "第 3 行"), ("a: \"1", "第 1 行"), ("a: 1\n b: 2", "第 2 行"), ("\ta: 1", "第 1 行"),
        ("a: 1\nb: 2\na: 3", "第 1 行：名称重复（a）"), ("a: 1\n---\nb: 2", "第 2 行"),
        ("a: &x 1\nb: *x", "第 1 行：不支持"), ("a: *x", "第 1 行"), ("? [1]\n: 2", "第 1 行"), ("a: \u{0}", "文件格式有误"),
    ])
    func malformed(_ text: String, _ message: String) {
        #expect { try parseYAML(text) } throws: { error in
            (error as? Refusal)?.message.hasPrefix(message) == true
        }
    }

    @Test("超过 4 MB 不读", arguments: [(0, true), (1, false)])
    func size(_ over: Int, _ accepted: Bool) {
        let text = "a: " + String(repeating: "x", count: (4 << 20) - 3 + over)
        #expect(((try? parseYAML(text)) != nil) == accepted)
    }

    @Test("缺项、错项、多项都说明在哪一行")
    func asking() throws {
        let root = try parseYAML("a: 1\nb:\n  - x\nc:\n")
        func message(_ body: () throws -> Void) -> String? {
            do { try body(); return nil } catch { return (error as? Refusal)?.message }
        }
        #expect(message { _ = try root.required("d") } == "第 1 行：缺少“d”，请补填")
        #expect(message { _ = try root.required("c") } == "第 1 行：缺少“c”，请补填")
        #expect(message { _ = try root.required("b").text() } == "第 3 行：此处应为一项文字或数值")
        #expect(message { _ = try root.required("a").items() } == "第 1 行：此处应为以“- ”开头的列表")
        #expect(message { _ = try root.required("a").optional("x") } == "第 1 行：此处应为“名称: 内容”的条目")
        #expect(message { try root.only(["a", "b"]) } == "第 4 行：不认识的名称“c”，可用的有：a、b")
        #expect(message { try root.only(["a", "b", "c"]) } == nil)
    }

    @Test("空值", arguments: ["a:", "a: ~", "a: null", "a:   # 现行"])
    func nothing(_ text: String) throws {
        #expect(try parseYAML(text) == .mapping(["a": .empty]))
    }

    @Test("会被误读的文字加引号，其余不加", arguments: [
        ("735", "\"735\""), ("735.00", "\"735.00\""), ("000000", "\"000000\""), ("1e3", "\"1e3\""), ("0x1F", "\"0x1F\""),
        ("true", "\"true\""), ("no", "\"no\""), ("null", "\"null\""), ("~", "\"~\""), ("", "\"\""), ("-5", "\"-5\""),
        ("a: b", "\"a: b\""), ("a #b", "\"a #b\""), ("- a", "\"- a\""), (" a", "\" a\""), ("a ", "\"a \""), ("甲\n乙", "\"甲\\n乙\""),
        ("他说\"好\"", "\"他说\\\"好\\\"\""), ("a\\b", "\"a\\\\b\""), ("a\u{FEFF}", "\"a\\U0000feff\""), ("　甲", "\"　甲\""),
        ("2024-07-01", "2024-07-01"), ("2024-07", "2024-07"), ("元/人·月", "元/人·月"), ("民发〔2021〕57号", "民发〔2021〕57号"),
        ("《办法》第十三条：自 7 月起", "《办法》第十三条：自 7 月起"), ("half-up", "half-up"), ("30%", "30%"),
    ])
    func quoting(_ text: String, _ written: String) throws {
        let node = YAMLNode.mapping(["a": .scalar(text)])
        #expect(emitYAML(node) == "a: \(written)\n")
        #expect(try parseYAML(emitYAML(node)) == node)
    }

    @Test("任意结构写出再读入不变")
    func roundTrip() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let node = Self.node(depth: 4, &generator)
            #expect(try parseYAML(emitYAML(node)) == node)
        }
    }

    private static func node(depth: Int, _ generator: inout SystemRandomNumberGenerator) -> YAMLNode {
        let count = Int.random(in: 0...3, using: &generator)
        switch Int.random(in: depth > 0 ? 0...5 : 0...1, using: &generator) {
        case 0: return .empty
        case 1: return .scalar(text(&generator))
        case 2, 3: return .sequence((0..<count).map { _ in node(depth: depth - 1, &generator) })
        default: return YAMLNode(.mapping((0..<count).map { YAMLEntry("\($0)" + text(&generator), node(depth: depth - 1, &generator)) }))
        }
    }

    private static func text(_ generator: inout SystemRandomNumberGenerator) -> String {
        let pieces = ["1", ".", ":", " ", "-", "#", "\"", "'", "\\", "\n", "\t", "\r", "{", "[", "&", "*", "!", "%", "@", "`", ",", "甲", "é", "𠮷", "\u{85}", "\u{2028}", "é\u{FEFF}", "\u{7F}", "e", "_"]
        return (0..<Int.random(in: 0...5, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
    }
}
