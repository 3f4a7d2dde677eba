import Foundation
import Hummingbird
import Pages

extension Response {
    static func page(_ markup: Markup, status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, headers: [.contentType: "text/html; charset=utf-8"], body: .init(byteBuffer: ByteBuffer(bytes: markup.bytes)))
    }

    /// Papers, shown by the browser and saved under their name.
    static func pdf(_ bytes: [UInt8], named name: String) -> Response {
        Response(status: .ok, headers: [
            .contentType: "application/pdf", .cacheControl: "private, no-store",
            .contentDisposition: "inline; filename*=UTF-8''\(Query.encoded(name.trimmingCharacters(in: .whitespaces))).pdf",
        ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// After a form: the browser fetches another page, and reloading that page sends nothing again.
    static func seeOther(_ address: String) -> Response {
        Response(status: .seeOther, headers: [.location: Href.isSafe(address) ? address : "/"])
    }
}
