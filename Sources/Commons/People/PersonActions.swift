import Kernel
import Values

/// 登记人员。A person enters the register once; an ID number that is already there is shown, not entered again.
struct RegisterPerson: Action {
    let id: ID<Person>
    let name: PersonName
    let residentID: ResidentID
    let phone: Phone?
    let region: RegionCode
    let address: String?

    static let title = "登记人员"
    static let roles: Set<Role> = [.community, .townshipClerk, .countyReviewer]
    static let subject = Subject<RegisterPerson>.new(in: \.region)
    static let shape = Shape<RegisterPerson> {
        Field(.newPerson, \.id)
        Field(.personName, \.name)
        Field(.residentID, \.residentID)
        Field(.phone, \.phone)
        Field(.region, \.region)
        Field(.address, \.address)
    }

    init(from reading: Reading<RegisterPerson>) throws(Refusal) {
        id = try reading(.newPerson)
        name = try reading(.personName)
        residentID = try reading(.residentID)
        phone = try reading(.phone)
        region = try reading(.region)
        address = try reading(.address)
    }

    func perform(at desk: Desk) throws -> Outcome {
        if let known = try desk.person(with: residentID) {
            let holder = desk.actor.covers(known.region) ? "「\(known.name.shown)」名下，请直接打开该档案" : "其他区域，请联系上级核对，不必重复登记"
            throw Refusal.conflict("这个身份号码已登记在\(holder)").at(["resident_id"])
        }
        try desk.register(id, name: name, residentID: residentID, phone: phone, region: region, address: address)
        return Outcome(id, "已登记", link: "/people/persons/\(id.text)")
    }
}

/// 登记死亡。Held payments and opened checks follow in the lines that hear of it.
struct RecordDeath: Action {
    let person: ID<Person>
    let diedOn: CivilDate

    static let title = "登记死亡"
    static let guidance = "登记后，正在享受的待遇会列入核查，须在三个月内办结变更。"
    static let roles: Set<Role> = [.community, .townshipClerk, .countyReviewer]
    static let subject = Subject<RecordDeath>.record(.person, \.person)
    static let shape = Shape<RecordDeath> {
        Field(.person, \.person)
        Field(.diedOn, \.diedOn)
    }

    init(from reading: Reading<RecordDeath>) throws(Refusal) {
        person = try reading(.person)
        diedOn = try reading(.diedOn)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let person = try desk.find(person)
        guard person.diedOn == nil else { throw Refusal.outOfOrder("已登记过死亡日期，如有误请办理更正") }
        guard diedOn <= desk.today else { throw Refusal.invalid("死亡日期不能晚于今天").at(["died_on"]) }
        guard diedOn >= person.bornOn else { throw Refusal.invalid("死亡日期不能早于出生日期").at(["died_on"]) }
        var known = person
        known.diedOn = diedOn
        known.version += 1
        try desk.update(known)
        desk.emit(PersonDied(person: person.id, diedOn: diedOn))
        return Outcome(person.id, "已登记死亡，相关待遇已列入核查", link: "/people/persons/\(person.id.text)")
    }
}
