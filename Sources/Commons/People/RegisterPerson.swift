import Kernel
import Values

/// 登记人员。A person enters the register once; whoever may be there already is shown first.
///
/// With a 公民身份号码 birth and sex come from it; without one they are asked for, and the document, or why there is none.
struct RegisterPerson: Action {
    let id: ID<Person>
    let name: PersonName
    let residentID: ResidentID?
    let documentKind: DocumentKind?
    let documentNumber: DocumentNumber?
    let sex: Sex?
    let bornOn: CivilDate?
    let isBirthEstimated: Bool?
    let phone: Phone?
    let region: RegionCode
    let livingIn: RegionCode?
    let address: String?
    let distinctReason: LongText?

    static let title = "登记人员"
    static let guidance = "有公民身份号码的，性别和出生日期由号码得出；没有的，请选证件种类并填写性别、出生日期。不知道姓名的填「姓名不详」。"
    static let roles: Set<Role> = [.community, .townshipClerk, .countyReviewer]
    static let subject = Subject<RegisterPerson>.new(in: \.region)
    static let shape = Shape<RegisterPerson> {
        Field(.newPerson, \.id)
        Field(.personName, \.name)
        Field(.residentID, \.residentID)
        Field(.documentKind, \.documentKind)
        Field(.documentNumber, \.documentNumber)
        Field(.sex, \.sex)
        Field(.bornOn, \.bornOn)
        Field(.isBirthEstimated, \.isBirthEstimated)
        Field(.phone, \.phone)
        Field(.registeredIn, \.region)
        Field(.livingIn, \.livingIn)
        Field(.address, \.address)
        Field(.distinctReason, \.distinctReason)
    }

    init(from reading: Reading<RegisterPerson>) throws(Refusal) {
        id = try reading(.newPerson)
        name = try reading(.personName)
        residentID = try reading(.residentID)
        documentKind = try reading(.documentKind)
        documentNumber = try reading(.documentNumber)
        sex = try reading(.sex)
        bornOn = try reading(.bornOn)
        isBirthEstimated = try reading(.isBirthEstimated)
        phone = try reading(.phone)
        region = try reading(.registeredIn)
        livingIn = try reading(.livingIn)
        address = try reading(.address)
        distinctReason = try reading(.distinctReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        try desk.requireFree(residentID)
        let person = try person(at: desk), alike = try desk.alike(person)
        let known = alike.filter(\.isInScope)
        guard known.isEmpty || distinctReason != nil else { throw Refusal(.conflict, try desk.told(known)).at([Term<LongText>.distinctReason.name]) }
        try desk.enter(person)
        try desk.note(alike, of: person, claim: distinctReason)
        failPoint("people.registered")
        let next = known.isEmpty ? "" : "。与 \(known.count) 份已有档案相似，已列入疑似重复，由审核人员核对"
        return Outcome(id, "已登记\(next)", link: "/people/persons/\(id.text)")
    }

    private func person(at desk: Desk) throws -> Person {
        let (sex, bornOn) = try residentID.map { number in try agree(with: number, on: desk.today) } ?? stated(on: desk.today)
        return Person(id: id, name: name, sex: sex, bornOn: bornOn, residentID: try residentID.map(desk.seal), residentIndex: try residentID.map(desk.blindIndex),
                      phone: try phone.map(desk.seal), region: region, address: address, phoneIndex: try phone.map(desk.blindIndex),
                      documentKind: documentKind, documentNumber: try documentNumber.map(desk.seal), documentIndex: try documentNumber.map(desk.blindIndex),
                      livingIn: livingIn == region ? nil : livingIn, isBirthEstimated: residentID == nil && isBirthEstimated ?? false)
    }

    /// What the number says; whatever else was stated has to agree.
    private func agree(with number: ResidentID, on day: CivilDate) throws -> (Sex, CivilDate) {
        try number.requireBorn(by: day)
        guard sex ?? number.sex == number.sex else { throw Refusal.invalid("性别与身份号码不一致，请核对证件；留空则按号码登记").at(["sex"]) }
        guard bornOn ?? number.birth == number.birth else { throw Refusal.invalid("出生日期与身份号码不一致，请核对证件；留空则按号码登记").at(["born_on"]) }
        guard documentKind?.hasNumber ?? true else { throw Refusal.invalid("填了公民身份号码的，不能再选「没有证件」").at(["document_kind"]) }
        try requireDocument()
        return (number.sex, number.birth)
    }

    private func stated(on day: CivilDate) throws -> (Sex, CivilDate) {
        guard documentKind != nil else { throw Refusal.invalid("请填写公民身份号码；没有的，请选所持证件或没有证件的缘由").at(["resident_id"]) }
        try requireDocument()
        guard let sex else { throw Refusal.invalid("没有公民身份号码的，请选择性别").at(["sex"]) }
        guard let bornOn else { throw Refusal.invalid("没有公民身份号码的，请填写出生日期；不知道确切日期的填估计的，并选「估计」").at(["born_on"]) }
        guard bornOn <= day else { throw Refusal.invalid("出生日期不能晚于今天").at(["born_on"]) }
        return (sex, bornOn)
    }

    private func requireDocument() throws(Refusal) {
        switch (documentKind?.hasNumber, documentNumber) {
        case (true, nil): throw Refusal.invalid("请填写证件号码").at(["document_no"])
        case (false, .some), (nil, .some): throw Refusal.invalid("填了证件号码的，请选对应的证件种类").at(["document_kind"])
        default: return
        }
    }
}

extension Reader {
    /// An ID number that is registered already is told with the way on.
    func requireFree(_ number: ResidentID?) throws {
        guard let number, let known = try person(with: number) else { return }
        let holder = try covers(known) ? "「\(known.name.shown)」名下，请直接打开该档案" : "其他区域，请联系上级核对，不必重复登记"
        throw Refusal.conflict("这个身份号码已登记在\(holder)").at(["resident_id"])
    }
}

extension Term where Value == RegionCode {
    /// The same column as `region`, under the words of a register of persons.
    static var registeredIn: Term<RegionCode> { Term("region", "户籍地", hint: "区划代码；没有户籍的填登记地") }
}

extension Term where Value == LongText {
    static var distinctReason: Term<LongText> { Term("distinct_reason", "确认是另一个人的理由", hint: "提示疑似重复、而确是另一个人时才填写") }
}
