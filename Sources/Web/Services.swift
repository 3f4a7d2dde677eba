import Commons
import Kernel
import Values

/// What the web face works with. Passed in once, nothing ambient.
public struct Services: Sendable {
    public let counter: Counter
    public let accounts: Accounts
    public let attachments: AttachmentStore
    public let drafts: Drafts
    /// Where tables wait; nil where none are taken in.
    public let imports: ImportRoom?
    /// The process that serves.
    public let node: ServingNode
    let attachmentsFolder: String
    /// The folder in which printed books wait to be fetched, sealed.
    public let prints: String
    /// Where attachments and printed books rest.
    public let keeping: Keeping
    /// E.g. 示范市民政局, at the head of every page.
    public let bureau: String
    /// Cookies only travel over TLS; set when the address that people use begins with https.
    public let isSecure: Bool

    /// - Parameters:
    ///   - attachments: the folder in which attachments rest.
    ///   - keeping: whether they rest there or in the database; printed books with them.
    ///   - signIn: who must have two-factor log-in.
    ///   - node: what this process knows of itself.
    public init(_ counter: Counter, attachments folder: String, keeping: Keeping = .folders, bureau: String = "示范市民政局", isSecure: Bool = false,
                signIn: SignInRules = .standard, imports: ImportRoom? = nil, node: ServingNode = ServingNode()) {
        self.counter = counter
        self.node = node
        self.imports = imports
        accounts = Accounts(counter, rules: signIn)
        attachments = AttachmentStore(counter, folder: folder, keeping: keeping)
        drafts = Drafts(counter)
        attachmentsFolder = folder
        prints = "\(folder)-prints"
        self.keeping = keeping
        self.bureau = bureau
        self.isSecure = isSecure
    }

    public var house: House { counter.house }
}
