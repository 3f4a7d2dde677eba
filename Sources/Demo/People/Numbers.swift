import Values

/// 号码。Identity numbers that check and belong to nobody: their areas begin with 0001, which no real county has.
struct Numbers: Sendable {
    /// How many numbers were given for a day of birth and a sex.
    private var given: [Int: Int] = [:]
    private static let areas = ["000181", "000181", "000181", "000181", "000182", "000183", "000102"]

    /// A number that nobody else has: the sequence counts up within day and sex, in an order that looks like none.
    mutating func next(born: CivilDate, _ sex: Sex, _ dice: inout Dice) throws(Refusal) -> ResidentID {
        let key = CivilDate.earliest.days(until: born) * 2 + (sex == .male ? 1 : 0)
        let count = given[key, default: 0]
        guard count < 500 else { throw .tooLarge("示范规模太大，同一天出生的人超过了身份号码的顺序码，请缩小规模") }
        given[key] = count + 1
        return try ResidentID(area: dice.pick(Numbers.areas), birth: born, sequence: count * 37 % 500 * 2 + (sex == .male ? 1 : 0))
    }

    /// 199000xxxxx：five free digits behind a fixed, invented beginning.
    static func phone(_ dice: inout Dice) throws(Refusal) -> Phone {
        let digits = String(dice.below(100_000))
        return try Phone(typed: "199000" + String(repeating: "0", count: 5 - digits.count) + digits)
    }

    /// A birthday of someone who is `age` years old on a day.
    static func birthday(of age: Int, on today: CivilDate, _ dice: inout Dice) -> CivilDate {
        today.adding(years: -age).adding(days: -dice.below(365))
    }
}
