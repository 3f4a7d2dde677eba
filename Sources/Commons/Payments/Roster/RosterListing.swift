import Kernel
import Storage
import Values

/// 发放名册。Every line with its reason, its difference from last month and what stands in its way.
let rosterListing = Listing("roster", "发放名册", of: RosterRow.self, sorted: [.ascending(.lineNumberInRun), .ascending(Term<ID<PaymentLine>>.lineID)],
                            filters: [.equals(.runFilter), .search("收款人姓名或拼音首字母", owner: "payee_id", in: "person_search"), .equals(.lineReason), .equals(.lineCode),
                                      .equals(.programmeShown), .equals(.benefitMonth), .within(.region)],
                            totals: [.count("行"), .sum(.peopleCount, "人"), .sum(.paidFen, "实发"), .sum(.differenceFen, "与上月相差")],
                            roles: .paymentReaders, emptyText: "开月之后，名册会列在这里", link: { "/payments/lines/\($0.text("id") ?? "")" }) { query in
    """
    SELECT l.id AS id, l.run_id AS run_id, l.number AS number, p.name AS name, l.payee_id AS payee_id, l.programme AS programme, l.month AS month, l.people AS people,
           l.reason AS reason, l.code AS code, l.due_fen AS due_fen, l.previous_fen AS previous_fen, l.offset_fen AS offset_fen, l.amount_fen AS amount_fen,
           l.difference_fen AS difference_fen, l.region AS region
    FROM payment_line AS l JOIN person AS p ON p.id = l.payee_id WHERE \(query.within("l.region"))
    """
}

struct RosterRow: Shaped {
    let id: ID<PaymentLine>, run: ID<PaymentRun>, number: Int, name: PersonName, payee: ID<Person>, programme: ProgrammeCode, month: Month, people: Int, reason: LineReason
    let code: CheckCode?, due: Money, previous: Money, offset: Money, amount: Money, difference: Money, region: RegionCode

    static let shape = Shape<RosterRow> {
        Field(.lineNumberInRun, \.number)
        Field(.payeeName, \.name)
        Field(.programmeShown, \.programme)
        Field(.benefitMonth, \.month)
        Field(.peopleCount, \.people)
        Field(.lineReason, \.reason)
        Field(.lineCode, \.code)
        Field(.dueFen, \.due)
        Field(.previousFen, \.previous)
        Field(.offsetFen, \.offset)
        Field(.paidFen, \.amount)
        Field(.differenceFen, \.difference)
        Field(.region, \.region)
        Field(.payeeID, \.payee)
        Field(.runOfRow, \.run)
        Field(.lineID, \.id)
    }

    init(from reading: Reading<RosterRow>) throws(Refusal) {
        id = try reading(.lineID)
        run = try reading(.runOfRow)
        number = try reading(.lineNumberInRun)
        name = try reading(.payeeName)
        payee = try reading(.payeeID)
        programme = try reading(.programmeShown)
        month = try reading(.benefitMonth)
        people = try reading(.peopleCount)
        reason = try reading(.lineReason)
        code = try reading(.lineCode)
        due = try reading(.dueFen)
        previous = try reading(.previousFen)
        offset = try reading(.offsetFen)
        amount = try reading(.paidFen)
        difference = try reading(.differenceFen)
        region = try reading(.region)
    }
}

/// 待处理事项：what a check found, as a work list.
let findingListing = Listing("findings", "检查发现的问题", of: FindingRow.self, sorted: [.ascending(Term<ID<PaymentLine>>.findingID)],
                             filters: [.equals(.runFilter), .equals(.checkCode), .equals(.isResolved)], totals: [.count("处")], roles: .paymentReaders,
                             emptyText: "检查没有发现问题", link: { $0.text("line_id").map { "/payments/lines/\($0)" } }) { query in
    """
    SELECT f.id AS id, f.run_id AS run_id, f.line_id AS line_id, f.code AS code, f.detail AS detail, f.found_at AS found_at,
           CASE WHEN f.resolved_at IS NULL THEN 0 ELSE 1 END AS resolved
    FROM payment_finding AS f JOIN payment_run AS r ON r.id = f.run_id LEFT JOIN payment_line AS l ON l.id = f.line_id
    WHERE ((f.line_id IS NULL AND \(query.within("r.region"))) OR \(query.within("l.region")))
    """
}

struct FindingRow: Shaped {
    let id: ID<PaymentLine>, run: ID<PaymentRun>, line: ID<PaymentLine>?, code: CheckCode, detail: String, foundAt: Instant, isResolved: Bool

    static let shape = Shape<FindingRow> {
        Field(.checkCode, \.code)
        Field(.findingDetail, \.detail)
        Field(.isResolved, \.isResolved)
        Field(.findingFoundAt, \.foundAt)
        Field(.lineOfRow, \.line)
        Field(.runOfRow, \.run)
        Field(.findingID, \.id)
    }

    init(from reading: Reading<FindingRow>) throws(Refusal) {
        id = try reading(.findingID)
        run = try reading(.runOfRow)
        line = try reading(.lineOfRow)
        code = try reading(.checkCode)
        detail = try reading(.findingDetail)
        foundAt = try reading(.findingFoundAt)
        isResolved = try reading(.isResolved)
    }
}

/// 退票清单：rows that the channel could not credit.
let failureListing = Listing("failures", "发放失败清单", of: FailureRow.self, sorted: [.ascending(.failureID)],
                             filters: [.equals(.runFilter), .equals(.returnCode)], totals: [.count("笔"), .sum(.paidFen, "金额")], roles: .paymentReaders,
                             emptyText: "没有发放失败的", link: { "/payments/lines/\($0.text("line_id") ?? "")" }) { query in
    """
    SELECT f.line_id || '-' || f.batch_id AS id, f.line_id AS line_id, f.batch_id AS batch_id, b.run_id AS run_id, p.name AS name, l.programme AS programme, l.month AS month,
           f.amount_fen AS amount_fen, f.code AS code, f.on_day AS on_day,
           CASE WHEN EXISTS (SELECT 1 FROM payment_result AS c WHERE c.line_id = f.line_id AND c.credited = 1) THEN 1 ELSE 0 END AS credited_since
    FROM payment_result AS f JOIN payment_batch AS b ON b.id = f.batch_id JOIN payment_line AS l ON l.id = f.line_id JOIN person AS p ON p.id = l.payee_id
    WHERE f.credited = 0 AND \(query.within("l.region"))
    """
}

struct FailureRow: Shaped {
    let id: String, line: ID<PaymentLine>, batch: ID<PaymentBatch>, run: ID<PaymentRun>, name: PersonName, programme: ProgrammeCode, month: Month, amount: Money, code: ReturnCode
    let on: CivilDate, isCreditedSince: Bool

    static let shape = Shape<FailureRow> {
        Field(.payeeName, \.name)
        Field(.programmeShown, \.programme)
        Field(.benefitMonth, \.month)
        Field(.paidFen, \.amount)
        Field(.returnCode, \.code)
        Field(.returnedOn, \.on)
        Field(.isCreditedSince, \.isCreditedSince)
        Field(.runOfRow, \.run)
        Field(.failedBatch, \.batch)
        Field(.failedLine, \.line)
        Field(.failureID, \.id)
    }

    init(from reading: Reading<FailureRow>) throws(Refusal) {
        id = try reading(.failureID)
        line = try reading(.failedLine)
        batch = try reading(.failedBatch)
        run = try reading(.runOfRow)
        name = try reading(.payeeName)
        programme = try reading(.programmeShown)
        month = try reading(.benefitMonth)
        amount = try reading(.paidFen)
        code = try reading(.returnCode)
        on = try reading(.returnedOn)
        isCreditedSince = try reading(.isCreditedSince)
    }
}

extension Term where Value == ID<PaymentLine> {
    static var lineID: Term<ID<PaymentLine>> { Term("id", "内部编号", .made) }
    static var findingID: Term<ID<PaymentLine>> { Term("id", "内部编号", .made) }
    static var failedLine: Term<ID<PaymentLine>> { Term("line_id", "名册行") }
}
extension Term where Value == ID<PaymentBatch> {
    static var failedBatch: Term<ID<PaymentBatch>> { Term("batch_id", "发放批") }
}
extension Term where Value == PersonName {
    static var payeeName: Term<PersonName> { Term("name", "收款人") }
}
extension Term where Value == CheckCode {
    static var lineCode: Term<CheckCode> { Term("code", "检查结果") }
}
extension Term where Value == ReturnCode {
    static var returnCode: Term<ReturnCode> { Term("code", "失败原因") }
}
extension Term where Value == Bool {
    static var isResolved: Term<Bool> { Term("resolved", "已处理") }
    static var isCreditedSince: Term<Bool> { Term("credited_since", "已补发成功") }
}
extension Term where Value == String {
    static var runFilter: Term<String> { Term("run_id", "发放批次") }
    static var failureID: Term<String> { Term("id", "内部编号", .made) }
    static var findingDetail: Term<String> { Term("detail", "情况") }
}
extension Term where Value == Instant {
    static var findingFoundAt: Term<Instant> { Term("found_at", "发现时刻") }
}
extension Term where Value == CivilDate {
    static var returnedOn: Term<CivilDate> { Term("on_day", "回盘日期") }
}
