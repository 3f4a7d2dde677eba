import Commons
import Kernel
import Pages
import Storage
import Values

/// 低保怎么办。Who, how much today, what to bring, how long, where, and one button.
let allowanceServicePage = Page("services/allowance", "申请最低生活保障（低保）", roles: [.visitor], inMenu: true) { visit in
    let reader = visit.reader, region = try reader.hallCounty(visit)
    let standards = try region.map { try reader.standards(in: $0) } ?? [], limits = try region.map { try reader.limits(in: $0) } ?? []
    let materials: [DocumentKind] = [.application, .authorisation, .identity, .register]
    return Page.Body("申请最低生活保障（低保）") {
        """
        <h2>谁可以申请</h2>
        <p>共同生活的家人，人均月收入低于当地低保标准，家里的财产符合规定。家庭收入稍高，家里有重度残疾人、重病患者的，可以单人申请。</p>
        <h2>能拿多少</h2>
        \(if: standards.isEmpty, "<p>当地标准还没有公布，请到乡镇、街道询问。</p>")\(if: !standards.isEmpty, "<p>低保标准和家里人均收入的差额，按人数算，每月发放。</p>")
        <ul class="listed">\(each: standards, { "<li>\($0)</li>" })</ul>
        <h2>带什么</h2>
        <ul class="listed">\(each: materials, { "<li>\($0.label)</li>" })</ul>
        <p>能查到的不用带：收入、房产、车辆、社保，由我们核对。</p>
        <h2>要多久</h2>
        <ul class="listed">\(each: limits, { "<li>\($0)</li>" })</ul>
        <p>中间要上门调查、公示 \(PublicNotice.days) 天。</p>
        <h2>到哪里办</h2>
        <p>户籍地或者经常居住地的乡镇、街道。<a href="/hall/offices">看办理地点</a></p>
        \(ActLink("先算一算符不符合", href: "/hall/ask/\(EstimateAllowance.name)", weight: .primary))
        """
    }
}

extension Reader {
    /// 「城市：每人每月 735.00 元（2024年7月1日起，×号文）」
    fileprivate func standards(in region: RegionCode) throws -> [String] {
        let book = rulings(on: today, in: region)
        return try Residence.allCases.compactMap { residence in
            if let monthly = try book.find(monthlyStandard, residence) {
                return "\(residence.label)：每人每月 \(monthly.value.shown)（\(monthly.from.shown)起，\(monthly.cite)）"
            }
            return try book.find(yearlyStandard, residence).map { "\(residence.label)：每人每年 \($0.value.shown)（\($0.from.shown)起，\($0.cite)）" }
        }
    }

    fileprivate func limits(in region: RegionCode) throws -> [String] {
        let book = rulings(on: today, in: region)
        let level = try book.find(confirmationLevel)?.value ?? .county
        let whole = try book.find(wholeLimit, level.limit)?.value, special = try book.find(wholeLimit, level.specialLimit)?.value
        return [whole.map { "受理之日起 \($0.shown)内办完" }, special.map { "有异议要核查等情形的，\($0.shown)内" }].compactMap(\.self)
    }
}

/// 在保公布。民发〔2021〕57号第二十四条：who receives, how many people, how much; by community, masked, minors never named.
let recipientsPage = Page("recipients", "低保在保公布", roles: [.visitor], inMenu: true) { visit in
    let reader = visit.reader
    guard let region = visit.query["region"].flatMap({ try? RegionCode(typed: $0) }) else {
        let choices = try reader.places("/hall/recipients")
        return Page.Body("低保在保公布") { "<p>选择社区、村，看正在享受低保的家庭。</p>\(choices)" }
    }
    guard region.level == .community else { throw Refusal.absent("请选择一个社区、村") }
    let rows = try reader.recipients(in: region), title = "\(try reader.regionPath(region))低保在保公布"
    let columns = [ColumnView("申请人"), ColumnView("保障人数"), ColumnView("每月金额", .money)]
    let table = TableView(id: "recipients", caption: "\(reader.today.monthOf.shown)，共 \(rows.count) 户", columns: columns, rows: rows,
                          empty: EmptyView("这里没有在保的家庭", "换一个社区看看。"))
    return Page.Body(title, breadcrumbs: [("低保在保公布", "/hall/recipients")]) {
        "\(table)<p class=\"note\">依据：\(Citation.confirmation2021("第二十四条").text)。名单有误或者有意见的，请向乡镇、街道或者县级民政部门反映。</p>"
    }
}

extension Reader {
    fileprivate func recipients(in region: RegionCode) throws -> [TableRowView] {
        let month = today.monthOf
        return try connection.all("""
            SELECT p.name, p.born_on, q.monthly_fen,
                   (SELECT count(*) FROM allowance_member AS m WHERE m.allowance_id = a.id AND m.from_month <= \(month) AND (m.until_month IS NULL OR m.until_month > \(month)))
            FROM allowance AS a JOIN person AS p ON p.id = a.head_id JOIN case_file AS c ON c.id = a.id
            JOIN allowance_period AS q ON q.allowance_id = a.id AND q.retracted_at IS NULL AND q.from_month <= \(month) AND (q.until_month IS NULL OR q.until_month > \(month))
            WHERE a.region = \(region) AND q.monthly_fen > 0 ORDER BY a.id LIMIT 2000
            """) { row in
            let name: PersonName = try row.read(0), born: CivilDate = try row.read(1), monthly: Money = try row.read(2), people: Int = try row.read(3)
            return TableRowView([.text(NoticeMask.name(name, born: born, on: today)), .text("\(people) 人"), .money(monthly.shown)])
        }
    }
}
