import Pages
import Testing

@Suite("表格")
struct TableTests {
    private static func table(rows: Int) -> String {
        TableView(
            caption: "台账", columns: [ColumnView("户主"), ColumnView("金额（元）", .money, sort: SortView(href: "?sort=a", direction: .descending))],
            rows: (0..<rows).map { TableRowView([.text("张样例"), $0 == 0 ? .absent : .money("735.00")], href: "/cases/\($0)") },
            totals: [.text("合计"), .money("1,470.00")], empty: EmptyView("没有符合的家庭", "换一个条件")
        ).markup.text
    }

    @Test("空、一行、五十行", arguments: [0, 1, 50])
    func rows(_ count: Int) {
        let drawn = Drawn(Self.table(rows: count))
        #expect(drawn.all("th").count { $0.attributes["scope"] == "row" } == count)
        #expect(drawn.all("tfoot").count == (count == 0 ? 0 : 1))
        #expect(Self.table(rows: count).contains("没有符合的家庭") == (count == 0))
    }

    @Test func sortAlignmentAndAbsence() {
        let text = Self.table(rows: 1)
        #expect(text.contains("class=\"money\" aria-sort=\"descending\""))
        #expect(text.contains("<span class=\"unseen\">无</span>"))
        #expect(text.contains("<a href=\"/cases/0\">张样例</a>"))
        #expect(text.contains("tabindex=\"0\""))
    }

    @Test func aRowShorterThanItsColumnsIsDrawnShort() {
        let text = TableView(caption: "台账", columns: [ColumnView("甲"), ColumnView("乙")], rows: [TableRowView([.text("一")]), TableRowView([], href: "/x")], empty: EmptyView("空", "空")).markup.text
        #expect(Drawn(text).faults == [])
    }

    @Test("翻页只给有的方向", arguments: [(nil, nil, 0), ("?before=a", nil, 1), (nil, "?after=b", 1), ("?before=a", "?after=b", 2)] as [(String?, String?, Int)])
    func pager(previous: String?, next: String?, links: Int) {
        #expect(Drawn(PagerView(previousHref: previous, nextHref: next, position: "第 1 页").markup.text).all("a").count == links)
    }

    @Test func statesAreSaidInWords() {
        #expect(StepsView([.init("公示", .current)]).markup.text.contains("办理中"))
        #expect(StepsView([.init("公示", .current)]).markup.text.contains("aria-current=\"step\""))
        #expect(NoticeBoxView(.stop, "缺标准").markup.text.contains("不能继续"))
        #expect(ClockView("超期 2 天", .late).markup.text.contains("超期 2 天"))
    }
}
