import Testing
import Values
@testable import ElderAllowance

private let law = ElderLaw(from: 80, start: .birthdayMonth, isDeathMonthPaid: true, rates: [.eighty: .yuan(50), .hundred: .yuan(1000)])
private let strict = ElderLaw(from: 80, start: .nextMonth, isDeathMonthPaid: false, rates: [.eighty: .yuan(50), .hundred: .yuan(1000)])

struct ElderCase: Sendable {
    let month: String, born: String, died: String?, due: Int?, strict: Int?
    init(_ month: String, _ born: String, _ died: String?, _ due: Int?, _ strict: Int?) { (self.month, self.born, self.died, self.due, self.strict) = (month, born, died, due, strict) }
}

@Test("高龄津贴：满龄、百岁、去世的当月和前后", arguments: [
    //        月份       出生          去世           当月起、死亡月照发  次月起、死亡月不发
    ElderCase("2024-07", "1944-08-01", nil, nil, nil),          // 差一天
    ElderCase("2024-07", "1944-07-31", nil, 50, nil),           // 满龄当月
    ElderCase("2024-07", "1944-06-30", nil, 50, 50),
    ElderCase("2024-07", "1924-08-01", nil, 50, 50),            // 百岁差一天
    ElderCase("2024-07", "1924-07-31", nil, 1000, 50),
    ElderCase("2024-07", "1924-06-30", nil, 1000, 1000),
    ElderCase("2024-07", "1940-01-01", "2024-06-30", nil, nil), // 上月末去世
    ElderCase("2024-07", "1940-01-01", "2024-07-01", 50, nil),
    ElderCase("2024-07", "1940-01-01", "2024-08-01", 50, 50),
])
func elderDueByAge(_ c: ElderCase) throws {
    let month = try Month(typed: c.month), born = try CivilDate(typed: c.born), died = try c.died.map { try CivilDate(typed: $0) }
    #expect(elderDue(in: month, bornOn: born, diedOn: died, under: law) == c.due.map { Money.yuan($0) })
    #expect(elderDue(in: month, bornOn: born, diedOn: died, under: strict) == c.strict.map { Money.yuan($0) })
}
