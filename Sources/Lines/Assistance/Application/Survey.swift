import Commons
import Kernel
import Values

/// 登记信息核对结果。Needs everybody's consent; each hit is dealt with (第十七条、第十八条).
struct RecordEconomicCheck: Action {
    let application: ID<Application>
    let check: ID<EconomicCheck>
    let reportedOn: CivilDate
    let hits: [CheckHit]
    let note: LongText?

    static let title = "登记信息核对"
    static let guidance = "逐条处理命中信息：属实、已说明、不是同一人。属实而与申报不符的，再办理「核定家庭情况」。"
    static let roles: Set<Role> = [.countyReviewer]
    static let subject = Subject<RecordEconomicCheck>.opened(.application, \.application)
    static let shape = Shape<RecordEconomicCheck> {
        Field(.application, \.application)
        Field(.newCheck, \.check)
        Field(.reportedOn, \.reportedOn)
        Each(.checkHits, \.hits)
        Field(.longNote, \.note)
    }

    init(from reading: Reading<RecordEconomicCheck>) throws(Refusal) {
        application = try reading(.application)
        check = try reading(.newCheck)
        reportedOn = try reading(.reportedOn)
        hits = try reading(.checkHits)
        note = try reading(.longNote)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let application = try desk.find(application)
        try desk.require(reportedOn, within: application, "reported_on", "核对报告日期")
        let declaration = try desk.find(application.declaration)
        let unsigned = declaration.members.filter { $0.condition.isPresent && $0.hasConsented != true }
        guard unsigned.isEmpty else {
            throw Refusal.outOfOrder("\(unsigned.map(\.name.shown).joined(separator: "、"))没有签署授权书，不能核对。请先补签")
        }
        let names = Set(declaration.members.map(\.name))
        for hit in hits where !names.contains(hit.member) {
            throw Refusal.invalid("「\(hit.member.shown)」不在家庭成员中，请核对姓名").at(["hits", hit.key, "name"])
        }
        try desk.insert(EconomicCheck(self, recordedOn: desk.today))
        let confirmed = hits.count { $0.result == .confirmed }
        let next = confirmed > 0 ? "有 \(confirmed) 条属实，与申报不符的请核定家庭情况" : "下一步：入户调查"
        return Outcome(application.id, "信息核对已登记，命中 \(hits.count) 条。\(next)", link: application.link)
    }
}

/// 登记入户调查。At least two surveyors; both sides sign (第十六条).
struct RecordVisit: Action {
    let application: ID<Application>
    let visit: ID<HouseholdVisit>
    let visitedOn: CivilDate
    let method: VisitMethod?
    let surveyors: [SurveyorEntry]
    let signedBy: PersonName?
    let findings: LongText
    let agrees: Bool
    let photos: [DocumentEntry]

    static let title = "登记入户调查"
    static let guidance = "调查人员不少于两人，由调查人员和家庭成员签字。"
    static let roles: Set<Role> = [.townshipClerk, .townshipReviewer, .countyReviewer]
    static let subject = Subject<RecordVisit>.opened(.application, \.application)
    static let shape = Shape<RecordVisit> {
        Field(.application, \.application)
        Field(.newVisit, \.visit)
        Field(.visitedOn, \.visitedOn)
        Field(.visitMethod, \.method)
        Each(.surveyors, \.surveyors)
        Field(.signedBy, \.signedBy)
        Field(.findings, \.findings)
        Field(.agrees, \.agrees)
        Each(.documents, \.photos)
    }

    init(from reading: Reading<RecordVisit>) throws(Refusal) {
        application = try reading(.application)
        visit = try reading(.newVisit)
        visitedOn = try reading(.visitedOn)
        method = try reading(.visitMethod)
        surveyors = try reading(.surveyors)
        signedBy = try reading(.signedBy)
        findings = try reading(.findings)
        agrees = try reading(.agrees)
        photos = try reading(.documents)
        guard Set(surveyors.map(\.name)).count >= 2 else { throw .invalid("调查人员不得少于两人，请填写两名以上不同的调查人员").at(["surveyors"]) }
    }

    func perform(at desk: Desk) throws -> Outcome {
        let application = try desk.find(application)
        try desk.require(visitedOn, within: application, "visited_on", "调查日期")
        try desk.insert(HouseholdVisit(self, level: desk.actor.role == .countyReviewer ? .county : .township))
        return Outcome(application.id, "入户调查已登记。\(agrees ? "下一步：提出审核意见" : "与申报不一致，请先核定家庭情况")", link: application.link)
    }
}

/// 登记民主评议。Village or residents' representatives are at least two thirds of those present (民发〔2012〕220号第二十二条).
struct RecordDeliberation: Action {
    let application: ID<Application>
    let deliberation: ID<Deliberation>
    let heldOn: CivilDate
    let attendants: Int
    let representatives: Int
    let votesFor: Int
    let findings: LongText

    static let title = "登记民主评议"
    static let guidance = "2021 年 7 月 1 日起受理的，只在家庭经济状况有争议时评议。"
    static let roles: Set<Role> = [.townshipClerk, .townshipReviewer]
    static let subject = Subject<RecordDeliberation>.opened(.application, \.application)
    static let shape = Shape<RecordDeliberation> {
        Field(.application, \.application)
        Field(.newDeliberation, \.deliberation)
        Field(.heldOn, \.heldOn)
        Field(.attendants, \.attendants)
        Field(.representatives, \.representatives)
        Field(.votesFor, \.votesFor)
        Field(.findings, \.findings)
    }

    init(from reading: Reading<RecordDeliberation>) throws(Refusal) {
        application = try reading(.application)
        deliberation = try reading(.newDeliberation)
        heldOn = try reading(.heldOn)
        attendants = try reading(.attendants)
        representatives = try reading(.representatives)
        votesFor = try reading(.votesFor)
        findings = try reading(.findings)
        guard (1 ... 1000).contains(attendants) else { throw .invalid("参加人数应在 1 至 1000 之间").at(["attendants"]) }
        guard (0 ... attendants).contains(votesFor) else { throw .invalid("赞成人数不能多于参加人数").at(["votes_for"]) }
        guard (0 ... attendants).contains(representatives), representatives * 3 >= attendants * 2 else {
            throw .invalid("村（居）民代表不得少于参加人数的三分之二，请重新组织评议").at(["representatives"])
        }
    }

    func perform(at desk: Desk) throws -> Outcome {
        let application = try desk.find(application)
        try desk.require(heldOn, within: application, "held_on", "评议日期")
        try desk.insert(Deliberation(self))
        return Outcome(application.id, "民主评议已登记，赞成 \(votesFor) 人", link: application.link)
    }
}

/// 核定家庭情况。What the survey found in place of what was declared; the declaration stays on file.
struct VerifyDeclaration: Action, DeclaresHousehold {
    let application: ID<Application>
    let facts: DeclaredFacts
    let note: String

    static let title = "核定家庭情况"
    static let guidance = "按核对和调查的结果填写家庭成员、收入和财产，写明与申报不同之处。原申报保留。"
    static let roles: Set<Role> = [.townshipClerk, .townshipReviewer]
    static let subject = Subject<VerifyDeclaration>.opened(.application, \.application)
    static let shape = Shape<VerifyDeclaration> {
        Field(.application, \.application)
        householdFields
        Field(.note, \.note)
    }

    init(from reading: Reading<VerifyDeclaration>) throws(Refusal) {
        application = try reading(.application)
        facts = try DeclaredFacts(from: reading)
        note = try reading(.note)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<Application>.init(rawValue:)) else { return RawFields() }
        let application = try reader.find(id)
        return try reader.declared(application.declaration, in: application.region)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var application = try desk.find(application)
        let acceptedOn = try application.requireAcceptedOn()
        try facts.household(area: application.area, ground: application.ground).check(on: acceptedOn)
        let earlier = try desk.find(application.declaration)
        let people = try desk.enter(facts.members, region: application.region, address: nil, phone: nil)
        let signed = Set(earlier.members.filter { $0.hasConsented == true }.map(\.person))
        let members = people.map { entry in
            var member = DeclarationMember(entry.declared, entry.person)
            if signed.contains(entry.person.id) { member.hasConsented = true }
            return member
        }
        let verified = Declaration(desk.makeID(), of: application.household, .verified, asOf: acceptedOn, area: application.area, ground: application.ground,
                                   facts, members: members, note: note, knownAt: desk.now)
        try desk.insert(verified)
        application.declaration = verified.id
        try desk.update(application)
        return Outcome(application.id, "家庭情况已核定，家庭成员 \(members.count) 人。下一步：提出审核意见", link: application.link)
    }
}

extension Reader {
    /// A step's date lies between acceptance and today.
    func require(_ date: CivilDate, within application: Application, _ field: String, _ label: String) throws(Refusal) {
        let acceptedOn = try application.requireAcceptedOn()
        guard date >= acceptedOn else { throw Refusal.invalid("\(label)早于受理日期（\(acceptedOn.shown)），请核对").at([field]) }
        guard date <= today else { throw Refusal.invalid("\(label)晚于今天，请核对").at([field]) }
    }
}
