import Kernel
import Pages
import Storage
import Values

/// 紧急查看的一次。Who looked at what and why, what was opened meanwhile, and the review.
let emergencyViewPage = Page("emergency-views/{id}", "紧急查看", roles: ReviewEmergencyView.roles) { visit in
    let reader = visit.reader, view: EmergencyView = try reader.find(try visit.id())
    let opened = try reader.connection.all("""
        SELECT at, what FROM access_record WHERE actor = \(view.user) AND subject = \(view.subject) AND at >= \(view.openedAt) AND at <= \(view.untilAt) ORDER BY at
        """) { (at: try $0.read(0) as Instant, what: try $0.read(1) as String) }
    let reviewer = try view.reviewedBy.flatMap { try reader.first(User.self, where: "id = \($0)")?.name.shown }
    let facts = FactsView([
        .init("查看人", "\(view.userName)（\(view.role.label)）"), .init("档案编号", view.subject), .init("档案所属区域", try reader.placeName(view.region)),
        .init("理由", view.reason), .init("时间", "\(view.openedAt.shown)至\(view.untilAt.shownTime)"),
        .init("复核", view.finding.map { "\($0.label)。\(view.words ?? "")（\(reviewer ?? "")，\(view.reviewedAt?.shown ?? "")）" } ?? "等待复核"),
    ])
    let table = TableView(id: "opened", caption: "期间打开了", columns: [ColumnView("时刻", .date), ColumnView("页面", .code)],
                          rows: opened.map { TableRowView([.text($0.at.shown), .text($0.what)]) }, empty: EmptyView("没有打开过", "开启以后没有打开这份档案。"))
    let acts = view.reviewedAt == nil ? reader.acts(on: Term<ID<EmergencyView>>.emergencyView.name, view.id.text) : []
    return Page.Body("紧急查看", breadcrumbs: [("紧急查看", "/users/emergency-views")], acts: acts) { "\(facts)\(table)" }
}
