import Commons
import Kernel
import Storage
import Values

/// 申请台账。
let applications = Listing(
    "applications", "最低生活保障申请台账", of: ApplicationRow.self, sorted: [.descending(.appliedOn), .ascending(.caseNumber)],
    filters: [.search("申请人姓名或拼音首字母", owner: "applicant_id", in: "person_search"), .equals(.caseNumber), .equals(.applicationState), .equals(.area),
              .within(.region), .atLeast(.appliedOn, "申请日期")],
    totals: [.count("件"), .sum(.applicantCount, "人")], emptyText: "受理的申请会出现在这里", link: { "/assistance/applications/\($0.text("id") ?? "")" },
    subject: .application
) { query in
    """
    SELECT a.id AS id, c.number AS number, p.name AS name, a.applicant_id AS applicant_id, a.area AS area, c.state AS state, a.applied_on AS applied_on,
           a.accepted_on AS accepted_on, a.region AS region,
           (SELECT count(*) FROM declaration_member AS m WHERE m.parent_id = a.declaration_id) AS member_count,
           (SELECT min(k.due_on) FROM case_clock AS k WHERE k.case_id = a.id AND k.ended_on IS NULL AND k.paused_on IS NULL) AS due_on
    FROM application AS a JOIN case_file AS c ON c.id = a.id JOIN person AS p ON p.id = a.applicant_id
    WHERE \(query.within("a.region"))
    """
}

struct ApplicationRow: Shaped {
    let id: ID<Application>, number: String, applicant: PersonName, applicantID: ID<Person>, members: Int, area: Area, state: ApplicationState
    let appliedOn: CivilDate, acceptedOn: CivilDate?, dueOn: CivilDate?, region: RegionCode

    static let shape = Shape<ApplicationRow> {
        Field(.caseNumber, \.number)
        Field(.applicantName, \.applicant)
        Field(.applicantCount, \.members)
        Field(.area, \.area)
        Field(.applicationState, \.state)
        Field(.appliedOn, \.appliedOn)
        Field(.acceptedOn, \.acceptedOn)
        Field(.dueOn, \.dueOn)
        Field(.region, \.region)
        Field(.id, \.id)
        Field(.applicantID, \.applicantID)
    }

    init(from reading: Reading<ApplicationRow>) throws(Refusal) {
        id = try reading(.id)
        number = try reading(.caseNumber)
        applicant = try reading(.applicantName)
        applicantID = try reading(.applicantID)
        members = try reading(.applicantCount)
        area = try reading(.area)
        state = try reading(.applicationState)
        appliedOn = try reading(.appliedOn)
        acceptedOn = try reading(.acceptedOn)
        dueOn = try reading(.dueOn)
        region = try reading(.region)
    }
}

/// 申请的状态，供台账筛选; the procedure's own states, by their names.
enum ApplicationState: String, CodeList {
    case submitted, supplementing, surveying, opined, noticing, countyNoticing = "county-noticing", objected, refused, confirmed, notified, terminated, withdrawn

    var label: String { Applied.all.first { $0.name == rawValue }?.title ?? rawValue }
}

extension Term where Value == String {
    static var caseNumber: Term<String> { Term("number", "编号") }
}
extension Term where Value == PersonName {
    static var applicantName: Term<PersonName> { Term("name", "申请人") }
}
extension Term where Value == Int {
    static var applicantCount: Term<Int> { Term("member_count", "申请人数") }
}
extension Term where Value == ApplicationState {
    static var applicationState: Term<ApplicationState> { Term("state", "状态") }
}
extension Term where Value == CivilDate {
    static var dueOn: Term<CivilDate> { Term("due_on", "最近时限") }
}
