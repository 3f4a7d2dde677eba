import Hummingbird
import Kernel
import Values

/// 接口。What programs ask for, below `/api`, and the spreadsheets of the listings.
enum APIRoutes {
    static func add(to router: Router<DeskContext>, _ services: Services) {}

    /// How a refusal reads to a program.
    static func response(to refusal: Refusal) -> Response {
        let body = JSON.object([.init("title", .string(refusal.message))]).text
        return Response(status: refusal.kind.status, headers: [.contentType: "application/problem+json"], body: .init(byteBuffer: ByteBuffer(string: body)))
    }
}
