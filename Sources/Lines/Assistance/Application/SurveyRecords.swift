import Commons
import Kernel
import Values

/// 信息核对。What the county's check of the household's means found.
struct EconomicCheck: Record {
    let id: ID<EconomicCheck>
    let application: ID<Application>
    /// 核对报告的日期。
    let reportedOn: CivilDate
    let hits: [CheckHit]
    let note: LongText?
    let recordedOn: CivilDate

    static let table = "economic_check"
    static let title = "信息核对"
    static let shape = Shape<EconomicCheck> {
        Field(.id, \.id)
        Field(.applicationID, \.application)
        Field(.reportedOn, \.reportedOn)
        Each(.checkHits, \.hits, table: "check_hit")
        Field(.longNote, \.note)
        Field(.recordedOn, \.recordedOn)
    }

    init(from reading: Reading<EconomicCheck>) throws(Refusal) {
        id = try reading(.id)
        application = try reading(.applicationID)
        reportedOn = try reading(.reportedOn)
        hits = try reading(.checkHits)
        note = try reading(.longNote)
        recordedOn = try reading(.recordedOn)
    }

    init(_ act: RecordEconomicCheck, recordedOn: CivilDate) {
        id = act.check
        application = act.application
        reportedOn = act.reportedOn
        hits = act.hits
        note = act.note
        self.recordedOn = recordedOn
    }
}

/// 核对命中一条。Each is confirmed, explained or another person's; none stays open.
struct CheckHit: Entry, Hashable {
    let key: String
    let member: PersonName
    let source: CheckSource
    let finding: String
    let result: HitResult
    let explanation: String?

    static let shape = Shape<CheckHit> {
        Field(.personName, \.member)
        Field(.checkSource, \.source)
        Field(.hitFinding, \.finding)
        Field(.hitResult, \.result)
        Field(.hitExplanation, \.explanation)
    }

    init(from reading: Reading<CheckHit>) throws(Refusal) {
        key = reading.key
        member = try reading(.personName)
        source = try reading(.checkSource)
        finding = try reading(.hitFinding)
        result = try reading(.hitResult)
        explanation = try reading(.hitExplanation)
        guard result == .confirmed || explanation != nil else { throw Refusal.invalid("请写明说明或者人员不符的依据").at(["explanation"]) }
    }
}

/// 数据来源。
enum CheckSource: String, CodeList {
    case household, death, marriage, insurance, fund, tax, estate, vehicle, company, bank, medical, education, disability, justice, other

    var label: String {
        switch self {
        case .household: "户籍"
        case .death: "死亡、火化"
        case .marriage: "婚姻"
        case .insurance: "社会保险"
        case .fund: "住房公积金"
        case .tax: "个人所得税"
        case .estate: "不动产"
        case .vehicle: "车辆、船舶、农机"
        case .company: "市场主体"
        case .bank: "银行、证券、保险"
        case .medical: "医疗保障"
        case .education: "教育"
        case .disability: "残疾人证"
        case .justice: "司法"
        case .other: "其他"
        }
    }
}

/// 命中的处理。
enum HitResult: String, CodeList {
    case confirmed, explained, otherPerson = "other-person"

    var label: String {
        switch self {
        case .confirmed: "属实"
        case .explained: "已说明，不影响认定"
        case .otherPerson: "不是同一人"
        }
    }
}

/// 入户调查。Signed by at least two surveyors and somebody of the household.
struct HouseholdVisit: Record {
    let id: ID<HouseholdVisit>
    let application: ID<Application>
    let visitedOn: CivilDate
    let method: VisitMethod
    let surveyors: [SurveyorEntry]
    /// 签字的家庭成员。
    let signedBy: PersonName?
    let findings: LongText
    let agrees: Bool
    let level: ConfirmationLevel
    let photos: [DocumentEntry]

    static let table = "household_visit"
    static let title = "入户调查"
    static let shape = Shape<HouseholdVisit> {
        Field(.id, \.id)
        Field(.applicationID, \.application)
        Field(.visitedOn, \.visitedOn)
        Field(.visitMethod, \.method)
        Each(.surveyors, \.surveyors, table: "visit_surveyor")
        Field(.signedBy, \.signedBy)
        Field(.findings, \.findings)
        Field(.agrees, \.agrees)
        Field(.visitLevel, \.level)
        Each(.documents, \.photos, table: "visit_document")
    }

    init(from reading: Reading<HouseholdVisit>) throws(Refusal) {
        id = try reading(.id)
        application = try reading(.applicationID)
        visitedOn = try reading(.visitedOn)
        method = try reading(.visitMethod)
        surveyors = try reading(.surveyors)
        signedBy = try reading(.signedBy)
        findings = try reading(.findings)
        agrees = try reading(.agrees)
        level = try reading(.visitLevel)
        photos = try reading(.documents)
    }

    init(_ act: RecordVisit, level: ConfirmationLevel) {
        id = act.visit
        application = act.application
        visitedOn = act.visitedOn
        method = act.method ?? .home
        surveyors = act.surveyors
        signedBy = act.signedBy
        findings = act.findings
        agrees = act.agrees
        self.level = level
        photos = act.photos
    }
}

/// 调查人一名。
struct SurveyorEntry: Entry, Hashable {
    let key: String
    let name: PersonName

    static let shape = Shape<SurveyorEntry> { Field(.surveyorName, \.name) }

    init(from reading: Reading<SurveyorEntry>) throws(Refusal) {
        key = reading.key
        name = try reading(.surveyorName)
    }
}

/// 调查方式。
enum VisitMethod: String, CodeList {
    case home, neighbours, letter, remote

    var label: String {
        switch self {
        case .home: "入户"
        case .neighbours: "邻里访问"
        case .letter: "信函索证"
        case .remote: "远程（紧急情况）"
        }
    }
}

/// 民主评议。Compulsory under the 2012 procedure; afterwards only where something is disputed.
struct Deliberation: Record {
    let id: ID<Deliberation>
    let application: ID<Application>
    let heldOn: CivilDate
    let attendants: Int
    /// 其中村（居）民代表。
    let representatives: Int
    let votesFor: Int
    let findings: LongText

    static let table = "deliberation"
    static let title = "民主评议"
    static let shape = Shape<Deliberation> {
        Field(.id, \.id)
        Field(.applicationID, \.application)
        Field(.heldOn, \.heldOn)
        Field(.attendants, \.attendants)
        Field(.representatives, \.representatives)
        Field(.votesFor, \.votesFor)
        Field(.findings, \.findings)
    }

    init(from reading: Reading<Deliberation>) throws(Refusal) {
        id = try reading(.id)
        application = try reading(.applicationID)
        heldOn = try reading(.heldOn)
        attendants = try reading(.attendants)
        representatives = try reading(.representatives)
        votesFor = try reading(.votesFor)
        findings = try reading(.findings)
    }

    init(_ act: RecordDeliberation) {
        id = act.deliberation
        application = act.application
        heldOn = act.heldOn
        attendants = act.attendants
        representatives = act.representatives
        votesFor = act.votesFor
        findings = act.findings
    }
}

extension Term where Value == ID<EconomicCheck> {
    static var newCheck: Term<ID<EconomicCheck>> { Term("check", "核对编号", .made) }
}
extension Term where Value == ID<HouseholdVisit> {
    static var newVisit: Term<ID<HouseholdVisit>> { Term("visit", "调查编号", .made) }
}
extension Term where Value == ID<Deliberation> {
    static var newDeliberation: Term<ID<Deliberation>> { Term("deliberation", "评议编号", .made) }
}
extension Term where Value == CivilDate {
    static var reportedOn: Term<CivilDate> { Term("reported_on", "核对报告日期") }
    static var recordedOn: Term<CivilDate> { Term("recorded_on", "登记日期") }
    static var visitedOn: Term<CivilDate> { Term("visited_on", "调查日期") }
    static var heldOn: Term<CivilDate> { Term("held_on", "评议日期") }
}
extension Term where Value == [CheckHit] {
    static var checkHits: Term<[CheckHit]> { Term("hits", "命中", hint: "没有命中的不填") }
}
extension Term where Value == CheckSource {
    static var checkSource: Term<CheckSource> { Term("source", "数据来源") }
}
extension Term where Value == HitResult {
    static var hitResult: Term<HitResult> { Term("result", "处理") }
}
extension Term where Value == String {
    static var hitFinding: Term<String> { Term("finding", "命中内容") }
    static var hitExplanation: Term<String> { Term("explanation", "说明") }
}
extension Term where Value == VisitMethod {
    static var visitMethod: Term<VisitMethod> { Term("method", "调查方式", hint: "不填视为入户") }
}
extension Term where Value == [SurveyorEntry] {
    static var surveyors: Term<[SurveyorEntry]> { Term("surveyors", "调查人", hint: "不少于两人") }
}
extension Term where Value == PersonName {
    static var surveyorName: Term<PersonName> { Term("name", "姓名") }
    static var signedBy: Term<PersonName> { Term("signed_by", "签字的家庭成员") }
}
extension Term where Value == LongText {
    static var findings: Term<LongText> { Term("findings", "调查、评议情况") }
}
extension Term where Value == Bool {
    static var agrees: Term<Bool> { Term("agrees", "与申报一致") }
}
extension Term where Value == ConfirmationLevel {
    static var visitLevel: Term<ConfirmationLevel> { Term("level", "调查层级") }
}
extension Term where Value == Int {
    static var attendants: Term<Int> { Term("attendants", "参加人数") }
    static var representatives: Term<Int> { Term("representatives", "其中村（居）民代表") }
    static var votesFor: Term<Int> { Term("votes_for", "赞成人数") }
}
