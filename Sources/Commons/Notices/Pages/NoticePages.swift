import Kernel
import Pages
import Values

/// 公示送达的页面：what staff open from the registers, and what everyone reads in the hall.
let noticePages = [noticePage, noticeObjectionPage, servicePage, disputePage, noticeBoard, officesPage, remediesPage]

/// 一份公示：what hung where and when, what proves it, what was said against it.
let noticePage = Page("notices/{id}", "公示") { visit in
    let reader = visit.reader, notice: Notice = try reader.find(try visit.id())
    try reader.requireScope(notice.region, of: "这份公示")
    let state = notice.state(on: reader.today)
    let facts = FactsView([
        .init("状态", .tag(TagView(state.label, state == .open ? .warn : state == .withdrawn ? .stop : .plain))), .init("办件", .text(notice.number)),
        .init("张贴", notice.from.shownWithWeekday), .init("到", notice.lastDay.shownWithWeekday), .init("地点", notice.isOnlineOnly ? "网上大厅" : notice.places),
        .init("单位", notice.unit), .init("依据", notice.basis),
    ] + (notice.withdrawnOn.map { [.init("撤下", "\($0.shown)，\(notice.withdrawalReason ?? "")")] } ?? []))
    let evidence = try reader.evidence(of: notice.id), objections = try reader.all(NoticeObjection.self, where: "notice_id = \(notice.id) ORDER BY raised_on, id")
    let proofs = TableView(id: "evidence", caption: "张贴证据", columns: ["日期", "地点", "照片", "见证人", "登记人"].map { ColumnView($0) },
                           rows: evidence.map { TableRowView([.text($0.seenOn.shown), .text($0.place), $0.photo.map { .link("查看", href: "/attachments/\($0.id.text)") } ?? .absent,
                                                              $0.witness.map { .text($0.shown) } ?? .absent, .text($0.recordedBy)]) },
                           empty: EmptyView("还没有留证", "张贴后拍照登记；作出决定前须有留证。"))
    let raised = TableView(id: "objections", caption: "收到的异议", columns: ["日期", "来源", "内容", "处理"].map { ColumnView($0) },
                           rows: objections.map { TableRowView([.text($0.raisedOn.shown), .text($0.channel.label), .text($0.content.text),
                                                                .text($0.isUpheld.map { $0 ? "成立" : "不成立" } ?? "待核查")], href: "/notices/objections/\($0.id.text)") },
                           empty: EmptyView("没有异议", "公示期内收到的异议会列在这里。"))
    let acts = reader.acts(on: Term<ID<Notice>>.notice.name, notice.id.text).filter { _ in state == .open || state == .waiting }
    return Page.Body(notice.title, breadcrumbs: [("公示", "/notices/notices")], acts: acts) {
        "\(facts)\(PanelView("公示内容", posted(notice)))\(PanelView("留证", proofs.markup))\(PanelView("异议", raised.markup))"
    }
}

/// 一件公示异议。The name and contact are opened for those who check it, and for nobody else.
let noticeObjectionPage = Page("objections/{id}", "公示异议") { visit in
    let reader = visit.reader, objection: NoticeObjection = try reader.find(try visit.id())
    try reader.requireScope(objection.region, of: "这件异议")
    let notice = try reader.find(objection.notice), file = try reader.caseFile(objection.id), isChecker = AnswerObjection.roles.contains(reader.actor.role)
    let name = isChecker ? try objection.raisedBy.map { try reader.open($0).shown } : objection.raisedBy.map { _ in "（保密）" }
    let contact = isChecker ? try objection.contact.map { try reader.open($0) } : objection.contact.map { _ in "（保密）" }
    let clock = try reader.nearest(reader.clocks(of: file)).map(reader.timeLeft)
    let facts = FactsView([
        .init("编号", file.number), .init("所对公示", .link(notice.title, href: "/notices/notices/\(notice.id.text)")), .init("来源", objection.channel.label),
        .init("日期", objection.raisedOn.shown), .init("提出人", name.map { .text($0) } ?? .text("不具名")), .init("联系方式", contact.map { .text($0) } ?? .absent),
        .init("时限", clock?.text ?? "没有"), .init("处理", objection.isUpheld.map { .text($0 ? "成立" : "不成立") } ?? .tag(TagView("待核查", .warn))),
    ])
    let acts = try reader.moves(of: file).map { PageAct($0, on: objection.id.text, primary: true) }
    return Page.Body(file.title, breadcrumbs: [("公示异议", "/notices/objections")], acts: acts) {
        """
        \(facts)\(PanelView("异议内容", "<p>\(objection.content.text)</p>"))\
        \(some: objection.finding, { PanelView("核查和处理", "<p>\($0.text)</p>").markup })
        """
    }
}

/// 一份文书的送达，and what runs from it.
let servicePage = Page("services/{id}", "送达") { visit in
    let reader = visit.reader, service: Service = try reader.find(try visit.id())
    try reader.requireScope(service.region, of: "这份文书")
    let disputes = try reader.all(Dispute.self, where: "service_id = \(service.id) ORDER BY filed_on, id")
    let acts = reader.acts(on: Term<ID<Service>>.service.name, service.id.text).filter { service.sentOn == nil || !$0.href.contains(RecordService.name) }
    let facts = FactsView([
        .init("文书", .link(service.title, href: service.link)), .init("办件", service.number), .init("被送达人", service.addressee.shown),
        .init("文书日期", service.issuedOn.shown), .init("应送达", service.dueOn.shownWithWeekday), .init("送达", reader.standing(of: service)),
    ] + service.particulars)
    let table = TableView(id: "disputes", caption: "异议、复议和诉讼", columns: ["途径", "提出", "受理机关", "结果"].map { ColumnView($0) },
                          rows: disputes.map { TableRowView([.text($0.kind.label), .text($0.filedOn.shown + ($0.isLate ? "（逾期）" : "")), .text($0.authority),
                                                             .text($0.outcome?.label ?? "未结")], href: $0.page) },
                          empty: EmptyView("没有争议", "对这份文书提出的异议、复议和诉讼会列在这里。"))
    let terms = try reader.terms(of: service)
    return Page.Body("\(service.title) · 送达", breadcrumbs: [("送达", "/notices/services")], acts: acts) {
        "\(facts)\(PanelView("救济期限", terms.markup))\(PanelView("争议", table.markup))"
    }
}

extension Service {
    fileprivate var particulars: [FactsView.Fact] {
        guard let method else { return [] }
        let texts: [(String, String?)] = [("方式", method.label), ("送出、签收", sentOn?.shown), ("签收人", receiver), ("拒收", isRefused == true ? "是" : nil), ("见证人", witness),
                                          ("邮件编号", tracking), ("经过", note?.text), ("送达人", recordedBy)]
        let shown = texts.compactMap { label, text in text.map { FactsView.Fact(label, $0) } }
        return shown + (proof.map { [.init("证明", .link("查看", href: "/attachments/\($0.id.text)"))] } ?? [])
    }
}

extension Reader {
    fileprivate func standing(of service: Service) -> CellView {
        guard let servedOn = service.servedOn else {
            return .tag(service.dueOn < today ? TagView("尚未送达，超期 \(service.dueOn.days(until: today)) 天", .late) : TagView("尚未送达", .warn))
        }
        return .tag(servedOn <= today ? TagView("\(servedOn.shown)送达", .ok) : TagView("公告中，\(servedOn.shown)视为送达", .warn))
    }

    /// Until when it may be turned against.
    fileprivate func terms(of service: Service) throws -> Markup {
        guard let servedOn = service.servedOn else { return EmptyView("还没有起算", "申请行政复议、提起诉讼的期限从送达之日的次日起算。").markup }
        func row(_ title: String, _ term: RemedyTerm) -> FactsView.Fact {
            let last = term.lastDay(after: servedOn, calendar)
            return .init(title, "\(term.span.shown)，到\(last.shownWithWeekday)为止\(last < today ? "（已过）" : "")")
        }
        return FactsView([row("行政复议", .review), row("行政诉讼", .lawsuit)]).markup
    }
}

/// 一件争议。
let disputePage = Page("disputes/{id}", "异议、复议和诉讼") { visit in
    let reader = visit.reader, dispute: Dispute = try reader.find(try visit.id())
    try reader.requireScope(dispute.region, of: "这件争议")
    let service = try reader.find(dispute.service), file = try reader.caseFile(dispute.id), standing = try reader.standing(of: file)
    let clock = try reader.nearest(reader.clocks(of: file)).map { "\($0.title)：\(reader.timeLeft($0).text)" }
    let facts = FactsView([
        .init("编号", file.number), .init("状态", standing.state), .init("途径", dispute.kind.label), .init("文书", .link(service.title, href: "/notices/services/\(service.id.text)")),
        .init("提出", dispute.filedOn.shown + (dispute.isLate ? "（逾期）" : "")), .init("收到副本", dispute.receivedOn.shown), .init("受理机关", dispute.authority),
        .init("对方案号", dispute.authorityNumber.map { .text($0) } ?? .absent), .init("时限", clock ?? "没有"),
        .init("答复", dispute.repliedOn.map { .text($0.shown) } ?? .absent), .init("结果", dispute.outcome.map { .text($0.label) } ?? .absent),
    ])
    let texts = [("请求和理由", dispute.claim.text), ("答复要点", dispute.reply?.text), ("结果和理由", dispute.finding?.text)]
        .compactMap { title, text in text.map { PanelView(title, "<p>\($0)</p>") } }
    let acts = try reader.moves(of: file).enumerated().map { PageAct($1, on: dispute.id.text, primary: $0 == 0) }
    return Page.Body(file.title, breadcrumbs: [("异议、复议、诉讼", "/notices/disputes")], acts: acts) { "\(facts)\(each: texts, { $0.markup })" }
}
