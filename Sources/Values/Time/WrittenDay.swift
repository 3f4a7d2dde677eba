extension CivilDate {
    /// A day written in the program, such as the first day of an edition: `.on(2022, 5, 1)`.
    /// It is reckoned from the first day of the year, so that it is always a day; months and days past the end count on.
    public static func on(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
        earliest.adding(years: year - earliest.year).adding(months: month - 1).adding(days: day - 1)
    }
}
