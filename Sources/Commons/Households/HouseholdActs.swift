import Kernel
import Values

extension Set<Role> {
    /// Who keeps the household register.
    static let householdKeepers: Set<Role> = [.community, .townshipClerk, .countyReviewer]
    /// Who mends it.
    static let householdMenders: Set<Role> = [.townshipClerk, .countyReviewer]
}

/// 登记家庭。A household begins with its head; the others are added one by one.
struct RegisterHousehold: Action {
    let id: ID<Household>
    let person: ID<Person>?
    let residentID: ResidentID?
    let from: CivilDate
    let region: RegionCode
    let area: Area
    let address: String?
    let isMoving: Bool?

    static let title = "登记家庭"
    static let guidance = "填写户主和住址，办完后再逐个加入成员。户主须先在人员登记里。"
    static let roles: Set<Role> = .householdKeepers
    static let subject = Subject<RegisterHousehold>.new(in: \.region)
    static let shape = Shape<RegisterHousehold> {
        Field(.newHousehold, \.id)
        Field(.person, \.person)
        Field(.memberNumber, \.residentID)
        Field(.joinedOn, \.from)
        Field(.region, \.region)
        Field(.area, \.area)
        Field(.address, \.address)
        Field(.isMoving, \.isMoving)
    }

    init(from reading: Reading<RegisterHousehold>) throws(Refusal) {
        id = try reading(.newHousehold)
        person = try reading(.person)
        residentID = try reading(.memberNumber)
        from = try reading(.joinedOn)
        region = try reading(.region)
        area = try reading(.area)
        address = try reading(.address)
        isMoving = try reading(.isMoving)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let head = try desk.member(person, residentID)
        try desk.enter(HouseholdEntry(id, head: head.id, region: region, area: area, address: address, from: from, elsewhere: isMoving == true ? .left : .refused))
        desk.emit(HouseholdChanged(household: id, on: from, change: .registered))
        return Outcome(id, "家庭已登记。下一步：加入其他成员", link: "/people/households/\(id.text)")
    }
}

/// 家庭迁移。The household lives elsewhere from a day on; its running cases go with it.
struct MoveHousehold: Action {
    let household: ID<Household>
    let movedOn: CivilDate
    let region: RegionCode
    let area: Area
    let address: String?
    let isRegistrationMoved: Bool

    static let title = "家庭迁移"
    static let guidance = "填写迁入的区域和住址。办理中的件和正在享受的待遇随家庭转到新区域；办结的件留在原处。跨乡镇迁移由区县办理。"
    static let roles: Set<Role> = .householdKeepers
    static let subject = Subject<MoveHousehold>.record(.household, \.household)
    static let shape = Shape<MoveHousehold> {
        Field(.household, \.household)
        Field(.movedOn, \.movedOn)
        Field(.region, \.region)
        Field(.area, \.area)
        Field(.address, \.address)
        Field(.isRegistrationMoved, \.isRegistrationMoved)
    }

    init(from reading: Reading<MoveHousehold>) throws(Refusal) {
        household = try reading(.household)
        movedOn = try reading(.movedOn)
        region = try reading(.region)
        area = try reading(.area)
        address = try reading(.address)
        isRegistrationMoved = try reading(.isRegistrationMoved)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<Household>.init(rawValue:)) else { return RawFields() }
        let household = try reader.find(id)
        return ["region": .stored(household.region.stored), "area": .stored(household.area.stored), "address": household.address.map { .stored($0.stored) } ?? .stored(.null)]
    }

    func perform(at desk: Desk) throws -> Outcome {
        let household = try desk.find(household)
        try desk.requireStanding(household)
        guard movedOn <= desk.today else { throw Refusal.invalid("迁移日期不能晚于今天").at(["moved_on"]) }
        let last = try desk.formerResidences(of: household.id).last
        if let last, movedOn < last.until { throw Refusal.invalid("迁移日期早于上一次迁移（\(last.until.shown)），请核对").at(["moved_on"]) }
        guard region != household.region || area != household.area || address != household.address else { throw Refusal.invalid("区域、城乡和住址都没有变化") }
        guard desk.actor.covers(region) else { throw Refusal.forbidden("迁入的区域不在您的管辖范围内，跨区域的迁移请由上级办理") }
        try desk.requireKnown(region)
        try desk.insert(FormerResidence(desk.makeID(), of: household, until: movedOn, knownAt: desk.now))
        let moved = household.changed(region: region, area: area, address: .some(address))
        try desk.update(moved)
        let cases = region == household.region ? 0 : try desk.follow([household.id], from: household.region, to: region, withPeople: isRegistrationMoved)
        desk.emit(HouseholdChanged(household: household.id, on: movedOn, change: .moved))
        return Outcome(household.id, "已登记迁移" + (cases > 0 ? "，\(cases) 件办理中的件和待遇已转到新区域" : ""), link: household.link)
    }
}

/// 注销家庭。The household is no more: everybody's membership ends.
struct DissolveHousehold: Action {
    let household: ID<Household>
    let dissolvedOn: CivilDate
    let note: String

    static let title = "注销家庭"
    static let guidance = "全家迁往外地、成员全部去世或并入别的家庭时办理。还有办理中的件或待遇的，先办结。"
    static let roles: Set<Role> = .householdMenders
    static let subject = Subject<DissolveHousehold>.record(.household, \.household)
    static let shape = Shape<DissolveHousehold> {
        Field(.household, \.household)
        Field(.dissolvedOn, \.dissolvedOn)
        Field(.actReason, \.note)
    }

    init(from reading: Reading<DissolveHousehold>) throws(Refusal) {
        household = try reading(.household)
        dissolvedOn = try reading(.dissolvedOn)
        note = try reading(.actReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let household = try desk.find(household)
        try desk.requireStanding(household)
        guard dissolvedOn <= desk.today else { throw Refusal.invalid("注销日期不能晚于今天").at(["dissolved_on"]) }
        if let number = try desk.openCases(of: [household.id]).first?.number {
            throw Refusal.conflict("这一户还有办理中的件或待遇 \(number)，请先办结再注销")
        }
        let living = try desk.memberships(in: household.id).filter { $0.until == nil }
        if let latest = living.map(\.from).max(), dissolvedOn <= latest {
            throw Refusal.invalid("注销日期须晚于成员的加入日期（\(latest.shown)）；整户登记错了的，请逐个撤销成员关系").at(["dissolved_on"])
        }
        for membership in living { try desk.end(membership, on: dissolvedOn, because: .dissolved) }
        try desk.update(household.changed(dissolvedOn: dissolvedOn))
        desk.emit(HouseholdChanged(household: household.id, on: dissolvedOn, change: .dissolved))
        return Outcome(household.id, "家庭已注销，\(living.count) 人的成员关系到此为止", link: household.link)
    }
}

extension Reader {
    func formerResidences(of household: ID<Household>) throws -> [FormerResidence] {
        try all(FormerResidence.self, where: "household_id = \(household) ORDER BY until_on, id")
    }

    /// The person a form names, by number or by the file it was opened from.
    func member(_ person: ID<Person>?, _ number: ResidentID?) throws -> Person {
        if let number {
            guard let found = try self.person(with: number) else { throw Refusal.absent("没有登记过这个身份号码，请先登记人员").at(["resident_id"]) }
            return found
        }
        guard let person else { throw Refusal.invalid("请填写身份号码；没有号码的人员，请从他的档案页办理").at(["resident_id"]) }
        return try standing(person)
    }
}

extension Term where Value == CivilDate {
    static var joinedOn: Term<CivilDate> { Term("from_on", "加入日期", hint: "在这一户生活的第一天") }
    static var movedOn: Term<CivilDate> { Term("moved_on", "迁移日期", hint: "在新住址的第一天") }
}
extension Term where Value == Bool {
    static var isMoving: Term<Bool> { Term("is_moving", "从原家庭迁入", hint: "已在别的家庭的，勾选后原家庭的成员关系到加入前一日为止") }
    static var isRegistrationMoved: Term<Bool> { Term("is_registration_moved", "户籍随迁", hint: "选「是」的，户籍地在原区域的成员一并改为新区域") }
}
extension Term where Value == ResidentID {
    static var memberNumber: Term<ResidentID> { Term("resident_id", "公民身份号码", hint: "须先在人员登记里；没有号码的人员，请从他的档案页办理") }
}
extension Term where Value == String {
    static var actReason: Term<String> { Term("reason", "理由", hint: "写明事实和依据") }
}
