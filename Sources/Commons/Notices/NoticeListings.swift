import Kernel
import Storage
import Values

/// 公示台账。
let noticeListing = Listing("notices", "公示台账", of: NoticeRow.self, sorted: [.descending(.opensOn), .descending(Term<ID<Notice>>.id)],
                            filters: [.equals(.noticeState), .equals(.fileNumber), .within(.region), .atLeast(.opensOn, "张贴日期")], totals: [.count("份")],
                            emptyText: "张贴的公示会出现在这里", link: { "/notices/notices/\($0.text("id") ?? "")" }) { query in
    """
    SELECT n.id AS id, n.number AS number, n.title AS title, n.unit AS unit, n.from_on AS from_on, n.until_on AS until_on, n.places AS places, n.region AS region,
           CASE WHEN n.withdrawn_on IS NOT NULL THEN 'withdrawn' WHEN n.from_on > \(query.today) THEN 'waiting' WHEN n.until_on > \(query.today) THEN 'open'
                ELSE 'expired' END AS state,
           (SELECT count(*) FROM notice_evidence AS e WHERE e.notice_id = n.id) AS evidence_count,
           (SELECT count(*) FROM notice_objection AS o WHERE o.notice_id = n.id) AS objection_count
    FROM notice AS n WHERE \(query.within("n.region"))
    """
}

struct NoticeRow: Shaped {
    let id: ID<Notice>, number: String, title: String, unit: String, from: CivilDate, until: CivilDate, state: NoticeState
    let evidence: Int, objections: Int, places: String, region: RegionCode

    static let shape = Shape<NoticeRow> {
        Field(.fileNumber, \.number)
        Field(.noticeTitle, \.title)
        Field(.noticeState, \.state)
        Field(.opensOn, \.from)
        Field(.closedFrom, \.until)
        Field(.evidenceCount, \.evidence)
        Field(.objectionCount, \.objections)
        Field(.noticeUnit, \.unit)
        Field(.postedPlaces, \.places)
        Field(.region, \.region)
        Field(.id, \.id)
    }

    init(from reading: Reading<NoticeRow>) throws(Refusal) {
        id = try reading(.id)
        number = try reading(.fileNumber)
        title = try reading(.noticeTitle)
        unit = try reading(.noticeUnit)
        from = try reading(.opensOn)
        until = try reading(.closedFrom)
        state = try reading(.noticeState)
        evidence = try reading(.evidenceCount)
        objections = try reading(.objectionCount)
        places = try reading(.postedPlaces)
        region = try reading(.region)
    }
}

/// 公示异议台账。Who raised one stays sealed and isn't listed.
let objectionListing = Listing("objections", "公示异议台账", of: ObjectionRow.self, sorted: [.descending(.objectedOn), .descending(Term<ID<NoticeObjection>>.id)],
                               filters: [.equals(.objectionChannel), .equals(.objectionUpheld), .within(.region)], totals: [.count("件")],
                               emptyText: "收到的公示异议会出现在这里", link: { "/notices/objections/\($0.text("id") ?? "")" }) { query in
    """
    SELECT o.id AS id, c.number AS number, n.number AS about_number, n.title AS title, o.channel AS channel, o.raised_on AS raised_on,
           o.answered_on AS answered_on, o.upheld AS upheld, o.region AS region
    FROM notice_objection AS o JOIN notice AS n ON n.id = o.notice_id JOIN case_file AS c ON c.id = o.id WHERE \(query.within("o.region"))
    """
}

struct ObjectionRow: Shaped {
    let id: ID<NoticeObjection>, number: String, about: String, title: String, channel: ObjectionChannel, raisedOn: CivilDate, answeredOn: CivilDate?
    let isUpheld: Bool?, region: RegionCode

    static let shape = Shape<ObjectionRow> {
        Field(.fileNumber, \.number)
        Field(.aboutNumber, \.about)
        Field(.noticeTitle, \.title)
        Field(.objectionChannel, \.channel)
        Field(.objectedOn, \.raisedOn)
        Field(.answeredOn, \.answeredOn)
        Field(.objectionUpheld, \.isUpheld)
        Field(.region, \.region)
        Field(.id, \.id)
    }

    init(from reading: Reading<ObjectionRow>) throws(Refusal) {
        id = try reading(.id)
        number = try reading(.fileNumber)
        about = try reading(.aboutNumber)
        title = try reading(.noticeTitle)
        channel = try reading(.objectionChannel)
        raisedOn = try reading(.objectedOn)
        answeredOn = try reading(.answeredOn)
        isUpheld = try reading(.objectionUpheld)
        region = try reading(.region)
    }
}

/// 送达台账。
let serviceListing = Listing("services", "送达台账", of: ServiceRow.self, sorted: [.descending(.issuedOn), .descending(Term<ID<Service>>.id)],
                             filters: [.equals(.fileNumber), .equals(.servedBy), .within(.region), .atLeast(.issuedOn, "文书日期")], totals: [.count("份")],
                             emptyText: "应当送达的文书会出现在这里", link: { "/notices/services/\($0.text("id") ?? "")" }) { query in
    "SELECT \(ServiceRow.columns) FROM service WHERE \(query.within("region"))"
}

/// 尚未送达。By the day they are due; a publication that still runs counts as not yet served.
let unservedListing = Listing("unserved", "尚未送达的文书", of: ServiceRow.self, sorted: [.ascending(.serviceDue), .ascending(Term<ID<Service>>.id)],
                              filters: [.within(.region)], totals: [.count("份")], emptyText: "没有等待送达的文书",
                              link: { "/notices/services/\($0.text("id") ?? "")" }) { query in
    "SELECT \(ServiceRow.columns) FROM service WHERE \(query.within("region")) AND (served_on IS NULL OR served_on > \(query.today))"
}

struct ServiceRow: Shaped {
    let id: ID<Service>, number: String, title: String, addressee: PersonName, issuedOn: CivilDate, dueOn: CivilDate, method: ServiceMethod?
    let servedOn: CivilDate?, region: RegionCode

    static let columns: Statement = "id, number, title, addressee, issued_on, due_on, method, served_on, region"

    static let shape = Shape<ServiceRow> {
        Field(.fileNumber, \.number)
        Field(.documentTitle, \.title)
        Field(.addressee, \.addressee)
        Field(.issuedOn, \.issuedOn)
        Field(.serviceDue, \.dueOn)
        Field(.servedBy, \.method)
        Field(.servedOn, \.servedOn)
        Field(.region, \.region)
        Field(.id, \.id)
    }

    init(from reading: Reading<ServiceRow>) throws(Refusal) {
        id = try reading(.id)
        number = try reading(.fileNumber)
        title = try reading(.documentTitle)
        addressee = try reading(.addressee)
        issuedOn = try reading(.issuedOn)
        dueOn = try reading(.serviceDue)
        method = try reading(.servedBy)
        servedOn = try reading(.servedOn)
        region = try reading(.region)
    }
}

/// 异议、复议、诉讼台账。
let disputeListing = Listing("disputes", "异议、复议、诉讼台账", of: DisputeRow.self, sorted: [.descending(.filedOn), .descending(Term<ID<Dispute>>.id)],
                             filters: [.equals(.disputeKind), .equals(.disputeOutcome), .within(.region)], totals: [.count("件")],
                             emptyText: "对决定提出的异议、行政复议和诉讼会出现在这里", link: { "/notices/disputes/\($0.text("id") ?? "")" }) { query in
    """
    SELECT d.id AS id, c.number AS number, s.number AS about_number, s.title AS title, d.kind AS kind, d.filed_on AS filed_on, d.authority AS authority,
           d.late AS late, d.outcome AS outcome, d.closed_on AS closed_on, d.region AS region
    FROM dispute AS d JOIN service AS s ON s.id = d.service_id JOIN case_file AS c ON c.id = d.id WHERE \(query.within("d.region"))
    """
}

struct DisputeRow: Shaped {
    let id: ID<Dispute>, number: String, about: String, title: String, kind: DisputeKind, filedOn: CivilDate, authority: String, isLate: Bool
    let outcome: DisputeOutcome?, closedOn: CivilDate?, region: RegionCode

    static let shape = Shape<DisputeRow> {
        Field(.fileNumber, \.number)
        Field(.aboutNumber, \.about)
        Field(.documentTitle, \.title)
        Field(.disputeKind, \.kind)
        Field(.filedOn, \.filedOn)
        Field(.authority, \.authority)
        Field(.isLate, \.isLate)
        Field(.disputeOutcome, \.outcome)
        Field(.disputeClosedOn, \.closedOn)
        Field(.region, \.region)
        Field(.id, \.id)
    }

    init(from reading: Reading<DisputeRow>) throws(Refusal) {
        id = try reading(.id)
        number = try reading(.fileNumber)
        about = try reading(.aboutNumber)
        title = try reading(.documentTitle)
        kind = try reading(.disputeKind)
        filedOn = try reading(.filedOn)
        authority = try reading(.authority)
        isLate = try reading(.isLate)
        outcome = try reading(.disputeOutcome)
        closedOn = try reading(.disputeClosedOn)
        region = try reading(.region)
    }
}

extension Term where Value == String {
    static var aboutNumber: Term<String> { Term("about_number", "所对办件") }
}
extension Term where Value == Int {
    static var evidenceCount: Term<Int> { Term("evidence_count", "留证") }
    static var objectionCount: Term<Int> { Term("objection_count", "异议") }
}
