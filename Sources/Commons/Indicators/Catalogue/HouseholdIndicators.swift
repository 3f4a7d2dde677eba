import Kernel
import Storage

private let area = "人口与家庭", basis = "家庭登记；立户、迁移、分户、注销和成员变动办结后变动"
private let acts: Set<String> = ["people", "assistance", "exchange.enter-rows", "exchange.withdraw-rows"]
private let harmless: Set<String> = ["people.find-duplicates", "people.note-duplicates", "people.mark-distinct", "people.reveal-identifiers"]

@Sendable private func households(_ subjects: Statement) -> Statement? {
    """
    SELECT h.region FROM household AS h WHERE h.id IN (\(subjects))
    UNION SELECT f.former_region FROM former_residence AS f WHERE f.household_id IN (\(subjects))
    UNION SELECT h.region FROM household AS h JOIN membership AS m ON m.household_id = h.id WHERE m.person_id IN (\(subjects))
    """
}

private let standing = Tally.Register("households", "household AS h", region: "h.region", subject: "h.id", listing: ("people", "households"), watches: acts,
                                      ignores: harmless, places: households)
private let members = Tally.Register("household-members", "household AS h JOIN membership AS m ON m.household_id = h.id", region: "h.region", subject: "h.id",
                                     listing: ("people", "households"), watches: acts, ignores: harmless, places: households)

/// A household begins with its first member.
private let founded: Statement = "substr((SELECT min(m.from_on) FROM membership AS m WHERE m.household_id = h.id AND m.retracted_at IS NULL), 1, 7)"

/// 家庭指标。
let householdIndicators: [any Offer] = [
    Indicator("households.standing", "户数", area: area, unit: .households, .stock, definition: "月末在册的家庭，自第一名成员加入当月起计，注销当月起不计。", basis: basis,
              words: ["总户数", "家庭户数"], by: .residence,
              from: .counted(Tally(standing, Tally.Part(.spell(from: founded, until: .month(of: "h.dissolved_on")), where: "\(founded) IS NOT NULL", category: "h.area")))),
    Indicator("households.members", "家庭成员数", area: area, unit: .people, .stock, definition: "月末在册家庭的共同生活成员，离开当月起不计，按家庭所在地计。", basis: basis,
              words: ["户内人口"], by: .residence,
              from: .counted(Tally(members, Tally.Part(.spell(from: .month(of: "m.from_on"), until: .month(of: "m.until_on")), where: "m.retracted_at IS NULL",
                                                      category: "h.area")))),
    Indicator("households.size", "户均人口", area: area, unit: IndicatorUnit("人/户", scale: 2), .rate, definition: "月末家庭成员数除以户数。", basis: basis, words: ["平均每户人口"],
              by: .residence, from: .rate(of: "households.members", to: "households.standing", times: 100)),
    Indicator("households.dissolved", "注销家庭数", area: area, unit: .households, .flow, definition: "注销日期在期内的家庭。", basis: basis, words: ["销户数"], by: .residence,
              from: .counted(Tally(standing, Tally.Part(.month(.month(of: "h.dissolved_on")), where: "h.dissolved_on IS NOT NULL", category: "h.area")))),
]
