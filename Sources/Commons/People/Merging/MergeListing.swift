import Kernel
import Storage
import Values

/// 档案合并台账。What was merged into what, by whom, and what was undone.
let merges: Listing = Listing("merges", "档案合并", of: MergeRow.self, sorted: [.descending(Term<ID<PersonMerge>>.id)], filters: [.equals(.mergeState), .within(.region)],
                     totals: [.count("件")], emptyText: "提出和办结的合并会出现在这里", link: { "/people/merges/\($0.text("id") ?? "")" }) { query in
    """
    SELECT m.id AS id, f.number AS number, p.name AS name, CASE WHEN m.undone_at IS NULL THEN f.state ELSE 'undone' END AS state, m.region AS region,
           m.proposed_by_name AS proposed_by_name, m.proposed_at AS proposed_at, m.decided_by_name AS decided_by_name
    FROM person_merge AS m JOIN case_file AS f ON f.id = m.id JOIN person AS p ON p.id = m.kept_id WHERE \(query.within("m.region"))
    """
}

struct MergeRow: Shaped {
    let id: ID<PersonMerge>, number: String, name: PersonName, state: MergeState, region: RegionCode, proposedByName: String, proposedAt: Instant, decidedByName: String?

    static let shape = Shape<MergeRow> {
        Field(.fileNumber, \.number)
        Field(.personName, \.name)
        Field(.mergeState, \.state)
        Field(.region, \.region)
        Field(.proposedByName, \.proposedByName)
        Field(.proposedAt, \.proposedAt)
        Field(.decidedByName, \.decidedByName)
        Field(.id, \.id)
    }

    init(from reading: Reading<MergeRow>) throws(Refusal) {
        id = try reading(.id)
        number = try reading(.fileNumber)
        name = try reading(.personName)
        state = try reading(.mergeState)
        region = try reading(.region)
        proposedByName = try reading(.proposedByName)
        proposedAt = try reading(.proposedAt)
        decidedByName = try reading(.decidedByName)
    }
}

enum MergeState: String, CodeList {
    case proposed, merged, refused, withdrawn, undone

    var label: String {
        switch self {
        case .proposed: MergeStage.proposed.title
        case .merged: MergeStage.merged.title
        case .refused: MergeStage.refused.title
        case .withdrawn: MergeStage.withdrawn.title
        case .undone: "已撤销"
        }
    }
}

extension Term where Value == MergeState {
    static var mergeState: Term<MergeState> { Term("state", "状态") }
}
