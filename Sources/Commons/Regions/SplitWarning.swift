import Kernel
import Pages
import Values

extension Reader {
    /// Accounts that still answer for a code from which others were split off within a month: nobody's scope grows by itself.
    func splitWarning() throws -> NoticeBoxView? {
        guard actor.role == .securityAdministrator else { return nil }
        let recent = try all(RegionChange.self, where: """
            kind = \(RegionChangeKind.split) AND done_at IS NOT NULL AND on_date > \(today.adding(days: -30)) AND \(within("code")) ORDER BY on_date DESC
            """)
        let codes = recent.map { change in change.parts.first(where: \.isHandover)?.successor ?? change.scope }
        let users = try codes.reduce(0) { try $0 + (connection.value("SELECT count(*) FROM user_account WHERE region = \($1) AND disabled_on IS NULL") ?? 0) }
        guard users > 0 else { return nil }
        let names = try codes.map { try placeName($0) }.joined(separator: "、")
        return NoticeBoxView(.warn, "区划拆分后有 \(users) 个账号要核对", "\(names)近日拆分，这些账号仍只管原来的代码。需要管新区划的，请调整管辖范围。", links: [LinkView("用户账号", href: "/users/accounts")])
    }
}
