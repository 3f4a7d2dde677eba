import Commons
import Documents
import Hummingbird
import Kernel
import Values

/// 表格下载。`/{line}/{path}`: what a line reckons, as CSV.
struct TableDownloads: Sendable {
    let services: Services

    func add(to router: Router<DeskContext>) {
        for download in services.house.offers(TableDownload.self) {
            router.get(RouterPath("/\(download.line)/\(download.path)")) { try await answer(download, $0, $1) }
        }
    }

    private func answer(_ download: TableDownload, _ request: Request, _ context: DeskContext) async throws -> Response {
        let session = try context.signedIn(), actor = session.actor, query = Query(request).dictionary
        guard download.roles.contains(actor.role) else { throw Refusal.forbidden("「\(download.title)」供\(download.roles.labels)使用，您的岗位是\(actor.role.label)") }
        let table = try await services.counter.read(as: actor) { try download.load(Visit(reader: $0, parameters: [:], query: query, session: nil)) }
        try await services.counter.note(AccessNote(.export, "\(download.line).\(download.path)", detail: "csv", rows: table.rows.count), by: actor)
        var encoder = CSVEncoder()
        let bytes = ([table.columns] + table.rows).flatMap { encoder.row($0) }
        return Response(status: .ok, headers: [
            .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
            .contentDisposition: "attachment; filename=\"\(download.path)\"; filename*=UTF-8''\(Query.encoded(table.filename + ".csv"))",
        ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
