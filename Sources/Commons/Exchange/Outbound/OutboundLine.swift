import Kernel
import Pages
import Storage
import Values

/// What the line of exchange takes in of reporting to others.
let outboundActions: [any Action.Type] = [SaveOutboundProfile.self, ApproveOutboundProfile.self, RunOutboundProfile.self]
let outboundRecords: [any Record.Type] = [OutboundProfile.self, OutboundTemplate.self]
let outboundListings = [outboundProfiles]
let outboundPages = [outboundPage, outboundStart]
let outboundForms = [outboundForm]

/// The form of a profile, with the columns of ours to choose among beside it.
let outboundForm = FormPage(SaveOutboundProfile.self) { visit in
    let listing = try? visit.reader.house.listing(named: visit.values.text("listing") ?? "")
    let columns = listing.map { $0.columns.fields.filter { $0.origin == .asked }.map(\.label).joined(separator: "、") }
    return FormLayout(sections: [
        .init("方案", fields: ["name", "authority", "listing", "filters", "template"]), .init("逐列对应", fields: ["outbound_columns"]),
        .init("号码", hint: "平常是脱敏的", fields: ["whole", "purpose", "basis"]),
    ], preface: columns.map { columns in NoticeBoxView(.info, "可以用的列", columns, links: [LinkView("另选台账或空表", href: "/exchange/outbound-start")]).markup })
}

/// 制作报送方案: the way in, from the menu of the line.
let outboundStart = Page("outbound-new", "制作报送方案", roles: .reporters, inMenu: true) { _ in
    Page.Body("制作报送方案", breadcrumbs: [("导入导出", "/exchange"), ("对外报送方案", "/exchange/outbound-profiles")],
              acts: [PageAct("选台账、传空表", "/exchange/outbound-start", primary: true)]) {
        """
        <ol>
        <li>选择用哪个台账来填，上传对方系统的空表（.xlsx），或写出表头。</li>
        <li>逐列对应：系统按名称先猜一遍，再改；可以填固定文字、序号，可以把几列连在一起，可以把代码换成对方的。</li>
        <li>保存成方案，看前五行预览；以后每次报送按方案导出。</li>
        </ol>
        <p class="hint">身份号码等平常是脱敏的。确需完整号码的，写明用途和依据，由另一人批准。</p>
        """
    }
}

/// 报送方案台账。
let outboundProfiles = Listing(
    "outbound-profiles", "对外报送方案", of: OutboundRow.self, sorted: [.ascending(.outboundName), .ascending(Term<ID<OutboundProfile>>.id)],
    filters: [.equals(.outboundListing), .equals(.isWhole)], roles: Set<Role>.readers.union([.securityAdministrator]),
    emptyText: "制作好的报送方案会出现在这里。先上传对方的表样", link: { "/exchange/outbound/\($0.text("id") ?? "")" }
) { query in
    "SELECT id, name, authority, listing, whole, approved_on, version FROM outbound_profile WHERE \(query.within("region"))"
}

struct OutboundRow: Shaped {
    let id: ID<OutboundProfile>, name: String, authority: String, listing: String, isWhole: Bool, approvedOn: CivilDate?, version: Int

    static let shape = Shape<OutboundRow> {
        Field(.outboundName, \.name)
        Field(.reportedTo, \.authority)
        Field(.outboundListing, \.listing)
        Field(.isWhole, \.isWhole)
        Field(.approvedOn, \.approvedOn)
        Field(.version, \.version)
        Field(.id, \.id)
    }

    init(from reading: Reading<OutboundRow>) throws(Refusal) {
        id = try reading(.id)
        name = try reading(.outboundName)
        authority = try reading(.reportedTo)
        listing = try reading(.outboundListing)
        isWhole = try reading(.isWhole)
        approvedOn = try reading(.approvedOn)
        version = try reading(.version)
    }
}

/// 报送方案。Its columns, its standing, and what the first five rows will look like, always masked.
let outboundPage = Page("outbound/{id}", "报送方案", roles: outboundProfiles.roles) { visit in
    let reader = visit.reader, profile: OutboundProfile = try reader.find(try visit.id()), listing = try reader.house.listing(named: profile.listing)
    try reader.requireScope(profile.region, of: "这个报送方案")
    let preview = try listing.roles.contains(reader.actor.role) ? reader.preview(of: profile, in: listing) : []
    let isReporter = Set<Role>.reporters.contains(reader.actor.role)
    var acts = isReporter ? [PageAct("修改", "/exchange/do/save-outbound-profile?subject=\(profile.id.text)")] : []
    if profile.isWhole, profile.approvedBy == nil, ApproveOutboundProfile.roles.contains(reader.actor.role) {
        acts.append(PageAct("批准不脱敏报送", "/exchange/do/approve-outbound-profile?profile=\(profile.id.text)", primary: true))
    } else if isReporter, !profile.isWhole || profile.approvedBy != nil {
        acts.append(PageAct("按方案导出", "/exchange/do/run-outbound-profile?profile=\(profile.id.text)", primary: true))
    }
    let download = visit.query["run"].flatMap(ID<JournalEntry>.init(rawValue:)).map { LinkView("下载 \(profile.name).xlsx", href: "/exchange/outbound-file/\($0.text).xlsx") }
    let facts = facts(of: profile, listing), columns = columns(of: profile), rows = previewTable(profile, preview)
    return Page.Body(profile.name, breadcrumbs: [("导入导出", "/exchange"), ("对外报送方案", "/exchange/outbound-profiles")], acts: acts) {
        """
        \(download.map { NoticeBoxView(.info, "已登记，文件十分钟内由您本人下载", links: [$0]) })
        \(facts)\(PanelView("各列", columns.markup))\(PanelView("前五行预览（脱敏）", rows.markup))
        """
    }
}

private func facts(of profile: OutboundProfile, _ listing: Listing) -> FactsView {
    let state = !profile.isWhole ? "脱敏" : profile.approvedOn.map { "不脱敏，\($0.shown)批准" } ?? "不脱敏，等待批准"
    let filters = listing.sentence(profile.request)
    return FactsView([
        .init("对方单位", profile.authority), .init("本系统台账", listing.title), .init("筛选", filters.isEmpty ? "辖区内全部" : filters), .init("号码", state),
        .init("用途", profile.purpose?.text ?? "—"), .init("依据", profile.basis ?? "—"), .init("版本", "第 \(profile.version) 版"),
    ])
}

private func columns(of profile: OutboundProfile) -> TableView {
    let titles = ["对方表头", "内容来源", "本系统的列", "补充"].map { ColumnView($0) }
    return TableView(id: "columns", caption: "对方表头与内容来源", columns: titles, rows: profile.columns.map { column in
        TableRowView([.text(column.header), .text(column.source.label), column.columns.map { .text($0) } ?? .absent, column.text.map { .text($0.text) } ?? .absent])
    }, empty: EmptyView("没有列", "请修改方案，写出对方的表头。"))
}

private func previewTable(_ profile: OutboundProfile, _ rows: [[OutboundCell]]) -> TableView {
    TableView(id: "preview", caption: "导出的文件会这样填", columns: profile.columns.map { ColumnView($0.header) }, rows: rows.map { TableRowView($0.map { .text($0.shown) }) },
              empty: EmptyView("没有可预览的行", "台账里没有符合筛选的记录，或者您的岗位不能查看这个台账。"), narrow: .scrolls)
}

extension Reader {
    /// What can't be filled yet says so in its place.
    fileprivate func preview(of profile: OutboundProfile, in listing: Listing) throws -> [[OutboundCell]] {
        try page(listing, ListingRequest(filters: profile.request.filters, limit: 5)).rows.enumerated().map { number, row in
            profile.columns.map { column in
                do throws(Refusal) { return try column.cell(row, row.cells, of: listing, number: number + 1) } catch { return .text("〔\(error.message)〕") }
            }
        }
    }
}

extension OutboundCell {
    var shown: String {
        switch self {
        case .text(let text): text
        case .integer(let number): String(number)
        case .money(let money): money.shown
        }
    }
}

let outboundMigrations = [
    Migration(owner: "outbound", number: 1, why: "上级系统要的表各不相同，对照一次存下来，每次报送都留痕", steps: [
        .ddl("""
            CREATE TABLE outbound_template (
                id TEXT PRIMARY KEY,
                listing TEXT NOT NULL,
                filename TEXT NOT NULL,
                header_line BIGINT NOT NULL,
                headers TEXT NOT NULL,
                content TEXT
            )
            """),
        .ddl("""
            CREATE TABLE outbound_profile (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL UNIQUE,
                authority TEXT NOT NULL,
                listing TEXT NOT NULL,
                filters TEXT,
                template TEXT REFERENCES outbound_template (id),
                whole BIGINT NOT NULL CHECK (whole IN (0, 1)),
                purpose TEXT,
                basis TEXT,
                region TEXT NOT NULL,
                saved_by TEXT NOT NULL,
                approved_by TEXT CHECK (approved_by <> saved_by),
                approved_on TEXT,
                version BIGINT NOT NULL CHECK (version > 0)
            )
            """),
        .ddl("""
            CREATE TABLE outbound_column (
                parent_id TEXT NOT NULL REFERENCES outbound_profile (id),
                key TEXT NOT NULL,
                position BIGINT NOT NULL,
                header TEXT NOT NULL,
                source TEXT NOT NULL,
                columns TEXT,
                text TEXT,
                PRIMARY KEY (parent_id, key)
            )
            """),
        .ddl("""
            CREATE TABLE outbound_run (
                act TEXT PRIMARY KEY,
                profile TEXT NOT NULL REFERENCES outbound_profile (id),
                version BIGINT NOT NULL,
                actor TEXT NOT NULL,
                reason TEXT NOT NULL,
                at TEXT NOT NULL
            )
            """),
        .ddl("CREATE INDEX outbound_run_by_profile ON outbound_run (profile, at)"),
    ]),
]
