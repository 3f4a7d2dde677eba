import Commons
import Hummingbird
import Kernel
import Pages
import Values

/// 与发放名册核对的页面。A roster that was uploaded, or its count and sum.
extension ImportDesk {
    func openReconciling(_ request: Request, _ context: DeskContext) async throws -> Response {
        let session = try context.signedIn(), run = try await run(context, for: session.actor)
        return try await page(run, SentForm(), Shell(services: services, request: request, session: session))
    }

    private func page(_ run: ImportRun, _ form: SentForm, _ shell: Shell, refusal: Refusal? = nil) async throws -> Response {
        guard let importer = try room.importer(run.importer) as? any ReconciledImport.Type else { throw Refusal.absent("这种导入不用与发放名册核对") }
        let rosters = try await services.counter.read(as: shell.actor) { reader in
            try reader.all(ImportRun.self, where: """
                importer = \(importer.roster) AND state = 'checked' AND rows_wrong + rows_duplicate = 0 AND \(reader.within("region")) ORDER BY id DESC LIMIT 20
                """)
        }
        let choices = rosters.map { Choice(code: $0.id.text, label: "\($0.filename)（\($0.uploadedAt.shown)，\($0.acceptable) 户）") }
        let problems = refusal.map { $0.problems.isEmpty ? [.init([], $0.message)] : $0.problems } ?? []
        func field(_ name: String, _ label: String, _ control: FieldView.Control, hint: String? = nil) -> FieldView {
            FieldView([name], label, control, value: form.text(name) ?? "", hint: hint, problem: problems.first { $0.path == [name] }?.message, required: false)
        }
        let view = FormView(action: "/exchange/reconcile/\(run.id.text)", hidden: [HiddenView(Forgery.field, shell.session.csrf)], sections: [
            SectionView("逐户核对", hint: choices.isEmpty ? "还没有可用的名册：先在「导入数据」里上传「\(try room.importer(importer.roster).title)」并核对列。" : nil,
                        fields: choices.isEmpty ? [] : [field("roster", "最近一次发放名册", .choice(choices))]),
            SectionView("或者只核对合计", fields: [field("count", "名册户数", .integer()), field("sum_fen", "名册金额合计", .money)]),
            SectionView("差异", fields: [field("note", "差异的原因", .longText(), hint: "确有原因的差异才填；没有写明原因的差异，不能确认导入")]),
        ], errors: problems.map { ErrorView($0.path, $0.message) }, buttons: [ButtonView("核对", weight: .primary)])
        return shell.page("与发放名册核对", trail: [LinkView("导入导出", href: "/exchange"), LinkView("导入\(importer.title)", href: run.link)], content: view.markup,
                          status: refusal == nil ? .ok : .unprocessableContent)
    }

    func reconcile(_ request: Request, _ context: DeskContext) async throws -> Response {
        let session = try context.signedIn(), run = try await run(context, for: session.actor), form = try await SentForm(request)
        try Forgery.require(form, session)
        do {
            let roster: ID<ImportRun>? = try Self.read(form, "roster"), count: Int? = try Self.read(form, "count"), sum: Amount? = try Self.read(form, "sum_fen")
            let receipt = try await room.reconcile(run.id, roster: roster, count: count, sum: sum, note: try Self.read(form, "note"), as: session.actor)
            return .seeOther(Receipts.address(receipt))
        } catch let refusal as Refusal where refusal.kind == .invalid || refusal.kind == .outOfOrder {
            return try await page(run, form, Shell(services: services, request: request, session: session), refusal: refusal)
        }
    }

    private static func read<Value: FieldValue>(_ form: SentForm, _ name: String) throws(Refusal) -> Value? {
        guard let text = form.text(name), !Raw.typed(text).isBlank else { return nil }
        do throws(Refusal) { return try Value(typed: text) } catch { throw error.at([name]) }
    }
}
