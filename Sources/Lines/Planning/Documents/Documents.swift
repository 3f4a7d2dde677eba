import Commons
import Kernel
import Pages
import Storage
import Values

// 读文稿：documents are handed in here, read once, and looked at as tables.

let documentActions: [any Action.Type] = [KeepDocument.self, DiscardDocument.self]
let documentPages: [Page] = [documentPage]
let documentListings: [Listing] = [documentListing]

let documentOffers: [any Offer] = [
    DocumentIntake("plans", "导入计划", guidance: """
        上传计划或要点的正文（txt、docx、html、带文字的 PDF），或者粘贴文字。
        读出标题、任务、责任单位、时限和目标值，核对无误再导入；原句始终看得到。
        """, roles: .planners) { handed, counter, actor in
        if let plan = handed.query["plan"].flatMap(ID<WorkPlan>.init(rawValue:)) { return try await counter.propose(handed, for: plan, by: actor) }
        let id = try await counter.keepDocument(handed, in: try handed.region(for: actor), isPlan: true, by: actor)
        return KeptDocument(id, link: "/planning/do/import-plan?document=\(id.text)")
    },
    DocumentIntake("documents", "读文稿里的数", guidance: """
        上传或粘贴任何一份总结、计划、汇报，读出每个数：指标、数值、单位、期间、性质和原句。
        结果可以下载成 CSV；计划可以接着导入。
        """, roles: .planReporters) { handed, counter, actor in
        let id = try await counter.keepDocument(handed, in: try handed.region(for: actor), isPlan: false, by: actor)
        return KeptDocument(id, link: "/planning/documents/\(id.text)")
    },
    TableDownload("planning", "document-figures.csv", "下载文稿里的数", roles: .planReporters) { visit in
        let document = try visit.document()
        let rows = try visit.reader.quantities(of: document.id).enumerated().map { index, found in
            [rowNumber("F", document.code, index + 1), document.code, try visit.reader.regionPath(document.region), found.from ?? "", found.until ?? "", found.kind, found.area,
             found.indicator, found.value ?? "", found.unit, found.comparison, found.previous ?? "", found.sentence]
        }
        return .init("\(document.code)-数", columns: FactColumns.all, rows: rows)
    },
    TableDownload("planning", "document-targets.csv", "下载文稿里的任务", roles: .planReporters) { visit in
        let document = try visit.document(), headings = try visit.reader.headings(of: document.id), region = try visit.reader.regionPath(document.region)
        var rows: [[String]] = []
        for passage in try visit.reader.passages(of: document.id) {
            let aims = passage.aims.isEmpty ? [["", "", "", ""]] : passage.aims.flatMap(\.csv)
            let path = titles(above: passage.heading, in: headings).joined(separator: ">")
            for aim in aims {
                rows.append([rowNumber("T", document.code, rows.count + 1), document.code, region, document.year.map(String.init) ?? "", path, passage.text] + aim
                    + [passage.deadline?.typed ?? "", passage.leadingUnit ?? "", passage.responsibleUnit ?? ""])
            }
        }
        return .init("\(document.code)-任务", columns: FactColumns.targets, rows: rows)
    },
]

extension HandedDocument {
    /// Of whose region it is; the actor's own unless said otherwise.
    func region(for actor: Actor) throws(Refusal) -> RegionCode {
        guard let code = query["region"], !code.isEmpty else { return actor.region }
        do { return try RegionCode(typed: code) } catch { throw error.at(["region"]) }
    }
}

extension Counter {
    /// The changed document of a plan goes straight to its difference.
    fileprivate func propose(_ handed: HandedDocument, for plan: ID<WorkPlan>, by actor: Actor) async throws -> KeptDocument {
        let region = try await read(as: actor) { try $0.openPlan(plan).region }
        let id = try await keepDocument(handed, in: region, isPlan: true, by: actor)
        let act = handed.act.map { $0.derived(by: "edition") } ?? ID<JournalEntry>.make(at: clock.now())
        let submission = Submission("planning.propose-edition", id: act, values: ["plan": .stored(plan.stored), "document": .stored(id.stored)])
        let receipt = try await submit(submission, as: actor)
        return KeptDocument(id, link: receipt.outcome.link ?? "/planning/plans/\(plan.text)")
    }
}

func rowNumber(_ letter: String, _ code: String, _ number: Int) -> String {
    let digits = String(number)
    return "\(letter)\(code)-\(String(repeating: "0", count: max(0, 3 - digits.count)))\(digits)"
}

func titles(above heading: Int?, in headings: [DocumentPassages.Heading]) -> [String] {
    var titles: [String] = [], next = heading
    while let place = next, headings.indices.contains(place) {
        titles.insert(headings[place].title, at: 0)
        next = headings[place].parent
    }
    return titles
}

extension DocumentPassages.Aim {
    /// Indicator, comparison, value, unit; a range is two rows, as in the register of targets.
    fileprivate var csv: [[String]] {
        guard let upper else { return [[words, bound.rawValue, value?.typed ?? "", unit]] }
        return [[words + "(下限)", Bound.atLeast.rawValue, value?.typed ?? "", unit], [words + "(上限)", Bound.atMost.rawValue, upper.typed, unit]]
    }
}

extension PlanDocument {
    /// The first three characters of its name, as `figures read` numbers its rows.
    var code: String { String(name.prefix(3)) }
    var link: String { "/planning/documents/\(id.text)" }
}

extension Visit {
    /// The document of the address, if the reader may see it.
    fileprivate func document() throws -> PlanDocument {
        guard let id = ID<PlanDocument>(rawValue: query["document"] ?? "") else { throw Refusal.absent("请从文稿页点下载") }
        return try reader.document(id)
    }
}

extension Reader {
    func document(_ id: ID<PlanDocument>) throws -> PlanDocument {
        let document = try find(id)
        guard try actor.covers(document.region) || document.region.contains(actor.region) && isTracked(document) else {
            throw Refusal.forbidden("这份文稿不属于您所在的区域，也不是下达到您这里的计划")
        }
        return document
    }

    /// Whether a plan that people are held to was made of it: then those below read it too.
    private func isTracked(_ document: PlanDocument) throws -> Bool {
        let plans = try connection.value("""
            SELECT count(*) FROM work_plan WHERE document_id = \(document.id) AND state = \(PlanState.tracked)
            """) ?? 0
        return plans > 0
    }
}

/// 文稿。What was read from it, each with its place in the text.
let documentPage = Page("documents/{id}", "文稿", roles: .planReporters) { visit in
    let reader = visit.reader, document = try reader.document(try visit.id())
    let view = DocumentView(document, try reader.quantities(of: document.id), try reader.passages(of: document.id).count)
    let id = document.id.text
    var acts = [PageAct("下载数（CSV）", "/planning/document-figures.csv?document=\(id)", primary: true), PageAct("下载任务（CSV）", "/planning/document-targets.csv?document=\(id)")]
    if view.passages > 0, ImportPlan.roles.contains(reader.actor.role), reader.actor.covers(document.region) {
        acts.append(PageAct("导入为计划", "/planning/do/import-plan?document=\(id)"))
    }
    if DiscardDocument.roles.contains(reader.actor.role), reader.actor.covers(document.region) { acts.append(PageAct("删去文稿", "/planning/do/discard-document?document=\(id)")) }
    return Page.Body(document.title.isEmpty ? document.name : document.title, breadcrumbs: [("计划与总结", "/planning"), ("读过的文稿", "/planning/documents")], acts: acts) {
        documentMarkup(view)
    }
}

struct DocumentView: Sendable {
    let document: PlanDocument
    let quantities: [DocumentPassages.Found]
    let passages: Int

    init(_ document: PlanDocument, _ quantities: [DocumentPassages.Found], _ passages: Int) {
        (self.document, self.quantities, self.passages) = (document, quantities, passages)
    }
}

func documentMarkup(_ view: DocumentView) -> Markup {
    let document = view.document
    let rows = view.quantities.map { found in
        TableRowView([
            .text(String(found.line)), .text(found.indicator), .text(Bound(rawValue: found.comparison)?.label ?? ""), .text(found.value ?? "（遮盖）"), .text(found.unit),
            found.previous.map { .text($0) } ?? .absent, .text(kindLabels[found.kind] ?? found.kind),
            .text([found.from, found.until].compactMap(\.self).joined(separator: " — ")),
            .text(found.area), .text(found.sentence),
        ])
    }
    let columns = [ColumnView("行", .number), ColumnView("指标"), ColumnView("比较"), ColumnView("数值", .number), ColumnView("单位"), ColumnView("原值", .number), ColumnView("性质"),
                   ColumnView("期间", .date), ColumnView("业务条线"), ColumnView("原句")]
    return """
        \(RecordHeadView(facts: [document.name, document.format, "\(document.characters) 字", "读出 \(view.quantities.count) 个数", "\(view.passages) 项任务",
                                 "\(document.keptByName)于\(document.keptAt.shown)交来"]))
        \(TableView(id: "figures", caption: "文稿里的数", columns: columns, rows: rows, empty: EmptyView("没有读到带单位的数", "请确认传的是总结或计划的正文。")).markup)
        <details><summary>原文</summary><pre class="document-text">\(PersonalNumbers.masked(document.text).text)</pre></details>
        """
}

private let kindLabels = ["actual": "本期", "stock": "现有", "standard": "标准", "target": "目标"]

/// 读过的文稿。
let documentListing = Listing(
    "documents", "读过的文稿", of: DocumentRow.self, sorted: [.descending(.keptAt), .ascending(Term<ID<PlanDocument>>.id)], totals: [.count("份")], roles: .planReporters,
    emptyText: "交来的总结和计划会出现在这里", link: { "/planning/documents/\($0.text("id") ?? "")" }) { query in
    """
    SELECT d.id, d.title, d.name, d.format, d.characters, d.kept_by_name, d.kept_at,
           (SELECT count(*) FROM document_quantity AS q WHERE q.document_id = d.id) AS figures,
           (SELECT count(*) FROM document_passage AS p WHERE p.document_id = d.id) AS tasks
    FROM plan_document AS d WHERE \(query.within("d.region"))
    """
}

struct DocumentRow: Shaped {
    let title: String, name: String, format: String, characters: Int, figures: Int, tasks: Int, keptByName: String, keptAt: Instant, id: ID<PlanDocument>

    static let shape = Shape<DocumentRow> {
        Field(.documentTitle, \.title)
        Field(.documentName, \.name)
        Field(.documentFormat, \.format)
        Field(.characters, \.characters)
        Field(.figureCount, \.figures)
        Field(.taskCount, \.tasks)
        Field(.keptByName, \.keptByName)
        Field(.keptAt, \.keptAt)
        Field(.id, \.id)
    }

    init(from reading: Reading<DocumentRow>) throws(Refusal) {
        title = try reading(.documentTitle)
        name = try reading(.documentName)
        format = try reading(.documentFormat)
        characters = try reading(.characters)
        figures = try reading(.figureCount)
        tasks = try reading(.taskCount)
        keptByName = try reading(.keptByName)
        keptAt = try reading(.keptAt)
        id = try reading(.id)
    }
}

extension Term where Value == Int {
    static var figureCount: Term<Int> { Term("figures", "数") }
    static var taskCount: Term<Int> { Term("tasks", "任务") }
}

/// 删去文稿。One that no plan was made of: gone with what was read from it.
struct DiscardDocument: Action {
    let document: ID<PlanDocument>

    static let title = "删去文稿"
    static let guidance = "只看过数、没有导入成计划的文稿可以删去，连同读出的内容。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<DiscardDocument>.located("document") { act, reader in Located(region: try reader.find(act.document).region) }
    static let shape = Shape<DiscardDocument> { Field(.document, \.document) }

    init(from reading: Reading<DiscardDocument>) throws(Refusal) { document = try reading(.document) }

    func perform(at desk: Desk) throws -> Outcome {
        let uses = try desk.connection.value("""
            SELECT (SELECT count(*) FROM work_plan WHERE document_id = \(document)) + (SELECT count(*) FROM plan_edition WHERE document_id = \(document))
            """) ?? 0
        guard uses == 0 else { throw Refusal.outOfOrder("这份文稿已导入成计划，不能删去") }
        for table in ["document_aim", "document_passage", "document_heading", "document_quantity"] {
            try desk.connection.run("DELETE FROM \(Statement(identifier: table)) WHERE document_id = \(document)")
        }
        try desk.connection.run("DELETE FROM plan_document WHERE id = \(document)")
        return Outcome(document, "已删去", link: "/planning/documents")
    }
}
