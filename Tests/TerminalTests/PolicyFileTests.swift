import Cryptography
import Kernel
import Testing
import Values
@testable import Terminal

@Suite("规则文件")
struct PolicyFileTests {
    private func house() throws -> House { House(lines: shopLines, keyring: try .ephemeral()) }

    private func text(_ changed: String = "", with value: String = "") -> String {
        """
        policy: rent
        rulings:
          - region: "000181"
            variant: urban
            from: 2024-07-01
            value: "735.00"
            cite: 甲文
        """.replacing(changed.isEmpty ? "\u{0}" : changed, with: value)
    }

    @Test("有误的文件说明行号和原因", arguments: [
        ("policy: rent", "policy: rant", "第 1 行：没有「rant」"), ("policy: rent\n", "", "缺少“policy”"), ("rulings:", "rules:", "不认识的名称“rules”"),
        ("variant: urban", "variant: town", "urban、rural"), ("    variant: urban\n", "", "urban、rural"), ("\"000181\"", "181", "第 3 行：区划代码"),
        ("2024-07-01", "2024-06-31", "第 5 行"), ("from: 2024-07-01", "from: 2024-07-01\n    until: 2024-07-01", "失效日期须晚于生效日期"),
        ("735.00", "很多", "第 6 行：「租金」的取值有误"), ("cite: 甲文", "cite:", "缺少“cite”"), ("cite: 甲文", "cite: 甲文\n    note: 乙", "不认识的名称“note”"),
        ("cite: 甲文", "cite: 甲文\n    draft: 也许", "请选择"),
    ])
    func malformed(_ old: String, _ new: String, _ told: String) throws {
        let house = try house()
        let refusal = #expect(throws: Refusal.self) { try PolicyFile(parsing: text(old, with: new), for: house) }
        #expect(refusal?.message.contains(told) == true, "\(refusal?.message ?? "")")
    }

    @Test("一项规则，或一串规则")
    func reads() throws {
        let single = try PolicyFile(parsing: text(), for: try house())
        #expect(single.rulings.map(\.ruling.value) == ["735.00"])
        #expect(single.sections[0].unit == "元/月")
        #expect(try PolicyFile(parsing: single.text, for: try house()) == single)
    }
}
