import Commons
import Kernel
import Values

/// 申请家庭。A household of the register that applies for 低保, with the numbers its members would show at the window.
struct Applicants: Sendable {
    struct Member: Sendable {
        let person: ID<Person>
        let name: String
        let number: ResidentID
        let relation: Relation
    }

    let household: ID<Household>
    let region: RegionCode
    let area: Area
    /// Head first.
    let members: [Member]

    var head: Member? { members.first { $0.relation == .head } }

    /// Those already born on a day.
    func members(on day: CivilDate) -> [Member] { members.filter { $0.number.birth < day } }

    /// Households of a township, taken at even distances, whose head is grown up and who are no more than five.
    static func some(_ count: Int, of township: RegionCode, at office: Office) async throws -> [Applicants] {
        try await office.read { reader in
            let ids = try reader.connection.all("SELECT id FROM household WHERE \(Reader.within("region", township)) ORDER BY id") { try $0.read(0) as ID<Household> }
            let step = max(1, ids.count / max(1, count * 2))
            var found: [Applicants] = []
            for id in stride(from: 0, to: ids.count, by: step).map({ ids[$0] }) where found.count < count {
                if let applicants = try Applicants(reader.find(id), reader) { found.append(applicants) }
            }
            return found
        }
    }

    /// nil where somebody could not apply as the family stands, or somebody of it died: who that was matters only to the register.
    init?(_ household: Household, _ reader: Reader) throws {
        let dead = try reader.connection.value("""
            SELECT count(*) FROM membership AS m JOIN person AS p ON p.id = m.person_id WHERE m.household_id = \(household.id) AND p.died_on IS NOT NULL
            """) ?? 0
        guard dead == 0 else { return nil }
        self.household = household.id
        region = household.region
        area = household.area
        members = try reader.members(of: household.id).compactMap { membership, person in
            guard let number = try person.residentID.map(reader.open) else { return nil }
            return Member(person: person.id, name: person.name.text, number: number, relation: membership.relation)
        }
        let grown = CivilDate(written: 2002, 1, 1)
        guard let head, head.number.birth < grown, (1...5).contains(members.count), members.allSatisfy({ $0.relation != .sibling }) else { return nil }
    }
}
