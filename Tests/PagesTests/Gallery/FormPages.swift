import Pages
import Values

extension Gallery {
    static var intake: Markup {
        desk("受理最低生活保障申请", at: "社会救助", trail: [LinkView("社会救助", href: "/assistance")], intakeForm.markup)
    }

    private static var intakeForm: FormView {
        let estimate = ButtonView("试算", name: "_estimate")
        return FormView(
            action: "/assistance/do/apply",
            hidden: [HiddenView("_csrf", "t0"), HiddenView("id", "01J0000000000000000000000A")],
            sections: [applicantSection, householdSection, accountSection],
            errors: [ErrorView(["members", "m2", "income", "i1", "amount_fen"], "成员 2 的第 1 笔收入：金额不能为负数"), ErrorView(["account"], "银行卡号校验不符，请照卡面核对"), ErrorView([], "这户 2024年5月已有一件申请在办，请先确认是否重复")],
            buttons: [ButtonView("受理", weight: .primary), estimate, ButtonView("保存草稿", name: "_draft"), ButtonView("放弃", name: "_discard", weight: .danger, confirm: "放弃后这张草稿不能找回。确定放弃吗？")],
            onEnter: estimate,
            draft: DraftView(href: "/assistance/do/apply/draft", state: "草稿保存于 14:32"),
            estimate: EstimateView(href: "/assistance/do/apply/estimate", content: arithmetic.markup))
    }

    private static var applicantSection: SectionView {
        SectionView("申请人", hint: "已经知道的不再问；不对的请到「人」里更正。", facts: FactsView([
            .init("姓名", "阿卜杜热合曼·麦麦提吐尔逊·示例"), .init("公民身份号码", "000181********1017", reveal: LinkView("显示", href: "/people/1/reveal")),
            .init("户籍地", "示范省示范自治州示范区城关街道东风西路北段第二社区"), .init("年龄", "45 岁"),
        ]), fields: [
            FieldView(["phone"], "联系电话", .text(inputMode: "tel", autocomplete: "tel"), value: "13900000000"),
            FieldView(["applied_on"], "申请日期", .date, value: "2024-07-02"),
            FieldView(["residence"], "城乡类别", .choice([Choice(code: "urban", label: "城市"), Choice(code: "rural", label: "农村")]), value: "urban"),
            FieldView(["reason"], "主要致贫原因", .choice(["因病", "因残", "因学", "失业", "年老", "其他"].enumerated().map { Choice(code: String($0.offset), label: $0.element) }), value: "0"),
            FieldView(["proxy"], "由他人代为申请", .yesNo, value: "0"),
            FieldView(["note"], "情况说明", .longText(rows: 3), value: "户主患病，\n妻子在家照料。", hint: "用申请人自己的话写", required: false),
        ], fold: .open)
    }

    private static var householdSection: SectionView {
        SectionView("共同生活的家庭成员", rows: [RowsView(["members"], "成员", rows: [
            member("m1", "成员 1：阿卜杜热合曼·麦麦提吐尔逊·示例", amount: "1200.00", problem: nil),
            member("m2", "成员 2：张样例", amount: "-50", problem: "金额不能为负数"),
        ], addTitle: "添加一名成员", hint: "不含服刑、宣告失踪的人")], fold: .open)
    }

    private static func member(_ key: String, _ title: String, amount: String, problem: String?) -> RowView {
        let path = ["members", key]
        return RowView(key, title, fields: [
            FieldView(path + ["name"], "姓名", .text(), value: "张样例"),
            FieldView(path + ["relation"], "与申请人关系", .choice(["本人", "配偶", "子女", "父母", "兄弟姐妹", "其他"].map { Choice(code: $0, label: $0) }), value: "配偶"),
            FieldView(path + ["share"], "丧失劳动能力程度", .ratio, value: "30%", required: false),
        ], rows: [RowsView(path + ["income"], "收入", rows: [RowView("i1", "第 1 笔收入", fields: [
            FieldView(path + ["income", "i1", "kind"], "种类", .choice([Choice(code: "wage", label: "工资"), Choice(code: "farm", label: "经营")]), value: "wage"),
            FieldView(path + ["income", "i1", "amount_fen"], "月金额", .money, value: amount, problem: problem),
            FieldView(path + ["income", "i1", "months"], "持续", .integer(unit: "个月"), value: "12"),
        ])], addTitle: "添加一笔收入")])
    }

    private static var accountSection: SectionView {
        SectionView("发放与材料", fields: [
            FieldView(["payee"], "领款人", .reference(shown: "张样例（000181********2024）", pick: ButtonView("换人", name: "_pick", value: "payee")), value: "01J0000000000000000000000B"),
            FieldView(["account"], "银行卡号", .text(inputMode: "numeric"), value: "6200000000000000", problem: "银行卡号校验不符，请照卡面核对"),
            FieldView(["first_month"], "希望起始月", .month, value: "2024-08", required: false),
            FieldView(["photo"], "户口簿照片", .attachment(accept: "image/*", camera: true, uploaded: "户口簿首页.jpg（1.2 MB）"), value: "01J0000000000000000000000C"),
            FieldView(["report"], "诊断证明", .attachment(accept: "image/*,application/pdf"), required: false),
        ])
    }

    static var fieldVisit: Markup {
        Frame(
            site: site(), room: .field, reader: ReaderView(name: "古丽示例", role: "社区工作者", token: "t0"),
            rooms: [RoomLink("今天", href: "/", isCurrent: true), RoomLink("走访", href: "/visits")], title: "入户走访：张样例户",
            content: FormView(
                action: "/visits/do/record", hidden: [HiddenView("_csrf", "t0")],
                sections: [SectionView("第 2 步，共 4 步", fields: [
                    FieldView(["present"], "见到本人了吗", .yesNo),
                    FieldView(["state"], "身体和精神怎么样", .choice([Choice(code: "1", label: "好"), Choice(code: "2", label: "一般"), Choice(code: "3", label: "不好，需要帮助")])),
                    FieldView(["photo"], "现场照片", .attachment(accept: "image/*", camera: true), required: false),
                ])],
                buttons: [ButtonView("下一步", weight: .primary), ButtonView("上一步", name: "_back")]).markup
        ).markup
    }
}
