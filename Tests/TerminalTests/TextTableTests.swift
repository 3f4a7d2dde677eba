import Testing
@testable import Terminal

@Suite("对齐的文字表")
struct TextTableTests {
    @Test("汉字占两格，数字靠右")
    func aligns() {
        let table = TextTable([.init("姓名"), .init("金额", isNumber: true), .init("编号")], [["王甲", "1.00", "a"], ["欧阳某某", "1,234.00", ""]])
        #expect(table.text == """
            姓名          金额  编号
            --------  --------  ----
            王甲          1.00  a
            欧阳某某  1,234.00

            """)
    }

    @Test("没有行也有表头；一格只占一行，不含控制字符")
    func odd() {
        #expect(TextTable([.init("名")], []).text == "名\n--\n")
        #expect(TextTable([.init("名")], [["甲\n乙\u{1B}[31m"]]).text == "名\n----------\n甲 乙 [31m\n")
    }
}
