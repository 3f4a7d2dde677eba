import Kernel
import Values

/// 申请更正（重要项）。Name, sex, birth date and 户籍地; a second person decides before anything changes.
struct RequestCorrection: Action {
    let change: ID<PersonChange>
    let person: ID<Person>
    let name: PersonName?
    let sex: Sex?
    let bornOn: CivilDate?
    let isBirthEstimated: Bool?
    let movesTo: RegionCode?
    let reason: LongText
    let attachment: AttachmentReference?

    static let title = "申请更正"
    static let guidance = "姓名、性别、出生日期、户籍地的更正，由镇街以上的另一人复核后生效。不改的照原样或留空。"
    static let roles: Set<Role> = .requesters
    static let subject = Subject<RequestCorrection>.person(\.person)
    static let shape = Shape<RequestCorrection> {
        Field(.newChange, \.change)
        Field(.person, \.person)
        Field(.personName, \.name)
        Field(.sex, \.sex)
        Field(.bornOn, \.bornOn)
        Field(.isBirthEstimated, \.isBirthEstimated)
        Field(.movesTo, \.movesTo)
        Field(.reason, \.reason)
        Field(.proof, \.attachment)
    }

    init(from reading: Reading<RequestCorrection>) throws(Refusal) {
        change = try reading(.newChange)
        person = try reading(.person)
        name = try reading(.personName)
        sex = try reading(.sex)
        bornOn = try reading(.bornOn)
        isBirthEstimated = try reading(.isBirthEstimated)
        movesTo = try reading(.movesTo)
        reason = try reading(.reason)
        attachment = try reading(.proof)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<Person>.init(rawValue:)) else { return RawFields() }
        let person = try reader.person(inScope: id)
        return ["name": .typed(person.name.typed), "sex": .typed(person.sex.typed), "born_on": .typed(person.bornOn.typed),
                "birth_estimated": .typed(person.isBirthEstimated.typed)]
    }

    func perform(at desk: Desk) throws -> Outcome {
        let person = try desk.standing(person)
        var change = try PersonChange(change, .essentials, of: person, in: desk.place(of: person), because: reason, with: attachment, at: desk)
        change.name = name == person.name ? nil : name
        change.sex = sex == person.sex ? nil : sex
        change.bornOn = bornOn == person.bornOn ? nil : bornOn
        change.isBirthEstimated = isBirthEstimated == person.isBirthEstimated ? nil : isBirthEstimated
        change.movesTo = movesTo == person.region ? nil : movesTo
        let after = try change.applied(to: person, desk)
        guard after.raw != person.raw else { throw Refusal.invalid("没有改动任何一项，请改好要更正的内容再提交") }
        try require(after, at: desk)
        let file = try desk.open(change, of: person)
        return Outcome(change.id, "已申请更正，编号 \(file.number)。下一步：由另一人复核，复核前档案不变", link: "/people/changes/\(change.id.text)")
    }

    /// Birth and sex are told by the ID number, where there is one.
    private func require(_ after: Person, at desk: Desk) throws {
        guard after.bornOn <= desk.today else { throw Refusal.invalid("出生日期不能晚于今天").at(["born_on"]) }
        guard after.diedOn.map({ $0 >= after.bornOn }) ?? true else { throw Refusal.invalid("出生日期不能晚于死亡日期").at(["born_on"]) }
        guard let number = try after.residentID.map(desk.open) else { return }
        guard after.bornOn == number.birth else { throw Refusal.invalid("出生日期与已登记的身份号码不一致。号码有误的，请办理「登记或更正证件号码」").at(["born_on"]) }
        guard after.sex == number.sex else { throw Refusal.invalid("性别与已登记的身份号码不一致。号码有误的，请办理「登记或更正证件号码」").at(["sex"]) }
    }
}
