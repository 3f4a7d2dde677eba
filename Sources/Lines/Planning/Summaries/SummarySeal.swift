import Kernel
import Storage
import Values

/// 冻结的凭据。Whether a summary is still what was approved, by its own row and by the journal's entry of the approval.
enum SummarySeal: Sendable, Hashable {
    case open
    case intact
    /// Text or numbers differ from the digest in the summary's own row.
    case altered
    /// Text and digest agree with each other, and not with what the journal says was approved.
    case exchanged
    /// The journal has no entry of the approval.
    case unrecorded
    /// Approved before the journal kept the digest: only the row's own can be held against the text.
    case unanchored

    /// What the message of the approval says, and with it the journal.
    static func words(_ digest: String) -> String { "\(mark)\(digest)" }
    private static let mark = "冻结摘要 "

    /// - Parameters:
    ///   - digest: of text and numbers as they stand now.
    ///   - kept: in the row of the summary; nil while nobody has approved it.
    ///   - message: of the journal's entry; nil where there is none.
    init(_ digest: String, kept: String?, message: String?) {
        guard let kept else { self = .open; return }
        guard digest == kept else { self = .altered; return }
        guard let message else { self = .unrecorded; return }
        guard message.contains(Self.mark) else { self = .unanchored; return }
        self = message.contains(Self.words(digest)) ? .intact : .exchanged
    }

    /// nil for what isn't frozen.
    var isSound: Bool? {
        switch self {
        case .open: nil
        case .intact, .unanchored: true
        case .altered, .exchanged, .unrecorded: false
        }
    }

    var label: String {
        switch self {
        case .open: "还没有冻结"
        case .intact: "全文与冻结时一致，也与批准的日志一致"
        case .unanchored: "全文与冻结时一致（批准时日志还不记摘要，只能与库里的摘要相比）"
        case .altered: "全文与冻结摘要不符：库里的文字或数字被改过，请报告审计"
        case .exchanged: "全文与批准日志所记的摘要不符：库里的文字和摘要被一起改过，请报告审计"
        case .unrecorded: "日志里没有批准这份总结的记录，与库里的状态不符，请报告审计"
        }
    }
}

extension Reader {
    func seal(of standing: SummaryStanding) throws -> SummarySeal {
        let summary = standing.summary
        let message: String? = try connection.value("""
            SELECT message FROM journal WHERE subject = \(summary.id) AND action = \("planning.\(ApproveSummary.name)") ORDER BY at DESC, id DESC LIMIT 1
            """)
        return SummarySeal(try standing.digest(), kept: summary.frozenHash, message: message)
    }
}
