import Values

/// 校准。What the demo city is held to: the figures of one year as document 001 states them for a city of 694,000, and in proportion for a smaller one.
///
/// Data of the demonstration, not rules: nothing outside this target reads them. Where the document is silent, a figure is our own and says so.
struct Calibration: Sendable {
    let scale: Double

    func scaled(_ count: Int) -> Int { Int((Double(count) * scale).rounded()) }

    // MARK: 001 号材料

    /// The year that the document tells of, and the day at whose end its people are counted.
    static let year = 2024
    static let countedOn = CivilDate(written: 2024, 12, 31)
    /// 低保新增 1010 户 1653 人、停发 1215 户 1923 人。
    static let newHouseholds = 1_010, newPeople = 1_653, stoppedHouseholds = 1_215, stoppedPeople = 1_923
    /// 全市死亡 3715 人。
    static let deaths = 3_715
    /// 养老机构 15 个，命名地名 19 条: too few to be divided by a scale.
    static let elderHomes = 15, placesNamed = 19

    // MARK: 本市自定

    /// 迁入时在保户数。The document doesn't say how many households are on the roster.
    static let onRoster = 10_000
    /// The roster came from an older register at the end of February; since then this one pays. Stated rates and heads make the document's sum in ten months.
    static let takenOverOn = CivilDate(written: 2024, 2, 26)
    static let firstPaid = CivilDate(written: 2024, 3, 1).monthOf, lastPaid = CivilDate(written: 2024, 12, 1).monthOf
    /// The first year of deaths in the register, so that there is something to compare with.
    static let firstYearOfDeaths = 2023

    /// Whether the whole year is past, so that it can be told.
    static func isTold(on today: CivilDate) -> Bool { today > countedOn }

    /// 预算的倍数。What is put aside for a programme in a year grows with the city.
    var budgets: Int { max(1, Int((scale * 10).rounded(.up))) }
}

/// A whole number of people shared among households, one after the other, as evenly as whole numbers allow.
struct EvenShares: Sendable {
    let people: Int, households: Int

    func size(of index: Int) -> Int { households == 0 ? 0 : people * (index + 1) / households - people * index / households }
}
