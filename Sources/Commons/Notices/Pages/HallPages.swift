import Kernel
import Pages
import Values

/// 公示栏。What hangs in a community today, as it was masked for posting; anybody may object to it here.
let noticeBoard = Page("board", "公示栏", roles: [.visitor], inMenu: true) { visit in
    let reader = visit.reader
    guard let region = visit.asked("region", as: RegionCode.self).value, region.level >= .township else {
        let choices = try reader.places("/hall/board")
        return Page.Body("公示栏") { "<p>选择您所在的社区、村，看正在公示的内容。</p>\(choices)" }
    }
    let notices = try reader.postedNotices(in: region), name = try reader.regionPath(region), today = reader.today
    let retained = Set(notices.filter { $0.state(on: today) != .open }.map(\.id))
    return Page.Body("\(name)公示栏", breadcrumbs: [("公示栏", "/hall/board")]) {
        """
        \(if: notices.isEmpty, EmptyView("现在没有正在公示的内容", "公示期满的已经撤除。换一个社区看看。", act: ActLink("选择社区", href: "/hall/board")).markup)\
        \(each: notices, { hanging($0, mayObject: !retained.contains($0.id)) })
        """
    }
}

private func hanging(_ notice: Notice, mayObject: Bool) -> Markup {
    let act = ActLink("提出异议", href: address("/hall/do/\(ObjectToNotice.name)", ["notice": notice.id.text]))
    return PanelView(notice.title, "\(posted(notice))\(if: mayObject, act.markup)").markup
}

/// A notice as everyone reads it.
func posted(_ notice: Notice) -> Markup {
    let lines = notice.text.text.split(separator: "\n").map(String.init)
    return """
        \(each: lines, { "<p>\($0)</p>" })
        <p class="note">\(notice.unit)，\(notice.from.shown)张贴，到\(notice.lastDay.shown)为止。依据：\(notice.basis)</p>
        """
}

/// 到哪里办。The offices that take in applications, by name; the way there is the place's own matter.
let officesPage = Page("offices", "到哪里办", roles: [.visitor], inMenu: true) { visit in
    let reader = visit.reader, towns = try reader.all(Region.self, where: "length(code) = 9 AND (until_on IS NULL OR until_on > \(reader.today)) ORDER BY code LIMIT 200")
    let rows = try towns.map { town in
        let below = try reader.regions(below: town.code).filter { $0.code.level > .township }.map(\.name)
        return (office: publicOffice(of: town.name), communities: below)
    }
    return Page.Body("到哪里办") {
        """
        <p>到户籍地或者经常居住地的乡镇人民政府、街道办事处办理，也可以请社区、村的工作人员帮忙。不方便出门的，可以打电话请工作人员上门。</p>
        \(if: rows.isEmpty, EmptyView("还没有登记办理地点", "登记行政区划后会列在这里。").markup)\
        \(each: rows, { "<details><summary>\($0.office)</summary><p>\($0.communities.isEmpty ? "没有登记社区、村" : $0.communities.joined(separator: "、"))</p></details>" })
        """
    }
}

/// 「城关街道办事处」「某镇人民政府」
func publicOffice(of township: String) -> String {
    if township.hasSuffix("街道") { return "\(township)办事处" }
    return township.hasSuffix("镇") || township.hasSuffix("乡") ? "\(township)人民政府" : township
}

/// 收到文书怎么办。
let remediesPage = Page("remedies", "收到通知书不服怎么办", roles: [.visitor], inMenu: true) { visit in
    let reader = visit.reader, county = try reader.hallCounty(visit)
    let authority = try county.map { try reader.ruledReviewAuthority(on: reader.today, in: $0) } ?? nil
    let court = try county.map { try reader.ruledCourt(on: reader.today, in: $0) } ?? nil
    return Page.Body("收到通知书不服怎么办") {
        """
        <ol class="listed">
        <li><b>先问清楚。</b>通知书上写着理由和依据。到出具通知书的单位问，有新材料的带上。</li>
        <li><b>申请行政复议。</b>自收到通知书之日起 60 日内，向\(authority ?? "通知书上写明的本级人民政府")申请。不收费。</li>
        <li><b>提起行政诉讼。</b>自收到通知书之日起六个月内，向\(court ?? "有管辖权的人民法院")起诉；先申请了复议的，收到复议决定之日起 15 日内。</li>
        </ol>
        <p>请记住收到通知书的日期，期限从第二天起算。最后一天是节假日的，顺延到节后第一个工作日。</p>
        <p>公示期内对别人的公示有意见的，到公示栏提出异议，可以不写姓名。</p>
        """
    }
}

extension Reader {
    /// The county that the hall speaks for: the one asked for, or the only one there is.
    public func hallCounty(_ visit: Visit) throws -> RegionCode? {
        if let asked = visit.asked("region", as: RegionCode.self).value { return asked }
        return try first(Region.self, where: "length(code) = 6 AND (until_on IS NULL OR until_on > \(today)) ORDER BY code")?.code
    }

    /// Townships with their communities, each a link; folded, so that a long list fits a phone.
    public func places(_ path: String) throws -> Markup {
        let known = try all(Region.self, where: "length(code) >= 9 AND (until_on IS NULL OR until_on > \(today)) ORDER BY code LIMIT 3000")
        let towns = known.filter { $0.code.level == .township }
        let below = Dictionary(grouping: known.filter { $0.code.level != .township }) { String($0.code.code.prefix(9)) }
        guard !towns.isEmpty else { return EmptyView("还没有登记社区、村", "登记行政区划后会列在这里。").markup }
        return "\(each: towns, { town($0, below[$0.code.code] ?? [], path) })"
    }

    private func town(_ town: Region, _ communities: [Region], _ path: String) -> Markup {
        let entries = EntriesView(communities.map { .init($0.name, "", href: address(path, ["region": $0.code.code])) })
        return "<details><summary>\(town.name)</summary>\(entries)</details>"
    }
}
