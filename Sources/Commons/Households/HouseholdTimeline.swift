import Kernel
import Values

/// 家庭节点。For a person: households joined and left. For a household: who came, who left, where it moved.
let householdTimeline = Timeline { subject, reader in
    if let id = ID<Household>(rawValue: subject), let household = try reader.first(Household.self, where: "id = \(id)") {
        return try reader.entries(of: household)
    }
    guard let id = ID<Person>(rawValue: subject) else { return [] }
    return try Dictionary(grouping: reader.memberships(of: id), by: \.household).values.flatMap { try reader.entries(of: $0) }
}

extension Reader {
    /// A person's times in households, earliest first.
    func memberships(of person: ID<Person>) throws -> [Membership] {
        try all(Membership.self, where: "person_id = \(person) AND retracted_at IS NULL ORDER BY from_on, id")
    }

    /// One person's times in one household; where one follows on the other, only the relation changed.
    fileprivate func entries(of memberships: [Membership]) throws -> [TimelineEntry] {
        guard let first = memberships.first else { return [] }
        let household = try find(first.household), address = try household.address ?? placeName(household.region)
        return memberships.flatMap { membership -> [TimelineEntry] in
            let isContinued = memberships.contains { $0.until == membership.from }, goesOn = memberships.contains { $0.from == membership.until }
            let joined = isContinued ? TimelineEntry(on: membership.from, title: "与户主关系变更", detail: membership.relation.label, link: household.link)
                : TimelineEntry(on: membership.from, title: "加入家庭", detail: "\(address)，\(membership.relation.label)", link: household.link)
            guard let until = membership.until, !goesOn else { return [joined] }
            let detail = [address, membership.endReason?.label].compactMap { $0 }.joined(separator: "，")
            return [joined, TimelineEntry(on: until, title: "离开家庭", detail: detail, link: household.link)]
        }
    }

    /// What happened to a household itself.
    fileprivate func entries(of household: Household) throws -> [TimelineEntry] {
        let rows = try memberships(in: household.id)
        let members = try Dictionary(grouping: rows, by: \.person).values.flatMap { rows -> [TimelineEntry] in
            guard let name = try rows.first.map({ try find($0.person).name.shown }) else { return [] }
            return rows.flatMap { row -> [TimelineEntry] in
                let isContinued = rows.contains { $0.until == row.from }, goesOn = rows.contains { $0.from == row.until }
                let link = "/people/persons/\(row.person.text)"
                let joined = TimelineEntry(on: row.from, title: isContinued ? "\(name)与户主关系变更" : "\(name)加入", detail: row.relation.label, link: link)
                guard let until = row.until, !goesOn else { return [joined] }
                return [joined, TimelineEntry(on: until, title: "\(name)离开", detail: row.endReason?.label ?? "", link: link)]
            }
        }
        let moves = try formerResidences(of: household.id).map { former in
            TimelineEntry(on: former.until, title: "家庭迁移", detail: "原住\(try regionPath(former.region))\(former.address ?? "")")
        }
        let end = household.dissolvedOn.map { TimelineEntry(on: $0, title: "家庭注销", detail: "") }
        return members + moves + [end].compactMap { $0 }
    }
}
