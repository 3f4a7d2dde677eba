/// 存储错误。What went wrong below the counter, told alike by every engine.
///
/// Texts name tables, columns and statements, never the values bound to them, so that they may be logged.
public enum StorageError: Error, Hashable, Sendable {
    /// A unique or primary key is taken; the text names its columns, e.g. `claim.person, claim.month`.
    case unique(String)
    /// A row refers to one that does not exist, or is still referred to.
    case foreignKey
    /// A CHECK or a column type refused the value; the text names the constraint.
    case check(String)
    /// A column that needs a value got none; the text names it, e.g. `person.name`.
    case notNull(String)
    /// Another process held the database beyond the busy timeout. Nothing was written; trying again may succeed.
    case busy
    /// The disk is full. Nothing of the transaction was written.
    case full
    /// The disk or the file failed. Nothing of the transaction may be taken as written.
    case io(String)
    /// Two serializable transactions crossed; trying again may succeed.
    case serialization
    /// There is no database to talk to: it is closed, cannot be opened or does not hold what was asserted of it.
    /// If it was lost while a transaction was ending, whether that one stands is unknown: asking again with the same id is safe.
    case connection(String)
    /// The statement took longer than it may.
    case tooSlow
    /// The database is being moved, or was: it refuses every write. Callers of a database are told so as a refusal of kind busy.
    case moving(String)
    /// A mistake of ours: a faulty statement, a value of the wrong type.
    case other(String)

    /// Whether the whole transaction is lost, not only the statement.
    public var isFatalToTransaction: Bool {
        switch self {
        case .full, .io, .connection, .serialization, .tooSlow: true
        case .unique, .foreignKey, .check, .notNull, .busy, .moving, .other: false
        }
    }
}

extension StorageError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unique(let columns): "唯一约束冲突：\(columns)"
        case .foreignKey: "引用的记录不存在，或记录仍被引用"
        case .check(let constraint): "不符合约束：\(constraint)"
        case .notNull(let column): "必填列为空：\(column)"
        case .busy: "数据库正被其他进程占用"
        case .full: "磁盘空间已满，未写入任何内容。请先清出空间，再重做这一步"
        case .io(let detail): "读写数据文件出错：\(detail)。请检查数据盘，再重做这一步"
        case .serialization: "并发事务冲突，可以重试"
        case .connection(let detail): "数据库不可用：\(detail)"
        case .tooSlow: "这一步超过了允许的时间，没有完成"
        case .moving(let text): text
        case .other(let detail): "存储内部错误：\(detail)"
        }
    }
}
