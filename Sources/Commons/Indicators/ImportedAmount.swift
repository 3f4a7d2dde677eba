import Kernel
import Storage
import Values

/// 月度手工指标表的一行。
struct ImportedAmount: Importing {
    let indicator: String
    let region: RegionCode?
    let from: Month
    let through: Month?
    let amount: String
    let evidence: LongText
    let reason: String?

    static let name = "indicator-amounts"
    static let title = "手工指标填报"
    static let guidance = """
        一行是一个指标在一个地方一段时间的数，按月的一月一行。指标写代码，或者写目录里的名称；区域不填为上传人的区域；只报一个月的，止月不填。
        每行都要写依据。已报过的同一期写明更正原因即为更正，原来的数保留；与现在相同的跳过。
        有一行不对，整表不登记；错处逐格列出，可以下载带「错误」列的表改好再传。
        """
    static let uploaders: Set<Role> = [.countyReviewer, .countyApprover]
    static let confirmers: Set<Role> = [.countyReviewer, .countyApprover]
    static let mayEnterPartly = false
    static let keyColumn = "indicator"
    static let synonyms = [
        "indicator": ["指标", "指标代码", "指标名称", "代码"], "region": ["区域", "区划代码", "地区", "行政区划"], "from_month": ["月份", "起月", "所属期", "所属期起月", "自"],
        "through_month": ["止月", "所属期止月", "至"], "amount": ["数值", "数", "本月数", "期末数"], "evidence": ["依据", "来源", "报表", "备注"], "reason": ["更正原因", "更正说明"],
    ]
    static let samples = [
        ["indicator": "manual.marriages", "from_month": "2024-06", "amount": "260", "evidence": "婚姻登记处2024年6月月报"],
        ["indicator": "结婚登记", "from_month": "2024-01", "through_month": "2024-03", "amount": "805", "evidence": "一季度报表", "reason": "漏报两对"],
    ]
    static let shape = Shape<ImportedAmount> {
        Field(.importedIndicator, \.indicator)
        Field(.region, \.region)
        Field(.importedFrom, \.from)
        Field(.importedThrough, \.through)
        Field(.entryTyped, \.amount)
        Field(.evidence, \.evidence)
        Field(.correctionReason, \.reason)
    }

    init(from reading: Reading<ImportedAmount>) throws(Refusal) {
        indicator = try reading(.importedIndicator)
        region = try reading(.region)
        from = try reading(.importedFrom)
        through = try reading(.importedThrough)
        amount = try reading(.entryTyped)
        evidence = try reading(.evidence)
        reason = try reading(.correctionReason)
    }

    private enum Value { static let indicator = 0, region = 1, from = 2, through = 3, amount = 4, evidence = 5, reason = 6 }

    func drafted(on line: Int, _ ground: ImportGround) throws(Refusal) -> ImportRow {
        let region = region ?? ground.actor.region, through = through ?? from
        guard ground.actor.covers(region) else { throw Refusal.forbidden("区域 \(region.code) 不在您的管辖范围内").at(["region"]) }
        return ImportRow(line: line, key: [indicator, region.code, from.typed, through.typed].joined(separator: " "),
                         values: [indicator, region.code, from.typed, through.typed, amount, evidence.text, reason])
    }

    static func compare(_ rows: inout [ImportRow], _ ground: ImportGround, at reader: Reader) throws {
        let book = try reader.indicatorBook()
        for place in rows.indices where rows[place].state == .right { try compare(&rows[place], book, at: reader) }
    }

    private static func compare(_ row: inout ImportRow, _ book: IndicatorBook, at reader: Reader) throws {
        let asked = row.values[Value.indicator] ?? ""
        guard let found = book.find(asked) ?? book.find("manual.\(asked)") ?? book.bearer(of: asked) else {
            let near = book.suggestions(for: asked).first { $0.indicator.isManual }.map { "；像是「\($0.indicator.name)」（\($0.indicator.code)）" } ?? ""
            return row.refuse("indicator", "目录里没有「\(asked)」，请核对代码或名称\(near)")
        }
        row.values[Value.indicator] = found.code
        do {
            row.match = try report(row).judged(in: book, at: reader).earlier?.id.text
        } catch let refusal as Refusal where refusal.kind == .conflict && refusal.problems.isEmpty {
            row.state = .present
        } catch let refusal as Refusal {
            for problem in refusal.problems.isEmpty ? refusal.at(["amount"]).problems : refusal.problems { row.refuse(problem.path.first ?? "amount", problem.message) }
        }
    }

    private static func report(_ row: ImportRow) throws -> AmountReport {
        AmountReport(indicator: row.values[Value.indicator] ?? "", region: try row.required(Value.region), from: try row.required(Value.from),
                     through: try row.required(Value.through), amount: row.values[Value.amount] ?? "", evidence: try row.required(Value.evidence),
                     attachment: nil, reason: row.values[Value.reason])
    }

    static func enter(_ rows: [ImportRow], _ batch: ImportBatch, at desk: Desk) throws -> ImportTally {
        var tally = ImportTally()
        let book = try desk.indicatorBook()
        for row in rows {
            guard row.state == .right else { tally.skipped += 1; continue }
            try tally.add(row, at: desk) { tally in
                let earlier = try report(row).enter(as: batch.id(row.line), in: book, at: desk).earlier
                if let earlier { tally.changed += 1; tally.changes.append(.init(row.line, earlier.id.text)) } else { tally.entered += 1 }
            }
        }
        return tally
    }

    /// The amount is retracted; what it had corrected is entered again as it was. Nothing is taken away.
    static func withdraw(_ row: ImportRow, changed: String?, _ batch: ImportBatch, at desk: Desk) throws -> Bool {
        let id: ID<ManualEntry> = batch.id(row.line), known = try desk.connection.value("SELECT count(*) FROM indicator_entry WHERE id = \(id)") ?? 0
        guard row.state == .right, known > 0 else { return false }
        let entry = try desk.find(id)
        guard entry.retractedAt == nil else { throw Refusal.conflict("这一期后来又更正或撤回过") }
        try desk.retract(entry, as: batch.id(row.line, part: 1), because: try LongText(typed: "撤销导入"))
        guard let earlier = changed.flatMap(ID<ManualEntry>.init(rawValue:)) else { return true }
        try desk.insert(ManualEntry(batch.id(row.line, part: 2), again: try desk.find(earlier), because: "撤销导入，恢复原数", at: desk))
        return true
    }
}

extension ManualEntry {
    fileprivate init(_ id: ID<ManualEntry>, again earlier: ManualEntry, because reason: String, at desk: Desk) {
        self.init(id, indicator: earlier.indicator, in: earlier.region, over: earlier.period, amount: Int64(earlier.amount), evidence: earlier.evidence,
                  attachment: earlier.attachment, because: reason, by: desk.actor.name, at: desk.now)
    }
}

extension Term where Value == String {
    static var importedIndicator: Term<String> { Term("indicator", "指标", hint: "代码或目录里的名称") }
}
extension Term where Value == Month {
    static var importedFrom: Term<Month> { Term("from_month", "所属期起月", hint: "如 2024-06") }
    static var importedThrough: Term<Month> { Term("through_month", "所属期止月", hint: "只报一个月的不填") }
}
