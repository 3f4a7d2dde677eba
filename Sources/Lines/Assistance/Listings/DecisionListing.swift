import Commons
import Kernel
import Pages
import Storage
import Values

/// 决定台账。
let decisions = Listing(
    "decisions", "最低生活保障决定台账", of: DecisionRow.self, sorted: [.descending(.decidedOn), .descending(Term<ID<Decision>>.id)],
    filters: [.equals(.decisionKind), .equals(.caseNumber), .within(.region), .atLeast(.decidedOn, "决定日期")],
    totals: [.count("件")], emptyText: "作出的决定会出现在这里", link: { "/assistance/decisions/\($0.text("id") ?? "")" },
    papers: { row, reader in try row.text("id").flatMap(ID<Decision>.init(rawValue:)).map { try reader.papers(of: try reader.find($0)) } ?? [] }
) { query in
    """
    SELECT d.id AS id, d.kind AS kind, c.number AS number, c.title AS title, d.decided_on AS decided_on, d.decided_by AS decided_by, d.previous_fen AS previous_fen,
           d.monthly_fen AS monthly_fen, d.from_month AS from_month, d.delivered_on AS delivered_on, d.region AS region
    FROM decision AS d JOIN case_file AS c ON c.id = d.case_id WHERE \(query.within("d.region"))
    """
}

struct DecisionRow: Shaped {
    let id: ID<Decision>, kind: DecisionKind, number: String, title: String, decidedOn: CivilDate, decidedBy: String, previous: Money?, monthly: Money
    let from: Month?, deliveredOn: CivilDate?, region: RegionCode

    static let shape = Shape<DecisionRow> {
        Field(.decisionKind, \.kind)
        Field(.caseNumber, \.number)
        Field(.caseTitle, \.title)
        Field(.decidedOn, \.decidedOn)
        Field(.previousMonthly, \.previous)
        Field(.monthly, \.monthly)
        Field(.fromMonth, \.from)
        Field(.decidedBy, \.decidedBy)
        Field(.deliveredOn, \.deliveredOn)
        Field(.region, \.region)
        Field(.id, \.id)
    }

    init(from reading: Reading<DecisionRow>) throws(Refusal) {
        id = try reading(.id)
        kind = try reading(.decisionKind)
        number = try reading(.caseNumber)
        title = try reading(.caseTitle)
        decidedOn = try reading(.decidedOn)
        decidedBy = try reading(.decidedBy)
        previous = try reading(.previousMonthly)
        monthly = try reading(.monthly)
        from = try reading(.fromMonth)
        deliveredOn = try reading(.deliveredOn)
        region = try reading(.region)
    }
}

extension Term where Value == String {
    static var caseTitle: Term<String> { Term("title", "户") }
}
