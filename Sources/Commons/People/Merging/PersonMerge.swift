import Kernel
import Storage
import Values

/// 档案合并。Two files found to be one person's. No reference is rewritten: the absorbed file points at the kept one, and that is all.
///
/// Standing merges make a forest of "absorbed → kept"; every file of a tree points straight at its root, so undoing one merge
/// is reading the forest again without it.
struct PersonMerge: Placed {
    let id: ID<PersonMerge>
    let kept: ID<Person>
    let absorbed: ID<Person>
    let region: RegionCode
    let reason: Sealed<LongText>
    let proposedBy: ID<Actor>
    let proposedByName: String
    let proposedAt: Instant
    var decidedBy: ID<Actor>?
    var decidedByName: String?
    var decidedAt: Instant?
    var answer: Sealed<LongText>?
    var mergedAt: Instant?
    var undoneAt: Instant?
    var undoneByName: String?
    var undoReason: Sealed<LongText>?

    static let table = "person_merge"
    static let title = "档案合并"
    static let shape = Shape<PersonMerge> {
        Field(.id, \.id)
        Field(.keptID, \.kept)
        Field(.absorbedID, \.absorbed)
        Field(.region, \.region)
        Field(.sealedReason, \.reason)
        Field(.proposedBy, \.proposedBy)
        Field(.proposedByName, \.proposedByName)
        Field(.proposedAt, \.proposedAt)
        Field(.decidedBy, \.decidedBy)
        Field(.decidedByName, \.decidedByName)
        Field(.decidedAt, \.decidedAt)
        Field(.sealedAnswer, \.answer)
        Field(.mergedAt, \.mergedAt)
        Field(.undoneAt, \.undoneAt)
        Field(.undoneByName, \.undoneByName)
        Field(.undoReason, \.undoReason)
    }

    init(from reading: Reading<PersonMerge>) throws(Refusal) {
        id = try reading(.id)
        kept = try reading(.keptID)
        absorbed = try reading(.absorbedID)
        region = try reading(.region)
        reason = try reading(.sealedReason)
        proposedBy = try reading(.proposedBy)
        proposedByName = try reading(.proposedByName)
        proposedAt = try reading(.proposedAt)
        decidedBy = try reading(.decidedBy)
        decidedByName = try reading(.decidedByName)
        decidedAt = try reading(.decidedAt)
        answer = try reading(.sealedAnswer)
        mergedAt = try reading(.mergedAt)
        undoneAt = try reading(.undoneAt)
        undoneByName = try reading(.undoneByName)
        undoReason = try reading(.undoReason)
    }

    init(_ id: ID<PersonMerge>, of absorbed: Person, into kept: Person, because reason: LongText, at desk: Desk) throws {
        self.id = id
        self.kept = kept.id
        self.absorbed = absorbed.id
        region = kept.region.joined(with: absorbed.region)
        self.reason = try desk.seal(reason)
        proposedBy = desk.actor.user
        proposedByName = desk.actor.name
        proposedAt = desk.now
    }

    var stands: Bool { mergedAt != nil && undoneAt == nil }
}

extension Reader {
    /// Follows the standing merges up to the file that isn't merged.
    private func root(of person: ID<Person>) throws -> ID<Person> {
        let next: ID<Person>? = try connection.value("""
            SELECT kept_id FROM person_merge WHERE absorbed_id = \(person) AND merged_at IS NOT NULL AND undone_at IS NULL
            """)
        return try next.map(root) ?? person
    }

    fileprivate func pointer(of person: ID<Person>) throws -> ID<Person>? {
        let root = try root(of: person)
        return root == person ? nil : root
    }

    /// Both stand by themselves, agree on whether the person lives, and do not bear two different ID numbers.
    func requireMergeable(_ kept: Person, _ absorbed: Person) throws(Refusal) {
        guard kept.id != absorbed.id else { throw .invalid("这是同一份档案，请另选一份").at(["absorbed"]) }
        guard kept.mergedInto == nil, absorbed.mergedInto == nil else { throw .conflict("其中一份已经合并过，请打开合并后保留的那一份再办") }
        guard (kept.diedOn == nil) == (absorbed.diedOn == nil) else {
            throw .conflict("一份登记已故、一份登记在世，不能合并。请先核实生死：在世的撤销死亡登记，已故的在另一份上登记死亡")
        }
        guard kept.diedOn == absorbed.diedOn else { throw .conflict("两份档案登记的死亡日期不同，不能合并。请先更正其中一份") }
        guard kept.residentID == nil || absorbed.residentID == nil else {
            throw .conflict("两份档案各有一个不同的公民身份号码，不能直接合并。确是同一人的，请先在号码有误的那一份办理「登记或更正证件号码」，撤销错号后再合并")
        }
        guard kept.residentID != nil || absorbed.residentID == nil else {
            throw .invalid("请保留有公民身份号码的那一份，对调后再提交").at(["kept"])
        }
    }

    /// 同一证件：kind and number of the document, birth and sex are the same. Then nobody else needs to judge.
    func haveSameDocument(_ a: Person, _ b: Person) -> Bool {
        guard let document = a.documentIndex else { return false }
        return document == b.documentIndex && a.documentKind == b.documentKind && a.bornOn == b.bornOn && a.sex == b.sex
    }
}

extension Desk {
    /// Points every file of these at its root, as the standing merges now say.
    func point(_ persons: [ID<Person>]) throws {
        for id in persons {
            var person = try find(id)
            let pointer = try pointer(of: id)
            guard person.mergedInto != pointer else { continue }
            person.mergedInto = pointer
            try amend(person)
        }
    }
}

extension Term where Value == ID<Person> {
    static var keptID: Term<ID<Person>> { Term("kept_id", "保留的档案") }
    static var absorbedID: Term<ID<Person>> { Term("absorbed_id", "并入的档案") }
    static var kept: Term<ID<Person>> { Term("kept", "保留的档案", hint: "26 位内部编号") }
    static var absorbed: Term<ID<Person>> { Term("absorbed", "并入的档案", hint: "26 位内部编号；合并后打开它会转到保留的档案") }
}
extension Term where Value == ID<PersonMerge> {
    static var merge: Term<ID<PersonMerge>> { Term("merge", "合并", .carried) }
    static var newMerge: Term<ID<PersonMerge>> { Term("merge", "合并编号", .made) }
}
extension Term where Value == ID<Actor> {
    static var proposedBy: Term<ID<Actor>> { Term("proposed_by", "提出人编号") }
}
extension Term where Value == String {
    static var proposedByName: Term<String> { Term("proposed_by_name", "提出人") }
    static var undoneByName: Term<String> { Term("undone_by_name", "撤销人") }
}
extension Term where Value == Instant {
    static var proposedAt: Term<Instant> { Term("proposed_at", "提出时刻") }
    static var mergedAt: Term<Instant> { Term("merged_at", "合并时刻") }
    static var undoneAt: Term<Instant> { Term("undone_at", "撤销时刻") }
}
extension Term where Value == Sealed<LongText> {
    static var undoReason: Term<Sealed<LongText>> { Term("undo_reason", "撤销理由") }
}
extension Term where Value == LongText {
    static var mergeReason: Term<LongText> { Term("reason", "合并理由", hint: "写明怎样核对的，如：已见到本人和户口簿；不要写号码") }
}
