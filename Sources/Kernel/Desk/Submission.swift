import Values

/// What arrives at the counter: which act, its values as they came, and the id that makes repeating it safe.
public struct Submission: Sendable, Hashable {
    /// `assistance.apply-for-allowance`.
    public let permission: String
    /// Made by the form or the caller before sending.
    public let id: ID<JournalEntry>
    public var values: RawFields
    /// The version of the subject that the person saw; nil when the caller saw none.
    public var version: Int?
    /// The act this one follows from, when a job or another act submits it.
    public var cause: ID<JournalEntry>?

    public init(_ permission: String, id: ID<JournalEntry>, values: RawFields, version: Int? = nil, cause: ID<JournalEntry>? = nil) {
        self.permission = permission
        self.id = id
        self.values = values
        self.version = version
        self.cause = cause
    }
}

/// What the counter answers.
public struct Receipt: Sendable, Hashable {
    public let act: ID<JournalEntry>
    public let outcome: Outcome
    /// The act had been done before; nothing was done again.
    public let isRepeat: Bool
}
