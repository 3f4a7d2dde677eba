import Kernel
import Storage
import Values

/// 档案变更台账。What was asked for, by whom, and what became of it.
let changes: Listing = Listing("changes", "档案变更", of: ChangeRow.self, sorted: [.descending(Term<ID<PersonChange>>.id)],
                      filters: [.equals(.changeState), .equals(.changeKind), .within(.region)], totals: [.count("件")],
                      emptyText: "申请更正、登记证件号码、登记和撤销死亡会出现在这里", link: { "/people/changes/\($0.text("id") ?? "")" }) { query in
    """
    SELECT c.id AS id, f.number AS number, p.name AS name, c.kind AS kind, f.state AS state, c.region AS region,
           c.requested_by_name AS requested_by_name, c.requested_at AS requested_at, c.decided_by_name AS decided_by_name
    FROM person_change AS c JOIN case_file AS f ON f.id = c.id JOIN person AS p ON p.id = c.person_id WHERE \(query.within("c.region"))
    """
}

struct ChangeRow: Shaped {
    let id: ID<PersonChange>, number: String, name: PersonName, kind: ChangeKind, state: ChangeState, region: RegionCode
    let requestedByName: String, requestedAt: Instant, decidedByName: String?

    static let shape = Shape<ChangeRow> {
        Field(.fileNumber, \.number)
        Field(.personName, \.name)
        Field(.changeKind, \.kind)
        Field(.changeState, \.state)
        Field(.region, \.region)
        Field(.requestedByName, \.requestedByName)
        Field(.requestedAt, \.requestedAt)
        Field(.decidedByName, \.decidedByName)
        Field(.id, \.id)
    }

    init(from reading: Reading<ChangeRow>) throws(Refusal) {
        id = try reading(.id)
        number = try reading(.fileNumber)
        name = try reading(.personName)
        kind = try reading(.changeKind)
        state = try reading(.changeState)
        region = try reading(.region)
        requestedByName = try reading(.requestedByName)
        requestedAt = try reading(.requestedAt)
        decidedByName = try reading(.decidedByName)
    }
}

/// 变更状态。The states of the procedure, as a filter names them.
enum ChangeState: String, CodeList {
    case waiting, waitingCounty = "waiting-county", approved, refused, withdrawn

    var label: String {
        switch self {
        case .waiting: ChangeStage.waiting.title
        case .waitingCounty: ChangeStage.waitingCounty.title
        case .approved: ChangeStage.approved.title
        case .refused: ChangeStage.refused.title
        case .withdrawn: ChangeStage.withdrawn.title
        }
    }
}

extension Term where Value == ChangeState {
    static var changeState: Term<ChangeState> { Term("state", "状态") }
}
