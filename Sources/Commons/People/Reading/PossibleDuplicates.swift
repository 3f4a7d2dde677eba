import Kernel
import Values

/// 查重。The files that resemble a person's, likest first, within the reader's scope.
struct PossibleDuplicates: Inquiry {
    let person: ID<Person>

    static let title = "查重"
    static let guidance = "列出与这份档案相似、可能是同一个人的档案。"
    static let roles: Set<Role> = Set<Role>.requesters.union(Set<Role>.deciders)
    static let shape = Shape<PossibleDuplicates> { Field(.personNumber, \.person) }

    init(from reading: Reading<PossibleDuplicates>) throws(Refusal) { person = try reading(.personNumber) }

    func answer(at reader: Reader) throws -> AlikeFiles {
        let person = try reader.person(inScope: person)
        let alike = try reader.alike(person).filter(\.isInScope)
        return AlikeFiles(files: alike.enumerated().map { AlikeFile(key: "d\($0 + 1)", $1) })
    }
}

struct AlikeFiles: Shaped {
    let files: [AlikeFile]

    static let shape = Shape<AlikeFiles> { Each(.alikeFiles, \.files) }

    init(files: [AlikeFile]) { self.files = files }
    init(from reading: Reading<AlikeFiles>) throws(Refusal) { files = try reading(.alikeFiles) }
}

struct AlikeFile: Entry {
    let key: String
    let id: ID<Person>
    let name: String
    let bornOn: CivilDate
    let score: Int
    let evidence: EvidenceList

    static let shape = Shape<AlikeFile> {
        Field(.id, \.id)
        Field(.alikeName, \.name)
        Field(.bornOn, \.bornOn)
        Field(.likenessScore, \.score)
        Field(.evidence, \.evidence)
    }

    init(key: String, _ candidate: Candidate) {
        self.key = key
        (id, name, bornOn) = (candidate.traits.id, candidate.traits.name, candidate.traits.bornOn)
        (score, evidence) = (candidate.likeness.score, candidate.likeness.evidence)
    }

    init(from reading: Reading<AlikeFile>) throws(Refusal) {
        key = reading.key
        id = try reading(.id)
        name = try reading(.alikeName)
        bornOn = try reading(.bornOn)
        score = try reading(.likenessScore)
        evidence = try reading(.evidence)
    }
}

extension Term where Value == String {
    static var alikeName: Term<String> { Term("name", "姓名") }
}
extension Term where Value == [AlikeFile] {
    static var alikeFiles: Term<[AlikeFile]> { Term("files", "相似的档案") }
}
