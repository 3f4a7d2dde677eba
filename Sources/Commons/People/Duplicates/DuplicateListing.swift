import Kernel
import Storage
import Values

/// 疑似重复台账。The likest first; a pair of which one file was merged elsewhere no longer waits.
let duplicates: Listing = Listing("duplicates", "疑似重复", of: DuplicateRow.self, sorted: [.descending(.likenessScore), .ascending(Term<ID<DuplicatePair>>.id)],
                         filters: [.equals(.pairState), .within(.region)], totals: [.count("对")], roles: Set<Role>.requesters.union(Set<Role>.deciders).union([.auditor, .leader]),
                         emptyText: "登记时和后台查找发现的疑似重复会出现在这里", link: { "/people/duplicates/\($0.text("id") ?? "")" }) { query in
    """
    SELECT d.id AS id, a.name AS name, b.name AS other_name, d.score AS score, d.evidence AS evidence, d.state AS state, d.region AS region,
           d.decided_by_name AS decided_by_name
    FROM duplicate_pair AS d JOIN person AS a ON a.id = d.a JOIN person AS b ON b.id = d.b
    WHERE \(query.within("d.region")) AND (d.state <> 'open' OR (a.merged_into IS NULL AND b.merged_into IS NULL))
    """
}

struct DuplicateRow: Shaped {
    let id: ID<DuplicatePair>, name: PersonName, otherName: PersonName, score: Int, evidence: EvidenceList, state: PairState, region: RegionCode, decidedByName: String?

    static let shape = Shape<DuplicateRow> {
        Field(.personName, \.name)
        Field(.otherName, \.otherName)
        Field(.likenessScore, \.score)
        Field(.evidence, \.evidence)
        Field(.pairState, \.state)
        Field(.region, \.region)
        Field(.decidedByName, \.decidedByName)
        Field(.id, \.id)
    }

    init(from reading: Reading<DuplicateRow>) throws(Refusal) {
        id = try reading(.id)
        name = try reading(.personName)
        otherName = try reading(.otherName)
        score = try reading(.likenessScore)
        evidence = try reading(.evidence)
        state = try reading(.pairState)
        region = try reading(.region)
        decidedByName = try reading(.decidedByName)
    }
}

extension Term where Value == PersonName {
    static var otherName: Term<PersonName> { Term("other_name", "另一份档案") }
}
