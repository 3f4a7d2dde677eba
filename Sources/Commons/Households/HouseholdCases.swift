import Kernel
import Storage
import Values

/// 随户。What belongs to households goes where they go: every placed record of every line that names a household or a person.
///
/// Closed cases stay where they were decided. Rulings and the journal name no household and never move.
extension Desk {
    /// - Parameter withPeople: members whose 户籍地 is the old region are registered in the new one.
    /// - Returns: how many running cases moved.
    func follow(_ households: [ID<Household>], from old: RegionCode, to new: RegionCode, withPeople: Bool) throws -> Int {
        var cases = 0
        for slice in stride(from: 0, to: households.count, by: 500).map({ households[$0 ..< min($0 + 500, households.count)] }) {
            let ids = slice.map { "\($0)" as Statement }.joined(", ")
            for owned in ownedRecords {
                let belonging = owned.belonging(to: ids)
                cases += try connection.run("""
                    UPDATE case_file SET region = \(new) WHERE region = \(old) AND closed_on IS NULL AND id IN (SELECT id FROM \(owned.table) WHERE \(belonging))
                    """)
                try connection.run("""
                    UPDATE \(owned.table) SET region = \(new) WHERE region = \(old) AND \(belonging)
                    AND NOT EXISTS (SELECT 1 FROM case_file AS c WHERE c.id = \(owned.table).id AND c.closed_on IS NOT NULL)
                    """)
            }
            if withPeople { try register(members: ids, from: old, to: new) }
        }
        return cases
    }

    /// Each file keeps what it was before.
    private func register(members ids: Statement, from old: RegionCode, to new: RegionCode) throws {
        for var person in try all(Person.self, where: "region = \(old) AND id IN (\(OwnedRecord.members(of: ids)))") {
            person.region = new
            if person.livingIn == new { person.livingIn = nil }
            try amend(person)
        }
    }
}

extension Reader {
    /// Running cases of some households.
    func openCases(of households: [ID<Household>]) throws -> [CaseFile] {
        let ids = households.map { "\($0)" as Statement }.joined(", ")
        return try ownedRecords.filter(\.isOfHousehold).flatMap { owned in
            try caseFiles(where: "closed_on IS NULL AND id IN (SELECT id FROM \(owned.table) WHERE \(owned.belonging(to: ids))) ORDER BY number")
        }
    }

    /// The placed records of every line that name a household, or else a person.
    var ownedRecords: [OwnedRecord] {
        house.lines.flatMap(\.records).filter { $0.isPlaced && $0.table != Household.table && $0.table != Person.table }.compactMap { record in
            let names = record.outline.fields.map(\.name)
            guard let column = ["household_id", "person_id"].first(where: names.contains) else { return nil }
            return OwnedRecord(name: record.table, column: column)
        }
    }
}

/// A table whose rows belong to a household by one of its columns.
struct OwnedRecord {
    let name: String
    let column: String

    var isOfHousehold: Bool { column == "household_id" }
    var table: Statement { Statement(name: name) }

    func belonging(to households: Statement) -> Statement {
        isOfHousehold ? "household_id IN (\(households))" : "person_id IN (\(Self.members(of: households)))"
    }

    static func members(of households: Statement) -> Statement {
        "SELECT person_id FROM membership WHERE household_id IN (\(households)) AND retracted_at IS NULL AND until_on IS NULL"
    }
}
