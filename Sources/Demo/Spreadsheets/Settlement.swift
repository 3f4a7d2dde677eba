import Commons
import Values

/// 练习用的人家。Households of an invented county with everything a table may say of them.
struct Settlement {
    struct Resident {
        let name: String, number: ResidentID, born: CivilDate, relation: Relation, phone: Phone?
    }

    struct Home {
        let number: String, community: CityPlan.Community, address: String
        let residents: [Resident]

        var head: Resident { residents[0] }
    }

    let plan: CityPlan
    private(set) var homes: [Home] = []
    private var dice: Dice
    private var numbers = Numbers()
    private let today: CivilDate

    /// - Parameter people: 100 to 500,000.
    init(people: Int, seed: UInt64, today: CivilDate) throws {
        let scale = Double(people) / Ages.residents
        dice = Dice(seed: seed)
        plan = try CityPlan(scale: max(0.0005, scale), &dice)
        self.today = today
        var families = Families(Ages(scale: scale)), weights = Weights(plan.communities.map(\.weight))
        while let family = families.next(&dice) {
            let community = plan.communities[weights.draw(&dice)]
            homes.append(try home(family, in: community))
        }
    }

    private mutating func home(_ family: Family, in community: CityPlan.Community) throws -> Home {
        let surname = Names.surname(&dice), digits = String(homes.count + 1), number = "H" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
        let residents = try family.members.map { try resident($0, surname) }
        return Home(number: number, community: community, address: "\(community.name)\(1 + dice.below(40))号\(1 + dice.below(30))室", residents: residents)
    }

    private mutating func resident(_ member: Family.Member, _ surname: String) throws -> Resident {
        let born = Numbers.birthday(of: member.age, on: today, &dice), number = try numbers.next(born: born, member.sex, &dice)
        let name = Names.name(member.relation == .spouse ? Names.surname(&dice) : surname, &dice)
        let phone = member.age >= 16 && dice.chance(85) ? try Numbers.phone(&dice) : nil
        return Resident(name: name, number: number, born: born, relation: member.relation, phone: phone)
    }
}

/// Draws a place in proportion to its weight.
private struct Weights {
    private let weights: [Int], total: Int

    init(_ weights: [Int]) { (self.weights, total) = (weights, weights.reduce(0, +)) }

    func draw(_ dice: inout Dice) -> Int {
        var left = dice.below(total)
        for (place, weight) in weights.enumerated() {
            left -= weight
            if left < 0 { return place }
        }
        return weights.count - 1
    }
}
