import Pages

extension Gallery {
    static var login: Markup {
        PlainFrame(site: site(), title: "登录", content: FormView(
            action: "/login", hidden: [HiddenView("_csrf", "t0")],
            sections: [SectionView(fields: [
                FieldView(["name"], "用户名", .text(autocomplete: "username"), value: "wang.shifan"),
                FieldView(["password"], "密码", .secret(autocomplete: "current-password"), problem: "用户名或密码不对，请再输入一次"),
                FieldView(["code"], "动态口令", .text(inputMode: "numeric", autocomplete: "one-time-code"), hint: "手机验证器上的 6 位数字"),
            ])],
            errors: [ErrorView(["password"], "用户名或密码不对，请再输入一次")],
            buttons: [ButtonView("登录", weight: .primary)]
        ).markup).markup
    }

    static var problem: Markup {
        PlainFrame(site: site(), title: "这一步没有办成", content: """
            \(NoticeBoxView(.stop, "刚才的操作没有保存", "是系统这边的故障，不是您填错了。请稍后再试一次；仍然不行，请打 12345 转信息中心，告诉他们编号 7F3K-20Q9。"))
            <p class="links">\(LinkView("回到工作台", href: "/"))</p>
            """).markup
    }

    static var workbench: Markup {
        desk("工作台", at: "工作台", acts: [ActLink("受理新申请", href: "/assistance/do/apply", weight: .primary)], """
            \(StatLinksView([
                .init("今日到期", "4", href: "/?due=today", tone: .warn), .init("已超期", "1", href: "/?due=late", tone: .late),
                .init("待我签", "2", href: "/?sign=me"),
            ]))
            \(NoticeBoxView(.warn, "7 月低保名册将于明天 17:00 冻结", "还有 3 户复核没有办完；冻结前没有办完的，按上月金额列入并注明。", links: [LinkView("看这 3 户", href: "/assistance/reviews")]))
            \(PanelView("待办", acts: [LinkView("全部待办（36）", href: "/tasks")], tasks.markup))
            \(PanelView("昨天以来的变化", FactsView([
                .init("新受理", "5 户 11 人"), .init("确认", "3 户 7 人"), .init("死亡比对", "1 人，已暂停下月发放，待核实"), .init("退汇", "2 笔 1,470.00 元"),
            ]).markup))
            """)
    }

    static var emptyWorkbench: Markup {
        desk("工作台", at: "工作台", """
            \(StatLinksView([
                .init("今日到期", "0", href: "/?due=today"), .init("已超期", "0", href: "/?due=late"), .init("待我签", "0", href: "/?sign=me"),
            ]))
            \(PanelView("待办", TaskListView([], empty: emptyTasks).markup))
            """)
    }

    private static var emptyTasks: EmptyView {
        EmptyView("现在没有待办", "有人申请、比对出问题、名册等您签字时，会按到期先后出现在这里。", act: ActLink("受理新申请", href: "/assistance/do/apply"))
    }

    private static var tasks: TaskListView {
        TaskListView([
            .init(ClockView("超期 2 天", .late), what: "低保 · 初审意见", who: "张样例户", dates: "受理 6月20日 · 法定 7月18日",
                  act: ActLink("处理", href: "/cases/1", weight: .primary)),
            .init(ClockView("今天到期", .warn), what: "公示期满", who: "李样例户", dates: "7 日公示至今日 24:00", act: ActLink("确认", href: "/cases/2")),
            .init(ClockView("还有 3 个工作日"), what: "入户调查", who: "阿卜杜热合曼·麦麦提吐尔逊·示例户", dates: "受理 7月12日 · 示范区城关街道东风西路北段第二社区",
                  act: ActLink("处理", href: "/cases/3")),
            .init(ClockView("还有 5 个工作日"), what: "低保年度复核", who: "赵样例户", dates: "上次复核 2023年7月", act: ActLink("处理", href: "/cases/4")),
        ], empty: emptyTasks)
    }

    static var receipt: Markup {
        desk("受理最低生活保障申请", at: "社会救助", trail: [LinkView("社会救助", href: "/assistance")], """
            \(ReceiptView("已受理", number: "DB2024-000123", next: "3 个工作日内入户调查，截止 7月5日（周五）。", links: [
                LinkView("打印受理通知书", href: "/print/1"), LinkView("看这件", href: "/cases/1"), LinkView("再受理一件", href: "/assistance/do/apply"),
            ]))
            """)
    }

    static var policy: Markup {
        let rows = [("2024年7月1日", "现行", "735.00"), ("2023年7月1日", "2024年6月30日", "728.00"), ("2022年7月1日", "2023年6月30日", "705.00")]
        return desk("最低生活保障标准", at: "规则", trail: [LinkView("规则", href: "/policies")], acts: [ActLink("起草新标准", href: "/policies/do/draft")], """
            \(NoticeBoxView(.info, "改标准要两个人：一人起草，另一人发布", "发布后，受理日期在生效日以后的申请按新标准审核。"))
            \(FactsView([.init("单位", "元/人·月"), .init("适用", "城市、农村分别规定"), .init("没有规定的地方", "不能审核，会说明缺哪一项")]))
            \(TableView(caption: "示范区 · 城市", columns: [
                ColumnView("自", .date), ColumnView("至", .date), ColumnView("标准（元）", .money), ColumnView("依据"), ColumnView("状态"),
            ], rows: rows.map { row in
                TableRowView([.text(row.0), .text(row.1), .money(row.2), .text("示范文件：关于提高最低生活保障标准的通知"), .tag(TagView(row.1 == "现行" ? "现行" : "已停用", row.1 == "现行" ? .ok : .plain))])
            }, empty: EmptyView("还没有标准", "起草并发布后才能审核低保。"), narrow: .scrolls))
            """)
    }
}
