import Values

/// 年龄档。
enum ElderBand: String, CodeList {
    case eighty = "80", hundred = "100"
    var label: String { self == .eighty ? "起领年龄至 99 周岁" : "100 周岁及以上" }
}

/// 自何月起算。
enum ElderStart: String, CodeList {
    case birthdayMonth = "birthday-month", nextMonth = "next-month"
    var label: String { self == .birthdayMonth ? "满龄当月起" : "满龄次月起" }
}

/// 当地的规定，of one day and place.
struct ElderLaw: Hashable, Sendable {
    let from: Int
    let start: ElderStart
    let isDeathMonthPaid: Bool
    let rates: [ElderBand: Money]
}

/// 某月应发高龄津贴：by the age reached in the month (or before it, where the place begins with the next), until death.
///
/// Whole months, never by days. nil where nothing is due.
func elderDue(in month: Month, bornOn: CivilDate, diedOn: CivilDate?, under law: ElderLaw) -> Money? {
    if let diedOn {
        guard diedOn >= month.first else { return nil }
        if month.contains(diedOn), !law.isDeathMonthPaid { return nil }
    }
    let day = law.start == .birthdayMonth ? month.last : month.previous.last, age = bornOn.age(on: day)
    guard age >= law.from else { return nil }
    return law.rates[age >= 100 ? .hundred : .eighty]
}
