import Commons
import Cryptography
import Hummingbird
import Kernel
import Pages
import Values

/// 发放文件。The file for the paying channel goes out, its return file comes in; everything else of a month is an act or a page of its line.
struct PaymentFiles: Sendable {
    let services: Services

    func add(to router: Router<DeskContext>) {
        router.get("payments/files/:id") { try await download($0, $1) }
        router.get("payments/returns/:id") { request, context in
            let session = try context.signedIn(), run = try await run(context, for: session.actor)
            return page(run, Shell(services: services, request: request, session: session))
        }
        router.post("payments/returns/:id") { try await upload($0, $1) }
    }

    // MARK: Out

    /// Whole account numbers leave the house: only finance fetches the file, and a note is written before it goes.
    private func download(_ request: Request, _ context: DeskContext) async throws -> Response {
        let actor = try context.signedIn().actor, counter = services.counter
        try Self.require(actor)
        guard let id = ID<PaymentBatch>(rawValue: try context.parameters.require("id")) else { throw Refusal.absent("没有这个发放文件，请从批次页面下载") }
        let (batch, run) = try await counter.read(as: actor) { reader in
            let batch = try reader.batch(id)
            return (batch, try reader.find(batch.run))
        }
        guard actor.covers(run.region) else { throw Refusal.forbidden("这个批次不在您的管辖范围内") }
        guard batch.fileHash != nil else { throw Refusal.outOfOrder("发放文件还没有生成完，请稍后再下载") }
        try await counter.access.write(AccessNote(.export, "payments.file", subject: run.id.text, rows: batch.rows), by: actor, at: counter.clock.now())
        let name = "\(run.title)-\(batch.number).\(batch.channel.format.fileExtension)"
        return Response(status: .ok, headers: [
            .contentType: "application/octet-stream", .cacheControl: "no-store",
            .contentDisposition: "attachment; filename=\"payments.\(batch.channel.format.fileExtension)\"; filename*=UTF-8''\(Query.encoded(name))",
        ], body: body(of: batch, actor))
    }

    /// Piece by piece as it was written; what doesn't agree with the digest that was signed off breaks the line before its end.
    private func body(of batch: PaymentBatch, _ actor: Actor) -> ResponseBody {
        let counter = services.counter
        return ResponseBody { writer in
            let total = try RunningHash(.international)
            var number = 1
            while let piece = try await counter.read(as: actor, { [number] in try $0.piece(number, of: batch.id) }) {
                try total.update(piece)
                try await writer.write(ByteBuffer(bytes: piece))
                number += 1
            }
            guard try total.finish().hex == batch.fileHash else { throw Refusal.conflict("发放文件与报盘时的摘要不符，请不要使用，并请系统管理员核对") }
            try await writer.finish(nil)
        }
    }

    private static func require(_ actor: Actor) throws(Refusal) {
        guard actor.role == .finance else { throw .forbidden("发放文件和回盘文件由财务办理，您的岗位是\(actor.role.label)") }
    }

    // MARK: In

    private func run(_ context: DeskContext, for actor: Actor) async throws -> PaymentRun {
        try Self.require(actor)
        guard let id = ID<PaymentRun>(rawValue: try context.parameters.require("id")) else { throw Refusal.absent("没有这个批次，请从月度发放中打开") }
        let run = try await services.counter.read(as: actor) { try $0.find(id) }
        guard actor.covers(run.region) else { throw Refusal.forbidden("这个批次不在您的管辖范围内") }
        return run
    }

    private func page(_ run: PaymentRun, _ shell: Shell, refusal: Refusal? = nil) -> Response {
        let form = FormView(action: "/payments/returns/\(run.id.text)", hidden: [HiddenView(Forgery.field, shell.session.csrf)], sections: [
            SectionView(fields: [FieldView(["file"], "回盘文件", .attachment(accept: ".txt,.csv"), hint: "发放渠道送回的文件，原样上传；整份核对无误才登记", problem: refusal?.message)]),
        ], errors: refusal.map { [ErrorView(["file"], $0.message)] } ?? [], buttons: [ButtonView("核对并登记", weight: .primary)])
        return shell.page("上传回盘文件", trail: [LinkView("月度发放", href: "/payments/month"), LinkView(run.title, href: run.link)], content: form.markup,
                          status: refusal == nil ? .ok : .unprocessableContent)
    }

    private func upload(_ request: Request, _ context: DeskContext) async throws -> Response {
        let session = try context.signedIn(), shell = Shell(services: services, request: request, session: session), run = try await run(context, for: session.actor)
        let content = try ReturnUpload(services.house.keyring)
        do {
            let sink = FileSink("file._file") { try content.add($0) }
            let form = try await SentForm(request, atMost: 200 << 20, into: sink)
            try Forgery.require(form, session)
            guard !content.isEmpty else { throw Refusal.invalid("请先选择回盘文件") }
            return .seeOther(Receipts.address(try await PaymentWork(counter: services.counter).takeReturn(content.finish(), of: run.id, as: session.actor)))
        } catch let refusal as Refusal where refusal.kind != .busy && refusal != Forgery.stale {
            return page(run, shell, refusal: refusal)
        }
    }
}
