import Commons
import Values

/// 一个人的生卒。
struct Life: Sendable {
    let member: Family.Member
    let bornOn: CivilDate
    var diedOn: CivilDate?

    init(member: Family.Member, bornOn: CivilDate, diedOn: CivilDate? = nil) { (self.member, self.bornOn, self.diedOn) = (member, bornOn, diedOn) }
}

/// 出生和死亡。Spread over the households as they are settled, so that each year's number comes out exactly when everybody has a home.
///
/// Who died before the city was counted isn't among those counted; who dies or is born afterwards changes nothing of that day.
struct Lives: Sendable {
    /// One year, or the part of it that is over: how many die in it.
    private struct Year: Sendable {
        let first: CivilDate, days: Int, deaths: Int
        var died = 0
    }

    private let residents: Int, countedOn: CivilDate, today: CivilDate, births: Int
    private var years: [Year]
    private var born = 0
    /// Persons beyond those who were counted.
    private(set) var added = 0

    init(residents: Int, countedOn: CivilDate, today: CivilDate) {
        (self.residents, self.countedOn, self.today) = (residents, countedOn, today)
        // 0.74 % of the residents a year: as many as the youngest band of ages has.
        births = residents * 74 / 10_000 * countedOn.days(until: today) / 365
        let scale = Calibration(scale: Double(residents) / Ages.residents)
        years = today.year < Calibration.firstYearOfDeaths ? [] : (Calibration.firstYearOfDeaths ... today.year).map { year in
            let first = CivilDate(written: year, 1, 1), days = first.days(until: min(today, CivilDate(written: year, 12, 31))) + 1
            // A little fewer the year before, and a little more each year after.
            let deaths = scale.scaled(Calibration.deaths + (year - Calibration.year) * 37)
            return Year(first: first, days: days, deaths: deaths * days / (days > 364 ? days : 365))
        }
    }

    /// - Parameter settled: how many of those counted have a home by now.
    mutating func live(_ lives: inout [Life], settled: Int, _ dice: inout Dice) {
        for index in years.indices {
            while years[index].died < years[index].deaths * settled / max(1, residents) {
                guard die(years[index], &lives, &dice) else { break }
                years[index].died += 1
            }
        }
        if born < births * settled / max(1, residents), let child = child(of: lives, &dice) {
            lives.append(child)
            (born, added) = (born + 1, added + 1)
        }
    }

    // MARK: Deaths

    /// - Returns: whether there was somebody.
    private mutating func die(_ year: Year, _ lives: inout [Life], _ dice: inout Dice) -> Bool {
        let day = year.first.adding(days: dice.below(year.days))
        guard year.first > countedOn else {
            guard day <= countedOn, let head = lives.first else { return false }
            lives.append(forebear(of: head, diedOn: day, &dice))
            added += 1
            return true
        }
        guard let place = lives.indices.last(where: { $0 > 0 && lives[$0].diedOn == nil && lives[$0].bornOn.age(on: day) >= 60 }) else { return false }
        lives[place].diedOn = day
        return true
    }

    /// A father or mother, or a brother or sister of somebody old.
    private func forebear(of head: Life, diedOn day: CivilDate, _ dice: inout Dice) -> Life {
        let age = head.member.age, isOld = age >= 68
        let old = isOld ? max(60, age - 6 + dice.below(12)) : max(45, age + 20 + dice.below(14))
        let member = Family.Member(age: min(old, 104), sex: dice.anySex(), relation: isOld ? .sibling : .parent)
        return Life(member: member, bornOn: Numbers.birthday(of: member.age, on: day, &dice), diedOn: day)
    }

    // MARK: Births

    private func child(of lives: [Life], _ dice: inout Dice) -> Life? {
        let couple = lives.filter { $0.member.relation == .head || $0.member.relation == .spouse }
        guard couple.count == 2, lives.count < 6, let younger = couple.map(\.member.age).min(), (21 ... 40).contains(younger) else { return nil }
        let sex = dice.anySex(), born = countedOn.adding(days: 1 + dice.below(max(1, countedOn.days(until: today))))
        return Life(member: .init(age: 0, sex: sex, relation: sex == .male ? .son : .daughter), bornOn: born)
    }
}
