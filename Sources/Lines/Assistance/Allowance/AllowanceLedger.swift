import Commons
import Kernel
import Storage
import Values

/// 待遇账。What is due month by month, kept with two clocks: what was known before is retracted, never overwritten.
extension Reader {
    /// Periods as known now, earliest first.
    func periods(of allowance: ID<Allowance>) throws -> [AllowancePeriod] {
        try all(AllowancePeriod.self, where: "allowance_id = \(allowance) AND retracted_at IS NULL ORDER BY from_month, id")
    }

    /// 某月应发; zero when nothing is due.
    func due(_ allowance: ID<Allowance>, in month: Month) throws -> Money {
        try periods(of: allowance).first { $0.covers(month) }?.monthly ?? .zero
    }

    func roster(of allowance: ID<Allowance>) throws -> [AllowanceMember] {
        try all(AllowanceMember.self, where: "allowance_id = \(allowance) AND until_month IS NULL ORDER BY id")
    }

    func reviews(of allowance: ID<Allowance>) throws -> [AllowanceReview] {
        try all(AllowanceReview.self, where: "allowance_id = \(allowance) ORDER BY reviewed_on, id")
    }

    /// 各月应发金额：facts as they were judged, the rulings of each month, merged where the amount stays.
    ///
    /// - Throws: `.ineligible` when a month's rulings no longer admit the household.
    func amounts(_ declaration: Declaration, in region: RegionCode, from first: Month, through last: Month) throws -> [MonthSegment] {
        var segments: [MonthSegment] = []
        var month = first
        while month <= last {
            let law = try lawOn(month.first, region, Residence(declaration.area), self, edition: Edition.inForce(on: declaration.asOf))
            let assessment = try declaration.declaredHousehold.assessed(under: law, on: declaration.asOf)
            guard assessment.decision.isApproval else { throw Refusal.ineligible("\(month.shown)起按规定\(assessment.decision.label)：\(assessment.grounds)") }
            if segments.last?.assessment.monthly != assessment.monthly { segments.append(MonthSegment(from: month, assessment: assessment)) }
            month = month.next
        }
        return segments
    }
}

/// Months of one amount.
struct MonthSegment {
    let from: Month
    let assessment: Assessment
}

extension Assessment {
    /// Every ground in one sentence.
    var grounds: String { reasons.map(\.sentence).joined(separator: "；") }
}

extension Desk {
    /// Pays these amounts from the first of the months on, in place of whatever was known for them.
    /// - Parameter until: the first month after the last segment; nil: it runs on.
    func pay(_ allowance: ID<Allowance>, _ segments: [(from: Month, monthly: Money)], until: Month? = nil, by decision: ID<Decision>?) throws {
        guard let first = segments.first?.from else { return }
        try cut(allowance, from: first)
        for (index, segment) in segments.enumerated() {
            let end = index + 1 < segments.count ? segments[index + 1].from : until
            try insert(AllowancePeriod(id: makeID(), allowance: allowance, monthly: segment.monthly, from: segment.from, until: end, decision: decision, knownAt: now))
        }
    }

    /// Nothing known so far holds from this month on.
    func cut(_ allowance: ID<Allowance>, from month: Month) throws {
        for period in try periods(of: allowance) where period.until.map({ $0 > month }) ?? true {
            try connection.run("UPDATE allowance_period SET retracted_at = \(now) WHERE id = \(period.id)")
            guard period.from < month else { continue }
            try insert(AllowancePeriod(id: makeID(), allowance: allowance, monthly: period.monthly, from: period.from, until: month, decision: period.decision, knownAt: now))
        }
    }

    /// Brings the roster to those who count now.
    func enroll(_ people: [ID<Person>], in allowance: ID<Allowance>, from month: Month) throws {
        let known = try roster(of: allowance)
        for var member in known where !people.contains(member.person) {
            member.until = max(month, member.from)
            try update(member)
        }
        for person in people where !known.contains(where: { $0.person == person }) {
            if let number = try runningAllowance(of: person) {
                throw Refusal.conflict("\(try find(person).name.shown)已在享受最低生活保障，编号 \(number)，不能重复享受。请先在该户办理变更")
            }
            try insert(AllowanceMember(id: makeID(), allowance: allowance, person: person, from: month))
        }
    }

    /// 逐月差额：what was due as known before, against what is due now, up to this month.
    func differences(_ before: [AllowancePeriod], from month: Month, _ due: (Month) -> Money) -> [MonthDifference] {
        guard month <= today.monthOf else { return [] }
        return (0 ... month.months(until: today.monthOf)).map { month.adding($0) }.map { month in
            MonthDifference(month: month, paid: before.first { $0.covers(month) }?.monthly ?? .zero, due: due(month))
        }.filter { $0.paid != $0.due }
    }
}

extension [MonthDifference] {
    /// As lines of the sheet, after so many others; what they come to closes them.
    func entries(after count: Int) -> [LineEntry] {
        guard let first, let last else { return [] }
        let span = first.month == last.month ? first.month.shown : "\(first.month.shown)至\(last.month.shown)"
        let total = LineEntry(count + self.count + 1, SheetLine(.note, LineEntry.differenceTotal, "\(span)，\(sum)"))
        return enumerated().map { index, difference in
            LineEntry(count + index + 1, SheetLine(.note, "\(difference.month.shown)差额", "已核定 \(difference.paid.shown)，应为 \(difference.due.shown)"))
        } + [total]
    }

    private var sum: String {
        guard overpaid != .zero else { return "各月多发、少发相抵" }
        return overpaid > .zero ? "此前多发 \(overpaid.shown)" : "应补发 \((-overpaid).shown)"
    }

    /// 「应补发 14.00 元」; empty where nothing differs.
    var told: String {
        isEmpty ? "" : "\(sum)。"
    }
}
