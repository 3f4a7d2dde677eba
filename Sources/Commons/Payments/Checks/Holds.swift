import Kernel
import Storage
import Values

/// 暂缓。Payments for a person that wait until something is verified; what was not paid meanwhile is paid afterwards by itself.
struct PaymentHold: Placed {
    let id: ID<PaymentHold>
    let person: ID<Person>
    /// nil: every programme.
    let programme: String?
    let code: HoldCode
    let reason: String
    let region: RegionCode
    let heldOn: CivilDate
    let heldBy: String
    var releasedOn: CivilDate?
    var releaseReason: String?

    static let table = "payment_hold"
    static let title = "暂缓发放"
    static let shape = Shape<PaymentHold> {
        Field(.id, \.id)
        Field(.personID, \.person)
        Field(.heldProgramme, \.programme)
        Field(.holdCode, \.code)
        Field(.holdReason, \.reason)
        Field(.region, \.region)
        Field(.heldOn, \.heldOn)
        Field(.heldBy, \.heldBy)
        Field(.releasedOn, \.releasedOn)
        Field(.releaseReason, \.releaseReason)
    }

    init(from reading: Reading<PaymentHold>) throws(Refusal) {
        id = try reading(.id)
        person = try reading(.personID)
        programme = try reading(.heldProgramme)
        code = try reading(.holdCode)
        reason = try reading(.holdReason)
        region = try reading(.region)
        heldOn = try reading(.heldOn)
        heldBy = try reading(.heldBy)
        releasedOn = try reading(.releasedOn)
        releaseReason = try reading(.releaseReason)
    }

    init(_ act: HoldPayments, _ person: Person, _ programme: String?, at desk: Desk) {
        id = act.hold
        self.person = person.id
        self.programme = programme
        code = act.code
        reason = act.reason
        region = person.region
        heldOn = desk.today
        heldBy = desk.actor.name
        releasedOn = nil
        releaseReason = nil
    }
}

/// 暂缓的事由；the codes are those of the checks.
enum HoldCode: String, CodeList {
    case custody = "CUSTODY", held = "HELD"
    var label: String { self == .custody ? "服刑、羁押信息待核实" : "其他待核实" }
}

/// 暂缓发放。
struct HoldPayments: Action {
    let person: ID<Person>
    let hold: ID<PaymentHold>
    let programme: String?
    let code: HoldCode
    let reason: String

    static let title = "暂缓发放"
    static let guidance = "有服刑、失联等信息待核实的，先暂缓下一次发放；核实后解除，未发的自动补发。死亡信息不用登记暂缓，系统按人员登记处理。"
    static let roles: Set<Role> = [.townshipReviewer, .countyReviewer]
    static let subject = Subject<HoldPayments>.record(.person, \.person)
    static let shape = Shape<HoldPayments> {
        Field(.person, \.person)
        Field(.newHold, \.hold)
        Field(.heldProgramme, \.programme)
        Field(.holdCode, \.code)
        Field(.holdReason, \.reason)
    }

    init(from reading: Reading<HoldPayments>) throws(Refusal) {
        person = try reading(.person)
        hold = try reading(.newHold)
        programme = try reading(.heldProgramme)
        code = try reading(.holdCode)
        reason = try reading(.holdReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let person = try desk.standing(person)
        let held: PaidProgramme?
        do { held = try programme.map { typed throws(Refusal) in try desk.house.programme(typed) } } catch { throw error.at(["programme"]) }
        try desk.insert(PaymentHold(self, person, held?.name, at: desk))
        return Outcome(hold, "已暂缓：\(code.label)。核实后请解除", link: "/people/persons/\(person.id.text)")
    }
}

/// 解除暂缓。
struct ReleaseHold: Action {
    let hold: ID<PaymentHold>
    let reason: String

    static let title = "解除暂缓"
    static let guidance = "写明核实的结果。解除后下一次名册恢复发放，此前未发的月份自动补发。"
    static let roles: Set<Role> = [.countyReviewer, .countyApprover]
    static let subject = Subject<ReleaseHold>.located("hold") { act, reader in
        let hold = try reader.find(act.hold)
        return Located(id: hold.id.text, region: hold.region)
    }
    static let shape = Shape<ReleaseHold> {
        Field(.hold, \.hold)
        Field(.releaseReason, \.reason)
    }

    init(from reading: Reading<ReleaseHold>) throws(Refusal) {
        hold = try reading(.hold)
        reason = try reading(.releaseReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var found = try desk.find(hold)
        guard found.releasedOn == nil else { throw Refusal.outOfOrder("这条暂缓已在\(found.releasedOn?.shown ?? "")解除") }
        found.releasedOn = desk.today
        found.releaseReason = reason
        try desk.update(found)
        return Outcome(hold, "已解除暂缓，未发的月份将在下一次名册补发", link: "/payments/holds")
    }
}

extension Term where Value == ID<PaymentHold> {
    static var hold: Term<ID<PaymentHold>> { Term("hold", "暂缓", .carried) }
    static var newHold: Term<ID<PaymentHold>> { Term("hold", "暂缓编号", .made) }
}
extension Term where Value == HoldCode {
    static var holdCode: Term<HoldCode> { Term("code", "事由") }
}
extension Term where Value == String {
    static var heldProgramme: Term<String> { Term("programme", "发放项目", hint: "项目名称；全部项目都暂缓的不填") }
    static var holdReason: Term<String> { Term("reason", "情况") }
    static var heldBy: Term<String> { Term("held_by_name", "登记人") }
    static var releaseReason: Term<String> { Term("release_reason", "核实结果") }
}
extension Term where Value == CivilDate {
    static var heldOn: Term<CivilDate> { Term("held_on", "暂缓日期") }
    static var releasedOn: Term<CivilDate> { Term("released_on", "解除日期") }
}
