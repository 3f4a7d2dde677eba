import Storage
import Values

/// 业务。One line of the bureau's business, as a value: open it first, it reads as a table of contents.
public struct Line: Sendable {
    /// In addresses, permissions and commands.
    public let name: String
    public let title: String
    public let actions: [AnyAction]
    public let inquiries: [AnyInquiry]
    public let processes: [Process]
    public let listings: [Listing]
    public let policies: [AnyPolicy]
    public let shipped: [ShippedRuling]
    public let reactions: [Reaction]
    /// Every record that the line keeps in a table of its own.
    public let records: [AnyRecord]
    /// Sealed columns of tables that no record describes.
    public let sealed: [SealedPlace]
    public let jobs: [JobKind]
    /// What may be brought in as tables.
    public let importers: [any Importing.Type]
    public let finders: [Finder]
    public let timelines: [Timeline]
    public let pages: [Page]
    public let forms: [FormPage]
    public let answers: [AnswerPage]
    public let migrations: [Migration]
    /// What it offers to registers that work for every line, such as what it pays each month.
    public let offers: [any Offer]

    public init(_ name: String, _ title: String, actions: [any Action.Type] = [], inquiries: [any Inquiry.Type] = [], processes: [Process] = [],
                listings: [Listing] = [], policies: [AnyPolicy] = [], shipped: [ShippedRuling] = [], reactions: [Reaction] = [],
                records: [any Record.Type] = [], sealed: [SealedPlace] = [], jobs: [JobKind] = [], importers: [any Importing.Type] = [],
                finders: [Finder] = [], timelines: [Timeline] = [],
                pages: [Page] = [], forms: [FormPage] = [], answers: [AnswerPage] = [], migrations: [Migration] = [], offers: [any Offer] = []) {
        self.name = name
        self.title = title
        self.actions = actions.map { Self.erase($0, line: name) }
        self.inquiries = inquiries.map { Self.erase($0) }
        self.processes = processes
        self.listings = listings
        self.policies = policies
        self.shipped = shipped
        self.reactions = reactions
        self.records = records.map { Self.erase($0) }
        self.sealed = sealed
        self.jobs = jobs
        self.importers = importers
        self.finders = finders
        self.timelines = timelines
        self.pages = pages
        self.forms = forms
        self.answers = answers
        self.migrations = migrations
        self.offers = offers
    }

    private static func erase<A: Action>(_ type: A.Type, line: String) -> AnyAction { AnyAction(type, line: line) }
    private static func erase<R: Record>(_ type: R.Type) -> AnyRecord { AnyRecord(type) }
    private static func erase<I: Inquiry>(_ type: I.Type) -> AnyInquiry { AnyInquiry(type) }

    public func action(_ name: String) -> AnyAction? { actions.first { $0.name == name } }
    public func listing(_ name: String) -> Listing? { listings.first { $0.name == name } }
    /// By the name of an act or an inquiry.
    public func form(_ action: String) -> FormPage? { forms.first { $0.action == action } }
    public func answer(_ inquiry: String) -> AnswerPage? { answers.first { $0.inquiry == inquiry } }
}

/// 申报。Something a line declares to a common register, which finds it by its type; the kernel doesn't know what it is.
public protocol Offer: Sendable {}

extension House {
    /// Every offer of one kind, in the order of the lines.
    public func offers<O: Offer>(_ type: O.Type) -> [O] { lines.flatMap(\.offers).compactMap { $0 as? O } }
}

/// 搜索。What a line contributes to the one search box.
public struct Finder: Sendable {
    public let find: @Sendable (String, Reader) throws -> [Hit]
    public init(_ find: @escaping @Sendable (String, Reader) throws -> [Hit]) { self.find = find }
}

/// One thing found.
public struct Hit: Sendable, Hashable {
    /// 人、户、件、地名.
    public let kind: String
    public let title: String
    public let detail: String
    public let link: String

    public init(kind: String, title: String, detail: String, link: String) {
        self.kind = kind
        self.title = title
        self.detail = detail
        self.link = link
    }
}

/// 一人一档。What a line knows about a subject of the shared registers, for its timeline.
public struct Timeline: Sendable {
    public let entries: @Sendable (String, Reader) throws -> [TimelineEntry]
    public init(_ entries: @escaping @Sendable (String, Reader) throws -> [TimelineEntry]) { self.entries = entries }
}

public struct TimelineEntry: Sendable, Hashable {
    public let on: CivilDate
    public let title: String
    public let detail: String
    public let link: String?

    public init(on: CivilDate, title: String, detail: String, link: String? = nil) {
        self.on = on
        self.title = title
        self.detail = detail
        self.link = link
    }
}
