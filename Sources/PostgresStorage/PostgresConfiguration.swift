/// 数据库设置。How many connections a node keeps and how long one waits. The defaults suit one of three nodes.
public struct PostgresConfiguration: Sendable {
    /// Connections for acts.
    public var writers = 8
    /// Connections for reading.
    public var readers = 4
    /// Works that may wait for each kind of connection; one more is refused.
    public var queueLimit = 512
    /// Seconds that one statement of an act or a reading may take. Long work has no limit.
    public var statementTimeout = 30
    /// Seconds to wait for a server to answer when connecting.
    public var connectTimeout = 3
    /// How long an act, or a reading, is tried again when it crossed another or lost its server.
    public var patience = Duration.seconds(10)
    /// A copy for lists and dashboards, as a `postgres://` address.
    public var replica: String?
    /// How far the copy may be behind before the primary is read instead.
    public var lagAtMost = Duration.seconds(30)
    /// How often an errand under way looks whether its lock still stands.
    public var lockLookedAt = Duration.seconds(2)
    /// The schema in which tables are made and found; the server's own choice when nil.
    public var schema: String?

    public init() {}
}
