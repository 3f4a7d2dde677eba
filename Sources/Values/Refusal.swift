/// 不予办理。The office saying no: Chinese, addressed to the person, saying what to do next.
///
/// Values and rules throw it typed; an action just throws. Any other error is our fault and is not a refusal.
public struct Refusal: Error, Hashable, Sendable {
    /// Why the office says no; the faces choose a status and a tone by it.
    public enum Kind: String, Sendable, Hashable {
        case invalid, ineligible, forbidden, unauthenticated, absent, conflict, outOfOrder, gap, busy, tooLarge
    }

    /// 一处错误。One fault at one field, e.g. `["members", "m1", "income"]`; an empty path is the whole form.
    public struct Problem: Hashable, Sendable {
        public let path: [String]
        public let message: String

        public init(_ path: [String], _ message: String) {
            self.path = path
            self.message = message
        }
    }

    public let kind: Kind
    public let message: String
    public let problems: [Problem]
    public let basis: Citation?

    public init(_ kind: Kind, _ message: String, problems: [Problem] = [], basis: Citation? = nil) {
        self.kind = kind
        self.message = message
        self.problems = problems
        self.basis = basis
    }

    /// The same refusal, seen from further out: the path goes before those of its problems.
    /// A refusal without problems makes one of its message.
    public func at(_ path: [String]) -> Refusal {
        let placed = problems.isEmpty
            ? [Problem(path, message)]
            : problems.map { Problem(path + $0.path, $0.message) }
        return Refusal(kind, message, problems: placed, basis: basis)
    }
}

extension Refusal: CustomStringConvertible {
    /// The message, and what it rests on.
    public var description: String {
        guard let basis else { return message }
        return "\(message)（依据：\(basis.text)）"
    }
}

extension Refusal {
    /// 填写有误。What was given is not what was asked for.
    public static func invalid(_ message: String) -> Refusal { Refusal(.invalid, message) }
    /// 不符合条件。The law says no.
    public static func ineligible(_ message: String, basis: Citation? = nil) -> Refusal {
        Refusal(.ineligible, message, basis: basis)
    }
    /// 无权办理。Somebody else may; this person may not.
    public static func forbidden(_ message: String) -> Refusal { Refusal(.forbidden, message) }
    /// 尚未登录。
    public static func unauthenticated(_ message: String) -> Refusal { Refusal(.unauthenticated, message) }
    /// 未找到。
    public static func absent(_ message: String) -> Refusal { Refusal(.absent, message) }
    /// 与已有的事项冲突。
    public static func conflict(_ message: String) -> Refusal { Refusal(.conflict, message) }
    /// 环节不符。The matter is not in a state that allows this act.
    public static func outOfOrder(_ message: String) -> Refusal { Refusal(.outOfOrder, message) }
    /// 缺少规定。No ruling covers this day and place.
    public static func gap(_ message: String) -> Refusal { Refusal(.gap, message) }
    /// 系统繁忙。
    public static func busy(_ message: String) -> Refusal { Refusal(.busy, message) }
    /// 超出限量。
    public static func tooLarge(_ message: String) -> Refusal { Refusal(.tooLarge, message) }
}
