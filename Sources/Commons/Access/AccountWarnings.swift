import Kernel
import Pages
import Storage
import Values

/// 账号提醒。What concerns the own account, and what awaits those who look after accounts.
extension Reader {
    func accountWarnings() throws -> [NoticeBoxView] {
        let user = try first(User.self, where: "id = \(actor.user)")
        let own = try user.map { try accountNotices(of: $0.id) + [twoFactorWarning($0)].compactMap { $0 } } ?? []
        return try own + [proposalWarning(), emergencyWarning()].compactMap { $0 } + abandonedWarnings()
    }

    private func twoFactorWarning(_ user: User) throws -> NoticeBoxView? {
        let due: CivilDate? = try connection.value("SELECT two_factor_due_on FROM account_state WHERE user_id = \(user.id)")
        guard let due, try twoFactor(of: user.id)?.confirmedAt == nil, SignInRules.standard.required.contains(user.role) else { return nil }
        return NoticeBoxView(.warn, "请在\(due.shown)前开通两步登录", "您的岗位规定须两步登录，到期后须先开通才能办理业务。",
                             links: [LinkView("去开通", href: "/users/do/begin-two-factor")])
    }

    private func proposalWarning() throws -> NoticeBoxView? {
        let waiting = try proposalsToDecide()
        guard !waiting.isEmpty else { return nil }
        return NoticeBoxView(.warn, "有 \(waiting.count) 项三员变更等您确认", "由另一名管理员提请，须核对人事通知后确认。", links: [LinkView("去确认", href: "/users/proposals")])
    }

    private func emergencyWarning() throws -> NoticeBoxView? {
        guard ReviewEmergencyView.roles.contains(actor.role) else { return nil }
        let waiting = try emergencyViewsWaiting()
        guard waiting > 0 else { return nil }
        return NoticeBoxView(.warn, "有 \(waiting) 次紧急查看等待复核", "有人查看了辖区以外的档案。请逐次核对理由。",
                             links: [LinkView("去复核", href: "/users/emergency-views?is_reviewed=0")])
    }

    private func abandonedWarnings() throws -> [NoticeBoxView] {
        try abandonedTasks().map { user, count in
            NoticeBoxView(.warn, "\(user.name.shown)的账号已停用，名下还有 \(count) 件待办", "这些件没有人在办，请移交给同岗位的同事。",
                          links: [LinkView("移交", href: "/desk/do/hand-over-all-tasks?user=\(user.id.text)")])
        }
    }
}
