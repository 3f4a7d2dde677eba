import Commons
import Hummingbird
import Kernel
import Values

/// One request on its way through the house: who asks, if they signed in.
///
/// Below `/api` the session is that of the `Authorization: Bearer` token, elsewhere that of the cookie: a page elsewhere
/// that makes a browser send its cookie gets nothing done through the API.
struct DeskContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    var session: Session?
    /// The other end of the connection; nil where there is none.
    let address: String?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        address = source.channel.remoteAddress?.ipAddress
    }

    /// Who is at the desk.
    /// - Throws: `.unauthenticated`; pages answer it with the sign-in page, the API with 401.
    func signedIn() throws(Refusal) -> Session {
        guard let session else { throw .unauthenticated("请先登录") }
        return session
    }
}
