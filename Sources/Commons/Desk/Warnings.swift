import Kernel
import Pages
import Values

/// 提醒。What stands in the way of the work, told to the roles that can mend it.
extension Reader {
    func warnings() throws -> [NoticeBoxView] {
        try accountWarnings() + [gapWarning(), draftWarning(), sealWarning(), backupWarning(), jobWarning(), splitWarning()].compactMap { $0 }
            + house.offers(DeskReminder.self).compactMap { try $0.notice(self) }
    }

    /// A policy that holds nothing here today: cases that need it will be refused.
    private func gapWarning() throws -> NoticeBoxView? {
        guard [.policyOfficer, .leader, .countyApprover].contains(actor.role) else { return nil }
        let missing = try policyAnswers(on: today, in: actor.region).filter(\.isGap)
        guard !missing.isEmpty else { return nil }
        let names = missing.prefix(3).map(\.title).joined(separator: "、") + (missing.count > 3 ? "等" : "")
        return NoticeBoxView(.warn, "有 \(missing.count) 项规则今天没有数值", "\(names)。要用到它们的办件会停下来，直到发布为止。",
                             links: [LinkView("查看规则", href: "/rulings/policy")])
    }

    /// Drafts wait for somebody else than who drafted them.
    private func draftWarning() throws -> NoticeBoxView? {
        guard PublishRuling.roles.contains(actor.role) else { return nil }
        let waiting = try rulingDrafts().filter { try actor.covers($0.region) && !hasDrafted($0) }
        guard !waiting.isEmpty else { return nil }
        return NoticeBoxView(.info, "有 \(waiting.count) 条规则等待发布", "发布前请核对数值、起止日期和依据文件。",
                             links: [LinkView("去发布", href: "/rulings/policy#drafts")])
    }

    /// Sealing runs just behind the acts; a tail of a quarter of an hour means that it stands still.
    private func sealWarning() throws -> NoticeBoxView? {
        guard [.auditor, .securityAdministrator, .systemAdministrator].contains(actor.role) else { return nil }
        let tail = try unsealedTail()
        guard let since = tail.since, since < now.adding(seconds: -900) else { return nil }
        return NoticeBoxView(.warn, "日志有 \(tail.count) 条尚未封存", "最早的一条在\(since.shown)。封存停了，请系统管理员检查服务是否在运行。",
                             links: actor.role == .systemAdministrator ? [] : [LinkView("查看日志", href: "/desk/journal")])
    }

    private func jobWarning() throws -> NoticeBoxView? {
        guard jobReaders.contains(actor.role) else { return nil }
        let failed = try jobs().filter { $0.state == .failed && ($0.finishedAt ?? $0.createdAt).date.days(until: today) <= 7 }
        guard let latest = failed.first else { return nil }
        return NoticeBoxView(.stop, "有 \(failed.count) 个后台任务没有办成", "最近一个：\(latest.title)。\(latest.message ?? "")",
                             links: [LinkView("查看任务", href: "/desk/jobs")])
    }
}

/// Who looks after long work.
let jobReaders: Set<Role> = [.systemAdministrator, .auditor, .leader, .policyOfficer, .finance, .countyReviewer, .countyApprover]
