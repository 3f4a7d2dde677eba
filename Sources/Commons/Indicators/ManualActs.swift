import Kernel
import Pages
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
        try requireDistinct(in: book)
        try desk.insert(ManualSeries(self, code: whole, at: desk))
        return Outcome(id, "已添加手工指标「\(name)」，代码 \(whole)。下一步：填报数值", link: "/indicators/show/\(whole)")
    }
}

extension AddManualIndicator {
    /// Whoever reads a plan or a summary tells figures apart by their names and words alone: in the whole catalogue each means one.
    private func requireDistinct(in book: IndicatorBook) throws(Refusal) {
        if let same = book.bearer(of: name) {
            throw Refusal.conflict("目录里已有「\(same.name)」（\(same.code)，\(same.area)）\(same.name == name ? "" : "也叫「\(name)」")，请换一个能区分的名称，如「\(area)\(name)」；是同一个指标的，直接填报").at(["name"])
        }
        for word in words?.spokenWords ?? [] {
            guard let same = book.bearer(of: word) else { continue }
            throw Refusal.conflict("别名「\(word)」已指「\(same.name)」（\(same.code)，\(same.area)），请换一个或去掉").at(["words"])
        }
    }
}

/// 填报数值。One amount for a span of months in one place, with what proves it. Entered again, it takes the place of the earlier one, which is kept.
struct EnterAmount: Action {
    let id: ID<ManualEntry>
    let report: AmountReport

    static let title = "填报数值"
    static let guidance = "填写所属期、数值和依据。本期数按月填报最好，也可以填季度、半年或全年合计，各期之间不能重叠；期末数两个月份都填期末所在月。填错了的，同一期再填一次并写明更正原因，原来的数保留。"
    static let roles: Set<Role> = .figureReporters
    static let subject = Subject<EnterAmount>.new(in: \.report.region)
    static let shape = Shape<EnterAmount> {
        Field(.newEntry, \.id)
        Field(.indicatorOf, \.report.indicator)
        Field(.region, \.report.region)
        Field(.entryFrom, \.report.from)
        Field(.entryThrough, \.report.through)
        Field(.entryTyped, \.report.amount)
        Field(.evidence, \.report.evidence)
        Field(.evidenceFile, \.report.attachment)
        Field(.correctionReason, \.report.reason)
    }

    init(from reading: Reading<EnterAmount>) throws(Refusal) {
        id = try reading(.newEntry)
        report = try AmountReport(from: reading)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields { ["region": .stored(reader.actor.region.stored)] }

    func perform(at desk: Desk) throws -> Outcome {
        let entered = try report.enter(as: id, in: try desk.indicatorBook(), at: desk), indicator = entered.indicator
        let period = report.period.shown
        return Outcome(id, "\(indicator.name) \(period)已\(entered.earlier == nil ? "填报" : "更正")为 \(indicator.unit.shown(entered.value))",
                       link: "\(indicator.link)?region=\(report.region.code)")
    }
}

/// The form says what is counted, in which unit, and what was reported last.
let enterForm = FormPage(EnterAmount.self) { visit in
    guard let code = visit.values.text("indicator"), let indicator = try visit.reader.indicatorBook().find(code), indicator.isManual else { return FormLayout(sections: []) }
    let place = visit.values.text("region").flatMap { try? RegionCode($0) } ?? visit.reader.actor.region
    let last = visit.reader.actor.covers(place) ? try visit.reader.first(ManualEntry.self, where: """
        indicator = \(code) AND region = \(place) AND retracted_at IS NULL ORDER BY through_month DESC, from_month DESC
        """) : nil
    return FormLayout(sections: [], preface: FactsView([
        .init("指标", indicator.name), .init("单位", indicator.unit.name), .init("性质", indicator.nature.label), .init("口径", indicator.definition),
        .init("最近填报", last.map { .text("\($0.period.shown) \(indicator.unit.shown(Int64($0.amount)))，\($0.enteredBy)") } ?? .absent),
    ]).markup)
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
