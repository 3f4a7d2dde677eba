import Values

/// 办理事项。One act a person may do: its properties are what is asked, `perform` is what happens.
///
/// Permission, region, state, journal and transaction are already around `perform`. It is synchronous: find, decide, write.
public protocol Action: Shaped {
    /// The button and the page title, a verb.
    static var title: String { get }
    /// `apply-for-allowance`, in URLs, commands and the journal.
    static var name: String { get }
    /// One sentence for the person about to do it.
    static var guidance: String { get }
    /// Who may do it at all; a process may be narrower.
    static var roles: Set<Role> { get }
    /// What it is done to.
    static var subject: Subject<Self> { get }
    /// Values the house already knows for this form; what is known is shown, not asked.
    static func known(_ subject: String?, at reader: Reader) throws -> RawFields
    func perform(at desk: Desk) throws -> Outcome
}

extension Action {
    /// `ApplyForAllowance` → `apply-for-allowance`.
    public static var name: String { kebab(String(describing: Self.self)) }
    public static var guidance: String { "" }
    public static func known(_ subject: String?, at reader: Reader) throws -> RawFields { RawFields() }
}

func kebab(_ typeName: String) -> String {
    var name = ""
    for character in typeName {
        if character.isUppercase, !name.isEmpty { name.append("-") }
        name.append(character.lowercased())
    }
    return name
}

/// What an act is done to: something new in a region, a record, or a case under a process.
public struct Subject<Act: Sendable>: Sendable {
    /// The term that carries the subject's id, when there is one.
    let term: String?
    let locate: @Sendable (Act, Reader) throws -> Located
    /// The version of the subject with an id, for the form to carry; nil for what has none. Throws outside the reader's region.
    var version: @Sendable (String, Reader) throws -> Int? = { _, _ in nil }

    init(term: String?, locate: @escaping @Sendable (Act, Reader) throws -> Located) {
        self.term = term
        self.locate = locate
    }

    /// Something new, placed in the region that the act names.
    public static func new(in region: KeyPath<Act, RegionCode> & Sendable) -> Subject {
        Subject(term: nil) { act, _ in Located(region: act[keyPath: region]) }
    }

    /// Something that belongs to no region: done from anywhere within the actor's own duty.
    public static var house: Subject { Subject(term: nil) { _, reader in Located(region: reader.actor.region) } }

    /// A record with a region and a version.
    public static func record<R: Placed & Versioned>(_ term: Term<ID<R>>, _ id: KeyPath<Act, ID<R>> & Sendable) -> Subject {
        var subject = Subject(term: term.name) { act, reader in
            let record = try reader.find(act[keyPath: id])
            return Located(id: record.id.text, region: record.region, version: record.version)
        }
        subject.version = { text, reader in
            guard let id = ID<R>(rawValue: text) else { return nil }
            let record = try reader.find(id)
            try Authority.require(reader.actor, covers: record.region)
            return record.version
        }
        return subject
    }

    /// 办件。A case under a process; its state decides what may be done.
    public static func opened<R: Record>(_ term: Term<ID<R>>, _ id: KeyPath<Act, ID<R>> & Sendable) -> Subject {
        var subject = Subject(term: term.name) { act, reader in
            try reader.expect(act[keyPath: id])
            let file = try reader.caseFile(act[keyPath: id])
            return Located(id: file.id, region: file.region, version: file.version, file: file)
        }
        subject.version = { text, reader in
            guard let file = try reader.caseFile(id: text) else { return nil }
            try Authority.require(reader.actor, covers: file.region)
            return file.version
        }
        return subject
    }

    /// Any other way to find region and version.
    public static func located(_ term: String?, version: @escaping @Sendable (String, Reader) throws -> Int? = { _, _ in nil },
                               _ locate: @escaping @Sendable (Act, Reader) throws -> Located) -> Subject {
        var subject = Subject(term: term, locate: locate)
        subject.version = version
        return subject
    }
}

/// Where an act's subject was found.
public struct Located: Sendable {
    public var id: String?
    public var region: RegionCode
    public var version: Int?
    public var file: CaseFile?

    public init(id: String? = nil, region: RegionCode, version: Int? = nil, file: CaseFile? = nil) {
        self.id = id
        self.region = region
        self.version = version
        self.file = file
    }
}

/// 办理结果。What an act brought about, in words that hold no personal data: they are kept in the journal.
public struct Outcome: Sendable, Hashable {
    /// The id of what was made or changed.
    public let subject: String
    /// 「已受理，编号 DB2024-000123。下一步：3 个工作日内入户调查，截止 7 月 5 日（周五）。」
    public let message: String
    /// Where to read it, relative to the root: `/assistance/applications/01…`.
    public let link: String?

    public init<R>(_ subject: ID<R>, _ message: String, link: String? = nil) {
        self.init(subject: subject.text, message, link: link)
    }

    public init(subject: String, _ message: String, link: String? = nil) {
        self.subject = subject
        self.message = message
        self.link = link
    }
}

/// An act without its type, as the counter and the faces meet it.
public struct AnyAction: Sendable {
    public let line: String
    public let name: String
    public let title: String
    public let guidance: String
    public let roles: Set<Role>
    public let outline: Outline
    /// The term that carries the subject's id.
    public let subjectTerm: String?
    public let known: @Sendable (String?, Reader) throws -> RawFields
    /// The version of a subject as it stands, for a form to carry and the counter to compare; nil for what has none.
    public let version: @Sendable (String, Reader) throws -> Int?
    let problems: @Sendable (RawFields) -> [Refusal.Problem]
    /// Reads the values and writes them again: fields and initialiser agree where nothing is lost or moved.
    let reread: @Sendable (RawFields) throws -> RawFields
    let prepare: @Sendable (RawFields) throws -> Prepared

    /// An act that was read whole and waits for its transaction.
    struct Prepared: Sendable {
        let locate: @Sendable (Reader) throws -> Located
        let perform: @Sendable (Desk) throws -> Outcome
    }

    /// `assistance.apply-for-allowance`: the permission, and the name in the journal.
    public var permission: String { "\(line).\(name)" }

    init<A: Action>(_ type: A.Type, line: String) {
        self.line = line
        name = A.name
        title = A.title
        guidance = A.guidance
        roles = A.roles
        outline = A.shape.outline
        subjectTerm = A.subject.term
        known = { try A.known($0, at: $1) }
        version = A.subject.version
        problems = { A.shape.problems(in: $0) }
        reread = { try A.read($0).raw }
        prepare = { raw in
            let act = try A.read(raw)
            return Prepared(locate: { try A.subject.locate(act, $0) }, perform: { try act.perform(at: $0) })
        }
    }
}
