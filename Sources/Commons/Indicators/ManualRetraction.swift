import Kernel
import Pages
import Storage
import Values

/// 撤回的填报。Why an amount counts no more; the amount stays where it was.
public struct ManualRetraction: Placed {
    public let id: ID<ManualRetraction>
    public let entry: ID<ManualEntry>
    public let indicator: String
    public let region: RegionCode
    public let reason: LongText
    public let retractedBy: String
    public let retractedAt: Instant

    public static let table = "indicator_retraction"
    public static let title = "撤回的填报"
    public static let shape = Shape<ManualRetraction> {
        Field(.id, \.id)
        Field(.retractedEntry, \.entry)
        Field(.indicatorOf, \.indicator)
        Field(.region, \.region)
        Field(.retractionReason, \.reason)
        Field(.retractedBy, \.retractedBy)
        Field(.amountRetractedAt, \.retractedAt)
    }

    public init(from reading: Reading<ManualRetraction>) throws(Refusal) {
        id = try reading(.id)
        entry = try reading(.retractedEntry)
        indicator = try reading(.indicatorOf)
        region = try reading(.region)
        reason = try reading(.retractionReason)
        retractedBy = try reading(.retractedBy)
        retractedAt = try reading(.amountRetractedAt)
    }

    fileprivate init(_ id: ID<ManualRetraction>, of entry: ManualEntry, because reason: LongText, by name: String, at: Instant) {
        self.id = id
        self.entry = entry.id
        indicator = entry.indicator
        region = entry.region
        self.reason = reason
        retractedBy = name
        retractedAt = at
    }
}

/// 撤回填报。For an amount that should never have been entered, such as one for a wrong span: it counts no more, and stays to be read.
struct RetractAmount: Action {
    let entry: ID<ManualEntry>
    let retraction: ID<ManualRetraction>
    let reason: LongText

    static let title = "撤回填报"
    static let guidance = "填错了期间、区域或指标的，撤回后按正确的再填；只是数填错的，不用撤回，同一期再填一次即为更正。撤回的数不再计入，连同原因一直查得到。"
    static let roles: Set<Role> = .figureReporters
    static let subject = Subject<RetractAmount>.located("entry") { act, reader in
        let entry = try reader.find(act.entry)
        return Located(id: entry.id.text, region: entry.region)
    }
    static let shape = Shape<RetractAmount> {
        Field(.entryToRetract, \.entry)
        Field(.newRetraction, \.retraction)
        Field(.retractionReason, \.reason)
    }

    init(from reading: Reading<RetractAmount>) throws(Refusal) {
        entry = try reading(.entryToRetract)
        retraction = try reading(.newRetraction)
        reason = try reading(.retractionReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let entry = try desk.find(entry)
        guard entry.retractedAt == nil else { throw Refusal.outOfOrder("这笔填报已经更正或撤回，现在不计入，不用再撤") }
        try desk.retract(entry, as: retraction, because: reason)
        let indicator = try desk.indicatorBook().find(entry.indicator), shown = indicator?.unit.shown(Int64(entry.amount)) ?? "\(entry.amount)"
        return Outcome(entry.id, "\(indicator?.name ?? entry.indicator) \(entry.period.shown)的 \(shown)已撤回，不再计入。需要的，请按正确的期间再填",
                       link: "/indicators/show/\(entry.indicator)?region=\(entry.region.code)")
    }
}

extension Desk {
    func retract(_ entry: ManualEntry, as id: ID<ManualRetraction>, because reason: LongText) throws {
        try connection.run("UPDATE indicator_entry SET retracted_at = \(now) WHERE id = \(entry.id)")
        try insert(ManualRetraction(id, of: entry, because: reason, by: actor.name, at: now))
    }
}

/// The form says which amount it is about.
let retractForm = FormPage(RetractAmount.self) { visit in
    guard let id = visit.subject.flatMap(ID<ManualEntry>.init(rawValue:)) else { return FormLayout(sections: []) }
    let entry = try visit.reader.find(id)
    guard visit.reader.actor.covers(entry.region) else { throw Refusal.forbidden("这笔填报不在您的管辖范围内") }
    let indicator = try visit.reader.indicatorBook().find(entry.indicator)
    let facts = FactsView([
        .init("指标", indicator?.name ?? entry.indicator), .init("所属期", entry.period.shown), .init("区域", try visit.reader.placeName(entry.region)),
        .init("数值", indicator?.unit.shown(Int64(entry.amount)) ?? String(entry.amount)), .init("依据", entry.evidence.text), .init("填报", "\(entry.enteredBy) \(entry.knownAt.shown)"),
    ])
    return FormLayout(sections: [.init("撤回", fields: ["reason"])], preface: facts.markup)
}

extension Term where Value == ID<ManualEntry> {
    static var entryToRetract: Term<ID<ManualEntry>> { Term("entry", "填报", .carried) }
    static var retractedEntry: Term<ID<ManualEntry>> { Term("entry", "填报") }
}
extension Term where Value == ID<ManualRetraction> {
    static var newRetraction: Term<ID<ManualRetraction>> { Term("retraction", "撤回编号", .made) }
}
extension Term where Value == LongText {
    static var retractionReason: Term<LongText> { Term("reason", "撤回原因", hint: "错在哪里，如 季度合计填成了三月份") }
}
extension Term where Value == String {
    static var retractedBy: Term<String> { Term("retracted_by_name", "撤回人") }
}
extension Term where Value == Instant {
    static var amountRetractedAt: Term<Instant> { Term("retracted_at", "撤回时刻") }
}
