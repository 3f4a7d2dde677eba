import Kernel
import Pages
import Storage
import Values

/// 谁看过。Who looked at this person's file, newest first; for those who answer for it. Nothing of the person is told here.
let readingsPage: Page = Page("persons/{id}/readings", "查阅记录", roles: Set<Role>.deciders.union([.auditor, .securityAdministrator])) { visit in
    let reader = visit.reader, person = try reader.person(inScope: try visit.id())
    let readings = try reader.readings(of: person.id, before: visit.text("older"), limit: readingsShown + 1)
    let path = "/people/persons/\(person.id.text)"
    let older = readings.count > readingsShown ? readings[readingsShown - 1].id : nil
    let pager = PagerView(previousHref: visit.text("older") == nil ? nil : "\(path)/readings", nextHref: older.map { address("\(path)/readings", ["older": $0]) },
                          position: "最新的在前")
    let table = readingTable(Array(readings.prefix(readingsShown)))
    let isReader = Set<Role>.readers.contains(reader.actor.role)
    return Page.Body("谁看过这份档案", breadcrumbs: [isReader ? ("人员档案", path) : ("工作台", "/desk/workbench")]) { "\(table)\(pager)" }
}

private let readingsShown = 50

/// 一次查阅。
struct PersonReading: Sendable {
    let id: String
    let at: Instant
    let who: String
    let role: Role
    let kind: AccessKind
    let what: String
    let detail: String?
}

extension Reader {
    /// Under every identity of the person. Ids of the record sort by time.
    func readings(of person: ID<Person>, before id: String?, limit: Int) throws -> [PersonReading] {
        let older: Statement = id.map { " AND id < \($0)" } ?? .empty
        return try connection.all("""
            SELECT id, at, actor_name, actor_role, kind, what, detail FROM access_record
            WHERE \(try concerning("subject", person))\(older) ORDER BY at DESC, id DESC LIMIT \(limit)
            """) { row in
            PersonReading(id: try row.read(0), at: try row.read(1), who: try row.read(2), role: try row.read(3), kind: try row.read(4), what: try row.read(5),
                          detail: try row.read(6))
        }
    }
}

private func readingTable(_ readings: [PersonReading]) -> TableView {
    TableView(id: "readings", caption: "查阅记录", columns: [ColumnView("时刻", .date), ColumnView("查阅人"), ColumnView("方式"), ColumnView("事由")], rows: readings.map { reading in
        TableRowView([.text(reading.at.shown), .text("\(reading.who)（\(reading.role.label)）"), .text(reading.kind.label), reading.detail.map { .text($0) } ?? .absent])
    }, empty: EmptyView("还没有人看过", "谁打开过这份档案、查看过号码原文，会按时间列在这里。"))
}
