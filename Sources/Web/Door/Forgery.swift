import Commons
import Cryptography
import Hummingbird
import Values

/// 防伪令牌。Every form that changes something carries the token of its session.
enum Forgery {
    static let field = "_csrf"

    static let stale = Refusal.forbidden("这个页面已经过期，没有办理任何事。请返回上一页，刷新后再提交")

    static func isGenuine(_ form: SentForm, _ session: Session) -> Bool {
        constantTimeEqual(form.text(field) ?? "", session.csrf)
    }

    /// - Throws: `.forbidden` when the form wasn't given out in this session.
    static func require(_ form: SentForm, _ session: Session) throws(Refusal) {
        guard isGenuine(form, session) else { throw stale }
    }

    /// Whether the browser says that the form stood on one of our own pages. A browser that says nothing isn't believed.
    static func isFromHere(_ request: Request) -> Bool {
        guard let origin = request.headers[.origin], let host = request.head.authority ?? request.headers.value("Host") else { return false }
        return origin == "https://\(host)" || origin == "http://\(host)"
    }
}
