import Values
@testable import Assistance

// Invented people and a place without rulings of its own, from which each test says what differs.

func day(_ text: String) throws(Refusal) -> CivilDate { try CivilDate(typed: text) }

/// The day the examples are judged on unless they say otherwise.
let judged = "2023-06-01"

/// A member who has just reached `age` on the day the case is judged.
func person(
    _ id: String, _ kinship: Kinship, age: Int, wage: Int = 0, on date: String = judged,
    _ change: (inout MemberFacts) -> Void = { _ in }
) throws(Refusal) -> MemberFacts {
    var member = MemberFacts(id: id, name: "甲\(id)", kinship: kinship, birth: try MemberFacts.birth(ofAge: age, on: day(date)))
    if wage > 0 {
        member.employed = true
        member.incomes = [IncomeFacts(kind: .wage, amount: .yuan(wage))]
    }
    change(&member)
    return member
}

func family(_ members: [MemberFacts], _ change: (inout HouseholdFacts) -> Void = { _ in }) -> HouseholdFacts {
    var household = HouseholdFacts(residence: .urban, members: members, property: .found(within: true))
    change(&household)
    return household
}

/// So many adults of whom the first alone has an income.
func adults(_ count: Int, income: Money) throws(Refusal) -> HouseholdFacts {
    var members = [try person("self", .applicant, age: 45)]
    for index in 1..<max(count, 1) where index < count {
        members.append(try person("m\(index)", index == 1 ? .spouse : .sibling, age: 44) { $0.supportDuty = true })
    }
    members[0].incomes = [IncomeFacts(kind: .wage, amount: income)]
    return family(members)
}

func law(standard: Int, _ change: (inout AllowanceLaw) -> Void = { _ in }) -> AllowanceLaw {
    var law = AllowanceLaw(edition: .init(.rules2021), method: .init(.gap), standard: .init(.monthly(.yuan(standard))))
    change(&law)
    return law
}

extension Assessment {
    var codes: [ReasonCode] { reasons.map(\.code) }
}

/// 测算表须能逐段相加：plus and minus lines come to each total exactly.
func addsUp(_ lines: [SheetLine]) -> Bool {
    var part: [SheetLine] = []
    for line in lines {
        guard line.role == .total else {
            part.append(line)
            continue
        }
        guard part.balance == line.amount else { return false }
        part = []
    }
    return part.allSatisfy { $0.role == .note }
}
