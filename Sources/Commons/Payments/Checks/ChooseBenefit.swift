import Kernel
import Storage
import Values

/// 登记择一。Which of two benefits that may not be had together a person has chosen, from which month on.
struct ChooseBenefit: Action {
    let person: ID<Person>
    let choice: ID<BenefitChoice>
    let chosen: String
    let declined: String
    let from: Month
    let note: String

    static let title = "登记待遇选择"
    static let guidance = "两项待遇按规定只能享受一项的，由本人或者监护人书面选择。登记之后重新检查名册，选中的照发，另一项暂缓；没有登记选择的，先发一项，不会两项都停。"
    static let roles: Set<Role> = [.townshipReviewer, .countyReviewer]
    static let subject = Subject<ChooseBenefit>.record(.person, \.person)
    static let shape = Shape<ChooseBenefit> {
        Field(.person, \.person)
        Field(.newBenefitChoice, \.choice)
        Field(.chosenProgramme, \.chosen)
        Field(.declinedProgramme, \.declined)
        Field(.chosenFrom, \.from)
        Field(.choiceNote, \.note)
    }

    init(from reading: Reading<ChooseBenefit>) throws(Refusal) {
        person = try reading(.person)
        choice = try reading(.newBenefitChoice)
        chosen = try reading(.chosenProgramme)
        declined = try reading(.declinedProgramme)
        from = try reading(.chosenFrom)
        note = try reading(.choiceNote)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let person = try desk.standing(person), chosen = try programme(chosen, "chosen", desk), declined = try programme(declined, "declined", desk)
        guard chosen.name != declined.name else { throw Refusal.invalid("选中的和放弃的是同一项").at(["declined"]) }
        let isRuled = chosen.overlaps.contains { $0.other == declined.name } || declined.overlaps.contains { $0.other == chosen.name }
        guard isRuled else { throw Refusal.invalid("\(chosen.title)与\(declined.title)没有兼得的限制，不用选择").at(["declined"]) }
        try desk.connection.run("""
            INSERT INTO payment_choice (id, person_id, chosen, declined, from_month, note, region, made_on, made_by_name)
            VALUES (\(choice), \(person.id), \(chosen.name), \(declined.name), \(from), \(note), \(person.region), \(desk.today), \(desk.actor.name))
            """)
        return Outcome(choice, "已登记：自\(from.shown)起选择\(chosen.title)，不领\(declined.title)。下一步：重新检查名册", link: "/people/persons/\(person.id.text)")
    }

    private func programme(_ name: String, _ field: String, _ desk: Desk) throws -> PaidProgramme {
        guard let found = desk.house.programmes.first(where: { $0.name == name || $0.title == name }) else {
            throw Refusal.absent("没有「\(name)」这个发放项目，可选：\(desk.house.programmes.map(\.title).joined(separator: "、"))").at([field])
        }
        return found
    }
}

/// Only its name is used; a row of SQL.
enum BenefitChoice {}

extension Reader {
    /// The programme a person has chosen of two, as last said for a month.
    func chosen(by person: ID<Person>, between one: String, and another: String, in month: Month) throws -> String? {
        try connection.value("""
            SELECT chosen FROM payment_choice WHERE \(try concerning("person_id", person)) AND from_month <= \(month)
              AND ((chosen = \(one) AND declined = \(another)) OR (chosen = \(another) AND declined = \(one))) ORDER BY from_month DESC, id DESC LIMIT 1
            """)
    }
}

extension Term where Value == ID<BenefitChoice> {
    static var newBenefitChoice: Term<ID<BenefitChoice>> { Term("choice", "选择编号", .made) }
}
extension Term where Value == String {
    static var chosenProgramme: Term<String> { Term("chosen", "选择的项目", hint: "项目名称或者代码") }
    static var declinedProgramme: Term<String> { Term("declined", "不领的项目", hint: "项目名称或者代码") }
    static var choiceNote: Term<String> { Term("note", "书面选择", hint: "选择书的日期、编号，谁签的") }
}
extension Term where Value == Month {
    static var chosenFrom: Term<Month> { Term("from_month", "自何月起", hint: "如 2024-07") }
}
