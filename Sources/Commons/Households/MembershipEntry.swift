import Kernel
import Storage
import Values

/// 入户。One person's time in one household, on its way into the register: acts, other lines and imports share it.
public struct MembershipEntry: Sendable {
    public let household: ID<Household>
    public let person: ID<Person>
    public let relation: Relation
    /// The first day, not after today.
    public let from: CivilDate
    /// The first day on which it no longer holds, not after today; nil while it lasts.
    public let until: CivilDate?
    public let elsewhere: Elsewhere

    /// 人已在别的家庭：what becomes of that.
    public enum Elsewhere: Sendable, Hashable {
        /// Refuses, and says where.
        case refused
        /// The person moves: that membership ends. Refused for a head whose household goes on, and for a household outside the actor's region.
        case left
        /// The person moves whatever he was: a declaration before an authority outweighs an older entry.
        case leftByAnyone
    }

    public init(_ person: ID<Person>, in household: ID<Household>, as relation: Relation, from: CivilDate, until: CivilDate? = nil, elsewhere: Elsewhere = .refused) {
        self.household = household
        self.person = person
        self.relation = relation
        self.from = from
        self.until = until
        self.elsewhere = elsewhere
    }
}

extension Desk {
    /// Writes one membership after every check: days, death, and that nobody lives in two households on one day.
    /// - Throws: `.invalid` at `from_on` or `until_on`; `.conflict` when the person belongs elsewhere; `.outOfOrder` for a dissolved household.
    @discardableResult
    public func enter(_ entry: MembershipEntry) throws -> ID<Membership> {
        let household = try find(entry.household), person = try standing(entry.person)
        try requireStanding(household, on: entry.from)
        try requireDays(from: entry.from, until: entry.until, of: person)
        for other in try overlapping(person.id, from: entry.from, until: entry.until) {
            guard other.household != household.id else { throw Refusal.conflict("\(person.name.shown)在这些日子里已是这一户的成员，不必重复加入") }
            try leave(other, for: entry, person)
        }
        let last = person.diedOn.map { $0.adding(days: 1) }
        let membership = Membership(id: makeID(), household: household.id, person: person.id, relation: entry.relation, from: entry.from,
                                    until: entry.until ?? last, endReason: entry.until == nil && last != nil ? .died : nil, knownAt: now)
        try insert(membership)
        return membership.id
    }

    // MARK: Checks

    func requireStanding(_ household: Household, on day: CivilDate? = nil) throws {
        guard let end = household.dissolvedOn, day.map({ $0 >= end }) ?? true else { return }
        throw Refusal.outOfOrder("这一户已于\(end.shown)注销，不能再办理。需要恢复的，请重新登记家庭")
    }

    /// Half-open days of one person's membership, as true by today.
    func requireDays(from: CivilDate, until: CivilDate?, of person: Person) throws {
        guard from <= today else { throw Refusal.invalid("加入日期不能晚于今天").at(["from_on"]) }
        guard from >= person.bornOn else { throw Refusal.invalid("加入日期早于出生日期（\(person.bornOn.shown)），请核对").at(["from_on"]) }
        if let diedOn = person.diedOn, from > diedOn {
            throw Refusal.invalid("\(person.name.shown)已于\(diedOn.shown)去世，加入日期不能在此之后").at(["from_on"])
        }
        guard let until else { return }
        guard until <= today else { throw Refusal.invalid("离开日期不能晚于今天").at(["until_on"]) }
        guard until > from else { throw Refusal.invalid("离开日期须晚于加入日期（\(from.shown)）；登记错了的，请办理撤销").at(["until_on"]) }
    }

    /// The memberships of a person, under any identity, that share a day with a period.
    func overlapping(_ person: ID<Person>, from: CivilDate, until: CivilDate?, except: ID<Membership>? = nil) throws -> [Membership] {
        let before: Statement = until.map { "from_on < \($0)" } ?? "1 = 1"
        return try all(Membership.self, where: """
            \(try concerning("person_id", person)) AND retracted_at IS NULL AND (until_on IS NULL OR until_on > \(from)) AND \(before) ORDER BY from_on, id
            """).filter { $0.id != except }
    }

    // MARK: The other household

    private func leave(_ membership: Membership, for entry: MembershipEntry, _ person: Person) throws {
        let household = try find(membership.household), place = try told(household, since: membership.from)
        if entry.elsewhere == .leftByAnyone { return try leaveAtOnce(membership, household, on: entry.from) }
        guard entry.elsewhere == .left else {
            throw Refusal.conflict("\(person.name.shown)\(place)。确是迁来的，请勾选「从原家庭迁入」；不是的，请核对人员").at(["is_moving"])
        }
        guard membership.until == nil, membership.from < entry.from else {
            throw Refusal.conflict("\(person.name.shown)\(place)，与这次填的日期重叠。请先更正原家庭的成员关系，或改填日期").at(["from_on"])
        }
        guard actor.covers(household.region) else {
            throw Refusal.forbidden("\(person.name.shown)\(place)。请由原属地先办理「成员离开」，或由区县一并办理")
        }
        try requireHeadStays(membership, household, person)
        try end(membership, on: entry.from, because: .movedOut)
        try noteDeparture(from: household, on: entry.from)
    }

    private func told(_ household: Household, since day: CivilDate) throws -> String {
        actor.covers(household.region) ? "自\(day.shown)起已在「\(try find(household.head).name.shown)户」" : "已在其他区域的家庭登记"
    }

    /// Who declared himself elsewhere today is gone today; what was entered today was never so.
    private func leaveAtOnce(_ membership: Membership, _ household: Household, on day: CivilDate) throws {
        if membership.from < day { try end(membership, on: day, because: .movedOut) } else { try retract(membership, because: "同日改登记到另一户") }
        try update(household.changed())
    }

    /// A head leaves only as the last.
    func requireHeadStays(_ membership: Membership, _ household: Household, _ person: Person) throws {
        guard try isHead(membership.person, of: household), try others(in: household, than: membership) else { return }
        throw Refusal.conflict("\(person.name.shown)是「\(person.name.shown)户」的户主，户内还有其他成员。请先为该户变更户主")
    }

    func isHead(_ person: ID<Person>, of household: Household) throws -> Bool {
        try canonical(person) == canonical(household.head)
    }

    private func others(in household: Household, than membership: Membership) throws -> Bool {
        try memberships(in: household.id).contains { $0.until == nil && $0.id != membership.id }
    }

    /// A household whose last member left is no more.
    func noteDeparture(from household: Household, on day: CivilDate) throws {
        let isEmpty = try !memberships(in: household.id).contains { $0.until == nil }
        try update(household.changed(dissolvedOn: isEmpty ? day : nil))
        emit(HouseholdChanged(household: household.id, on: day, change: isEmpty ? .dissolved : .left))
    }
}

// MARK: - Two clocks

extension Desk {
    /// The membership is said anew with its end; the open row is kept as what was known before.
    func end(_ membership: Membership, on day: CivilDate, because reason: LeaveReason) throws {
        try replace(membership, with: Membership(id: makeID(), household: membership.household, person: membership.person, relation: membership.relation,
                                                 from: membership.from, until: day, endReason: reason, knownAt: now))
    }

    func replace(_ membership: Membership, with other: Membership, because reason: String? = nil) throws {
        try retract(membership, because: reason)
        try insert(other)
    }

    func retract(_ membership: Membership, because reason: String?) throws {
        try update(membership.retracted(at: now, because: reason))
    }
}
