import Values

/// 日志。One entry for every act, written in the act's own transaction and sealed into a chain just behind it.
///
/// It holds ids, a keyed digest of the input and the rulings consulted; never secrets or plain identifiers.
public struct JournalEntry: Sendable, Hashable {
    public let id: ID<JournalEntry>
    public let at: Instant
    public let actor: ID<Actor>
    public let actorName: String
    public let role: Role
    public let region: RegionCode
    /// `assistance.confirm-allowance`.
    public let action: String
    public let subject: String
    /// Keyed digest of what was asked, so that a repeated act is recognised and a changed one refused.
    public let digest: String
    public let rulings: String
    /// The act that brought this one about.
    public let cause: ID<JournalEntry>?
    public let movedTo: String?
    public let message: String
    public let link: String?
    /// The sealed block it lies in; nil until the sealer has come by.
    public let block: Int?
}
