import Kernel
import Storage
import Values

/// 一笔填报。One amount as it was brought, by a form or by a row of a table: both are held to the same rules.
struct AmountReport: Sendable {
    let indicator: String
    let region: RegionCode
    let from: Month
    let through: Month
    let amount: String
    let evidence: LongText
    let attachment: AttachmentReference?
    let reason: String?

    /// What the house makes of it.
    struct Judged {
        let indicator: Indicator
        /// In the unit's smallest part.
        let value: Int64
        /// What stands for the same span, and would be corrected.
        let earlier: ManualEntry?
    }

    /// - Throws: a refusal at the field that is wrong.
    func judged(in book: IndicatorBook, at reader: Reader) throws -> Judged {
        let indicator = try book.manual(indicator, otherwise: "不能填报；数不对的，请更正登记")
        try requirePeriod(of: indicator, on: reader.today)
        try requireOpen(indicator, at: reader)
        let value: Int64
        do { value = try indicator.unit.read(amount) } catch { throw error.at(["amount"]) }
        guard value >= 0 || indicator.unit.isMoney else { throw Refusal.invalid("这个指标不能为负数").at(["amount"]) }
        let earlier = try reader.first(ManualEntry.self, where: """
            indicator = \(indicator.code) AND region = \(region) AND from_month = \(from) AND through_month = \(through) AND retracted_at IS NULL
            """)
        if let earlier { try requireReason(to: earlier, value, indicator) } else { try requireFree(indicator, at: reader) }
        return Judged(indicator: indicator, value: value, earlier: earlier)
    }

    @discardableResult
    func enter(as id: ID<ManualEntry>, in book: IndicatorBook, at desk: Desk) throws -> Judged {
        let judged = try judged(in: book, at: desk)
        if let earlier = judged.earlier { try desk.connection.run("UPDATE indicator_entry SET retracted_at = \(desk.now) WHERE id = \(earlier.id)") }
        try desk.insert(ManualEntry(id, self, judged, by: desk.actor.name, at: desk.now))
        return judged
    }

    // MARK: Rules

    private func requirePeriod(of indicator: Indicator, on today: CivilDate) throws(Refusal) {
        guard from <= through else { throw .invalid("所属期的起月不能晚于止月").at(["from_month"]) }
        guard through <= today.monthOf else { throw .invalid("所属期不能晚于本月").at(["through_month"]) }
        guard indicator.nature == .flow || indicator.nature == .rate || from == through else {
            throw .invalid("\(indicator.nature.label)只说期末的情况，起止两个月份都填期末所在月").at(["from_month"])
        }
        guard from.months(until: through) < 12 else { throw .invalid("一次填报不超过十二个月").at(["from_month"]) }
    }

    private func requireOpen(_ indicator: Indicator, at reader: Reader) throws {
        guard let closing = try reader.closing(of: indicator.code, in: region), closing.lastMonth < through else { return }
        throw Refusal.outOfOrder("「\(indicator.name)」报到\(closing.lastMonth.shown)为止，之后已停报：\(closing.reason)。确需再报的，请先恢复填报").at(["through_month"])
    }

    private func requireReason(to earlier: ManualEntry, _ value: Int64, _ indicator: Indicator) throws(Refusal) {
        let shown = indicator.unit.shown(Int64(earlier.amount))
        guard earlier.amount != Int(value) || earlier.evidence != evidence else { throw .conflict("这一期已填报为 \(shown)，与本次相同") }
        guard reason != nil else { throw .conflict("这一期已由\(earlier.enteredBy)填报为 \(shown)；确需更正的，请写明更正原因").at(["reason"]) }
    }

    /// Spans of one place don't overlap: the same thing would be counted twice.
    private func requireFree(_ indicator: Indicator, at reader: Reader) throws {
        guard indicator.nature == .flow else { return }
        let clash = try reader.first(ManualEntry.self, where: """
            indicator = \(indicator.code) AND region = \(region) AND from_month <= \(through) AND through_month >= \(from) AND retracted_at IS NULL ORDER BY from_month
            """)
        guard let clash else { return }
        throw Refusal.conflict("与已填报的\(clash.period.shown)重叠，会重复计算。请按相同的期间填报；那一期填错了期间的，先撤回").at(["from_month"])
    }
}

extension AmountReport {
    init<Root>(from reading: Reading<Root>) throws(Refusal) {
        indicator = try reading(.indicatorOf)
        region = try reading(.region)
        from = try reading(.entryFrom)
        through = try reading(.entryThrough)
        amount = try reading(.entryTyped)
        evidence = try reading(.evidence)
        attachment = try reading(.evidenceFile)
        reason = try reading(.correctionReason)
    }

    var period: IndicatorPeriod { IndicatorPeriod(from, through: through) }
}

extension ManualEntry {
    fileprivate init(_ id: ID<ManualEntry>, _ report: AmountReport, _ judged: AmountReport.Judged, by name: String, at: Instant) {
        self.init(id, indicator: judged.indicator.code, in: report.region, over: report.period, amount: judged.value,
                  evidence: report.evidence, attachment: report.attachment, because: report.reason, by: name, at: at)
    }
}
