import Commons
import Kernel
import Storage
import Values

private let area = "社会救助", basis = "最低生活保障待遇；确认、复核、停发、更正等事项办结后变动"

/// Acts of this line; and what moves households, brings takeovers, reprices and puts right by way of others.
private let acts: Set<String> = ["assistance", "people", "exchange.enter-rows", "exchange.withdraw-rows", "notices", "rulings"]
private let harmless: Set<String> = [
    "people.find-duplicates", "people.note-duplicates", "people.mark-distinct", "people.reveal-identifiers", "people.register-person", "people.edit-person",
    "rulings.draft-ruling",
]

/// Households may have been carried elsewhere, with what they own.
@Sendable private func places(_ subjects: Statement) -> Statement? {
    """
    SELECT h.region FROM household AS h WHERE h.id IN (\(subjects))
    UNION SELECT f.former_region FROM former_residence AS f WHERE f.household_id IN (\(subjects))
    UNION SELECT a.region FROM allowance AS a WHERE a.id IN (\(subjects)) OR a.household_id IN (\(subjects))
    UNION SELECT a.region FROM application AS a WHERE a.id IN (\(subjects)) OR a.household_id IN (\(subjects))
    """
}

private func register(_ name: String, _ tables: Statement, subject: Statement = "a.id", listing: String) -> Tally.Register {
    Tally.Register(name, tables, region: "a.region", subject: subject, listing: ("assistance", listing), watches: acts, ignores: harmless, places: places)
}

private let periods = register("allowance-periods", "allowance AS a JOIN allowance_period AS d ON d.allowance_id = a.id", listing: "allowances")
private let members = register("allowance-members", "allowance AS a JOIN allowance_member AS m ON m.allowance_id = a.id", listing: "allowances")
private let reviews = register("allowance-reviews", "allowance AS a JOIN allowance_review AS r ON r.allowance_id = a.id", listing: "allowances")
private let applied = register("applications", "application AS a", listing: "applications")
private let visits = register("household-visits", "application AS a JOIN household_visit AS v ON v.application_id = a.id", listing: "applications")
private let decided = register("allowance-decisions", "application AS a JOIN decision AS d ON d.case_id = a.id", subject: "d.id", listing: "decisions")

private let standing: Statement = "d.retracted_at IS NULL AND d.monthly_fen > 0"

/// No paid period that stands joins this one on that side.
private func alone(_ side: Statement) -> Statement {
    """
    NOT EXISTS (SELECT 1 FROM allowance_period AS n WHERE n.allowance_id = a.id AND n.retracted_at IS NULL AND n.monthly_fen > 0 AND \(side))
    """
}

private func allowance(_ code: String, _ name: String, _ unit: IndicatorUnit, _ nature: Indicator.Nature, _ definition: String, words: [String], _ tally: Tally) -> Indicator {
    Indicator("assistance.\(code)", name, area: area, unit: unit, nature, definition: definition, basis: basis, words: words, by: .residence, from: .counted(tally))
}

private let paidSpell = Tally.Time.spell(from: "d.from_month", until: "d.until_month")
private let memberSpell = Tally.Time.spell(from: "m.from_month", until: "m.until_month")

/// 在保。
private let onRoster: [any Offer] = [
    allowance("households", "低保在保户数", .households, .stock, "月末有应发保障金的户，渐退期内的计入，停发当月起不计；按确认时的城乡分。",
              words: ["低保户数", "最低生活保障户数", "城乡低保户数", "在册低保对象户数"], Tally(periods, Tally.Part(paidSpell, where: standing, category: "a.area"))),
    allowance("people", "低保在保人数", .people, .stock, "月末在保障名单上的人，一人只在一户；按户的城乡分。", words: ["低保人数", "低保对象", "城乡低保人数", "在册低保对象"],
              Tally(members, Tally.Part(memberSpell, category: "a.area"))),
    allowance("monthly", "低保月保障金", .yuan, .stock, "月末当月应发的保障金合计，含分类施保；已付多少见发放指标。", words: ["月保障金总额", "低保月支出"],
              Tally(periods, Tally.Part(paidSpell, where: standing, category: "a.area", amount: "d.monthly_fen"))),
    Indicator("assistance.per-head", "低保月人均补差", area: area, unit: .monthlyYuan, .rate, definition: "月末低保月保障金除以低保在保人数。", basis: basis,
              words: ["人均补差", "月人均补助水平"], by: .residence, from: .rate(of: "assistance.monthly", to: "assistance.people", times: 1)),
    allowance("new-households", "低保新增户数", .households, .flow, "期内开始享受的户，按起保月计；停发后重新确认的再计一次。", words: ["新增低保户数", "低保新增"],
              Tally(periods, Tally.Part(.month("d.from_month"), where: "\(standing) AND \(alone("n.until_month = d.from_month"))", category: "a.area"))),
    allowance("new-people", "低保新增人数", .people, .flow, "期内进入保障名单的人，含原有户新添的，按进入月计。", words: ["新增低保人数", "低保新增"],
              Tally(members, Tally.Part(.month("m.from_month"), where: "(m.until_month IS NULL OR m.until_month > m.from_month)", category: "a.area"))),
    allowance("stopped-households", "低保停发户数", .households, .flow, "期内停止享受的户，按第一个不再发放的月计。", words: ["停发低保户数", "低保停发", "退出低保户数"],
              Tally(periods, Tally.Part(.month("d.until_month"), where: "\(standing) AND d.until_month IS NOT NULL AND \(alone("n.from_month = d.until_month"))",
                                        category: "a.area"))),
    allowance("stopped-people", "低保停发人数", .people, .flow, "期内离开保障名单的人，含户内减员，按第一个不再享受的月计。", words: ["停发低保人数", "低保停发", "退出低保人数"],
              Tally(members, Tally.Part(.month("m.until_month"), where: "m.until_month > m.from_month", category: "a.area"))),
    allowance("reviews", "低保复核次数", .times, .flow, "期内完成的定期复核，一户一次计一次。", words: ["复核低保对象", "动态管理复核"],
              Tally(reviews, Tally.Part(.month(.month(of: "r.reviewed_on")), category: "a.area"))),
]

/// 办件。
private let handled: [any Offer] = [
    allowance("applied", "低保申请件数", .cases, .flow, "期内提出的申请，含后来补正、撤回的。", words: ["低保申请"], Tally(applied, Tally.Part(.month(.month(of: "a.applied_on")), category: "a.area"))),
    allowance("accepted", "低保受理件数", .cases, .flow, "期内受理的申请，按受理日计。", words: ["受理低保申请"],
              Tally(applied, Tally.Part(.month(.month(of: "a.accepted_on")), where: "a.accepted_on IS NOT NULL", category: "a.area"))),
    allowance("visits", "低保入户调查次数", .times, .flow, "期内完成的申请入户调查。", words: ["入户调查"], Tally(visits, Tally.Part(.month(.month(of: "v.visited_on")), category: "a.area"))),
    allowance("confirmed", "低保确认件数", .cases, .flow, "期内予以确认的申请，按决定日计。", words: ["确认低保", "审批通过低保"],
              Tally(decided, Tally.Part(.month(.month(of: "d.decided_on")), where: "d.kind = 'confirmed'", category: "a.area"))),
    allowance("refused", "低保不予确认件数", .cases, .flow, "期内不予确认的申请，按决定日计。", words: ["不予确认"],
              Tally(decided, Tally.Part(.month(.month(of: "d.decided_on")), where: "d.kind = 'refused'", category: "a.area"))),
    allowance("decided", "低保办结件数", .cases, .flow, "期内作出确认或不予确认决定的申请，按决定日计；撤回、终止的不计。", words: ["办结低保申请"], Tally(decided, decisionPart("1"))),
    allowance("handling-days", "低保办理总天数", IndicatorUnit("天"), .flow, "期内办结的申请从受理到决定的日历天数合计，含依法暂停的天数。", words: [],
              Tally(decided, decisionPart("\(Statement.dayNumber("d.decided_on")) - \(Statement.dayNumber("a.accepted_on"))"))),
    Indicator("assistance.mean-days", "低保平均办理时限", area: area, unit: .days, .rate, definition: "低保办理总天数除以办结件数，日历天，不扣除依法暂停的天数。", basis: basis,
              words: ["平均办理天数", "平均审批时限"], by: .residence, from: .rate(of: "assistance.handling-days", to: "assistance.decided", times: 10)),
    Indicator("assistance.confirmed-share", "低保确认率", area: area, unit: .percent, .rate, definition: "确认件数除以办结件数。", basis: basis, words: ["审批通过率"], by: .residence,
              from: .rate(of: "assistance.confirmed", to: "assistance.decided", times: 10_000)),
]

private func decisionPart(_ amount: Statement) -> Tally.Part {
    Tally.Part(.month(.month(of: "d.decided_on")), where: "d.kind IN ('confirmed', 'refused') AND a.accepted_on IS NOT NULL", category: "a.area", amount: amount)
}

/// 标准。
private let standards: [any Offer] = [
    Indicator("assistance.standard-urban", "城市最低生活保障标准", area: area, unit: .monthlyYuan, .standard, definition: "本级公布、月末执行的城市低保标准，元/人/月。", basis: "已发布的规则",
              words: ["城市低保标准", "城镇低保标准"], from: .ruled { day, region, reader in try reader.rulings(on: day, in: region).find(monthlyStandard, "urban")?.value.fen }),
    Indicator("assistance.standard-rural", "农村最低生活保障标准", area: area, unit: .yearlyYuan, .standard, definition: "本级公布、月末执行的农村低保标准，元/人/年；按月公布的乘以十二。",
              basis: "已发布的规则", words: ["农村低保标准"], from: .ruled { day, region, reader in
                  let book = reader.rulings(on: day, in: region)
                  if let yearly = try book.find(yearlyStandard, "rural") { return yearly.value.fen }
                  return try book.find(monthlyStandard, "rural").map { $0.value.fen * 12 }
              }),
]

let assistanceIndicators = onRoster + handled + standards
    + Indicator.payments(of: "'minimum-living'", line: "assistance", title: "低保金", area: area, words: ["最低生活保障金", "低保资金", "发放低保金"])
