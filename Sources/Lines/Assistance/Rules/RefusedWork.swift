import Values

/// 无正当理由拒绝就业后的金额。
struct RefusedWorkShare: Hashable, Sendable {
    /// 停发的本人份额。
    let stopped: Money
    /// 家庭继续享受的月保障金。
    let remaining: Money
}

/// 拒绝就业：the member's own share stops, an equal part of the household's allowance rounded down to the 分.
///
/// 《最低生活保障审核确认办法》第三十四条：连续三次拒绝接受介绍的与其健康状况、劳动能力等相适应的工作。
/// - Throws: `.ineligible` below the limit, or for somebody who is not able to work.
func refusedWorkShare(
    of monthly: Money, members: Int, ableToWork: Bool, consecutiveRefusals: Int, limit: Ruled<Int>
) throws(Refusal) -> RefusedWorkShare {
    guard ableToWork else {
        throw .ineligible("该成员没有劳动能力，不能因未就业减发或者停发，请核对劳动能力", basis: limit.source)
    }
    guard consecutiveRefusals >= limit.value else {
        throw .ineligible("连续无正当理由拒绝就业 \(consecutiveRefusals) 次，未满 \(limit.value) 次，不能停发", basis: limit.source)
    }
    let stopped = monthly.share(among: members)
    return RefusedWorkShare(stopped: stopped, remaining: monthly - stopped)
}
