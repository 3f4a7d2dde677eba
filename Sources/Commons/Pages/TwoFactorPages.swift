import Kernel
import Pages
import Values

/// 两步登录。The picture to scan, the same as text, and the way to the first code.
let twoFactorPage = Page("two-factor", "开通两步登录", roles: .everyone) { visit in
    let reader = visit.reader, user = try reader.ownAccount(), known = try reader.twoFactor(of: user.id)
    let trail = [(title: "我的账号", href: "/users/me")]
    guard let known else {
        return Page.Body("开通两步登录", breadcrumbs: trail, acts: [PageAct("开通两步登录", "/users/do/begin-two-factor", primary: true)]) {
            NoticeBoxView(.info, "登录时除密码外再填一个动态口令", "请先在手机上装好任一动态口令软件（验证器）。岗位规定必须两步登录的，宽限期满后须先开通才能办理业务。").markup
        }
    }
    guard known.confirmedAt == nil else {
        return Page.Body("两步登录", breadcrumbs: trail) { NoticeBoxView(.info, "已开通", "登录时会要求填写动态口令。").markup }
    }
    let secret = try reader.open(known.secret).typed
    return Page.Body("开通两步登录", breadcrumbs: trail, acts: [PageAct("扫好了，填写口令", "/users/do/confirm-two-factor", primary: true)]) { enrolmentMarkup(secret) }
}

func enrolmentMarkup(_ secret: String) -> Markup {
    let groups = stride(from: 0, to: secret.count, by: 4).map { secret.dropFirst($0).prefix(4) }.joined(separator: " ")
    return """
        <section class="panel"><p>用手机上的动态口令软件扫这个图：</p>
        <p><img src="/users/two-factor.svg" alt="动态口令密钥的二维码；不能扫码时，请在软件里手工输入下面的密钥" width="240" height="240"></p>
        <p>不能扫码的，在软件里选“手工输入”，填这个密钥（按时间、六位、30 秒）：</p><p class="code">\(groups)</p>
        <p class="hint">密钥只在这里显示，开通以后不再显示。请不要截图，也不要发给别人。</p></section>
        """
}

/// 恢复码。Shown to their owner for ten minutes after they were made.
let recoveryCodesPage = Page("recovery-codes/{act}", "恢复码", roles: .everyone) { visit in
    let reader = visit.reader, act: ID<JournalEntry> = try visit.id("act")
    let line = try reader.journalLine(act)
    guard let line, line.actor == reader.actor.user, line.action == "users.\(ConfirmTwoFactor.name)", line.at > reader.now.adding(seconds: -600) else {
        throw Refusal.absent("恢复码只在开通后十分钟内显示。没有记下的，请停用两步登录后重新开通")
    }
    let codes = try RecoveryCodes.codes(of: act, reader.actor.user, reader.house.keyring).map(RecoveryCodes.shown)
    return Page.Body("恢复码", breadcrumbs: [("我的账号", "/users/me")], acts: [PageAct("记下了", "/desk/workbench", primary: true)]) {
        """
        <section class="panel"><p>手机不在身边时，用恢复码代替动态口令登录；每个只能用一次。请抄下来或打印出来收好，十分钟后不再显示。</p>
        <ol class="codes">\(each: codes, { "<li class=\"code\">\($0)</li>" })</ol></section>
        """
    }
}
