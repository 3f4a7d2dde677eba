import Commons
import Hummingbird
import Kernel
import Pages
import Values

/// 导入台。Templates, uploads, the choice of columns, and the table back with its faults; everything else of an import is an act or a page of its line.
struct ImportDesk: Sendable {
    let services: Services
    let room: ImportRoom

    func add(to router: Router<DeskContext>) {
        router.get("exchange/template/:file") { try await template($0, $1) }
        router.get("exchange/upload/:importer") { try await openUpload($0, $1) }
        router.post("exchange/upload/:importer") { try await upload($0, $1) }
        router.get("exchange/mapping/:id") { try await openMapping($0, $1) }
        router.post("exchange/mapping/:id") { try await map($0, $1) }
        router.get("exchange/faults/:id") { try await faults($0, $1) }
        router.get("exchange/reconcile/:id") { try await openReconciling($0, $1) }
        router.post("exchange/reconcile/:id") { try await reconcile($0, $1) }
        router.get("exchange/imports/:id/faults.file") { try await annotated($0, $1) }
    }

    // MARK: Templates

    private func template(_ request: Request, _ context: DeskContext) async throws -> Response {
        let actor = try context.signedIn().actor, file = try context.parameters.require("file").split(separator: ".").map(String.init)
        guard file.count == 2, let format = TableFormat(rawValue: file[1]) else { throw Refusal.absent("没有这种模板，可下载 xlsx 或 csv") }
        let importer = try importer(file[0], for: actor)
        return .file(try room.template(importer.name, as: format), named: "\(importer.title)导入模板.\(format.rawValue)", plain: "\(importer.name).\(format.rawValue)")
    }

    private func importer(_ name: String, for actor: Actor) throws -> any Importing.Type {
        let importer = try room.importer(name)
        guard importer.uploaders.union(importer.confirmers).contains(actor.role) else {
            throw Refusal.forbidden("导入\(importer.title)由\(importer.uploaders.labels)办理，您的岗位是\(actor.role.label)")
        }
        return importer
    }

    // MARK: Uploads

    private func openUpload(_ request: Request, _ context: DeskContext) async throws -> Response {
        let session = try context.signedIn()
        return uploadPage(try importer(try context.parameters.require("importer"), for: session.actor), Shell(services: services, request: request, session: session))
    }

    private func uploadPage(_ importer: any Importing.Type, _ shell: Shell, refusal: Refusal? = nil) -> Response {
        let problem = refusal?.message
        let form = FormView(action: "/exchange/upload/\(importer.name)", hidden: [HiddenView(Forgery.field, shell.session.csrf)], sections: [
            SectionView(fields: [FieldView(["table"], "填好的表", .attachment(accept: ".xlsx,.csv,.txt"),
                                           hint: "xlsx 或 CSV，最大 \(SealedFileWriter.maximumBytes >> 20) MB；CSV 可用 UTF-8 或 GB18030 编码", problem: problem)]),
        ], errors: problem.map { [ErrorView(["table"], $0)] } ?? [], buttons: [ButtonView("上传并核对列", weight: .primary)])
        let rules: Markup = "<ul>\(each: importer.guidance.split(separator: "\n").map(String.init), { "<li>\($0)</li>" })</ul>"
        let templates = [LinkView("下载模板（xlsx）", href: "/exchange/template/\(importer.name).xlsx"), LinkView("下载模板（CSV）", href: "/exchange/template/\(importer.name).csv")]
        return shell.page("上传\(importer.title)表", trail: [LinkView("导入导出", href: "/exchange"), LinkView("导入数据", href: "/exchange/start")],
                          content: "\(PanelView("怎样填", acts: templates, rules))\(form)", status: problem == nil ? .ok : .unprocessableContent)
    }

    private func upload(_ request: Request, _ context: DeskContext) async throws -> Response {
        let session = try context.signedIn(), shell = Shell(services: services, request: request, session: session)
        let importer = try importer(try context.parameters.require("importer"), for: session.actor)
        do {
            let taken = try await room.take(importer.name, as: session.actor) { writer in
                let sink = FileSink("table._file") { try writer.add($0) }
                let form = try await SentForm(request, atMost: SealedFileWriter.maximumBytes + (1 << 20), into: sink)
                try Forgery.require(form, session)
                guard !sink.filename.isEmpty, writer.bytes + writer.waiting > 0 else { throw Refusal.invalid("请先选择填好的表") }
                return sink.filename.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? "导入表"
            }
            return .seeOther("/exchange/mapping/\(taken.run.text)")
        } catch let refusal as Refusal where refusal.kind != .busy && refusal != Forgery.stale {
            return uploadPage(importer, shell, refusal: refusal)
        }
    }

    // MARK: Columns

    func run(_ context: DeskContext, for actor: Actor) async throws -> ImportRun {
        guard let id = ID<ImportRun>(rawValue: try context.parameters.require("id")) else { throw Refusal.absent("没有这次导入，请从导入记录中打开") }
        let run = try await services.counter.read(as: actor) { try $0.find(id) }
        guard actor.covers(run.region) else { throw Refusal.forbidden("这次导入不在您的管辖范围内") }
        _ = try importer(run.importer, for: actor)
        return run
    }

    private func openMapping(_ request: Request, _ context: DeskContext) async throws -> Response {
        let session = try context.signedIn(), run = try await run(context, for: session.actor)
        return try mappingPage(run, run.columns, Shell(services: services, request: request, session: session))
    }

    private func mappingPage(_ run: ImportRun, _ columns: [ImportColumn], _ shell: Shell, refusal: Refusal? = nil) throws -> Response {
        let importer = try room.importer(run.importer), problems = refusal?.problems ?? []
        let choices = importer.outline.fields.filter { $0.origin != .made }.map { Choice(code: $0.name, label: $0.isRequired ? "\($0.label)（必填）" : $0.label) }
        let fields = columns.map { column in
            let path = ["columns", column.key, "field"]
            return FieldView(path, column.heading, .choice(choices), value: column.field ?? "", problem: problems.first { $0.path == path }?.message, required: false)
        }
        let rows = columns.map { HiddenView("columns.\($0.key)", "1") } + columns.map { HiddenView("columns.\($0.key).heading", $0.heading) }
        let form = FormView(action: "/exchange/mapping/\(run.id.text)", hidden: [HiddenView(Forgery.field, shell.session.csrf)] + rows, sections: [
            SectionView("表中的每一列是什么", hint: "已按列名认出的先选好了；不导入的列留空。这次的选择会记住，下次表头相同时不用再选。", fields: fields),
        ], errors: problems.map { ErrorView($0.path, $0.message) }, buttons: [ButtonView("开始检查", weight: .primary)])
        let missing = importer.outline.fields.filter { field in field.isRequired && !columns.contains { $0.field == field.name } }.map(\.label)
        let notice = missing.isEmpty ? NoticeBoxView(.info, "必填的列都认出来了", "核对无误后开始检查；检查不改动任何登记。")
            : NoticeBoxView(.warn, "还有必填的列没有对应：\(missing.joined(separator: "、"))", "请在下面选出，或者在表里补上后重新上传。")
        return shell.page("核对列：\(run.filename)", trail: [LinkView("导入导出", href: "/exchange"), LinkView("导入\(importer.title)", href: run.link)],
                          content: "\(notice)\(form)", status: refusal == nil ? .ok : .unprocessableContent)
    }

    private func map(_ request: Request, _ context: DeskContext) async throws -> Response {
        let session = try context.signedIn(), run = try await run(context, for: session.actor)
        let form = try await SentForm(request)
        try Forgery.require(form, session)
        let columns = run.columns.enumerated().map { ImportColumn($0 + 1, $1.heading, form.text("columns.\($1.key).field").flatMap { $0.isEmpty ? nil : $0 }) }
        let values: RawFields = ["import": .stored(run.id.stored), "columns": .rows(columns.map { RawRow(key: $0.key, fields: $0.raw) })]
        do {
            let submission = Submission("exchange.map-columns", id: .make(at: services.counter.clock.now()), values: values, version: run.version)
            return .seeOther(Receipts.address(try await services.counter.submit(submission, as: session.actor)))
        } catch let refusal as Refusal where refusal.kind == .invalid {
            return try mappingPage(run, columns, Shell(services: services, request: request, session: session), refusal: refusal)
        }
    }

    // MARK: Faults

    private func faults(_ request: Request, _ context: DeskContext) async throws -> Response {
        let session = try context.signedIn(), run = try await run(context, for: session.actor)
        let found = try await room.faults(of: run, limit: 100)
        let table = TableView(id: "faults", caption: "前 100 处错误", columns: [ColumnView("行号", .number), ColumnView("列"), ColumnView("错误")],
                              rows: found.map { TableRowView([.text(String($0.line)), .text($0.column), .text($0.message)]) },
                              empty: EmptyView("没有错误", "这张表的每一行都可以导入。"))
        let shell = Shell(services: services, request: request, session: session)
        let download = ActLink("下载标注了错误的原表", href: "/exchange/imports/\(run.id.text)/faults.file", weight: .primary)
        let acts = run.uploadedBy == session.actor.user ? [download] : []
        return shell.page("错误：\(run.filename)", trail: [LinkView("导入导出", href: "/exchange"), LinkView("导入", href: run.link)], acts: acts, content: table.markup)
    }

    private func annotated(_ request: Request, _ context: DeskContext) async throws -> Response {
        let actor = try context.signedIn().actor, run = try await run(context, for: actor)
        // It holds whole numbers: only who brought the table gets it back.
        guard run.uploadedBy == actor.user else { throw Refusal.forbidden("标注了错误的原表含完整号码，只由上传人（\(run.uploader)）下载") }
        guard run.wrong + run.duplicate > 0 else { throw Refusal.absent("这张表没有需要改正的行") }
        try await services.counter.note(AccessNote(.export, "exchange.faults", subject: run.id.text, rows: run.total), by: actor)
        let file = try await room.annotated(run)
        return .file(file.content, named: file.filename, plain: "faults.\(file.filename.split(separator: ".").last ?? "csv")")
    }
}

extension Response {
    fileprivate static func file(_ content: [UInt8], named name: String, plain: String) -> Response {
        let type = name.hasSuffix(".xlsx") ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8"
        return Response(status: .ok, headers: [
            .contentType: type, .cacheControl: "no-store",
            .contentDisposition: "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(Query.encoded(name))",
        ], body: .init(byteBuffer: ByteBuffer(bytes: content)))
    }
}
