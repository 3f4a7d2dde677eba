import Hummingbird
import Kernel
import Pages
import Values

/// 留存的表单。What was typed when the session had ended: it stays on the page, and goes on after signing in elsewhere.
///
/// Going on does nothing by itself: the token is that of the old session, so the form is only drawn again for a look and another submission.
struct HeldForm: Part {
    let address: String
    let form: SentForm
    /// A file came that wasn't kept.
    var hasLostFile = false

    var markup: Markup {
        """
        \(NoticeBoxView(.stop, "登录已过期，刚才没有提交", "您填的内容还留在这一页上，请先不要关闭。\(filesLost)"))
        <ol>
        <li><a href="/sign-in" target="_blank" rel="noopener">在新窗口登录</a></li>
        <li>登录后回到这一页，按下面的按钮，核对后再提交</li>
        </ol>
        \(OneButtonForm(action: address, hidden: kept, button: ButtonView("已登录，继续填写", weight: .primary)))
        """
    }

    private var filesLost: String { hasLostFile || form.files.contains { !$0.content.isEmpty } ? "附件要重新选择。" : "" }

    /// Everything but the button that was pressed.
    private var kept: [HiddenView] {
        let pressed: Set = ["_add", "_remove", "_draft", "_estimate"]
        return form.names.filter { !pressed.contains($0) }.map { HiddenView($0, form.text($0) ?? "") }
    }
}

extension ActionForm {
    /// - Throws: `.unauthenticated` when the form doesn't come from one of our own pages, or a script asked for a part.
    func hold(_ request: Request) async throws -> Response {
        guard Forgery.isFromHere(request), Query(request)["part"] == nil else { throw Refusal(.unauthenticated, "请先登录") }
        let content = HeldForm(address: address, form: try await SentForm(request, textBytes: outline.textBytes)).markup
        return .page(PlainFrame(site: services.site(for: request), title: "登录已过期", content: content).markup, status: .unauthorized)
    }
}
