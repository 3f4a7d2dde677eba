/// 数据项。One named thing the office asks for, stores or shows: declared once, used by every form, table and column.
///
/// `name` is the column, the JSON property and the form control; `label` and `hint` are what people read.
/// Terms that lines share live in Commons; look there before making one.
public struct Term<Value>: Sendable {
    public let name: String
    public let label: String
    public let hint: String?
    public let origin: TermOrigin

    public init(_ name: String, _ label: String, hint: String? = nil, _ origin: TermOrigin = .asked) {
        self.name = name
        self.label = label
        self.hint = hint
        self.origin = origin
    }
}

/// Where a value comes from when a form is drawn.
public enum TermOrigin: Sendable, Hashable {
    /// A person states it.
    case asked
    /// The form carries it without asking: the subject of the act.
    case carried
    /// The caller makes it; absent, it is derived from the act's own id so that repeating the act is safe.
    case made
}
