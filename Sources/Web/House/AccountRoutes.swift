import Commons
import Documents
import Hummingbird
import Kernel
import Values

/// 账号的附属内容。The picture of a secret that waits for its first code, and the matrix as a file.
struct AccountRoutes: Sendable {
    let services: Services

    func add(to router: Router<DeskContext>) {
        guard services.house.line("users") != nil else { return }
        router.get("users/two-factor.svg") { _, context in try await picture(context) }
        router.get("users/matrix.csv") { _, context in try matrix(context) }
    }

    private func picture(_ context: DeskContext) async throws -> Response {
        let actor = try context.signedIn().actor, issuer = services.bureau
        let address = try await services.counter.read(as: actor) { try $0.enrolmentAddress(issuer: issuer) }
        guard let address else { throw Refusal.absent("没有等待开通的密钥，请从「开通两步登录」开始") }
        let svg = try QRCode(address).svg
        return Response(status: .ok, headers: [.contentType: "image/svg+xml", .cacheControl: "no-store"], body: .init(byteBuffer: ByteBuffer(string: svg)))
    }

    private func matrix(_ context: DeskContext) throws -> Response {
        _ = try context.signedIn()
        let matrix = PermissionMatrix(services.house.lines)
        var encoder = CSVEncoder()
        let bytes = ([PermissionMatrix.header] + matrix.rows).reduce(into: [UInt8]()) { $0 += encoder.row($1) }
        let name = Query.encoded("权限矩阵-\(services.counter.clock.now().date.typed).csv")
        return Response(status: .ok, headers: [
            .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store", .contentDisposition: "attachment; filename=\"matrix.csv\"; filename*=UTF-8''\(name)",
        ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
