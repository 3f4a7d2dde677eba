import Pages

extension Gallery {
    static var arithmetic: ArithmeticView {
        ArithmeticView("核定月保障金", [
            .init("家庭成员（共同生活）", "3 人", basis: "第七条"),
            .init("计入收入合计", "1,200.00 元/月", basis: "第十二、十三条"),
            .init("人均月收入", "400.00 元"),
            .init("保障标准（城市，2024年7月起）", "735.00 元", basis: "示范文件第 1 号"),
            .init("差额 (735.00 − 400.00) × 3", "1,005.00 元"),
            .init("分类施保 张样例（重度残疾）15%", "110.25 元", basis: "示范办法第二十条"),
            .init("合计，进位至元，自 2024年8月起", "1,116.00 元/月", isTotal: true),
        ])
    }

    static var allowanceCase: Markup {
        desk("张样例户 · 最低生活保障", at: "社会救助", trail: [LinkView("社会救助", href: "/assistance"), LinkView("办件", href: "/cases")],
             acts: [ActLink("退回补正", href: "/do/return"), ActLink("不予确认", href: "/do/refuse", weight: .danger), ActLink("确认", href: "/do/confirm", weight: .primary)], """
            \(RecordHeadView(facts: ["DB2024-000123", "3 人", "示范区城关街道第一社区"], tags: [TagView("公示期满", .ok), TagView("法定时限临近", .warn)]))
            \(SplitView(main: """
                \(PanelView("申请", acts: [LinkView("更正", href: "/do/correct")], FactsView([
                    .init("申请人", .link("张样例", href: "/people/1")), .init("公民身份号码", "000181********1017", reveal: LinkView("显示", href: "/reveal")),
                    .init("申请日期", "2024年7月2日（周二）"), .init("城乡类别", "城市"), .init("户籍地", "示范省示范自治州示范区城关街道东风西路北段第二社区"), .init("领款账户", "示范银行 ****0000"),
                ]).markup))
                \(PanelView("核算", arithmetic.markup))
                \(PanelView("附件", attachments.markup))
                \(PanelView("经过", history.markup))
                """, side: PanelView("办理步骤", steps.markup).markup, sideTitle: "办理步骤"))
            """)
    }

    private static var attachments: AttachmentListView {
        AttachmentListView([
            .init("户口簿首页.jpg", kind: "图片", size: "1.2 MB", href: "/files/1"), .init("残疾人证.jpg", kind: "图片", size: "860 KB", href: "/files/2"),
            .init("市第一人民医院诊断证明书（2024年6月）.pdf", kind: "PDF", size: "320 KB", href: "/files/3"),
        ])
    }

    private static var history: TableView {
        TableView(id: "history", caption: "由新到旧", columns: [ColumnView("时间", .date), ColumnView("谁"), ColumnView("做了什么")], rows: [
            TableRowView([.text("2024年7月19日 16:02"), .text("王示范（镇街经办）"), .text("提交公示结果：无异议")]),
            TableRowView([.text("2024年7月12日 09:30"), .text("王示范（镇街经办）"), .text("开始公示，7 日")]),
        ], empty: EmptyView("还没有经过", "办理后会写在这里。"))
    }

    private static var steps: StepsView {
        StepsView([
            .init("受理", .done, date: "7月2日（周二）", person: "王示范"),
            .init("入户调查", .done, date: "7月5日（周五）", person: "古丽示例、李示范", note: "两人入户，情况属实"),
            .init("公示", .done, date: "7月12日至7月18日"),
            .init("审核确认", .current, person: "区县审核", clock: ClockView("还有 2 个工作日，截止 7月23日（周二）", .warn), note: "公示无异议，等待确认"),
            .init("告知", .future, note: "确认后 3 个工作日内送达"),
            .init("首月发放", .future, date: "2024年8月"),
        ])
    }

    static var person: Markup {
        desk("阿卜杜热合曼·麦麦提吐尔逊·示例", at: "社会救助", acts: [ActLink("受理申请", href: "/do/apply")], """
            \(RecordHeadView(facts: ["男", "82 岁", "户籍地 示范区城关街道", "居住地 示范区示范镇乌鲁克恰提示范牧业村民委员会"], tags: [TagView("低保在保", .ok), TagView("高龄津贴", .ok), TagView("独居 高风险", .stop)]))
            \(SplitView(main: PanelView("记录", TimelineView([
                .init("2024 年", [
                    .init("7月19日", "低保确认", "每月 1,116 元，自 8 月起", href: "/cases/1", tag: TagView("在保", .ok)),
                    .init("7月5日", "入户调查", "古丽示例、李示范"), .init("3月1日", "助餐", "示范食堂，本月 22 餐", href: "/meals/1"),
                ]),
                .init("2023 年", [.init("11月8日", "能力评估", "中度失能", tag: TagView("3 级", .warn)), .init("1月1日", "高龄津贴", "每月 100 元")]),
            ]).markup).markup, side: """
                \(PanelView("本月待遇", ArithmeticView("2024年7月", [.init("低保（本户）", "1,005.00 元", basis: "示范文件"), .init("高龄津贴", "100.00 元", basis: "示范文件"), .init("合计", "1,105.00 元", isTotal: true)]).markup))
                \(PanelView("同户", FactsView([.init("配偶", .link("张样例", href: "/people/2")), .init("子", .link("李样例", href: "/people/3"))]).markup))
                \(PanelView("谁看过", EmptyView("30 天内没有人查看", "每次查看这份记录都会写在这里。").markup))
                """, sideTitle: "户、待遇和查看记录"))
            """)
    }

    static var month: Markup {
        desk("2024年7月发放", at: "待遇发放", trail: [LinkView("待遇发放", href: "/payments")], acts: [ActLink("提交业务签批", href: "/do/sign", weight: .primary)], """
            \(StagesView([
                .init("冻结", .done, figures: "1,204 户 2,381 人", note: "7月10日 17:00 · 王示范", href: "/month/freeze"),
                .init("名册", .done, figures: "884,530.00 元", note: "7月11日 09:20 · 王示范", href: "/month/roster"), .init("检查", .done, figures: "3 处已处理", note: "7月11日 · 李示范", href: "/month/checks"),
                .init("签批", .current, figures: "0 / 3 人", note: "业务、财务、局领导"), .init("银行", .future), .init("对账", .future),
            ]))
            \(PanelView("与上月相比", ArithmeticView("差额逐项说明", [
                .init("上月合计", "880,120.00 元"), .init("新增 6 户 13 人", "9,555.00 元", basis: "本月确认"), .init("停发 4 户 7 人", "−5,145.00 元", basis: "本月停发"), .init("本月合计", "884,530.00 元", isTotal: true),
            ]).markup))
            """)
    }

    static var notice: Markup {
        PrintDocument(site: site(), title: "告知书", back: LinkView("回到这件", href: "/cases/1"), sheets: [Sheet(
            unit: "示范区民政局", title: "最低生活保障确认告知书", number: "DB2024-000123", addressee: "张样例",
            body: ["经审核，同意将您家庭（共同生活的家庭成员 3 人）纳入城市最低生活保障，每月发放 1,116 元，自 2024年8月起，每月 15 日前转入您登记的账户。", "家庭人口、收入或财产发生变化的，请在 30 日内告诉街道办事处。"],
            particulars: [.table(.init(arithmetic))], basis: ["《社会救助暂行办法》第九条、第十一条、第十二条", "《最低生活保障审核确认办法》（民发〔2021〕57号）第十三条"],
            objection: "不同意本决定的，可以自收到之日起 60 日内向示范区人民政府申请行政复议，或者 6 个月内向人民法院提起行政诉讼。",
            signatures: ["被告知人签名", "送达人签名"], date: "2024年7月22日", traceCode: "7F3K-20Q9-XW41")]).markup
    }

    static var hall: Markup {
        HallFrame(site: site(), title: "您想办什么？", content: """
            \(EntriesView([
                .init("生活困难", "低保、特困、临时救助", href: "/hall/assistance"), .init("老人的事", "高龄津贴、助餐、养老院", href: "/hall/elderly"),
                .init("孩子的事", "孤儿、困境儿童、收养", href: "/hall/children"), .init("残疾补贴", "生活补贴、护理补贴", href: "/hall/disability"),
                .init("结婚离婚", "登记、补证、预约", href: "/hall/marriage"), .init("身后的事", "殡葬、惠民减免", href: "/hall/funerals"),
                .init("社会组织", "成立、变更、年检", href: "/hall/organisations"), .init("地名和门牌", "命名、证明", href: "/hall/places"),
            ]))
            <p class="links">\(LinkView("查办理进度", href: "/hall/progress")) \(LinkView("看公示", href: "/hall/notices"))</p>
            """, contact: "示范区民政局 · 工作日 9:00—17:00 · 电话 12345").markup
    }

    static var hallService: Markup {
        HallFrame(site: site(), trail: [LinkView("办事大厅", href: "/hall"), LinkView("老人的事", href: "/hall/elderly")], title: "高龄津贴", content: """
            \(FactsView([.init("谁可以领", "户籍在本区、满 80 周岁的老人"), .init("多少钱", "每月 100 元起"), .init("带什么", "身份证、户口簿、银行卡"), .init("多久", "10 个工作日"), .init("在哪办", "户籍地街道便民服务中心")]))
            <p>\(ActLink("现在申请", href: "/hall/elderly/apply", weight: .primary))</p>
            """, contact: "示范区民政局 · 工作日 9:00—17:00 · 电话 12345").markup
    }
}
