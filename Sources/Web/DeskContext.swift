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
    /// Where the connection comes from; a proxy, when there is one.
    let peer: String

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress?.ipAddress ?? "127.0.0.1"
        address = peer
    }

    /// Whose address limits are counted by. Only a trusted proxy is believed about whom it speaks for.
    private(set) var address: String

    mutating func believe(_ forwarded: String?, from proxies: TrustedProxies) { address = proxies.origin(peer: peer, forwarded: forwarded) }

    /// Who is at the desk.
    /// - Throws: `.unauthenticated`; pages answer it with the sign-in page, the API with 401.
    func signedIn() throws(Refusal) -> Session {
        guard let session else { throw .unauthenticated("请先登录") }
        return session
    }
}
