import Hummingbird
import Pages

extension Response {
    static func page(_ markup: Markup, status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, headers: [.contentType: "text/html; charset=utf-8"], body: .init(byteBuffer: ByteBuffer(bytes: markup.bytes)))
    }

    /// After a form: the browser fetches another page, and reloading that page sends nothing again.
    static func seeOther(_ address: String) -> Response {
        Response(status: .seeOther, headers: [.location: Href.isSafe(address) ? address : "/"])
    }
}
