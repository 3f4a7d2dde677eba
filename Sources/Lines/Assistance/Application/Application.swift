import Commons
import Kernel
import Values

/// 最低生活保障申请。Its number, state and clocks are the case file of the same id.
struct Application: Placed {
    let id: ID<Application>
    let household: ID<Household>
    let applicant: ID<Person>
    let region: RegionCode
    let area: Area
    let ground: SingleGround?
    let channel: ApplicationChannel
    let appliedOn: CivilDate
    /// The law of this day decides; nil until accepted.
    var acceptedOn: CivilDate?
    /// 确认层级，受理时按当地规定确定。
    var level: ConfirmationLevel?
    /// 近亲属备案：与谁、什么关系; nil when there is none.
    var nearRelative: String?
    /// The latest facts.
    var declaration: ID<Declaration>
    var documents: [DocumentEntry]
    /// 一次性告知补正的材料。
    var supplements: [SupplementEntry]
    /// 撤回的原因。
    var closingNote: String?

    static let table = "application"
    static let title = "最低生活保障申请"
    static let shape = Shape<Application> {
        Field(.id, \.id)
        Field(.householdID, \.household)
        Field(.applicantID, \.applicant)
        Field(.region, \.region)
        Field(.area, \.area)
        Field(.singleGround, \.ground)
        Field(.channel, \.channel)
        Field(.appliedOn, \.appliedOn)
        Field(.acceptedOn, \.acceptedOn)
        Field(.confirmationLevel, \.level)
        Field(.nearRelative, \.nearRelative)
        Field(.declarationID, \.declaration)
        Each(.documents, \.documents, table: "application_document")
        Each(.supplements, \.supplements, table: "application_supplement")
        Field(.closingNote, \.closingNote)
    }

    init(from reading: Reading<Application>) throws(Refusal) {
        id = try reading(.id)
        household = try reading(.householdID)
        applicant = try reading(.applicantID)
        region = try reading(.region)
        area = try reading(.area)
        ground = try reading(.singleGround)
        channel = try reading(.channel)
        appliedOn = try reading(.appliedOn)
        acceptedOn = try reading(.acceptedOn)
        level = try reading(.confirmationLevel)
        nearRelative = try reading(.nearRelative)
        declaration = try reading(.declarationID)
        documents = try reading(.documents)
        supplements = try reading(.supplements)
        closingNote = try reading(.closingNote)
    }

    init(_ act: ApplyForAllowance, household: ID<Household>, applicant: ID<Person>, declaration: ID<Declaration>, appliedOn: CivilDate) {
        id = act.application
        self.household = household
        self.applicant = applicant
        region = act.region
        area = act.area
        ground = act.ground
        channel = act.channel ?? .counter
        self.appliedOn = appliedOn
        acceptedOn = nil
        level = nil
        nearRelative = act.nearRelative
        self.declaration = declaration
        documents = act.documents
        supplements = []
        closingNote = nil
    }

    /// - Throws: `.outOfOrder` before acceptance.
    func requireAcceptedOn() throws(Refusal) -> CivilDate {
        guard let acceptedOn else { throw .outOfOrder("这件申请还没有受理，请先受理") }
        return acceptedOn
    }

    var link: String { "/assistance/applications/\(id.text)" }
}

/// 申请渠道。
enum ApplicationChannel: String, CodeList {
    case counter, online, entrusted, discovered

    var label: String {
        switch self {
        case .counter: "窗口"
        case .online: "网上"
        case .entrusted: "委托他人或村（居）委会"
        case .discovered: "主动发现"
        }
    }
}

/// 确认层级。
enum ConfirmationLevel: String, CodeList {
    case county, township

    var label: String { self == .county ? "县级民政部门确认" : "委托乡镇（街道）确认" }
    var limit: AllowanceLimit { self == .county ? .county : .township }
    var specialLimit: AllowanceLimit { self == .county ? .countySpecial : .townshipSpecial }
}

/// 申请材料一份。
struct DocumentEntry: Entry, Hashable {
    let key: String
    let kind: DocumentKind
    let attachment: AttachmentReference?
    let note: String?

    static let shape = Shape<DocumentEntry> {
        Field(.documentKind, \.kind)
        Field(.attachment, \.attachment)
        Field(.note, \.note)
    }

    init(from reading: Reading<DocumentEntry>) throws(Refusal) {
        key = reading.key
        kind = try reading(.documentKind)
        attachment = try reading(.attachment)
        note = try reading(.note)
    }
}

/// 材料种类。
enum DocumentKind: String, CodeList {
    case application, authorisation, identity, register, disability, illness, enrolment, divorce, wage, other

    var label: String {
        switch self {
        case .application: "申请书和诚信承诺书"
        case .authorisation: "家庭经济状况核对授权书"
        case .identity: "身份证件"
        case .register: "户口簿"
        case .disability: "残疾人证"
        case .illness: "疾病诊断证明"
        case .enrolment: "在校证明"
        case .divorce: "离婚证、法律文书"
        case .wage: "收入证明、劳动合同"
        case .other: "其他"
        }
    }
}

/// 需补正的材料一项。
struct SupplementEntry: Entry, Hashable {
    let key: String
    let item: String
    let requestedOn: CivilDate
    var isSupplied: Bool

    static let shape = Shape<SupplementEntry> {
        Field(.supplementItem, \.item)
        Field(.requestedOn, \.requestedOn)
        Field(.supplied, \.isSupplied)
    }

    init(from reading: Reading<SupplementEntry>) throws(Refusal) {
        key = reading.key
        item = try reading(.supplementItem)
        requestedOn = try reading(.requestedOn)
        isSupplied = try reading(.supplied)
    }

    init(key: String, item: String, requestedOn: CivilDate) {
        self.key = key
        self.item = item
        self.requestedOn = requestedOn
        isSupplied = false
    }
}

extension Term where Value == ID<Application> {
    static var application: Term<ID<Application>> { Term("application", "申请", .carried) }
    static var applicationID: Term<ID<Application>> { Term("application_id", "申请") }
    static var newApplication: Term<ID<Application>> { Term("application", "申请编号", .made) }
}
extension Term where Value == ID<Declaration> {
    static var declarationID: Term<ID<Declaration>> { Term("declaration_id", "所据申报") }
}
extension Term where Value == ID<Person> {
    static var applicantID: Term<ID<Person>> { Term("applicant_id", "申请人编号") }
}
extension Term where Value == ApplicationChannel {
    static var channel: Term<ApplicationChannel> { Term("channel", "申请渠道", hint: "不填视为窗口") }
}
extension Term where Value == ConfirmationLevel {
    static var confirmationLevel: Term<ConfirmationLevel> { Term("confirmation_level", "确认层级") }
}
extension Term where Value == CivilDate {
    static var appliedOn: Term<CivilDate> { Term("applied_on", "申请日期") }
    static var acceptedOn: Term<CivilDate> { Term("accepted_on", "受理日期") }
    static var requestedOn: Term<CivilDate> { Term("requested_on", "告知日期") }
}
extension Term where Value == String {
    static var nearRelative: Term<String> { Term("near_relative", "近亲属备案", hint: "没有的不填。与经办人员、村（居）委会成员有近亲属关系的，写明与谁、什么关系，须由县级入户调查") }
    static var closingNote: Term<String> { Term("closing_note", "撤回原因") }
    static var supplementItem: Term<String> { Term("item", "需补正的材料") }
}
extension Term where Value == Bool {
    static var supplied: Term<Bool> { Term("supplied", "已补齐") }
}
extension Term where Value == [DocumentEntry] {
    static var documents: Term<[DocumentEntry]> { Term("documents", "申请材料", hint: "能够查询的材料不必重复提交") }
}
extension Term where Value == [SupplementEntry] {
    static var supplements: Term<[SupplementEntry]> { Term("supplements", "补正材料") }
}
extension Term where Value == DocumentKind {
    static var documentKind: Term<DocumentKind> { Term("kind", "材料种类") }
}
extension Term where Value == AttachmentReference {
    static var attachment: Term<AttachmentReference> { Term("attachment", "附件", hint: "JPG、PNG 或者 PDF，不超过 10 MB") }
}
