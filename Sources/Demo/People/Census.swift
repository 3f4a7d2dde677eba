import Commons
import Cryptography
import Kernel
import Storage
import Values

/// 人口登记。Settles everybody, one community a transaction: never more than one community is held in memory.
///
/// Everybody has the age of the day on which the city is counted; who died before, and who was born or died since, comes on top.
struct Census: Sendable {
    private let plan: CityPlan
    private let countedOn: CivilDate
    private var course: Lives
    private let keyring: Keyring
    private let registeredAt = Instant(startOf: .init(written: 2020, 1, 1))
    private var dice: Dice
    private var families: Families
    private var numbers = Numbers()
    private var people = 0
    private var households = 0

    init(_ plan: CityPlan, ages: Ages, today: CivilDate, keyring: Keyring, _ dice: Dice) {
        self.plan = plan
        countedOn = min(today, Calibration.countedOn)
        course = Lives(residents: ages.total, countedOn: countedOn, today: today)
        self.keyring = keyring
        self.dice = dice
        families = Families(ages)
    }

    func settle(in database: any Database, _ progress: @Sendable (String, Int, Int) -> Void) async throws -> (people: Int, households: Int, dice: Dice) {
        var census = self
        let total = families.ages.total
        var weight = plan.communities.reduce(0) { $0 + $1.weight }
        for community in plan.communities {
            let quota = (total - census.people) * community.weight / weight
            weight -= community.weight
            census = try await database.bulk { [census, isLast = weight == 0] connection in
                var census = census
                try census.settle(community, quota, isLast, on: connection)
                return census
            }
            progress("登记居民", census.people, total)
        }
        return (census.people + census.course.added, census.households, census.dice)
    }

    private mutating func settle(_ community: CityPlan.Community, _ quota: Int, _ isLast: Bool, on connection: any Connection) throws {
        var batch = Batch()
        let goal = people + quota
        while people < goal || isLast, let family = families.next(&dice) { try house(family, in: community, &batch) }
        try connection.insertAll(batch.people)
        try connection.insertAll(batch.households)
        try connection.insertAll(batch.memberships)
        for person in batch.people {
            let words = [person.name.text, Pinyin.initials(of: person.name.text)].flatMap(SearchWords.of)
            try connection.index(person.id.text, words: words, in: "person_search")
            if let address = person.address { try connection.index(person.id.text, words: SearchWords.of(address), in: "person_address_search") }
        }
    }

    /// What one community brings.
    private struct Batch {
        var people: [Person] = []
        var households: [Household] = []
        var memberships: [Membership] = []
    }

    private mutating func house(_ family: Family, in community: CityPlan.Community, _ batch: inout Batch) throws {
        let surname = Names.surname(&dice), address = address(in: community)
        var lives = family.members.map { Life(member: $0, bornOn: Numbers.birthday(of: $0.age, on: countedOn, &dice)) }
        people += lives.count
        course.live(&lives, settled: people, &dice)
        let members = try lives.map { try person($0, surname, community.code, $0.member.relation == .head ? address : nil) }
        guard let head = members.first else { return }
        let household = Household(id: id(), head: head.id, region: community.code, area: community.area, address: address)
        batch.households.append(household)
        batch.people += members
        for (life, person) in zip(lives, members) {
            let from = max(person.bornOn, CivilDate(written: 2010, 1, 1)), until = person.diedOn.map { $0.adding(days: 1) }
            batch.memberships.append(Membership(id: id(), household: household.id, person: person.id, relation: life.member.relation, from: from, until: until,
                                                endReason: until == nil ? nil : .died, knownAt: registeredAt))
        }
        households += 1
    }

    private mutating func person(_ life: Life, _ surname: String, _ region: RegionCode, _ address: String?) throws -> Person {
        let member = life.member, born = life.bornOn
        let number = try numbers.next(born: born, member.sex, &dice)
        let marriedIn = member.relation == .spouse || member.relation == .parent && member.sex == .female
        let name = Names.name(marriedIn ? Names.surname(&dice) : surname, &dice)
        let phone = member.age >= 16 && life.diedOn == nil && dice.chance(85) ? try Numbers.phone(&dice) : nil
        return Person(id: id(), name: try PersonName(typed: name), sex: member.sex, bornOn: born, residentID: try keyring.seal(number),
                      residentIndex: try keyring.index(number), phone: try phone.map(keyring.seal), region: region, address: address,
                      diedOn: life.diedOn, phoneIndex: try phone.map(keyring.index))
    }

    /// 楼栋单元室 in town, 组和户 in the country.
    private mutating func address(in community: CityPlan.Community) -> String {
        switch community.area {
        case .urban: "\(community.name)\(1 + dice.below(30))栋\(1 + dice.below(4))单元\(1 + dice.below(18))0\(1 + dice.below(4))室"
        case .rural: "\(community.name)\(1 + dice.below(12))组\(1 + dice.below(90))号"
        }
    }

    private var idsMade = 0

    /// Ids a millisecond apart: they sort as they were made, and their tables grow at one end.
    private mutating func id<R>() -> ID<R> {
        idsMade += 1
        return .make(at: registeredAt.adding(seconds: Double(idsMade) / 1000), using: &dice)
    }
}
