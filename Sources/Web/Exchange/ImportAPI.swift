import Commons
import Hummingbird
import Kernel
import Values

/// 上传接口。`POST /api/exchange/files?importer=people&filename=…`: the body is the file as it is; what follows are acts and listings like any other.
struct ImportAPI: Sendable {
    let services: Services
    let room: ImportRoom

    func add(to api: RouterGroup<DeskContext>) {
        api.post("/exchange/files") { request, context in try await take(request, context) }
    }

    private func take(_ request: Request, _ context: DeskContext) async throws -> Response {
        let actor = try context.signedIn().actor, query = Query(request), headers = try ActHeaders(request)
        guard let importer = query["importer"], !importer.isEmpty else { throw Refusal.invalid("请写明导入种类 importer").at(["importer"]) }
        guard let filename = query["filename"], (1 ... 120).contains(filename.count) else { throw Refusal.invalid("请写明文件名 filename，不超过 120 字").at(["filename"]) }
        let taken = try await room.take(importer, act: headers.act, as: actor) { writer in
            for try await part in request.body { try writer.add(part.readableBytesView) }
            guard writer.bytes + writer.waiting > 0 else { throw Refusal.invalid("请求里没有文件内容") }
            return filename
        }
        return .receipt(taken.receipt)
    }

    /// Its place in the description of the interface.
    static let paths: [JSON.Member] = [
        .init("/api/exchange/files", .object([.init("post", [
            "operationId": "upload.exchange.files", "tags": ["exchange"], "summary": "上传导入表",
            "description": "请求内容就是文件本身（xlsx 或 CSV）。返回的 subject 是导入编号，接着办理 exchange.map-columns、exchange.confirm-import。",
            "parameters": [
                ["name": "importer", "in": "query", "required": true, "description": "导入种类，如 people", "schema": ["type": "string", "minLength": 1]],
                ["name": "filename", "in": "query", "required": true, "description": "文件名", "schema": ["type": "string", "minLength": 1, "maxLength": 120]],
                ["$ref": "#/components/parameters/Idempotency-Key"],
            ],
            "requestBody": ["required": true, "content": .object([.init("application/octet-stream", ["schema": ["type": "string", "format": "binary"]])])],
            "responses": .object([.init("201", OpenAPI.answer("已收下", OpenAPI.reference("receipt")))]
                + JSON.problems(["400", "401", "403", "404", "409", "413", "422", "503"])),
        ])])),
    ]
}
