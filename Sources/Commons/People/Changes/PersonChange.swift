import Kernel
import Storage
import Values

/// 档案变更。A change of what matters in a person's file, with what it is to become; a second person decides.
///
/// What was before is the version of the file that the request was made on. Numbers and reasons rest sealed.
struct PersonChange: Placed {
    let id: ID<PersonChange>
    let person: ID<Person>
    let region: RegionCode
    let kind: ChangeKind
    /// The version of the file that was seen.
    let baseVersion: Int
    var name: PersonName?
    var sex: Sex?
    var bornOn: CivilDate?
    var isBirthEstimated: Bool?
    var movesTo: RegionCode?
    var residentID: Sealed<ResidentID>?
    var documentKind: DocumentKind?
    var documentNumber: Sealed<DocumentNumber>?
    var diedOn: CivilDate?
    let reason: Sealed<LongText>?
    var attachment: AttachmentReference?
    let requestedBy: ID<Actor>
    let requestedByName: String
    let requestedAt: Instant
    var decidedBy: ID<Actor>?
    var decidedByName: String?
    var decidedAt: Instant?
    var answer: Sealed<LongText>?

    static let table = "person_change"
    static let title = "档案变更"
    static let shape = Shape<PersonChange> {
        Field(.id, \.id)
        Field(.personID, \.person)
        Field(.region, \.region)
        Field(.changeKind, \.kind)
        Field(.baseVersion, \.baseVersion)
        Field(.personName, \.name)
        Field(.sex, \.sex)
        Field(.bornOn, \.bornOn)
        Field(.isBirthEstimated, \.isBirthEstimated)
        Field(.movesTo, \.movesTo)
        Field(.sealedResidentID, \.residentID)
        Field(.documentKind, \.documentKind)
        Field(.sealedDocumentNumber, \.documentNumber)
        Field(.diedOn, \.diedOn)
        Field(.sealedReason, \.reason)
        Field(.proof, \.attachment)
        Field(.requestedBy, \.requestedBy)
        Field(.requestedByName, \.requestedByName)
        Field(.requestedAt, \.requestedAt)
        Field(.decidedBy, \.decidedBy)
        Field(.decidedByName, \.decidedByName)
        Field(.decidedAt, \.decidedAt)
        Field(.sealedAnswer, \.answer)
    }

    init(from reading: Reading<PersonChange>) throws(Refusal) {
        id = try reading(.id)
        person = try reading(.personID)
        region = try reading(.region)
        kind = try reading(.changeKind)
        baseVersion = try reading(.baseVersion)
        name = try reading(.personName)
        sex = try reading(.sex)
        bornOn = try reading(.bornOn)
        isBirthEstimated = try reading(.isBirthEstimated)
        movesTo = try reading(.movesTo)
        residentID = try reading(.sealedResidentID)
        documentKind = try reading(.documentKind)
        documentNumber = try reading(.sealedDocumentNumber)
        diedOn = try reading(.diedOn)
        reason = try reading(.sealedReason)
        attachment = try reading(.proof)
        requestedBy = try reading(.requestedBy)
        requestedByName = try reading(.requestedByName)
        requestedAt = try reading(.requestedAt)
        decidedBy = try reading(.decidedBy)
        decidedByName = try reading(.decidedByName)
        decidedAt = try reading(.decidedAt)
        answer = try reading(.sealedAnswer)
    }

    init(_ id: ID<PersonChange>, _ kind: ChangeKind, of person: Person, in region: RegionCode, because reason: LongText?,
         with attachment: AttachmentReference?, at desk: Desk) throws {
        self.id = id
        self.person = person.id
        self.region = region
        self.kind = kind
        baseVersion = person.version
        self.reason = try reason.map(desk.seal)
        self.attachment = attachment
        requestedBy = desk.actor.user
        requestedByName = desk.actor.name
        requestedAt = desk.now
    }
}

/// 变更种类。Who decides follows from it.
enum ChangeKind: String, CodeList {
    /// 重要项: name, sex, birth, 户籍地. Decided from the township up.
    case essentials
    /// 关键项: decided by the county, on a document.
    case number, death, revival

    var label: String {
        switch self {
        case .essentials: "更正重要项"
        case .number: "登记或更正证件号码"
        case .death: "核实死亡登记"
        case .revival: "撤销死亡登记"
        }
    }

    var isKey: Bool { self != .essentials }
}

extension PersonChange {
    /// The same file after the change.
    func applied(to person: Person, _ desk: Desk) throws -> Person {
        var person = person
        switch kind {
        case .essentials:
            person.name = name ?? person.name
            person.sex = sex ?? person.sex
            person.bornOn = bornOn ?? person.bornOn
            person.isBirthEstimated = isBirthEstimated ?? person.isBirthEstimated
            person.region = movesTo ?? person.region
            if person.livingIn == person.region { person.livingIn = nil }
        case .number: try renumber(&person, desk)
        case .death: break
        case .revival: person.diedOn = nil
        }
        return person
    }

    private func renumber(_ person: inout Person, _ desk: Desk) throws {
        if let residentID {
            let number = try desk.open(residentID)
            (person.residentID, person.residentIndex) = (residentID, try desk.blindIndex(number))
            (person.sex, person.bornOn, person.isBirthEstimated) = (number.sex, number.birth, false)
            if person.documentKind?.hasNumber == false { person.documentKind = nil }
        } else {
            (person.residentID, person.residentIndex) = (nil, nil)
            (person.documentKind, person.documentNumber) = (documentKind, documentNumber)
            person.documentIndex = try documentNumber.map { try desk.blindIndex(desk.open($0)) }
        }
    }

    /// What this change is about, as a file has it: where this differs, the file has changed under the request.
    func concerned(_ person: Person, _ reader: Reader) throws -> [String?] {
        switch kind {
        case .essentials: [person.name.text, person.sex.rawValue, person.bornOn.typed, person.isBirthEstimated.typed, person.region.code]
        case .number: [try person.residentID.map { try reader.open($0).typed }, person.documentKind?.rawValue, try person.documentNumber.map { try reader.open($0).typed }]
        case .death, .revival: [person.diedOn?.typed]
        }
    }
}

extension Term where Value == ID<PersonChange> {
    static var change: Term<ID<PersonChange>> { Term("change", "变更", .carried) }
    static var newChange: Term<ID<PersonChange>> { Term("change", "变更编号", .made) }
}
extension Term where Value == ChangeKind {
    static var changeKind: Term<ChangeKind> { Term("kind", "变更种类") }
}
extension Term where Value == Int {
    static var baseVersion: Term<Int> { Term("base_version", "申请时的版本") }
}
extension Term where Value == RegionCode {
    static var movesTo: Term<RegionCode> { Term("moves_to", "户籍地改为", hint: "区划代码；不改的留空") }
}
extension Term where Value == LongText {
    static var reason: Term<LongText> { Term("reason", "理由", hint: "写明依据什么，如户口簿、出生医学证明；不要写号码") }
}
extension Term where Value == Sealed<LongText> {
    static var sealedReason: Term<Sealed<LongText>> { Term("reason", "理由") }
    static var sealedAnswer: Term<Sealed<LongText>> { Term("answer", "处理意见") }
}
extension Term where Value == AttachmentReference {
    static var proof: Term<AttachmentReference> { Term("attachment", "证明材料", hint: "JPG、PNG 或者 PDF，不超过 10 MB") }
}
extension Term where Value == ID<Actor> {
    static var requestedBy: Term<ID<Actor>> { Term("requested_by", "申请人编号") }
    static var decidedBy: Term<ID<Actor>> { Term("decided_by", "复核人编号") }
}
extension Term where Value == String {
    static var requestedByName: Term<String> { Term("requested_by_name", "申请人") }
    static var decidedByName: Term<String> { Term("decided_by_name", "复核人") }
}
extension Term where Value == Instant {
    static var requestedAt: Term<Instant> { Term("requested_at", "申请时刻") }
    static var decidedAt: Term<Instant> { Term("decided_at", "复核时刻") }
}
