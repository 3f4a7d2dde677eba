import Cryptography
import Kernel
import Values

/// 收文。What a line does with a document that people hand in, as a file or as pasted words: a page, an interface and a command hand it over alike.
///
/// The document is read and kept at the door, beside any transaction; the act that uses it carries the id.
public struct DocumentIntake: Offer {
    /// In addresses, below the line's own: `plans`.
    public let name: String
    public let title: String
    /// What to hand in and what happens next, a line each.
    public let guidance: String
    public let roles: Set<Role>
    public let take: @Sendable (HandedDocument, Counter, Actor) async throws -> KeptDocument

    public init(_ name: String, _ title: String, guidance: String, roles: Set<Role>,
                take: @escaping @Sendable (HandedDocument, Counter, Actor) async throws -> KeptDocument) {
        self.name = name
        self.title = title
        self.guidance = guidance
        self.roles = roles
        self.take = take
    }
}

/// 交来的文稿。Its words, whatever they were written in.
public struct HandedDocument: Sendable {
    public let text: String
    /// The file's name, or what whoever pasted it calls it.
    public let name: String
    /// 文本、Word 文档、网页、PDF、粘贴.
    public let format: String
    /// Whatever else the address says: what the document is a new version of.
    public let query: [String: String]
    /// The file as it came; nil where words were pasted.
    public let original: [UInt8]?
    /// Made with the form or by the caller: handing in twice under one id keeps one document.
    public let act: ID<JournalEntry>?

    public init(text: String, name: String, format: String, query: [String: String] = [:], original: [UInt8]? = nil, act: ID<JournalEntry>? = nil) {
        self.text = text
        self.name = name
        self.format = format
        self.query = query
        self.original = original
        self.act = act
    }

    /// SHA-256 of the file, or of the pasted words, by which whoever has it can show that it is the one.
    public func digest() throws -> String { try hash(original ?? Array(text.utf8), .international).hex }
}

/// 收下的文稿。
public struct KeptDocument: Sendable {
    public let id: String
    /// Where its reader goes on.
    public let link: String

    public init<R>(_ id: ID<R>, link: String) {
        self.id = id.text
        self.link = link
    }
}

extension House {
    /// - Throws: `.absent` when no line takes such documents, `.forbidden` for other roles.
    public func intake(_ line: String, _ name: String, for actor: Actor) throws(Refusal) -> DocumentIntake {
        let intake = try intake(line, name)
        guard intake.roles.contains(actor.role) else { throw .forbidden("「\(intake.title)」由\(intake.roles.labels)办理，您的岗位是\(actor.role.label)") }
        return intake
    }

    /// - Throws: `.absent` when no line takes such documents.
    public func intake(_ line: String, _ name: String) throws(Refusal) -> DocumentIntake {
        guard let intake = self.line(line)?.offers.lazy.compactMap({ $0 as? DocumentIntake }).first(where: { $0.name == name }) else {
            throw .absent("没有这个收文入口，请从菜单重新打开")
        }
        return intake
    }
}
