import Commons
import Kernel
import Storage
import Values

/// Somebody on a form and the record he has in the register.
struct EnteredPerson {
    let declared: DeclaredMember
    let person: Person
}

extension Desk {
    /// Finds each person by ID number, or enters him. One number stands for one person.
    /// - Parameter day: who has died after it still counts among the facts of that day.
    func enter(_ members: [DeclaredMember], region: RegionCode, address: String?, phone: Phone?, alive day: CivilDate? = nil) throws -> [EnteredPerson] {
        var numbers: Set<ResidentID> = []
        return try members.map { member in
            if let number = member.residentID, !numbers.insert(number).inserted {
                throw Refusal.invalid("两名成员填了同一个身份号码，请核对").at(["members", member.key, "resident_id"])
            }
            do throws(Refusal) { try member.residentID?.checkPlausible(on: today) } catch { throw error.at(["members", member.key, "resident_id"]) }
            let isApplicant = member.condition.kinship == .applicant
            return EnteredPerson(declared: member, person: try found(member, alive: day) ?? entered(member, region: region, address: address, phone: isApplicant ? phone : nil))
        }
    }

    private func found(_ member: DeclaredMember, alive day: CivilDate?) throws -> Person? {
        guard let number = member.residentID, let person = try person(with: number) else { return nil }
        let here = ["members", member.key]
        guard person.name == member.name else {
            throw Refusal.conflict("这个身份号码已登记在「\(Masked.name(person.name))」名下，请核对姓名和号码").at(here + ["name"])
        }
        guard person.diedOn.map({ died in day.map { died > $0 } ?? false }) ?? true else { throw Refusal.conflict("\(member.name.shown)已登记死亡，请核对；如登记有误，先更正档案").at(here + ["name"]) }
        return person
    }

    private func entered(_ member: DeclaredMember, region: RegionCode, address: String?, phone: Phone?) throws -> Person {
        let id: ID<Person> = makeID()
        if let number = member.residentID {
            try register(id, name: member.name, residentID: number, phone: phone, region: region, address: address)
        } else if let bornOn = member.bornOn, let sex = member.sex {
            try enter(Person(id: id, name: member.name, sex: sex, bornOn: bornOn, residentID: nil, residentIndex: nil, region: region, address: address))
        }
        return try find(id)
    }

    // MARK: Duplicates

    /// One running application or allowance a person: the other's number is told.
    func requireNotOnBooks(_ people: [EnteredPerson]) throws {
        for entry in people where entry.declared.condition.isPresent {
            let name = entry.person.name.shown, here = ["members", entry.declared.key, "name"]
            if let number = try runningApplication(of: entry.person.id) {
                throw Refusal.conflict("\(name)已在申请 \(number) 中，正在办理，不能重复申请。请打开该件继续办理，或者先撤回").at(here)
            }
            if let number = try runningAllowance(of: entry.person.id) {
                throw Refusal.conflict("\(name)已在享受最低生活保障，编号 \(number)。家庭有变化的，请在该户下办理「登记家庭变化」").at(here)
            }
        }
    }

    // MARK: Household

    /// The applicant's household with the people on the form in it.
    func household(of applicant: Person, with people: [EnteredPerson], region: RegionCode, area: Area, address: String?) throws -> ID<Household> {
        let household = try household(of: applicant.id)?.id ?? newHousehold(head: applicant.id, region: region, area: area, address: address)
        for entry in people where entry.declared.condition.isPresent || entry.person.id == applicant.id {
            try settle(entry, in: household)
        }
        return household
    }

    private func newHousehold(head: ID<Person>, region: RegionCode, area: Area, address: String?) throws -> ID<Household> {
        let id: ID<Household> = makeID()
        try enter(HouseholdEntry(id, head: head, region: region, area: area, address: address, from: today, elsewhere: .leftByAnyone))
        return id
    }

    /// Who lives here lives nowhere else: a membership elsewhere ends today.
    private func settle(_ entry: EnteredPerson, in household: ID<Household>) throws {
        if try self.household(of: entry.person.id)?.id == household { return }
        try enter(MembershipEntry(entry.person.id, in: household, as: entry.relation, from: today, elsewhere: .leftByAnyone))
    }
}

extension EnteredPerson {
    /// 与户主关系，the applicant being the head of a household entered with the application.
    var relation: Relation {
        switch declared.condition.kinship {
        case .applicant: .head
        case .spouse: .spouse
        case .child: person.sex == .female ? .daughter : .son
        case .grandchild: .grandchild
        case .parent: .parent
        case .grandparent: .grandparent
        case .sibling: .sibling
        case .childInLaw, .parentInLaw, .other: .other
        }
    }
}

extension Reader {
    /// The number of an application that runs for a person.
    func runningApplication(of person: ID<Person>) throws -> String? {
        try connection.value("""
            SELECT c.number FROM declaration_member AS m JOIN application AS a ON a.declaration_id = m.parent_id JOIN case_file AS c ON c.id = a.id
            WHERE \(try concerning("m.person_id", person)) AND c.closed_on IS NULL
              AND coalesce(m.co_resident, 1) = 1 AND coalesce(m.status, 'present') = 'present' LIMIT 1
            """)
    }

    /// The number of the allowance somebody is on.
    func runningAllowance(of person: ID<Person>) throws -> String? {
        try connection.value("""
            SELECT c.number FROM allowance_member AS m JOIN case_file AS c ON c.id = m.allowance_id
            WHERE \(try concerning("m.person_id", person)) AND m.until_month IS NULL AND c.closed_on IS NULL AND c.state <> 'stopped' LIMIT 1
            """)
    }
}
