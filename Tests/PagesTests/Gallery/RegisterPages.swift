import Pages
import Values

extension Gallery {
    static func register(rows count: Int) -> Markup {
        desk("最低生活保障台账", at: "社会救助", trail: [LinkView("社会救助", href: "/assistance")],
             acts: [ActLink("导入", href: "/assistance/import"), ActLink("受理新申请", href: "/assistance/do/apply", weight: .primary)], """
            \(registerFilters(count))
            \(registerTable(count))
            \(if: count > 0, PagerView(previousHref: count > 1 ? "?before=k1" : nil, nextHref: count > 1 ? "?after=k2" : nil, position: count > 1 ? "第 51–100 户" : "共 1 户").markup)
            """)
    }

    private static func registerFilters(_ count: Int) -> FiltersView {
        FiltersView(
            action: "/assistance/allowances",
            sentence: count == 0 ? "状态为 停发，区域为 城关街道：没有符合的" : "状态为 在保，区域为 城关街道，年龄 80 以上：共 1,204 户 2,381 人",
            fields: [
                FieldView(["state"], "状态", .choice([Choice(code: "active", label: "在保"), Choice(code: "stopped", label: "停发")]), value: "active", required: false),
                FieldView(["region"], "区域", .choice([Choice(code: "000181001", label: "城关街道"), Choice(code: "000181002", label: "示范镇")]), value: "000181001", required: false),
                FieldView(["head"], "户主姓名", .text(), required: false),
                FieldView(["age"], "年龄不小于", .integer(unit: "岁"), value: "80", required: false),
            ],
            clearHref: "/assistance/allowances",
            twins: [LinkView("下载 CSV", href: "/assistance/allowances.csv"), LinkView("下载 xlsx", href: "/assistance/allowances.xlsx")])
    }

    private static func registerTable(_ count: Int) -> TableView {
        TableView(
            id: "allowances", caption: "在保家庭",
            columns: [
                ColumnView("户主", sort: SortView(href: "?sort=head")), ColumnView("公民身份号码", .code), ColumnView("社区"),
                ColumnView("人数", .number), ColumnView("月保障金（元）", .money, sort: SortView(href: "?sort=-monthly", direction: .descending)),
                ColumnView("自", .date), ColumnView("下次复核", .date), ColumnView("状态"),
            ],
            rows: (0..<count).map(row),
            totals: [.text("合计 1,204 户"), .text(""), .text(""), .text("2,381"), .money("884,530.00"), .text(""), .text(""), .text("")],
            empty: EmptyView("没有符合的家庭", "换一个条件，或者清除筛选看全部。", act: ActLink("清除筛选", href: "/assistance/allowances")))
    }

    private static func row(_ index: Int) -> TableRowView {
        let names = ["张样例", "李样例", "阿卜杜热合曼·麦麦提吐尔逊·示例", "赵样例", "欧阳样例"]
        let places = ["第一社区", "东风西路北段第二社区", "示范新村", "乌鲁克恰提示范牧业村民委员会", "桥头社区"]
        let states: [TagView] = [TagView("在保", .ok), TagView("在保", .ok), TagView("复核临近", .warn), TagView("复核超期", .late), TagView("暂停", .stop)]
        let amounts = ["735.00", "1,470.00", "2,205.00", "2,940.00", "3,675.00"]
        let pick = index % 5
        return TableRowView([
            .text(names[pick]), .text("000181********\(1000 + index)"), .text(places[pick]), .text(String(1 + pick)),
            .money(amounts[pick]), .text("2024年\(1 + index % 7)月"), index % 9 == 8 ? .absent : .text("2025年\(1 + index % 7)月"), .tag(states[pick]),
        ], href: "/cases/\(index)")
    }
}
