import Kernel
import Storage
import Values

/// 查找重复档案。Begins the long search through the register of a region; what it finds is listed for review.
struct FindDuplicates: Action {
    let region: RegionCode

    static let title = "查找重复档案"
    static let guidance = "后台逐批查找本区域内的疑似重复档案，找到的列入「疑似重复」。已标明「不是同一人」的不再提出。"
    static let roles: Set<Role> = [.countyReviewer, .countyApprover]
    static let subject = Subject<FindDuplicates>.new(in: \.region)
    static let shape = Shape<FindDuplicates> { Field(.region, \.region) }

    init(from reading: Reading<FindDuplicates>) throws(Refusal) { region = try reading(.region) }

    func perform(at desk: Desk) throws -> Outcome {
        let running = try desk.connection.value("SELECT count(*) FROM job WHERE kind = \(duplicateJob.name) AND finished_at IS NULL") ?? 0
        guard running == 0 else { throw Refusal.conflict("正在查找，请等它完成，进度见「后台任务」") }
        try desk.enqueue(duplicateJob.name, title: "查找重复档案：\(try desk.placeName(region))", input: region.code)
        return Outcome(subject: region.code, "已开始查找，找到的会列入「疑似重复」", link: "/people/duplicates?state=open")
    }
}

/// 记下疑似重复。What a slice of the search found; done by the house.
struct NoteDuplicates: Action {
    let pairs: [FoundPair]

    static let title = "记下疑似重复"
    static let guidance = "查找重复档案时由系统办理。"
    static let roles: Set<Role> = [.systemAdministrator]
    static let subject = Subject<NoteDuplicates>.house
    static let shape = Shape<NoteDuplicates> { Each(.foundPairs, \.pairs) }

    init(from reading: Reading<NoteDuplicates>) throws(Refusal) { pairs = try reading(.foundPairs) }

    func perform(at desk: Desk) throws -> Outcome {
        guard desk.actor.user == Actor.house.user else { throw Refusal.forbidden("「\(Self.title)」由系统在查找重复档案时自动办理") }
        var noted = 0
        for pair in pairs {
            guard let a = try desk.first(Person.self, where: "id = \(pair.a)"), let b = try desk.first(Person.self, where: "id = \(pair.b)"),
                  a.mergedInto == nil, b.mergedInto == nil else { continue }
            try desk.note(Likeness(evidence: pair.evidence, score: pair.score), of: (a.id, a.region), and: (b.id, b.region))
            noted += 1
        }
        return Outcome(subject: RegionCode.country.code, "记下 \(noted) 对疑似重复")
    }
}

struct FoundPair: Entry {
    let key: String
    let a: ID<Person>
    let b: ID<Person>
    let score: Int
    let evidence: EvidenceList

    static let shape = Shape<FoundPair> {
        Field(.firstPerson, \.a)
        Field(.secondPerson, \.b)
        Field(.likenessScore, \.score)
        Field(.evidence, \.evidence)
    }

    init(from reading: Reading<FoundPair>) throws(Refusal) {
        key = reading.key
        a = try reading(.firstPerson)
        b = try reading(.secondPerson)
        score = try reading(.likenessScore)
        evidence = try reading(.evidence)
    }
}

/// 查重任务。A slice reads some thousands of files in the order of a key; its cursor is the pass and the last key.
let duplicateJob = JobKind("find-duplicates", "查找重复档案") { job, counter in
    let region = try RegionCode(typed: job.input), place = job.cursor.flatMap(DuplicateScan.Place.init) ?? DuplicateScan.Place()
    let (slice, people) = try await counter.read(as: .house) { reader in
        (try DuplicateScan(reader: reader, region: region).slice(from: place), try reader.connection.value("SELECT count(*) FROM person WHERE merged_into IS NULL") ?? 0)
    }
    if !slice.found.isEmpty {
        let rows = slice.found.enumerated().map { number, pair in RawRow(key: "p\(number + 1)", fields: pair.raw) }
        let values: RawFields = ["pairs": .rows(rows)]
        // The same slice with the same findings is the same act, whichever node runs it again.
        let act: ID<JournalEntry> = job.id.derived(by: "\(place.text) \(JSON(values).text)")
        _ = try await counter.submit(Submission("people.\(NoteDuplicates.name)", id: act, values: values), as: .house)
    }
    let isDone = slice.next == nil
    return JobProgress(total: job.total ?? people * 2, done: isDone ? job.total ?? people * 2 : job.done + slice.read, cursor: slice.next?.text,
                       message: isDone ? "查找完毕，请到「疑似重复」核对" : nil, isFinished: isDone)
}

extension DuplicateScan.Found {
    var raw: RawFields {
        ["a": .stored(a.id.stored), "b": .stored(b.id.stored), "score": .stored(likeness.score.stored), "evidence": .stored(likeness.evidence.stored)]
    }
}

extension Term where Value == [FoundPair] {
    static var foundPairs: Term<[FoundPair]> { Term("pairs", "疑似重复") }
}
