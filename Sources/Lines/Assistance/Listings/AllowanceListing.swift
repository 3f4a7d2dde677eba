import Commons
import Kernel
import Storage
import Values

/// 保障对象台账：who is on the roster this month, and with how much.
let allowances = Listing(
    "allowances", "最低生活保障对象台账", of: AllowanceRow.self, sorted: [.descending(.confirmedOn), .ascending(.caseNumber)],
    filters: [.search("户主姓名或拼音首字母", owner: "head_id", in: "person_search"), .equals(.caseNumber), .equals(.allowanceState), .equals(.area),
              .equals(.householdClass), .within(.region), .atLeast(.confirmedOn, "确认日期")],
    totals: [.count("户"), .sum(.insuredCount, "人"), .sum(.monthly, "月保障金")], emptyText: "确认后的保障对象会出现在这里",
    link: { "/assistance/allowances/\($0.text("id") ?? "")" }, subject: .allowance
) { query in
    "\(roster(in: query.today.monthOf)) WHERE \(query.within("a.region")) AND c.closed_on IS NULL"
}

/// 逾期未复核。
let overdueReviews = Listing(
    "overdue-reviews", "逾期未复核", of: AllowanceRow.self, sorted: [.ascending(.nextReview), .ascending(.caseNumber)],
    filters: [.equals(.area), .equals(.householdClass), .within(.region)], totals: [.count("户"), .sum(.insuredCount, "人")],
    emptyText: "到期没有复核的待遇会出现在这里", link: { "/assistance/allowances/\($0.text("id") ?? "")" }, subject: .allowance
) { query in
    "\(roster(in: query.today.monthOf)) WHERE \(query.within("a.region")) AND c.closed_on IS NULL AND c.state <> 'stopped' AND a.next_review_month < \(query.today.monthOf)"
}

private func roster(in month: Month) -> Statement {
    """
    SELECT a.id AS id, c.number AS number, p.name AS name, a.head_id AS head_id, a.area AS area, a.household_class AS household_class, c.state AS state,
           coalesce(d.monthly_fen, 0) AS monthly_fen, a.confirmed_on AS confirmed_on, a.next_review_month AS next_review_month, a.region AS region,
           (SELECT count(*) FROM allowance_member AS m WHERE m.allowance_id = a.id AND (m.until_month IS NULL OR m.until_month > \(month))) AS member_count
    FROM allowance AS a JOIN case_file AS c ON c.id = a.id JOIN person AS p ON p.id = a.head_id
    LEFT JOIN allowance_period AS d ON d.allowance_id = a.id AND d.retracted_at IS NULL AND d.from_month <= \(month)
         AND (d.until_month IS NULL OR d.until_month > \(month))
    """
}

struct AllowanceRow: Shaped {
    let id: ID<Allowance>, number: String, head: PersonName, headID: ID<Person>, members: Int, area: Area, householdClass: HouseholdClass
    let state: AllowanceState, monthly: Money, confirmedOn: CivilDate, nextReview: Month, region: RegionCode

    static let shape = Shape<AllowanceRow> {
        Field(.caseNumber, \.number)
        Field(.headName, \.head)
        Field(.insuredCount, \.members)
        Field(.monthly, \.monthly)
        Field(.area, \.area)
        Field(.householdClass, \.householdClass)
        Field(.allowanceState, \.state)
        Field(.confirmedOn, \.confirmedOn)
        Field(.nextReview, \.nextReview)
        Field(.region, \.region)
        Field(.id, \.id)
        Field(.head, \.headID)
    }

    init(from reading: Reading<AllowanceRow>) throws(Refusal) {
        id = try reading(.id)
        number = try reading(.caseNumber)
        head = try reading(.headName)
        headID = try reading(.head)
        members = try reading(.insuredCount)
        area = try reading(.area)
        householdClass = try reading(.householdClass)
        state = try reading(.allowanceState)
        monthly = try reading(.monthly)
        confirmedOn = try reading(.confirmedOn)
        nextReview = try reading(.nextReview)
        region = try reading(.region)
    }
}

/// 待遇的状态，供台账筛选。
enum AllowanceState: String, CodeList {
    case running, changing, exiting, stopped, closed

    var label: String { Granted.all.first { $0.name == rawValue }?.title ?? rawValue }
}

extension Term where Value == Int {
    static var insuredCount: Term<Int> { Term("member_count", "保障人数") }
}
extension Term where Value == AllowanceState {
    static var allowanceState: Term<AllowanceState> { Term("state", "状态") }
}
