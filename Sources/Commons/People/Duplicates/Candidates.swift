import Kernel
import Storage
import Values

/// 可能是同一人的档案。A file on the register that resembles one being entered or looked at.
struct Candidate: Sendable {
    let traits: Traits
    let likeness: Likeness
    let isInScope: Bool
}

extension Reader {
    /// The columns of traits, from `person AS p`.
    static let traitColumns: Statement = """
        p.id, p.name, p.sex, p.born_on, p.resident_index, p.document_kind, p.document_index, p.phone_index, p.region,
        coalesce(p.address, (SELECT h.address FROM membership AS m JOIN household AS h ON h.id = m.household_id
                             WHERE m.person_id = p.id AND m.retracted_at IS NULL AND m.until_on IS NULL LIMIT 1))
        """

    /// Files that resemble a person, likest first: read by index, never by going through the register.
    func alike(_ person: Person) throws -> [Candidate] {
        let mine = Traits(person, address: try person.address ?? household(of: person.id)?.address)
        var found: [ID<Person>: Candidate] = [:]
        for block in blocks(of: person) {
            try connection.each("SELECT \(Self.traitColumns) FROM person AS p WHERE p.merged_into IS NULL AND \(block) ORDER BY p.id LIMIT 2000") { row in
                let traits = try Traits(row)
                guard traits.id != person.id, found[traits.id] == nil else { return }
                let likeness = likeness(mine, traits)
                guard likeness.isWorthALook else { return }
                found[traits.id] = Candidate(traits: traits, likeness: likeness, isInScope: try covers(find(traits.id)))
            }
        }
        return found.values.sorted { ($1.likeness.score, $0.traits.id) < ($0.likeness.score, $1.traits.id) }
    }

    /// Who may resemble a person, key by key.
    private func blocks(of person: Person) -> [Statement] {
        var blocks: [Statement] = ["p.born_on = \(person.bornOn)"]
        if person.name.text != Traits.nameless { blocks.append("p.name = \(person.name)") }
        if let phone = person.phoneIndex { blocks.append("p.phone_index = \(phone)") }
        if let document = person.documentIndex { blocks.append("p.document_index = \(document)") }
        return blocks
    }

    /// The list a refusal tells, and what to do about it.
    func told(_ candidates: [Candidate]) throws -> String {
        let lines = try candidates.prefix(5).enumerated().map { number, candidate in
            "\(number + 1)．\(candidate.traits.name)，\(candidate.traits.sex.shown)，\(candidate.traits.bornOn.shown)生，"
                + "\(try regionPath(candidate.traits.region))（\(candidate.likeness.evidence.shown)，相似度 \(candidate.likeness.score)）"
        }
        let more = candidates.count > 5 ? "；另有 \(candidates.count - 5) 份" : ""
        return "可能已经登记过：\(lines.joined(separator: "；"))\(more)。是同一个人的，请直接打开那份档案；确是另一个人的，请填写「确认是另一个人的理由」再提交"
    }
}

extension Desk {
    /// What resembles a new file goes to the reviewers, also where it lies beyond this clerk's region.
    func note(_ candidates: [Candidate], of person: Person, claim: LongText?) throws {
        for candidate in candidates {
            try note(candidate.likeness, of: (person.id, person.region), and: (candidate.traits.id, candidate.traits.region), claim: claim)
        }
    }
}

extension Traits {
    init(_ person: Person, address: String?) {
        self.init(id: person.id, name: person.name.text, sex: person.sex, bornOn: person.bornOn, number: person.residentIndex?.stored.text,
                  document: Self.document(person.documentKind?.rawValue, person.documentIndex?.stored.text), phone: person.phoneIndex?.stored.text,
                  region: person.region, address: Self.plain(address))
    }

    /// From `Reader.traitColumns`.
    init(_ row: Row) throws {
        self.init(id: try row.read(0), name: try row.read(1), sex: try row.read(2), bornOn: try row.read(3), number: try row.read(4),
                  document: Self.document(try row.read(5), try row.read(6)), phone: try row.read(7), region: try row.read(8), address: Self.plain(try row.read(9)))
    }

    private static func document(_ kind: String?, _ index: String?) -> String? { kind.flatMap { kind in index.map { "\(kind) \($0)" } } }

    /// Without blanks.
    private static func plain(_ address: String?) -> String? { address.map { $0.filter { !$0.isWhitespace } } }
}

extension StoredValue {
    var text: String? { if case .text(let text) = self { text } else { nil } }
}
