import Pages
import Testing
import Values

@Suite("表单")
struct FormTests {
    private static func form(_ fields: [FieldView], rows: [RowsView] = [], errors: [ErrorView] = [], onEnter: ButtonView? = nil) -> FormView {
        FormView(action: "/do", hidden: [HiddenView("_csrf", "t")], sections: [SectionView("节", fields: fields, rows: rows)], errors: errors,
                 buttons: [ButtonView("办理", weight: .primary)], onEnter: onEnter)
    }

    @Test("控件", arguments: [
        (FieldView.Control(.text), "type=\"text\""), (.init(.longText), "<textarea"), (.init(.integer), "inputmode=\"numeric\""),
        (.init(.money), "inputmode=\"decimal\""), (.init(.ratio), "写成 30% 或 0.3"), (.init(.date), "type=\"date\""), (.init(.month), "type=\"month\""),
        (.init(.yesNo), "type=\"radio\""), (.init(.choice(choices(5))), "type=\"radio\""), (.init(.choice(choices(6))), "<select"),
        (.init(.reference, shown: "张样例"), "value=\"张样例\" readonly"), (.init(.attachment), "name=\"a._file\" type=\"file\""),
    ])
    func controls(_ control: FieldView.Control, expected: String) {
        #expect(FieldView(["a"], "字段", control).markup.text.contains(expected))
    }

    private static func choices(_ count: Int) -> [Choice] { (0..<count).map { Choice(code: "c\($0)", label: "选项 \($0)") } }

    @Test func whatWasTypedIsStillThere() {
        #expect(FieldView(["a"], "金额", .money, value: "12,3x").markup.text.contains("value=\"12,3x\""))
        #expect(FieldView(["a"], "说明", .longText(), value: "\n第二行").markup.text.contains(">\n\n第二行</textarea>"))
        #expect(FieldView(["a"], "是否", .yesNo, value: "0").markup.text.contains("value=\"0\" checked"))
        #expect(!FieldView(["a"], "密码", .secret(autocomplete: "off"), value: "秘密").markup.text.contains("秘密"))
    }

    @Test func requiredAndOptionalAreSaidInWords() {
        #expect(FieldView(["a"], "姓名", .text()).markup.text.contains("必填"))
        #expect(FieldView(["a"], "姓名", .text(), required: false).markup.text.contains("（选填）"))
        #expect(FieldView(["a"], "性别", .choice(Self.choices(2)), required: false).markup.text.contains("不填"))
    }

    @Test func errorsLinkToTheirFieldsAndOnlyToFieldsThatAreThere() {
        let text = Self.form([FieldView(["name"], "姓名", .text(), problem: "请填写姓名")], errors: [
            ErrorView(["name"], "请填写姓名"), ErrorView(["gone"], "别处的错"), ErrorView([], "整张表的错"),
        ]).markup.text
        #expect(text.contains("有 3 处需要改正"))
        #expect(text.contains("<a href=\"#f-name\">请填写姓名</a>"))
        #expect(text.contains("aria-describedby=\"f-name-problem\" aria-invalid=\"true\""))
        #expect(text.contains("<li>别处的错</li>") && text.contains("<li>整张表的错</li>"))
        #expect(!Self.form([]).markup.text.contains("role=\"alert\""))
    }

    @Test func rowsComeAndGoByButtons() {
        let inner = RowsView(["m", "k1", "income"], "收入", rows: [RowView("i1", "第 1 笔", fields: [])], addTitle: "添加一笔")
        let text = Self.form([], rows: [RowsView(["m"], "成员", rows: [RowView("k1", "成员 1", fields: [], rows: [inner])], addTitle: nil)]).markup.text
        #expect(text.contains("name=\"_add\" value=\"m.k1.income\" formaction=\"/do#f-m.k1.income\""))
        #expect(text.contains("name=\"_remove\" value=\"m.k1\" formaction=\"/do#f-m\""))
        #expect(text.contains("name=\"_remove\" value=\"m.k1.income.i1\""))
        #expect(!text.contains("name=\"_add\" value=\"m\""))
    }

    @Test func enterPressesTheFirstButtonAndNotADeletion() throws {
        let rows = [RowsView(["m"], "成员", rows: [RowView("k1", "成员 1", fields: [])], addTitle: "添加")]
        let plain = Drawn(Self.form([], rows: rows).markup.text).all("button")
        #expect(try #require(plain.first).attributes["name"] == nil)
        let estimating = Drawn(Self.form([], rows: rows, onEnter: ButtonView("试算", name: "_estimate")).markup.text).all("button")
        #expect(try #require(estimating.first).attributes["name"] == "_estimate")
    }

    @Test func aFoldedSectionWithAProblemStandsOpen() {
        let wrong = FieldView(["a"], "字段", .text(), problem: "请填写")
        func drawn(_ fields: [FieldView]) -> String {
            FormView(action: "/do", hidden: [], sections: [SectionView("节", fields: fields, fold: .folded)], buttons: []).markup.text
        }
        #expect(drawn([wrong]).contains("<details class=\"section\" open>"))
        #expect(drawn([]).contains("<details class=\"section\">"))
    }

    @Test func filesMakeTheFormMultipart() {
        #expect(Self.form([FieldView(["a"], "照片", .init(.attachment))]).markup.text.contains("multipart/form-data"))
        #expect(!Self.form([FieldView(["a"], "照片", .text())]).markup.text.contains("multipart/form-data"))
    }
}
