import Kernel
import Pages
import Values

/// 现行标准。Every amount a person or household gets, as the authorities have published it for a place, with the day it holds from and the document: as the rulings say it.
let standardsPage = Page("standards", "现行标准", roles: [.visitor], inMenu: true) { visit in
    let reader = visit.reader
    guard let region = try reader.hallCounty(visit) else {
        return Page.Body("现行标准") { EmptyView("还没有公布标准", "发布后会列在这里。") .markup }
    }
    let answers = try reader.policyAnswers(on: reader.today, in: region).filter { $0.policy.kind == .money && $0.policy.unit.contains("/") && $0.ruling != nil }
    let rows = try answers.compactMap { answer in
        try answer.ruling.map { TableRowView([.text(answer.title), .text(try answer.policy.reading(of: $0.value)), .text($0.from.shown), .text($0.cite)]) }
    }
    let name = try reader.placeName(region)
    let others = try reader.all(Region.self, where: "length(code) = 6 AND (until_on IS NULL OR until_on > \(reader.today)) ORDER BY code LIMIT 100")
    let columns = [ColumnView("标准"), ColumnView("金额", .money), ColumnView("自何日起", .date), ColumnView("依据")]
    let table = TableView(id: "standards", caption: "\(name)，\(reader.today.shown)执行", columns: columns, rows: rows,
                          empty: EmptyView("还没有公布标准", "发布后会列在这里。"))
    let links = others.count > 1 ? others.map { LinkView($0.name, href: address("/hall/standards", ["region": $0.code.code])) } : []
    return Page.Body("现行标准") { "\(if: !links.isEmpty, "<p class=\"links\">\(each: links)</p>")\(table)" }
}
