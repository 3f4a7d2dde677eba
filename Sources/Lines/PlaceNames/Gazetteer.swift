import Commons
import Kernel
import Pages
import Storage
import Values

/// 地名录。Standard names by their sound; found by part of any name a place has borne, or by its initials.
let gazetteer = Listing(
    "names", "地名录", of: GazetteerRow.self, sorted: [.ascending(.romanised), .ascending(.place)],
    filters: [.search("地名的一部分或拼音首字母", owner: "place", in: "place_name_search"), .equals(.placeClass), .within(.region),
              .atLeast(.approvedOn, "批准日期")],
    totals: [.count("条")], emptyText: "登记过的地名会出现在这里", link: { "\(naming.path)/\($0.text("naming") ?? "")" }) { query in
    """
    SELECT p.id AS place, p.id AS id, p.name, p.romanised, p.class, p.region, p.position, p.meaning, p.naming,
           n.approver, n.document, n.approved_on, n.filing_number, n.announcement_number
    FROM place_name AS p JOIN naming AS n ON n.id = p.naming WHERE \(query.within("p.region"))
    """
}

struct GazetteerRow: Shaped {
    let name: PlaceText, romanised: String, placeClass: PlaceClass, region: RegionCode, position: Position?, meaning: LongText
    let approver: Approver, document: String, approvedOn: CivilDate, filingNumber: String?, announcementNumber: String?
    let place: ID<PlaceName>, naming: ID<Naming>

    static let shape = Shape<GazetteerRow> {
        Field(.standardName, \.name)
        Field(.romanised, \.romanised)
        Field(.placeClass, \.placeClass)
        Field(.region, \.region)
        Field(.position, \.position)
        Field(.meaning, \.meaning)
        Field(.approver, \.approver)
        Field(.document, \.document)
        Field(.approvedOn, \.approvedOn)
        Field(.filingNumber, \.filingNumber)
        Field(.announcementNumber, \.announcementNumber)
        Field(.place, \.place)
        Field(.naming, \.naming)
    }

    init(from reading: Reading<GazetteerRow>) throws(Refusal) {
        name = try reading(.standardName)
        romanised = try reading(.romanised)
        placeClass = try reading(.placeClass)
        region = try reading(.region)
        position = try reading(.position)
        meaning = try reading(.meaning)
        approver = try reading(.approver)
        document = try reading(.document)
        approvedOn = try reading(.approvedOn)
        filingNumber = try reading(.filingNumber)
        announcementNumber = try reading(.announcementNumber)
        place = try reading(.place)
        naming = try reading(.naming)
    }
}

/// The search box finds places as the gazetteer does.
let findPlaces = Finder { text, reader in
    try reader.all(PlaceName.self, where: "\(matching("id", in: "place_name_search", text)) AND \(reader.within("region")) ORDER BY romanised LIMIT 10").map {
        Hit(kind: "地名", title: $0.name.text, detail: "\($0.placeClass.label)，\(try reader.regionPath($0.region))", link: "\(naming.path)/\($0.naming.text)")
    }
}

/// 地名卡片。What an announcement must say, how far it has come, and every name the place has borne.
let namingPage = Page("namings/{id}", "地名") { visit in
    let reader = visit.reader
    let record = try reader.find(try visit.id() as ID<Naming>), place = try reader.find(record.place), file = try reader.caseFile(record.id)
    guard reader.actor.covers(place.region) else { throw Refusal.forbidden("这个地名不在您的管辖范围内") }
    let facts = try facts(of: record, place, file, reader)
    let history = try reader.all(Naming.self, where: "place = \(place.id) ORDER BY approved_on DESC, id DESC").map {
        TableRowView([.text($0.name.text), .text($0.approvedOn.shown), .text($0.approver.label), .text($0.document), .text($0.reason?.text ?? "初次命名")], href: $0.link)
    }
    return Page.Body(record.name.text, breadcrumbs: [("地名录", "/place-names/names")], acts: try acts(on: record, place, file, reader)) {
        "\(FactsView(facts))\(historyTable(history))"
    }
}

/// The steps that are open now; and another name, once this one is settled.
private func acts(on record: Naming, _ place: PlaceName, _ file: CaseFile, _ reader: Reader) throws -> [PageAct] {
    let steps = try reader.moves(of: file).map { PageAct($0, on: record.id.text, primary: true) }
    let rename = reader.house.line(placeNames.name)?.action(RenamePlace.name)
    guard let rename, rename.roles.contains(reader.actor.role), file.closedOn != nil, place.naming == record.id else { return steps }
    return steps + [PageAct(rename, on: place.id.text)]
}

private func facts(of record: Naming, _ place: PlaceName, _ file: CaseFile, _ reader: Reader) throws -> [FactsView.Fact] {
    let clocks = try reader.clocks(of: file).filter { $0.endedOn == nil }.map { "\($0.title)截止 \($0.dueOn.shownWithWeekday)" }
    let state = try reader.house.process(file.process).edition(on: file.editionOn).state(file.state)?.title ?? file.state
    return [
        .init("标准名称", record.name.text), .init("罗马字母拼写", place.naming == record.id ? place.romanised : "（旧名）"),
        .init("所属政区", try reader.regionPath(place.region)), .init("位置", place.position?.shown ?? "未采集"),
        .init("类别", place.placeClass.label), .init("来历和含义", place.meaning.text),
        .init("批准机关", record.approver.label), .init("批准文号", record.document), .init("批准日期", record.approvedOn.shown),
        .init("备案", record.filingNumber ?? "未备案"), .init("公告", record.announcementNumber ?? "未公告"),
        .init("办理情况", ([file.number, state] + clocks).joined(separator: "，")),
    ]
}

private func historyTable(_ rows: [TableRowView]) -> TableView {
    TableView(caption: "历史名称", columns: [.init("名称"), .init("批准日期", .date), .init("批准机关"), .init("批准文号"), .init("更名理由")],
              rows: rows, empty: .init("没有历史名称", "更名后，旧名会列在这里"))
}

let placeNameMigrations = [
    Migration(owner: "place-names", number: 1, why: "地名要有标准名称、批准依据和名称沿革，旧名也要查得到", steps: [
        .ddl("""
            CREATE TABLE place_name (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                romanised TEXT NOT NULL,
                class TEXT NOT NULL,
                region TEXT NOT NULL,
                position TEXT,
                meaning TEXT NOT NULL,
                naming TEXT NOT NULL UNIQUE,
                version BIGINT NOT NULL CHECK (version > 0)
            )
            """),
        .ddl("CREATE INDEX place_name_by_region ON place_name (region, id)"),
        .ddl("""
            CREATE TABLE naming (
                id TEXT PRIMARY KEY,
                place TEXT NOT NULL REFERENCES place_name (id),
                name TEXT NOT NULL,
                approver TEXT NOT NULL,
                document TEXT NOT NULL,
                approved_on TEXT NOT NULL CHECK (length(approved_on) = 10),
                reason TEXT,
                filing_number TEXT,
                filed_on TEXT CHECK (filed_on >= approved_on),
                announcement_number TEXT,
                announced_on TEXT CHECK (announced_on >= approved_on)
            )
            """),
        .ddl("CREATE INDEX naming_by_place ON naming (place, approved_on)"),
        .search(table: "place_name_search"),
    ]),
]
