import Commons
import Hummingbird
import Kernel
import Storage
import Values

/// 附件下载。`/attachments/{id}`.
///
/// Who may see one: whoever uploaded it, and readers of business registers whose region covers that of the uploader.
/// An attachment doesn't say which case it belongs to, so the rule is the narrower one: a colleague of a wider region may look,
/// a neighbour may not.
struct AttachmentPages: Sendable {
    let services: Services

    func add(to router: Router<DeskContext>) {
        router.get("attachments/{id}") { try await answer($0, $1) }
        router.get("attachments/{id}/thumbnail") { try await thumbnail($0, $1) }
    }

    private func answer(_ request: Request, _ context: DeskContext) async throws -> Response {
        let attachment = try await visible(context)
        return Self.response(attachment, attachment.type, try await services.attachments.content(of: attachment))
    }

    private func thumbnail(_ request: Request, _ context: DeskContext) async throws -> Response {
        let attachment = try await visible(context), small = try await services.attachments.thumbnail(of: attachment)
        return Self.response(attachment, small.type, small.content)
    }

    /// The attachment of the address, if whoever asks may see it.
    private func visible(_ context: DeskContext) async throws -> Attachment {
        let actor = try context.signedIn().actor
        guard let id = ID<Attachment>(rawValue: try context.parameters.require("id")) else { throw Refusal.absent("没有这份附件") }
        let attachment = try await services.counter.read(as: actor) { reader in
            let attachment = try reader.find(id)
            try Self.require(actor, maySee: attachment, reader)
            return attachment
        }
        try await Readings(services).seen(id, by: actor)
        return attachment
    }

    private static func require(_ actor: Actor, maySee attachment: Attachment, _ reader: Reader) throws {
        if attachment.uploadedBy == actor.user { return }
        let uploader = try reader.first(User.self, where: "id = \(attachment.uploadedBy)")
        guard Set<Role>.readers.contains(actor.role), let uploader, actor.covers(uploader.region) else {
            throw Refusal.forbidden("这份附件由其他区域上传，不在您的管辖范围内。如工作需要，请联系上传的单位")
        }
    }

    /// Pictures are shown; anything else is saved. Nothing in a file can run: it has no origin and no scripts.
    private static func response(_ attachment: Attachment, _ type: String, _ content: [UInt8]) -> Response {
        let isPicture = type.hasPrefix("image/")
        var headers: HTTPFields = [.contentType: type, .cacheControl: "private, no-store"]
        headers[.contentDisposition] = "\(isPicture ? "inline" : "attachment"); filename*=UTF-8''\(Query.encoded(attachment.filename))"
        headers[.contentSecurityPolicy] = "default-src 'none'; sandbox"
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: content)))
    }
}
