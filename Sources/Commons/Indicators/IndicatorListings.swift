import Kernel
import Pages
import Storage
import Values

/// 指标目录。
let catalogue = Listing(
    "catalogue", "指标目录", of: CatalogueRow.self, sorted: [.ascending(.indicatorArea), .ascending(.indicatorCode)],
    filters: [
        .found("q", "名称、别名、口径或代码") { text, _ in
            let part = "%\(text.replacing("!", with: "!!").replacing("%", with: "!%").replacing("_", with: "!_"))%"
            return """
                (name LIKE \(part) ESCAPE '!' OR coalesce(words, '') LIKE \(part) ESCAPE '!' OR definition LIKE \(part) ESCAPE '!' OR code LIKE \(part) ESCAPE '!')
                """
        },
        .equals(.indicatorArea), .equals(.indicatorNature), .equals(.isEntered),
    ],
    totals: [.count("项")], emptyText: "指标目录在系统启动后不久列出", link: { "/indicators/show/\($0.text("code") ?? "")" }) { _ in
    """
    SELECT code, name, area, unit, nature, manual, definition, basis, words FROM indicator_catalogue
    UNION ALL SELECT code, name, area, unit, nature, 1 AS manual, definition, basis, words FROM indicator_series
    """
}

struct CatalogueRow: Shaped {
    let code: String, name: String, area: String, unit: String, nature: Indicator.Nature, isManual: Bool, definition: String, basis: String, words: LongText?

    static let shape = Shape<CatalogueRow> {
        Field(.indicatorName, \.name)
        Field(.indicatorArea, \.area)
        Field(.indicatorUnit, \.unit)
        Field(.indicatorNature, \.nature)
        Field(.isEntered, \.isManual)
        Field(.indicatorDefinition, \.definition)
        Field(.indicatorBasis, \.basis)
        Field(.indicatorWords, \.words)
        Field(.indicatorCode, \.code)
    }

    init(from reading: Reading<CatalogueRow>) throws(Refusal) {
        code = try reading(.indicatorCode)
        name = try reading(.indicatorName)
        area = try reading(.indicatorArea)
        unit = try reading(.indicatorUnit)
        nature = try reading(.indicatorNature)
        isManual = try reading(.isEntered)
        definition = try reading(.indicatorDefinition)
        basis = try reading(.indicatorBasis)
        words = try reading(.indicatorWords)
    }
}

/// 各月合计。What happened in each month, or for stocks how much came to or went from them: the totals as machines take them.
let monthlyTotals = Listing(
    "monthly", "指标各月合计", of: MonthlyRow.self, sorted: [.ascending(.region), .ascending(.indicatorOf), .ascending(.totalMonth), .ascending(.totalKey)],
    filters: [.equals(.indicatorOf), .within(.region), .equals(.totalMonth), .atLeast(.totalMonth, "月份")],
    emptyText: "系统计算的指标按月列在这里，手工填报的见「填报的数」", link: { "/indicators/show/\($0.text("indicator") ?? "")?region=\($0.text("region") ?? "")" }) { query in
    """
    SELECT t.indicator AS indicator, c.name AS name, t.region AS region, t.month AS month,
           CASE WHEN t.category = '' THEN '-' ELSE t.category END AS category, t.amount AS amount, c.unit AS unit,
           t.region || '/' || t.indicator || '/' || t.month || '/' || t.category AS total_key
    FROM indicator_total AS t JOIN indicator_catalogue AS c ON c.code = t.indicator
    WHERE \(query.within("t.region")) AND t.amount <> 0
    """
}

struct MonthlyRow: Shaped {
    let indicator: String, name: String, region: RegionCode, month: Month, category: String, amount: Int, unit: String, key: String

    static let shape = Shape<MonthlyRow> {
        Field(.indicatorName, \.name)
        Field(.region, \.region)
        Field(.totalMonth, \.month)
        Field(.totalCategory, \.category)
        Field(.totalAmount, \.amount)
        Field(.indicatorUnit, \.unit)
        Field(.indicatorOf, \.indicator)
        Field(.totalKey, \.key)
    }

    init(from reading: Reading<MonthlyRow>) throws(Refusal) {
        indicator = try reading(.indicatorOf)
        name = try reading(.indicatorName)
        region = try reading(.region)
        month = try reading(.totalMonth)
        category = try reading(.totalCategory)
        amount = try reading(.totalAmount)
        unit = try reading(.indicatorUnit)
        key = try reading(.totalKey)
    }
}

/// 填报的数，连同更正前的。
let entries = Listing(
    "entries", "填报的数", of: EntryRow.self, sorted: [.descending(.entryThrough), .descending(Term<ID<ManualEntry>>.id)],
    filters: [.equals(.indicatorOf), .within(.region), .atLeast(.entryThrough, "所属期止月"), .equals(.isStanding)],
    totals: [.count("条")], emptyText: "填报的数会出现在这里", link: { "/indicators/show/\($0.text("indicator") ?? "")?region=\($0.text("region") ?? "")" }) { query in
    """
    SELECT e.id AS id, e.indicator AS indicator, coalesce(c.name, s.name, e.indicator) AS name, e.region AS region, e.from_month AS from_month,
           e.through_month AS through_month, e.amount AS amount, coalesce(c.unit, s.unit, '') AS unit, e.evidence AS evidence, e.reason AS reason,
           e.entered_by_name AS entered_by_name, e.known_at AS known_at, CASE WHEN e.retracted_at IS NULL THEN 1 ELSE 0 END AS standing,
           r.reason AS retraction_reason
    FROM indicator_entry AS e LEFT JOIN indicator_retraction AS r ON r.entry = e.id
    LEFT JOIN indicator_catalogue AS c ON c.code = e.indicator LEFT JOIN indicator_series AS s ON s.code = e.indicator
    WHERE \(query.within("e.region"))
    """
}

struct EntryRow: Shaped {
    let id: ID<ManualEntry>, indicator: String, name: String, region: RegionCode, from: Month, through: Month, amount: Int, unit: String
    let evidence: LongText, reason: String?, enteredBy: String, knownAt: Instant, isStanding: Bool, retractionReason: LongText?

    static let shape = Shape<EntryRow> {
        Field(.indicatorName, \.name)
        Field(.region, \.region)
        Field(.entryFrom, \.from)
        Field(.entryThrough, \.through)
        Field(.entryAmount, \.amount)
        Field(.indicatorUnit, \.unit)
        Field(.isStanding, \.isStanding)
        Field(.evidence, \.evidence)
        Field(.correctionReason, \.reason)
        Field(.listedRetraction, \.retractionReason)
        Field(.enteredBy, \.enteredBy)
        Field(.knownAt, \.knownAt)
        Field(.indicatorOf, \.indicator)
        Field(.id, \.id)
    }

    init(from reading: Reading<EntryRow>) throws(Refusal) {
        id = try reading(.id)
        indicator = try reading(.indicatorOf)
        name = try reading(.indicatorName)
        region = try reading(.region)
        from = try reading(.entryFrom)
        through = try reading(.entryThrough)
        amount = try reading(.entryAmount)
        unit = try reading(.indicatorUnit)
        evidence = try reading(.evidence)
        reason = try reading(.correctionReason)
        enteredBy = try reading(.enteredBy)
        knownAt = try reading(.knownAt)
        isStanding = try reading(.isStanding)
        retractionReason = try reading(.listedRetraction)
    }
}

extension Term where Value == LongText {
    static var listedRetraction: Term<LongText> { Term("retraction_reason", "撤回原因") }
}
extension Term where Value == Bool {
    static var isEntered: Term<Bool> { Term("manual", "手工填报") }
    static var isStanding: Term<Bool> { Term("standing", "现行") }
}
extension Term where Value == Month {
    static var totalMonth: Term<Month> { Term("month", "月份") }
}
extension Term where Value == String {
    static var totalCategory: Term<String> { Term("category", "分类") }
    static var totalKey: Term<String> { Term("total_key", "合计标识") }
}
extension Term where Value == Int {
    static var totalAmount: Term<Int> { Term("amount", "本月发生或增减") }
}
