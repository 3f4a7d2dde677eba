import Commons
import Values

/// 一户人。Who lives together, before they have names: ages, sexes, and what they are to the head.
struct Family: Sendable {
    struct Member: Sendable {
        let age: Int
        let sex: Sex
        let relation: Relation
    }

    var members: [Member]
}

/// 组户。Puts everyone in a household: couples with and without children, single people, old people alone, in pairs or with the young.
///
/// Rates follow what is left, so that children, adults and the old run out together.
struct Families: Sendable {
    private(set) var ages: Ages

    init(_ ages: Ages) { self.ages = ages }

    /// The next household; nil when everybody has one.
    mutating func next(_ dice: inout Dice) -> Family? {
        let adults = ages.count(22, to: 59), old = ages.count(60, to: 109)
        let adultHomes = Double(adults) / 1.75, oldHomes = Double(old) * 0.7 / 1.55
        guard adults + old > 0 else { return rest(&dice) }
        return dice.chance(oldHomes / (adultHomes + oldHomes) * 100) ? ofTheOld(&dice) : ofAdults(adultHomes, &dice)
    }

    private mutating func ofAdults(_ homes: Double, _ dice: inout Dice) -> Family? {
        guard let age = ages.take(22, to: 59, &dice) else { return ofTheOld(&dice) }
        var family = Family(members: [.init(age: age, sex: dice.chance(68) ? .male : .female, relation: .head)])
        let isCouple = dice.chance(age < 27 ? 35 : 84)
        if isCouple { addSpouse(to: &family, &dice) }
        guard isCouple || dice.chance(25) else { return family }
        let parent = family.members.map(\.age).min() ?? age
        let children = dice.count(mean: Double(ages.count(0, to: 17)) / homes * 1.2, atMost: 3)
        for _ in 0..<children { addChild(of: parent, to: &family, &dice) }
        if parent >= 40, dice.chance(Double(ages.count(18, to: 21)) / homes * 190) { addGrown(of: parent, to: &family, &dice) }
        if dice.chance(Double(ages.count(60, to: 109)) * 0.3 / homes * 80) { addParents(of: age, to: &family, &dice) }
        return family
    }

    private mutating func ofTheOld(_ dice: inout Dice) -> Family? {
        guard let age = ages.take(60, to: 109, &dice) else { return rest(&dice) }
        var family = Family(members: [.init(age: age, sex: dice.chance(48) ? .male : .female, relation: .head)])
        if dice.chance(age < 80 ? 62 : 30), let spouse = ages.take(max(60, age - 6), to: age + 5, &dice) {
            family.members.append(.init(age: spouse, sex: family.members[0].sex.other, relation: .spouse))
        }
        // 隔代家庭；没有中青年可依靠时，孩子都随祖辈。
        if dice.chance(ages.count(22, to: 59) == 0 ? 100 : 3), let child = ages.take(0, to: 17, &dice) {
            family.members.append(.init(age: child, sex: dice.anySex(), relation: .grandchild))
        }
        return family
    }

    /// Young people on their own, and in the end whoever found no other place.
    private mutating func rest(_ dice: inout Dice) -> Family? {
        guard let age = ages.take(18, to: 21, &dice) ?? ages.take(0, to: 109, &dice) else { return nil }
        var family = Family(members: [.init(age: age, sex: dice.anySex(), relation: .head)])
        for _ in 0..<2 {
            guard let sibling = ages.take(0, to: 17, &dice) else { break }
            family.members.append(.init(age: sibling, sex: dice.anySex(), relation: .sibling))
        }
        return family
    }

    private mutating func addSpouse(to family: inout Family, _ dice: inout Dice) {
        let head = family.members[0]
        let (younger, older) = head.sex == .male ? (6, 2) : (2, 6)
        guard let age = ages.take(max(22, head.age - younger), to: head.age + older, &dice) else { return }
        family.members.append(.init(age: age, sex: head.sex.other, relation: .spouse))
    }

    private mutating func addChild(of parent: Int, to family: inout Family, _ dice: inout Dice) {
        let age = ages.take(max(0, parent - 38), to: min(17, parent - 22), &dice) ?? ages.take(0, to: min(17, parent - 20), &dice)
        guard let age else { return }
        addOffspring(age, to: &family, &dice)
    }

    private mutating func addGrown(of parent: Int, to family: inout Family, _ dice: inout Dice) {
        guard let age = ages.take(18, to: min(21, parent - 22), &dice) else { return }
        addOffspring(age, to: &family, &dice)
    }

    private func addOffspring(_ age: Int, to family: inout Family, _ dice: inout Dice) {
        let sex = dice.anySex()
        family.members.append(.init(age: age, sex: sex, relation: sex == .male ? .son : .daughter))
    }

    private mutating func addParents(of age: Int, to family: inout Family, _ dice: inout Dice) {
        guard let first = ages.take(max(60, age + 20), to: age + 42, &dice) else { return }
        family.members.append(.init(age: first, sex: .female, relation: .parent))
        guard dice.chance(55), let second = ages.take(max(60, first - 4), to: first + 6, &dice) else { return }
        family.members.append(.init(age: second, sex: .male, relation: .parent))
    }
}

extension Sex {
    var other: Sex { self == .male ? .female : .male }
}

extension Dice {
    mutating func anySex() -> Sex { chance(51.3) ? .male : .female }
}
