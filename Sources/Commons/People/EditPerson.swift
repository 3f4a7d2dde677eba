import Kernel
import Values

/// 修改联系信息（一般项）。Phone, address and place of living change at once; what was before is kept.
///
/// What is left empty stays as it is; what is to be emptied is said.
struct EditPerson: Action {
    let person: ID<Person>
    let phone: Phone?
    let address: String?
    let livingIn: RegionCode?
    let emptied: ContactField?

    static let title = "修改联系信息"
    static let guidance = "电话、住址、居住地随时可改，改前的内容留存备查。留空的不改。姓名、性别、出生日期、户籍地请办理「申请更正」。"
    static let roles: Set<Role> = .caseworkers
    static let subject = Subject<EditPerson>.person(\.person)
    static let shape = Shape<EditPerson> {
        Field(.person, \.person)
        Field(.newPhone, \.phone)
        Field(.address, \.address)
        Field(.livingIn, \.livingIn)
        Field(.emptied, \.emptied)
    }

    init(from reading: Reading<EditPerson>) throws(Refusal) {
        person = try reading(.person)
        phone = try reading(.newPhone)
        address = try reading(.address)
        livingIn = try reading(.livingIn)
        emptied = try reading(.emptied)
    }

    /// The phone isn't shown whole on a form; address and place are what is public to the office.
    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<Person>.init(rawValue:)) else { return RawFields() }
        let person = try reader.person(inScope: id)
        return RawFields(["address": person.address.map { .typed($0) }, "living_in": person.livingIn.map { .typed($0.typed) }].compactMapValues { $0 })
    }

    func perform(at desk: Desk) throws -> Outcome {
        var person = try desk.standing(person)
        let before = person
        if let phone {
            let isSame = try person.phone.map { try desk.open($0) == phone } ?? false
            if !isSame { person.phone = try desk.seal(phone) }
            person.phoneIndex = try desk.blindIndex(phone)
        }
        if let address { person.address = address }
        if let livingIn { person.livingIn = livingIn == person.region ? nil : livingIn }
        empty(&person)
        guard person.raw != before.raw else { throw Refusal.invalid("没有改动任何一项，请填写要改的内容") }
        try desk.amend(person)
        return Outcome(person.id, "已修改联系信息", link: "/people/persons/\(person.id.text)")
    }

    private func empty(_ person: inout Person) {
        switch emptied {
        case .phone: (person.phone, person.phoneIndex) = (nil, nil)
        case .address: person.address = nil
        case .livingIn: person.livingIn = nil
        case nil: break
        }
    }
}

/// What may be emptied.
enum ContactField: String, CodeList {
    case phone, address, livingIn = "living-in"

    var label: String {
        switch self { case .phone: "联系电话"; case .address: "住址"; case .livingIn: "居住地" }
    }
}

extension Term where Value == ContactField {
    static var emptied: Term<ContactField> { Term("emptied", "清空哪一项", hint: "不再有效、又没有新内容的才选") }
}
extension Term where Value == Phone {
    static var newPhone: Term<Phone> { Term("phone", "新的联系电话", hint: "手机或座机；不改的留空") }
}
