import Kernel
import Storage
import Values

extension Set<Role> {
    /// Who answers for what a section or a township reports.
    static let figureReporters: Set<Role> = [.townshipClerk, .townshipReviewer, .countyReviewer, .countyApprover, .policyOfficer, .placeNameOfficer, .leader]
    /// Who keeps the catalogue.
    static let catalogueKeepers: Set<Role> = [.countyApprover, .policyOfficer, .leader]
}

/// 添加手工指标。A figure that no register counts yet gets its place in the catalogue: its name, unit and definition are said before a number is.
struct AddManualIndicator: Action {
    let id: ID<ManualSeries>
    let region: RegionCode
    let code: String
    let name: String
    let area: String
    let unit: String
    let scale: Int
    let nature: Indicator.Nature
    let definition: String
    let basis: String
    let words: LongText?

    static let title = "添加手工指标"
    static let guidance = "目录里没有、系统也还不能计算的指标，先在这里写清名称、单位和口径，再填报数值。添加后目录里所有人都能看到。"
    static let roles: Set<Role> = .catalogueKeepers
    static let subject = Subject<AddManualIndicator>.new(in: \.region)
    static let shape = Shape<AddManualIndicator> {
        Field(.newSeries, \.id)
        Field(.region, \.region)
        Field(.manualCode, \.code)
        Field(.indicatorName, \.name)
        Field(.indicatorArea, \.area)
        Field(.indicatorUnit, \.unit)
        Field(.indicatorScale, \.scale)
        Field(.indicatorNature, \.nature)
        Field(.indicatorDefinition, \.definition)
        Field(.indicatorBasis, \.basis)
        Field(.indicatorWords, \.words)
    }

    init(from reading: Reading<AddManualIndicator>) throws(Refusal) {
        id = try reading(.newSeries)
        region = try reading(.region)
        code = try reading(.manualCode)
        name = try reading(.indicatorName)
        area = try reading(.indicatorArea)
        unit = try reading(.indicatorUnit)
        scale = try reading(.indicatorScale)
        nature = try reading(.indicatorNature)
        definition = try reading(.indicatorDefinition)
        basis = try reading(.indicatorBasis)
        words = try reading(.indicatorWords)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields { ["region": .stored(reader.actor.region.stored), "scale": .stored(.integer(0))] }

    func perform(at desk: Desk) throws -> Outcome {
        guard code.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)*/) != nil, code.count <= 60 else {
            throw Refusal.invalid("代码用小写英文、数字和短横线，如 day-care-centres，不超过 60 字").at(["code"])
        }
        guard (0 ... 6).contains(scale) else { throw Refusal.invalid("小数位数应在 0 到 6 之间").at(["scale"]) }
        let book = try desk.indicatorBook(), whole = "manual.\(code)"
        guard book.find(whole) == nil else { throw Refusal.conflict("目录里已有代码为 \(whole) 的指标").at(["code"]) }
        if let same = book.all.first(where: { $0.name == name && $0.area == area }) { throw Refusal.conflict("目录里已有「\(same.name)」（\(same.code)）").at(["name"]) }
        try desk.insert(ManualSeries(self, code: whole, at: desk))
        return Outcome(id, "已添加手工指标「\(name)」，代码 \(whole)。下一步：填报数值", link: "/indicators/show/\(whole)")
    }
}

/// 填报数值。One amount for a span of months in one place, with what proves it. Entered again, it takes the place of the earlier one, which is kept.
struct EnterAmount: Action {
    let id: ID<ManualEntry>
    let indicator: String
    let region: RegionCode
    let from: Month
    let through: Month
    let amount: String
    let evidence: LongText
    let attachment: AttachmentReference?
    let reason: String?

    static let title = "填报数值"
    static let guidance = "填写所属期、数值和依据。本期数按月填报最好，也可以填季度、半年或全年合计，各期之间不能重叠；期末数两个月份都填期末所在月。填错了的，同一期再填一次并写明更正原因，原来的数保留。"
    static let roles: Set<Role> = .figureReporters
    static let subject = Subject<EnterAmount>.new(in: \.region)
    static let shape = Shape<EnterAmount> {
        Field(.newEntry, \.id)
        Field(.indicatorOf, \.indicator)
        Field(.region, \.region)
        Field(.entryFrom, \.from)
        Field(.entryThrough, \.through)
        Field(.entryTyped, \.amount)
        Field(.evidence, \.evidence)
        Field(.evidenceFile, \.attachment)
        Field(.correctionReason, \.reason)
    }

    init(from reading: Reading<EnterAmount>) throws(Refusal) {
        id = try reading(.newEntry)
        indicator = try reading(.indicatorOf)
        region = try reading(.region)
        from = try reading(.entryFrom)
        through = try reading(.entryThrough)
        amount = try reading(.entryTyped)
        evidence = try reading(.evidence)
        attachment = try reading(.evidenceFile)
        reason = try reading(.correctionReason)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields { ["region": .stored(reader.actor.region.stored)] }

    func perform(at desk: Desk) throws -> Outcome {
        let indicator = try manual(at: desk)
        try requirePeriod(of: indicator, at: desk)
        let value: Int64
        do { value = try indicator.unit.read(amount) } catch { throw error.at(["amount"]) }
        guard value >= 0 || indicator.unit.isMoney else { throw Refusal.invalid("这个指标不能为负数").at(["amount"]) }
        let earlier = try desk.first(ManualEntry.self, where: """
            indicator = \(self.indicator) AND region = \(region) AND from_month = \(from) AND through_month = \(through) AND retracted_at IS NULL
            """)
        if let earlier { try replace(earlier, by: value, of: indicator, at: desk) } else { try requireFree(indicator, at: desk) }
        try desk.insert(ManualEntry(self, amount: value, at: desk))
        let period = IndicatorPeriod(from, through: through).shown
        return Outcome(id, "\(indicator.name) \(period)已\(earlier == nil ? "填报" : "更正")为 \(indicator.unit.shown(value))", link: "\(indicator.link)?region=\(region.code)")
    }

    private func manual(at desk: Desk) throws -> Indicator {
        guard let indicator = try desk.indicatorBook().find(indicator) else { throw Refusal.absent("目录里没有「\(indicator)」，请核对指标代码").at(["indicator"]) }
        guard indicator.isManual else { throw Refusal.outOfOrder("「\(indicator.name)」由系统从登记中计算，不能填报；数不对的，请更正登记").at(["indicator"]) }
        return indicator
    }

    private func requirePeriod(of indicator: Indicator, at desk: Desk) throws(Refusal) {
        guard from <= through else { throw .invalid("所属期的起月不能晚于止月").at(["from_month"]) }
        guard through <= desk.today.monthOf else { throw .invalid("所属期不能晚于本月").at(["through_month"]) }
        guard indicator.nature == .flow || indicator.nature == .rate || from == through else {
            throw .invalid("\(indicator.nature.label)只说期末的情况，起止两个月份都填期末所在月").at(["from_month"])
        }
        guard from.months(until: through) < 12 else { throw .invalid("一次填报不超过十二个月").at(["from_month"]) }
    }

    private func replace(_ earlier: ManualEntry, by value: Int64, of indicator: Indicator, at desk: Desk) throws {
        let shown = indicator.unit.shown(Int64(earlier.amount))
        guard earlier.amount != Int(value) || earlier.evidence != evidence else { throw Refusal.conflict("这一期已填报为 \(shown)，与本次相同") }
        guard reason != nil else { throw Refusal.conflict("这一期已由\(earlier.enteredBy)填报为 \(shown)；确需更正的，请写明更正原因").at(["reason"]) }
        try desk.connection.run("UPDATE indicator_entry SET retracted_at = \(desk.now) WHERE id = \(earlier.id)")
    }

    /// Spans of one place don't overlap: the same thing would be counted twice.
    private func requireFree(_ indicator: Indicator, at desk: Desk) throws {
        guard indicator.nature == .flow else { return }
        let clash = try desk.first(ManualEntry.self, where: """
            indicator = \(self.indicator) AND region = \(region) AND from_month <= \(through) AND through_month >= \(from) AND retracted_at IS NULL ORDER BY from_month
            """)
        if let clash { throw Refusal.conflict("与已填报的\(clash.period.shown)重叠，会重复计算。请按相同的期间填报").at(["from_month"]) }
    }
}

extension ManualSeries {
    fileprivate init(_ act: AddManualIndicator, code: String, at desk: Desk) {
        id = act.id
        self.code = code
        name = act.name
        area = act.area
        unit = IndicatorUnit(act.unit, scale: act.scale)
        nature = act.nature
        definition = act.definition
        basis = act.basis
        words = act.words
        region = act.region
        addedBy = desk.actor.name
        addedOn = desk.today
    }
}

extension ManualEntry {
    fileprivate init(_ act: EnterAmount, amount: Int64, at desk: Desk) {
        id = act.id
        indicator = act.indicator
        region = act.region
        from = act.from
        through = act.through
        self.amount = Int(amount)
        evidence = act.evidence
        attachment = act.attachment
        reason = act.reason
        enteredBy = desk.actor.name
        knownAt = desk.now
        retractedAt = nil
    }
}

extension Term where Value == ID<ManualSeries> {
    static var newSeries: Term<ID<ManualSeries>> { Term("series", "指标编号", .made) }
}
extension Term where Value == ID<ManualEntry> {
    static var newEntry: Term<ID<ManualEntry>> { Term("entry", "填报编号", .made) }
}
extension Term where Value == String {
    static var manualCode: Term<String> { Term("code", "代码", hint: "小写英文、数字和短横线，如 day-care-centres；前面自动加 manual.") }
    static var entryTyped: Term<String> { Term("amount", "数值", hint: "按指标的单位填写，如 1010、819.89") }
}
