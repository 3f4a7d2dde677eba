import Kernel
import Storage
import Values

/// 公示撤下。The procedure that posted it says what follows.
public struct NoticeWithdrawn: Fact {
    public let notice: Notice
}

extension Desk {
    /// 张贴公示。Puts a masked notice on the board; from its first day on it is also read in the hall.
    public func post(_ notice: Notice) throws { try insert(notice) }

    /// 撤下公示。Its days count for nothing; what was posted stays on file with the reason.
    public func withdraw(_ notice: Notice, because reason: String) throws {
        guard notice.withdrawnOn == nil else { return }
        var notice = notice
        notice.withdrawnOn = today
        notice.withdrawalReason = reason
        try update(notice)
    }
}

extension Reader {
    /// Whether a notice may carry a decision: evidence of its posting was kept, where the place asks for it.
    /// - Throws: `.outOfOrder` without evidence.
    public func requireEvidence(of notice: ID<Notice>) throws {
        guard let notice = try first(Notice.self, where: "id = \(notice)"), !notice.isOnlineOnly else { return }
        guard try rulings(on: notice.from, in: notice.region).find(noticeEvidence)?.value == true else { return }
        guard try evidence(of: notice.id).isEmpty else { return }
        throw Refusal.outOfOrder("\(notice.from.shown)的公示还没有登记张贴证据，请先办理「登记公示留证」（照片，或者见证人）")
    }

    func evidence(of notice: ID<Notice>) throws -> [NoticeEvidence] {
        try all(NoticeEvidence.self, where: "notice_id = \(notice) ORDER BY seen_on, id")
    }

    /// What hangs in the hall today: open notices, and closed ones for as long as the place keeps them up.
    func postedNotices(in region: RegionCode) throws -> [Notice] {
        let kept = try rulings(on: today, in: region).find(noticeRetention)?.value ?? 0
        return try all(Notice.self, where: """
            \(Reader.within("region", region)) AND withdrawn_on IS NULL AND from_on <= \(today) AND until_on > \(today.adding(days: -kept))
            ORDER BY region, from_on DESC, id LIMIT 500
            """)
    }
}
