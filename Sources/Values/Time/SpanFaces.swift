/// A ruling may name a limit of the law, so a span is asked for and kept like any value.
extension Span: FieldValue {
    public static var kind: FieldKind { .text }
    public static var maximumLength: Int { 20 }

    /// The longest limit that makes sense of any unit: a hundred years of days.
    private static let counts = 0...36_525

    /// Reads 30个工作日, 7日, 7天, 7个自然日, 3个月 and 1年, which is twelve months.
    public init(typed text: String) throws(Refusal) {
        let narrow = try Door.narrow(text, for: Span.self)
        let digits = narrow.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int(digits), Span.counts.contains(count) else { throw Span.unreadable }
        switch narrow.dropFirst(digits.count).drop(while: { $0 == " " }) {
        case "个工作日", "工作日": self = .workingDays(count)
        case "日", "天", "个自然日", "自然日": self = .calendarDays(count)
        case "个月", "月": self = .months(count)
        case "年": self = .months(count * 12)
        default: throw Span.unreadable
        }
    }

    public var typed: String { shown }

    public init(stored: StoredValue) throws(Refusal) {
        let parts = try stored.text(as: "期限").split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let count = Int(parts[1]), count >= 0 else { throw Span.unreadable }
        switch parts[0] {
        case "working-days": self = .workingDays(count)
        case "calendar-days": self = .calendarDays(count)
        case "months": self = .months(count)
        default: throw Span.unreadable
        }
    }

    /// working-days:30, calendar-days:7, months:3
    public var stored: StoredValue {
        switch self {
        case .workingDays(let count): .text("working-days:\(count)")
        case .calendarDays(let count): .text("calendar-days:\(count)")
        case .months(let count): .text("months:\(count)")
        }
    }

    private static var unreadable: Refusal { .invalid("请填写期限，如 30个工作日、7日 或 3个月") }
}
