import Commons
import Kernel
import Pages
import Values

/// 登录页。In a demonstration it lists an account a role, each with a button that needs no typing.
struct SignInPage: Part {
    static let demoPassword = "minzheng-demo"

    let token: String
    let username: String
    let next: String
    let refusal: Refusal?
    let demo: [DemoAccount]
    /// Set when the password was right and a code is wanted.
    let step: String?
    /// In a demonstration: whose code can be tried, and its secret.
    let secret: String?

    struct DemoAccount: Sendable {
        let username: String
        let role: String
        let region: String
    }

    var markup: Markup {
        """
        \(some: refusal, { NoticeBoxView(.stop, $0.message).markup })\(step.map { codeForm($0) } ?? form)
        \(some: secret, { "<p class=\"hint\">演示环境：\($0)（固定，可加到任一动态口令软件里试用）</p>" })
        \(if: !demo.isEmpty, PanelView("演示账号", accounts).markup)
        <p class="note">群众办事、看公示、查进度，不用登录：<a href="/hall">到办事大厅</a></p>
        """
    }

    private func codeForm(_ step: String) -> FormView {
        FormView(action: "/sign-in", hidden: hidden + [HiddenView("step", step)], sections: [
            SectionView("动态口令", hint: "打开手机上的动态口令软件，填现在显示的六位数字。手机不在身边的，填一个恢复码。", fields: [
                FieldView(["code"], "动态口令", .text(autocomplete: "one-time-code"), problem: refusal?.problems.first?.message),
            ]),
        ], buttons: [ButtonView("登录", weight: .primary)])
    }

    private var form: FormView {
        FormView(action: "/sign-in", hidden: hidden, sections: [
            SectionView("用户名和密码", fields: [
                FieldView(["username"], "用户名", .text(autocomplete: "username"), value: username),
                FieldView(["password"], "密码", .secret(autocomplete: "current-password")),
            ]),
        ], buttons: [ButtonView("登录", weight: .primary)])
    }

    private var hidden: [HiddenView] { [HiddenView(Forgery.field, token), HiddenView("next", next)] }

    private var accounts: Markup {
        """
        <p class="hint">这是演示环境，人和事都是编造的。所有演示账号的密码都是 \(Self.demoPassword)。</p>
        <table class="ledger cards">
        <caption>每个岗位一个账号</caption>
        <thead><tr><th scope="col">以此岗位登录</th><th scope="col">用户名</th><th scope="col">区域</th></tr></thead>
        <tbody>\(each: demo, row)</tbody>
        </table>
        """
    }

    private func row(_ account: DemoAccount) -> Markup {
        let button = OneButtonForm(
            action: "/sign-in", hidden: hidden + [HiddenView("username", account.username), HiddenView("password", Self.demoPassword)],
            button: ButtonView(account.role))
        return """
            <tr><th scope="row">\(button)</th><td data-label="用户名">\(account.username)</td><td data-label="区域">\(account.region)</td></tr>

            """
    }
}
