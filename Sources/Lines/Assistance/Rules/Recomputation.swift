import Values

/// 某月差额：what was paid and what was due.
struct MonthDifference: Hashable, Sendable {
    let month: Month
    let paid: Money
    let due: Money

    /// 多发金额；negative means too little was paid and is made up.
    var overpaid: Money { paid - due }
}

/// 重新核定后的逐月差额：from the month the change takes effect until the system was brought up to date.
///
/// - Parameters:
///   - effective: the first month the new amount is due, as `stopMonth` gives it.
///   - known: the first month already paid correctly; nothing differs from there on.
func recomputation(before: Money, after: Money, effective: Month, known: Month) -> [MonthDifference] {
    guard effective < known else { return [] }
    return (0..<effective.months(until: known)).map {
        MonthDifference(month: effective.adding($0), paid: before, due: after)
    }
}

/// 逐月差额：after `event`, under the place's stop rule.
func recomputation(
    before: Money, after: Money, event: CivilDate, decided: CivilDate, known: Month, _ rule: StopRule
) -> [MonthDifference] {
    recomputation(before: before, after: after, effective: stopMonth(event: event, decided: decided, rule), known: known)
}

extension [MonthDifference] {
    /// 合计多发；negative: to be made up.
    var overpaid: Money { reduce(.zero) { $0 + $1.overpaid } }
}

/// 死亡变更的办结期限：a member's death is reviewed and settled within three months (民发〔2022〕83号).
func deathReviewDue(_ death: CivilDate) -> CivilDate { death.adding(months: 3) }
