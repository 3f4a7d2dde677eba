import Kernel
import Storage
import Values

/// 更换收款人的缘由。
public enum PayeeReason: String, CodeList {
    case heir, guardian, entrusted

    public var label: String {
        switch self {
        case .heir: "本人去世，由继承人收"
        case .guardian: "由监护人收"
        case .entrusted: "本人书面委托"
        }
    }
}

/// 更换收款人。Somebody else receives what is due to a person: the heirs of the dead what was due by law, a guardian, whom he has entrusted in writing.
///
/// Who is covered doesn't change: claims, reckoning and what was overpaid stay with the person. 《中华人民共和国民法典》第一千一百二十二条。
struct ChangePayee: Action {
    let person: ID<Person>
    let change: ID<PayeeChange>
    let receiver: String
    let reason: PayeeReason
    let evidence: String
    let proof: AttachmentReference?

    static let title = "更换收款人"
    static let guidance = """
        本人去世后依法应发的余款付给继承人，或者由监护人、受托人代收时办理。先给新的收款人登记人员档案和收款账户，再在这里更换。
        谁享受待遇不变；还没有签批的名册重新检查后换过来，退票的补发也付到新的账户。检查时逐行提示，三道签批的人都看得到。
        """
    static let roles: Set<Role> = [.townshipReviewer, .countyReviewer]
    static let subject = Subject<ChangePayee>.record(.person, \.person)
    static let shape = Shape<ChangePayee> {
        Field(.person, \.person)
        Field(.newPayeeChange, \.change)
        Field(.payeeReceiver, \.receiver)
        Field(.payeeReason, \.reason)
        Field(.payeeEvidence, \.evidence)
        Field(.payeeProof, \.proof)
    }

    init(from reading: Reading<ChangePayee>) throws(Refusal) {
        person = try reading(.person)
        change = try reading(.newPayeeChange)
        receiver = try reading(.payeeReceiver)
        reason = try reading(.payeeReason)
        evidence = try reading(.payeeEvidence)
        proof = try reading(.payeeProof)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let person = try desk.standing(person), payee = try desk.person(typed: receiver, "receiver")
        guard payee.id != person.id else { throw Refusal.invalid("新的收款人就是本人，不用更换").at(["receiver"]) }
        if payee.diedOn != nil { throw Refusal.conflict("\(payee.name.shown)已登记死亡，不能收款").at(["receiver"]) }
        if reason == .heir, person.diedOn == nil { throw Refusal.conflict("\(person.name.shown)没有登记死亡，不能由继承人收款；先办理死亡登记").at(["reason"]) }
        if reason != .heir, person.diedOn != nil { throw Refusal.conflict("\(person.name.shown)已登记死亡，监护和委托都已终止；余款由继承人收").at(["reason"]) }
        try desk.endPayeeChanges(of: person.id)
        try desk.connection.run("""
            INSERT INTO payee_change (id, person_id, payee_id, reason, evidence, proof, region, from_on, made_by_name)
            VALUES (\(change), \(person.id), \(payee.id), \(reason), \(evidence), \(proof), \(person.region), \(desk.today), \(desk.actor.name))
            """)
        let account = try desk.paymentAccount(of: payee.id, on: desk.today)
        let next = account == nil ? "下一步：给\(payee.name.shown)登记收款账户" : "下一步：还没有签批的批次重新检查名册"
        return Outcome(change, "\(person.name.shown)的款改由\(payee.name.shown)收。\(next)", link: "/payments/payees/\(person.id.text)")
    }
}

/// 恢复本人收款。
struct EndPayeeChange: Action {
    let person: ID<Person>
    let reason: String

    static let title = "恢复本人收款"
    static let guidance = "监护、委托终止，或者更换错了的，写明原因。还没有签批的名册重新检查后换回来。"
    static let roles: Set<Role> = [.townshipReviewer, .countyReviewer]
    static let subject = Subject<EndPayeeChange>.record(.person, \.person)
    static let shape = Shape<EndPayeeChange> {
        Field(.person, \.person)
        Field(.payeeEndReason, \.reason)
    }

    init(from reading: Reading<EndPayeeChange>) throws(Refusal) {
        person = try reading(.person)
        reason = try reading(.payeeEndReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let person = try desk.standing(person)
        guard try desk.endPayeeChanges(of: person.id) > 0 else { throw Refusal.outOfOrder("\(person.name.shown)的款现在就是本人收，没有更换过") }
        return Outcome(person.id, "\(person.name.shown)的款恢复由本人收。下一步：还没有签批的批次重新检查名册", link: "/payments/payees/\(person.id.text)")
    }
}

/// Only its name is used; a row of SQL.
enum PayeeChange {}

extension Desk {
    /// - Returns: how many stood.
    @discardableResult
    fileprivate func endPayeeChanges(of person: ID<Person>) throws -> Int {
        try connection.run("UPDATE payee_change SET until_on = \(today) WHERE \(try concerning("person_id", person)) AND until_on IS NULL")
    }
}

extension Reader {
    /// By the number of an identity card, or by the number of the file.
    func person(typed text: String, _ field: String) throws -> Person {
        if let id = ID<Person>(rawValue: text) { return try standing(id) }
        let number: ResidentID
        do { number = try ResidentID(typed: text) } catch { throw error.at([field]) }
        guard let known = try person(indexed: try house.keyring.index(number).storedText) else {
            throw Refusal.absent("没有登记这个身份号码，请先登记人员档案").at([field])
        }
        return try standing(known.id)
    }
}

extension Term where Value == ID<PayeeChange> {
    static var newPayeeChange: Term<ID<PayeeChange>> { Term("change", "更换编号", .made) }
    static var payeeChangeID: Term<ID<PayeeChange>> { Term("id", "内部编号", .made) }
}
extension Term where Value == PayeeReason {
    static var payeeReason: Term<PayeeReason> { Term("reason", "为什么由他收") }
}
extension Term where Value == AttachmentReference {
    static var payeeProof: Term<AttachmentReference> { Term("proof", "凭据的照片或者扫描件", hint: "JPG、PNG 或者 PDF，不超过 10 MB") }
}
extension Term where Value == String {
    static var payeeReceiver: Term<String> { Term("receiver", "新的收款人", hint: "公民身份号码；没有身份证的写人员编号") }
    static var payeeEvidence: Term<String> { Term("evidence", "凭据", hint: "继承公证书、继承人共同具结书、监护证明或者委托书的日期、编号") }
    static var payeeEndReason: Term<String> { Term("reason", "恢复的原因") }
}
