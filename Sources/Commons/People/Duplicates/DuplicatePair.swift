import Kernel
import Storage
import Values

/// 疑似重复。Two files that may be one person's, the lesser id first; once looked at it isn't proposed again.
struct DuplicatePair: Placed {
    let id: ID<DuplicatePair>
    let a: ID<Person>
    let b: ID<Person>
    /// The least region that holds both.
    let region: RegionCode
    let score: Int
    let evidence: EvidenceList
    let state: PairState
    let foundAt: Instant
    let decidedByName: String?
    let decidedAt: Instant?
    /// Why they are two, as the reviewer says; before him, as whoever entered the second one said.
    let reason: Sealed<LongText>?

    static let table = "duplicate_pair"
    static let title = "疑似重复"
    static let shape = Shape<DuplicatePair> {
        Field(.id, \.id)
        Field(.firstPerson, \.a)
        Field(.secondPerson, \.b)
        Field(.region, \.region)
        Field(.likenessScore, \.score)
        Field(.evidence, \.evidence)
        Field(.pairState, \.state)
        Field(.foundAt, \.foundAt)
        Field(.decidedByName, \.decidedByName)
        Field(.decidedAt, \.decidedAt)
        Field(.sealedReason, \.reason)
    }

    init(from reading: Reading<DuplicatePair>) throws(Refusal) {
        id = try reading(.id)
        a = try reading(.firstPerson)
        b = try reading(.secondPerson)
        region = try reading(.region)
        score = try reading(.likenessScore)
        evidence = try reading(.evidence)
        state = try reading(.pairState)
        foundAt = try reading(.foundAt)
        decidedByName = try reading(.decidedByName)
        decidedAt = try reading(.decidedAt)
        reason = try reading(.sealedReason)
    }
}

enum PairState: String, CodeList {
    case open, merged, distinct

    var label: String {
        switch self { case .open: "待核对"; case .merged: "已合并"; case .distinct: "不是同一人" }
    }
}

extension Term where Value == ID<Person> {
    static var firstPerson: Term<ID<Person>> { Term("a", "档案一") }
    static var secondPerson: Term<ID<Person>> { Term("b", "档案二") }
}
extension Term where Value == Int {
    static var likenessScore: Term<Int> { Term("score", "相似度", hint: "0 至 100") }
}
extension Term where Value == EvidenceList {
    static var evidence: Term<EvidenceList> { Term("evidence", "相似之处") }
}
extension Term where Value == PairState {
    static var pairState: Term<PairState> { Term("state", "状态") }
}
extension Term where Value == Instant {
    static var foundAt: Term<Instant> { Term("found_at", "发现时刻") }
}
extension Term where Value == ID<DuplicatePair> {
    static var pair: Term<ID<DuplicatePair>> { Term("pair", "疑似重复", .carried) }
}

extension Reader {
    /// The pair of two files, in whatever order.
    func pair(_ one: ID<Person>, _ other: ID<Person>) throws -> DuplicatePair? {
        try first(DuplicatePair.self, where: "a = \(min(one, other)) AND b = \(max(one, other))")
    }
}

extension Desk {
    /// Puts two files on the reviewers' list; one that was looked at stays decided.
    func note(_ likeness: Likeness, of one: (id: ID<Person>, region: RegionCode), and other: (id: ID<Person>, region: RegionCode), claim: LongText? = nil) throws {
        try connection.run("""
            INSERT INTO duplicate_pair (id, a, b, region, score, evidence, state, found_at, reason)
            VALUES (\(makeID() as ID<DuplicatePair>), \(min(one.id, other.id)), \(max(one.id, other.id)), \(one.region.joined(with: other.region)),
                    \(likeness.score), \(likeness.evidence), \(PairState.open), \(now), \(try claim.map(seal)))
            ON CONFLICT (a, b) DO UPDATE SET score = excluded.score, evidence = excluded.evidence WHERE duplicate_pair.state = 'open'
            """)
    }

    /// What became of a pair, if the two are one on the list.
    func settle(_ one: ID<Person>, _ other: ID<Person>, as state: PairState) throws {
        try connection.run("""
            UPDATE duplicate_pair SET state = \(state), decided_by_name = \(state == .open ? nil : actor.name), decided_at = \(state == .open ? nil : now)
            WHERE a = \(min(one, other)) AND b = \(max(one, other))
            """)
    }
}
