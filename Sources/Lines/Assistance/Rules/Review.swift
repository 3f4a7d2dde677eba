import Values

/// 下次复核月：the month of the last review and the interval of the household's class.
///
/// 《最低生活保障审核确认办法》第三十一条：收入稳定的每年一次，不稳定、有劳动能力的每半年一次；按类别的间隔由当地规定。
/// - Throws: `.gap` when the place has no interval for the class.
func reviewDue(_ group: HouseholdClass, last: Month, under law: AllowanceLaw) throws(Refusal) -> Month {
    let ruled = try law.reviewMonths.orGap("复核间隔")
    guard let months = ruled.value[group], months > 0 else {
        throw .gap("当地没有 \(group.rawValue) 类家庭的复核间隔，请由政策管理员补录并发布后再办理")
    }
    return last.adding(months)
}
