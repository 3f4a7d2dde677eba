import Kernel
import Storage
import Values

/// 成员关系。One person's time in one household, as true from–until and as known at an instant.
///
/// Two clocks: a row is never rewritten. What ends, changes or was wrong is retracted at an instant and said anew, so that
/// the register can be read as it was known on any day.
public struct Membership: Record {
    public let id: ID<Membership>
    public let household: ID<Household>
    public let person: ID<Person>
    public let relation: Relation
    public let from: CivilDate
    public let until: CivilDate?
    /// Why it ended; nil while it lasts, and where nobody said.
    public let endReason: LeaveReason?
    public let knownAt: Instant
    public let retractedAt: Instant?
    /// Why the row was wrong; nil where it was only said anew.
    public let retractReason: String?

    public static let table = "membership"
    public static let title = "家庭成员关系"
    public static let shape = Shape<Membership> {
        Field(.id, \.id)
        Field(.householdID, \.household)
        Field(.personID, \.person)
        Field(.relation, \.relation)
        Field(.from, \.from)
        Field(.until, \.until)
        Field(.endReason, \.endReason)
        Field(.knownAt, \.knownAt)
        Field(.retractedAt, \.retractedAt)
        Field(.retractReason, \.retractReason)
    }

    public init(from reading: Reading<Membership>) throws(Refusal) {
        id = try reading(.id)
        household = try reading(.householdID)
        person = try reading(.personID)
        relation = try reading(.relation)
        from = try reading(.from)
        until = try reading(.until)
        endReason = try reading(.endReason)
        knownAt = try reading(.knownAt)
        retractedAt = try reading(.retractedAt)
        retractReason = try reading(.retractReason)
    }

    public init(id: ID<Membership>, household: ID<Household>, person: ID<Person>, relation: Relation, from: CivilDate, until: CivilDate? = nil,
                endReason: LeaveReason? = nil, knownAt: Instant, retractedAt: Instant? = nil, retractReason: String? = nil) {
        self.id = id
        self.household = household
        self.person = person
        self.relation = relation
        self.from = from
        self.until = until
        self.endReason = endReason
        self.knownAt = knownAt
        self.retractedAt = retractedAt
        self.retractReason = retractReason
    }

    /// Whether the day lies within it.
    public func holds(on day: CivilDate) -> Bool { from <= day && until.map { $0 > day } ?? true }

    /// The same row, no longer held true.
    func retracted(at now: Instant, because reason: String?) -> Membership {
        Membership(id: id, household: household, person: person, relation: relation, from: from, until: until, endReason: endReason, knownAt: knownAt,
                   retractedAt: now, retractReason: reason)
    }
}

/// 与户主关系。GB/T 4761 一位数字代码的大类，并分出常用的几种。
public enum Relation: String, CodeList {
    case head = "01", spouse = "10", son = "20", daughter = "30", grandchild = "40", parent = "50", grandparent = "60", sibling = "70", other = "99"

    public var label: String {
        switch self {
        case .head: "户主（本人）"
        case .spouse: "配偶"
        case .son: "子"
        case .daughter: "女"
        case .grandchild: "孙子女、外孙子女"
        case .parent: "父母"
        case .grandparent: "祖父母、外祖父母"
        case .sibling: "兄弟姐妹"
        case .other: "其他"
        }
    }
}

/// 离开原因。
public enum LeaveReason: String, CodeList {
    case movedOut = "moved-out", married, divorced, split, died, dissolved, other

    public var label: String {
        switch self {
        case .movedOut: "迁出"
        case .married: "结婚"
        case .divorced: "离婚"
        case .split: "分户"
        case .died: "死亡"
        case .dissolved: "家庭注销"
        case .other: "其他"
        }
    }
}

extension Term where Value == ID<Membership> {
    static var membership: Term<ID<Membership>> { Term("membership", "成员关系", .carried) }
}
extension Term where Value == Relation {
    public static var relation: Term<Relation> { Term("relation", "与户主关系") }
}
extension Term where Value == LeaveReason {
    static var endReason: Term<LeaveReason> { Term("end_reason", "离开原因") }
}
extension Term where Value == Instant {
    public static var retractedAt: Term<Instant> { Term("retracted_at", "撤回时刻") }
}
extension Term where Value == String {
    static var retractReason: Term<String> { Term("retract_reason", "撤回理由") }
}

extension Reader {
    /// Who belongs to a household on a day, head first; as it is known now, or as it was known at an instant.
    public func members(of household: ID<Household>, on day: CivilDate? = nil, knownAt: Instant? = nil) throws -> [(membership: Membership, person: Person)] {
        let day = day ?? today
        return try memberships(in: household, knownAt: knownAt).filter { $0.holds(on: day) }.map { ($0, try find($0.person)) }
    }

    /// Every time anybody spent in a household, head first; as it is known now, or as it was known at an instant.
    func memberships(in household: ID<Household>, knownAt: Instant? = nil) throws -> [Membership] {
        let known: Statement = knownAt.map { "known_at < \($0) AND (retracted_at IS NULL OR retracted_at >= \($0))" } ?? "retracted_at IS NULL"
        return try all(Membership.self, where: "household_id = \(household) AND \(known) ORDER BY relation, from_on, id")
    }
}
