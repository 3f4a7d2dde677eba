/// 期限长度。How long the law gives: working days, calendar days or months.
public enum Span: Hashable, Sendable {
    case workingDays(Int)
    case calendarDays(Int)
    case months(Int)

    public var shown: String {
        switch self {
        case .workingDays(let count): "\(count)个工作日"
        case .calendarDays(let count): "\(count)日"
        case .months(let count): "\(count)个月"
        }
    }
}

/// 截止日。The last day on which something is in time.
public struct Due: Hashable, Sendable {
    public let date: CivilDate
    /// 暂定：the working days of a year on the way are not published yet, so the day may still move.
    public let provisional: Bool

    public init(date: CivilDate, provisional: Bool) {
        self.date = date
        self.provisional = provisional
    }

    /// 2024年11月6日, with （暂定） when it may still move.
    public var shown: String { date.shown + (provisional ? "（暂定）" : "") }
}
