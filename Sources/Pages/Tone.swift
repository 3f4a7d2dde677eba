/// 语气。How something stands. It is never shown by colour alone: words always come with it.
public enum Tone: String, Hashable, Sendable {
    /// 正常。
    case ok
    /// 临近、需要留意。
    case warn
    /// 超期。
    case late
    /// 停发、拒绝、出错。
    case stop
    /// 一般。
    case plain
}
