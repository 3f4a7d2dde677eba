import Kernel
import Storage
import Values

/// 划转家庭。After a boundary changed, chosen households go to the new code; their members registered there and their running cases follow.
struct TransferHouseholds: Action {
    let code: RegionCode
    let into: RegionCode
    let addressPart: String?
    let households: [ChosenHousehold]
    let document: String

    static let title = "划转家庭"
    static let guidance = "区划拆分后，把划出去的家庭转到新代码。按住址划转的，填写门牌中共有的文字，如路名；也可以逐户填写家庭编号。一次全部办成，或者都不办。"
    static let roles: Set<Role> = .regionKeepers
    static let subject = Subject<TransferHouseholds>.located(nil) { act, _ in Located(region: [RegionPart("1", act.code, act.into)].scope) }
    static let shape = Shape<TransferHouseholds> {
        Field(.partCode, \.code)
        Field(.transferInto, \.into)
        Field(.addressPart, \.addressPart)
        Each(.chosenHouseholds, \.households)
        Field(.regionDocument, \.document)
    }

    init(from reading: Reading<TransferHouseholds>) throws(Refusal) {
        code = try reading(.partCode)
        into = try reading(.transferInto)
        addressPart = try reading(.addressPart)
        households = try reading(.chosenHouseholds)
        document = try reading(.regionDocument)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let chosen = try households.map { row in
            let household = try desk.find(row.household)
            guard household.region == code else { throw Refusal.conflict("这一户现在不在 \(code.shown)，请核对").at(["households", row.key, "household_id"]) }
            return household.id
        }
        guard !chosen.isEmpty || addressPart != nil else { throw Refusal.invalid("请填写住址中的文字，或逐户填写家庭编号").at(["address_part"]) }
        let found = try addressPart.map { try desk.households(in: code, addressed: $0) } ?? []
        let all = Array(Set(chosen + found)).sorted()
        guard !all.isEmpty else { throw Refusal.absent("\(code.shown) 下没有住址含有「\(addressPart ?? "")」的家庭").at(["address_part"]) }
        let cases = try desk.transfer(all, from: code, to: into)
        return Outcome(try desk.living(into, on: desk.today).id, "已划转 \(all.count) 户到 \(into.shown)，\(cases) 件办理中的件和待遇随转。依据：\(document)",
                       link: "/people/households?region=\(into.code)")
    }
}

/// 划转一户。The same for one household, from its page or as one of a batch.
struct TransferHousehold: Action {
    let household: ID<Household>
    let into: RegionCode
    let document: String

    static let title = "划转到新区划"
    static let guidance = "区划边界变更时办理：这一户划归新的区划，住址不变。搬家的请办理「家庭迁移」。"
    static let roles: Set<Role> = .regionKeepers
    static let subject = Subject<TransferHousehold>.record(.household, \.household)
    static let shape = Shape<TransferHousehold> {
        Field(.household, \.household)
        Field(.transferInto, \.into)
        Field(.regionDocument, \.document)
    }

    init(from reading: Reading<TransferHousehold>) throws(Refusal) {
        household = try reading(.household)
        into = try reading(.transferInto)
        document = try reading(.regionDocument)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let household = try desk.find(household)
        try desk.requireStanding(household)
        let cases = try desk.transfer([household.id], from: household.region, to: into)
        return Outcome(household.id, "已划转到 \(into.shown)，\(cases) 件办理中的件和待遇随转。依据：\(document)", link: household.link)
    }
}

/// 选定的家庭。
struct ChosenHousehold: Entry {
    let key: String
    let household: ID<Household>

    static let shape = Shape<ChosenHousehold> { Field(.householdID, \.household) }

    init(from reading: Reading<ChosenHousehold>) throws(Refusal) {
        key = reading.key
        household = try reading(.householdID)
    }
}

extension Desk {
    fileprivate func transfer(_ households: [ID<Household>], from old: RegionCode, to new: RegionCode) throws -> Int {
        guard new != old else { throw Refusal.invalid("这一户已在 \(new.shown)").at(["into"]) }
        guard new.level == old.level else { throw Refusal.invalid("新区划须与原区划同级（\(old.level.label)）").at(["into"]) }
        guard actor.covers(new) else { throw Refusal.forbidden("\(new.shown) 不在您的管辖范围内，请由上级办理").at(["into"]) }
        _ = try living(new, on: today)
        let cases = try follow(households, from: old, to: new, withPeople: true)
        for slice in stride(from: 0, to: households.count, by: 500).map({ households[$0 ..< min($0 + 500, households.count)] }) {
            try connection.run("UPDATE household SET region = \(new), version = version + 1 WHERE id IN (\(slice.map { "\($0)" as Statement }.joined(", ")))")
        }
        return cases
    }
}

extension Reader {
    fileprivate func households(in region: RegionCode, addressed part: String) throws -> [ID<Household>] {
        let escaped = part.replacing("!", with: "!!").replacing("%", with: "!%").replacing("_", with: "!_")
        return try connection.all("""
            SELECT id FROM household WHERE region = \(region) AND dissolved_on IS NULL AND address LIKE \("%\(escaped)%") ESCAPE '!' ORDER BY id
            """) { try $0.read(0) }
    }
}

extension Term where Value == RegionCode {
    static var transferInto: Term<RegionCode> { Term("into", "划入的区划") }
}
extension Term where Value == String {
    static var addressPart: Term<String> { Term("address_part", "住址含有", hint: "如「建设路」；住址含有这些文字的家庭全部划转") }
}
extension Term where Value == [ChosenHousehold] {
    static var chosenHouseholds: Term<[ChosenHousehold]> { Term("households", "家庭", hint: "家庭编号见家庭登记台账的内部编号") }
}
