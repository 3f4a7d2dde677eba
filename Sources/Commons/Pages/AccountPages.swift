import Kernel
import Pages
import Storage
import Values

/// 我的账号。Post, duties, sessions, password and two-factor log-in; what the owner must know of it.
let ownAccountPage = Page("me", "我的账号", roles: .everyone, inMenu: true) { visit in
    let reader = visit.reader, user = try reader.ownAccount(), current = visit.session
    let view = AccountView(notices: try reader.accountNotices(of: user.id), facts: try reader.facts(of: user), duties: try reader.dutyTable(of: user.id),
                           sessions: try reader.sessionTable(of: user.id, current: current), acts: nil)
    let isGuarded = try reader.twoFactor(of: user.id)?.confirmedAt != nil
    return Page.Body("我的账号", acts: [
        PageAct("修改密码", "/users/do/change-password"),
        isGuarded ? PageAct("停用两步登录", "/users/do/disable-two-factor") : PageAct("开通两步登录", "/users/do/begin-two-factor"),
        PageAct("结束其他登录", "/users/do/end-other-sessions"), PageAct("委托代办", "/users/do/delegate-duty"),
        PageAct("为什么能（不能）办", "/users/ask/why-access"),
    ]) { accountMarkup(view) }
}

/// 用户。One account, for those who look after accounts: post, duties, sessions, and what it did lately.
let accountPage = Page("accounts/{id}", "用户", roles: Set<Role>.administrators.union([.leader, .townshipReviewer, .countyReviewer, .countyApprover])) { visit in
    let reader = visit.reader, user: User = try reader.find(try visit.id())
    try reader.requireScope(user.region, of: "这个用户")
    guard Set<Role>.administrators.contains(reader.actor.role) || reader.isSuperior(of: user) else { throw Refusal.forbidden("只能查看下属的账号") }
    let view = AccountView(notices: try reader.standing(of: user), facts: try reader.facts(of: user), duties: try reader.dutyTable(of: user.id),
                           sessions: try reader.sessionTable(of: user.id, current: nil), acts: try reader.recentActs(of: user.id))
    let mine = ID<Actor>(user.id) == reader.actor.user ? [] : reader.acts(on: Term<ID<User>>.user.name, user.id.text)
    return Page.Body(user.name.shown, breadcrumbs: [("用户账号", "/users/accounts")], acts: mine.filter { reader.fits($0, user) }) { accountMarkup(view) }
}

struct AccountView: Sendable {
    let notices: [NoticeBoxView]
    let facts: FactsView
    let duties: TableView
    let sessions: TableView
    /// nil on the own page.
    let acts: TableView?
}

func accountMarkup(_ view: AccountView) -> Markup {
    "<div class=\"main\">\(each: view.notices)\(PanelView("岗位", view.facts.markup))\(view.duties)\(view.sessions)\(view.acts)</div>"
}

extension Reader {
    fileprivate func facts(of user: User) throws -> FactsView {
        let guarded = try twoFactor(of: user.id)?.confirmedAt
        let codes = try connection.value("SELECT count(*) FROM recovery_code WHERE user_id = \(user.id) AND used_at IS NULL") ?? 0
        return FactsView([
            .init("用户名", user.username), .init("姓名", user.name.shown), .init("岗位", user.role.label), .init("区域", try placeName(user.region)),
            .init("状态", user.disabledOn.map { .tag(TagView("\($0.shown)停用", .stop)) } ?? .tag(TagView("在用", .ok))),
            .init("两步登录", guarded.map { "\($0.date.shown)开通，恢复码还剩 \(codes) 个" } ?? "没有开通"),
        ])
    }

    fileprivate func dutyTable(of user: ID<User>) throws -> TableView {
        let duties = try all(Duty.self, where: "(user_id = \(user) OR owner_id = \(user)) AND ended_at IS NULL AND (until_on IS NULL OR until_on > \(today)) ORDER BY from_on, id")
        return TableView(id: "duties", caption: "代办与兼任", columns: [ColumnView("岗位"), ColumnView("区域"), ColumnView("办理人"), ColumnView("起止"), ColumnView("理由")],
                         rows: try duties.map { duty in
                             TableRowView([.text(try title(of: duty)), .text(try placeName(duty.region)), .text(try find(duty.user).name.shown), .text(duty.lasts),
                                           .text(duty.reason)], href: "/users/do/end-duty?duty=\(duty.id.text)")
                         }, empty: EmptyView("没有代办和兼任", "委托给同事的、同事委托来的、兼任的岗位会列在这里。"))
    }

    fileprivate func sessionTable(of user: ID<User>, current: String?) throws -> TableView {
        let rows = try connection.all("""
            SELECT s.id, s.device, s.address, s.created_at, s.used_at FROM session AS s WHERE s.user_id = \(user) AND \(Self.runs(at: now)) ORDER BY s.used_at DESC, s.id
            """) { row in
            (id: try row.read(0) as ID<Session>, device: try row.read(1) as String?, address: try row.read(2) as String?,
             since: try row.read(3) as Instant, used: try row.read(4) as Instant)
        }
        return TableView(id: "sessions", caption: "登录会话", columns: [ColumnView("设备"), ColumnView("地址", .code), ColumnView("登录", .date), ColumnView("最近使用", .date)],
                         rows: rows.map { row in
                             let mark = row.id.text == current ? "（本次）" : ""
                             return TableRowView([.text("\(row.device ?? "未知设备")\(mark)"), .text(row.address ?? "-"), .text(row.since.shown), .text(row.used.shown)],
                                                 href: "/users/do/end-session?session=\(row.id.text)")
                         }, empty: EmptyView("没有登录会话", "登录后在用的会话会列在这里，点开可以结束。"))
    }

    fileprivate func recentActs(of user: ID<User>) throws -> TableView {
        let lines = try journal(JournalQuery(who: user.text), limit: 20)
        return TableView(id: "acts", caption: "最近办理", columns: [ColumnView("时刻", .date), ColumnView("事项"), ColumnView("身份"), ColumnView("结果")], rows: lines.map { line in
            TableRowView([.text(line.at.shown), .text(house.actionTitle(line.action)), .text("\(line.actorName)（\(line.role.label)）"), .text(line.message)],
                         href: "/desk/receipt/\(line.id.text)")
        }, empty: EmptyView("还没有办过什么", "办理的事项会按时间列在这里。"))
    }

    /// What stands in the way of this account.
    fileprivate func standing(of user: User) throws -> [NoticeBoxView] {
        let open = try openAssignments(of: user.id)
        return [
            try openProposals(of: user.id) > 0 ? NoticeBoxView(.info, "有一项变更等待另一名管理员确认", links: [LinkView("三员变更", href: "/users/proposals")]) : nil,
            user.disabledOn != nil && open > 0 ? NoticeBoxView(.warn, "名下还有 \(open) 件待办", "账号已停用，请由其上级移交他人。") : nil,
        ].compactMap { $0 }
    }

    /// Which buttons mean something for an account as it stands.
    fileprivate func fits(_ act: PageAct, _ user: User) -> Bool {
        if act.href.contains("/disable-user") { return user.disabledOn == nil }
        if act.href.contains("/enable-user") { return user.disabledOn != nil }
        if act.href.contains("/delegate-duty") { return user.disabledOn == nil && isSuperior(of: user) }
        if act.href.contains("/hand-over-all-tasks") { return isSuperior(of: user) }
        return true
    }

    /// What the owner of the account was told and hasn't acknowledged.
    func accountNotices(of user: ID<User>) throws -> [NoticeBoxView] {
        let notices = try connection.all("SELECT at, message FROM account_notice WHERE user_id = \(user) AND seen_at IS NULL ORDER BY at, id LIMIT 20") {
            (at: try $0.read(0) as Instant, message: try $0.read(1) as String)
        }
        return notices.map { NoticeBoxView(.warn, $0.message, $0.at.shown, links: [LinkView("知道了", href: "/users/do/acknowledge-notices")]) }
    }
}
