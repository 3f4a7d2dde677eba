import Kernel
import Values

/// 不是同一人。Two files that resemble each other are two persons'; kept, so that nobody is asked again.
struct MarkDistinct: Action {
    let pair: ID<DuplicatePair>
    let reason: LongText

    static let title = "标明不是同一人"
    static let guidance = "写明怎样核对的。标明后不再提出；日后发现确是同一人的，仍可合并。"
    static let roles: Set<Role> = .deciders
    static let subject = Subject<MarkDistinct>.located(Term<ID<DuplicatePair>>.pair.name) { act, reader in
        let pair = try reader.find(act.pair)
        return Located(id: pair.id.text, region: pair.region)
    }
    static let shape = Shape<MarkDistinct> {
        Field(.pair, \.pair)
        Field(.distinctionReason, \.reason)
    }

    init(from reading: Reading<MarkDistinct>) throws(Refusal) {
        pair = try reading(.pair)
        reason = try reading(.distinctionReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let pair = try desk.find(pair)
        guard pair.state == .open else { throw Refusal.outOfOrder("这一对已经标为「\(pair.state.label)」，不用再办") }
        try desk.connection.run("""
            UPDATE duplicate_pair SET state = \(PairState.distinct), decided_by_name = \(desk.actor.name), decided_at = \(desk.now), reason = \(try desk.seal(reason))
            WHERE id = \(pair.id)
            """)
        return Outcome(pair.id, "已标明不是同一人，不再提出", link: "/people/duplicates?state=open")
    }
}

extension Term where Value == LongText {
    static var distinctionReason: Term<LongText> { Term("reason", "怎样核对的", hint: "如：已到两家分别见到本人；不要写号码") }
}
