import Values

/// 首个发放月。
///
/// 《最低生活保障审核确认办法》第二十一条：自作出确认决定之日下月起发放。
func firstBenefitMonth(decided: CivilDate, applied: CivilDate, _ rule: StartRule) -> Month {
    switch rule {
    case .nextMonthAfterDecision: decided.monthOf.next
    case .decisionMonth: decided.monthOf
    case .applicationMonth: applied.monthOf
    }
}

/// 停发或者调整月：the first month that is no longer paid as before.
func stopMonth(event: CivilDate, decided: CivilDate, _ rule: StopRule) -> Month {
    switch rule {
    case .nextMonthAfterEvent: event.monthOf.next
    case .eventMonth: event.monthOf
    case .nextMonthAfterDecision: decided.monthOf.next
    }
}

/// 某月应发金额。
struct MonthlyAmount: Hashable, Sendable {
    let month: Month
    let amount: Money
}

/// 渐退期发放计划：shares of the old allowance month by month, each rounded; nothing is due after the last.
///
/// 《最低生活保障审核确认办法》第三十三条，民发〔2022〕83号。Only for income risen by a member's employment.
func gradualExit(
    _ schedule: GradualExit, of oldAmount: Money, from first: Month, rounding: Rounding = .fen
) -> [MonthlyAmount] {
    schedule.shares.enumerated().map { index, share in
        MonthlyAmount(month: first.adding(index), amount: oldAmount.multiplied(by: share, rounding: rounding))
    }
}
