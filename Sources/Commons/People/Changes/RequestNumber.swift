import Kernel
import Values

/// 登记或更正证件号码（关键项）。The ID number is linked later or put right, on a document, decided by the county.
///
/// A number that belongs to somebody else isn't entered a second time: the two files are to be merged.
struct RequestNumber: Action {
    let change: ID<PersonChange>
    let person: ID<Person>
    let residentID: ResidentID?
    let documentKind: DocumentKind?
    let documentNumber: DocumentNumber?
    let reason: LongText
    let attachment: AttachmentReference

    static let title = "登记或更正证件号码"
    static let guidance = "凭证件或证明材料申请，由区县审核后生效；性别和出生日期随公民身份号码一并更正。只填公民身份号码，或者只选证件种类；改登其他证件的，原来的公民身份号码即撤销。"
    static let roles: Set<Role> = .requesters
    static let subject = Subject<RequestNumber>.person(\.person)
    static let shape = Shape<RequestNumber> {
        Field(.newChange, \.change)
        Field(.person, \.person)
        Field(.residentID, \.residentID)
        Field(.documentKind, \.documentKind)
        Field(.documentNumber, \.documentNumber)
        Field(.reason, \.reason)
        Field(.proof, \.attachment)
    }

    init(from reading: Reading<RequestNumber>) throws(Refusal) {
        change = try reading(.newChange)
        person = try reading(.person)
        residentID = try reading(.residentID)
        documentKind = try reading(.documentKind)
        documentNumber = try reading(.documentNumber)
        reason = try reading(.reason)
        attachment = try reading(.proof)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let person = try desk.standing(person)
        try require(person, at: desk)
        var change = try PersonChange(change, .number, of: person, in: desk.place(of: person), because: reason, with: attachment, at: desk)
        change.residentID = try residentID.map(desk.seal)
        change.documentKind = documentKind
        change.documentNumber = try documentNumber.map(desk.seal)
        let file = try desk.open(change, of: person)
        return Outcome(change.id, "已申请，编号 \(file.number)。下一步：由区县核对材料，核对前档案不变", link: "/people/changes/\(change.id.text)")
    }

    private func require(_ person: Person, at desk: Desk) throws {
        switch (residentID, documentKind, documentNumber) {
        case (let number?, nil, nil):
            try number.requireBorn(by: desk.today)
            guard try person.residentID.map({ try desk.open($0) != number }) ?? true else { throw Refusal.invalid("这就是已登记的号码，没有改动").at(["resident_id"]) }
            guard person.diedOn.map({ $0 >= number.birth }) ?? true else { throw Refusal.invalid("身份号码中的出生日期晚于死亡日期，请核对").at(["resident_id"]) }
            try desk.requireUnclaimed(number, for: person)
        case (nil, let kind?, let number):
            guard kind.hasNumber == (number != nil) else {
                throw Refusal.invalid(kind.hasNumber ? "请填写证件号码" : "没有证件的不填号码").at(["document_no"])
            }
        default: throw Refusal.invalid("请只填公民身份号码，或者只填另一种证件").at(["resident_id"])
        }
    }
}

extension Reader {
    /// - Throws: `.conflict` where somebody else bears this number, with the way to merging.
    func requireUnclaimed(_ number: ResidentID, for person: Person) throws {
        guard let holder = try self.person(with: number), holder.id != person.id else { return }
        guard try covers(holder) else {
            throw Refusal.conflict("这个号码已登记在其他区域的另一份档案上，可能是同一个人。请联系上级核对后合并，不要重复登记").at(["resident_id"])
        }
        throw Refusal.conflict("这个号码已登记在另一份档案「\(holder.name.shown)」上，很可能是同一个人。请打开本档案的「查重与合并」，把两份合并；确有冒用、错登的，先更正那一份的号码")
            .at(["resident_id"])
    }
}
