import Commons
import Kernel
import Storage
import Values

/// 高龄津贴的发放：by person, to his own account; born before the least age that any place pays, registered here, alive at the start of the month.
let elderPayment = PaidProgramme(
    "elder-allowance", "高龄津贴", department: "民政部门", basis: .person, fundShare: elderFundShare, settlesDeath: true,
    stream: { month, region in
        """
        SELECT q.id AS subject, q.id AS person_id, q.id AS payee_id, q.region AS region, CAST(NULL AS BIGINT) AS amount_fen
        FROM person AS q
        WHERE q.merged_into IS NULL AND q.born_on <= \(latestBirth(month)) AND \(isOldEnough(month))
          AND (q.died_on IS NULL OR q.died_on >= \(month.first)) AND \(Reader.within("q.region", region))
        """
    },
    changed: { since, region in
        """
        SELECT q.id AS subject FROM person AS q WHERE q.born_on <= \(latestBirth(since.date.monthOf.next)) AND \(Reader.within("q.region", region))
          AND (q.id > \(ID<Person>(at: since, random: [UInt8](repeating: 0, count: 10)))
               OR EXISTS (SELECT 1 FROM person_version AS v WHERE v.person_id = q.id AND v.retracted_at > \(since))
               OR EXISTS (SELECT 1 FROM ruling AS g WHERE g.policy IN (\(elderLawPolicies)) AND g.published_at > \(since) AND g.from_on <= \(since.date.monthOf.first)))
        """
    },
    reckoning: { month, reader in
        // A slice has many people and few places: the law of a place is read once.
        var laws: [RegionCode: ElderLaw?] = [:]
        return { subject in
            guard let person = subject.covered.first else { return nil }
            let law: ElderLaw?
            if let known = laws[subject.region] { law = known } else {
                law = try reader.elderLaw(in: month, subject.region)
                laws[subject.region] = .some(law)
            }
            return law.flatMap { elderDue(in: month, bornOn: person.bornOn, diedOn: person.diedOn, under: $0) }
        }
    },
    explain: { subject, month, reader in
        guard let id = ID<Person>(rawValue: subject) else { return [] }
        let person = try reader.standing(id), age = person.bornOn.age(on: month.last)
        guard let rate = try reader.rulings(on: month.first, in: person.region).find(elderRate, age >= 100 ? ElderBand.hundred : ElderBand.eighty) else { return [] }
        return ["\(month.shown)满 \(age) 周岁，标准每月 \(rate.value.shown)（\(rate.cite)）。"]
    })

/// Published late, they change months that were paid: everybody is looked at again.
private let elderLawPolicies = [elderRate.name, elderAge.name, elderStart.name, deathMonth.name].map { "\($0)" as Statement }.joined(", ")

/// Whoever may be old enough in a month in any place that begins at sixty or later.
private func latestBirth(_ month: Month) -> CivilDate { month.last.adding(years: -60) }

/// By the year of birth, and the least age that was ever published anywhere: the rule itself looks at the day and the place.
private func isOldEnough(_ month: Month) -> Statement {
    """
    CAST(substr(q.born_on, 1, 4) AS BIGINT) + (SELECT min(CAST(g.value AS BIGINT)) FROM ruling AS g WHERE g.policy = \(elderAge.name) AND g.published_at IS NOT NULL)
        <= \(month.year)
    """
}
