import Values

/// 办理期限的情形。
enum AllowanceLimit: String, CodeList {
    case county, countySpecial = "county-special", township, townshipSpecial = "township-special"

    var label: String {
        switch self {
        case .county: "县级确认"
        case .countySpecial: "县级确认，情况特殊"
        case .township: "委托乡镇（街道）确认"
        case .townshipSpecial: "委托乡镇（街道）确认，情况特殊"
        }
    }
}

extension AllowanceDeadlines {
    /// 受理至确认的时限。
    /// - Throws: `.gap` where the edition or the place has no limit for the whole.
    func whole(_ limit: AllowanceLimit) throws(Refusal) -> Ruled<Span> {
        switch limit {
        case .county: try whole.orGap("办理时限")
        case .countySpecial: try special.orGap("特殊情况的办理时限")
        case .township: try delegated.orGap("委托确认的办理时限")
        case .townshipSpecial: try delegatedSpecial.orGap("委托确认、特殊情况的办理时限")
        }
    }

    /// 办结日期：counted from the day after acceptance. Where a notice pauses the clock, its working days are added.
    ///
    /// - Parameter notice: the days the notice hung, from its first day until the day after its last.
    func due(
        accepted: CivilDate, _ limit: AllowanceLimit, notice: Range<CivilDate>? = nil, _ calendar: WorkCalendar
    ) throws(Refusal) -> Due {
        let span = try whole(limit).value
        guard noticePausesClock.value, let notice, case .workingDays(let days) = span else {
            return calendar.due(after: accepted, span)
        }
        let paused = calendar.workingDays(from: notice.lowerBound, until: notice.upperBound)
        return calendar.due(after: accepted, workingDays: days + paused)
    }
}
