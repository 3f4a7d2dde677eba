/// 数据库设置。How many read and write at once, and how long one waits. The defaults suit one bureau on one machine.
public struct SQLiteConfiguration: Sendable {
    /// Connections for reading.
    public var readers = 4
    /// Seconds to wait for another process that holds the file.
    public var busyTimeout = 5.0
    /// Writes that may wait; one more is refused.
    public var queueLimit = 512
    /// Writes that may share one commit.
    public var groupLimit = 256
    /// How long a group takes in further writes before it commits.
    public var groupTime = Duration.milliseconds(20)
    /// Off only while a new file is filled in slices: references are then checked when all is there, by `integrityCheck`.
    public var checksReferences = true

    public init() {}
}
