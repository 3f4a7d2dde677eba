import Commons
import Documents
import Hummingbird
import Kernel
import Pages
import Values

/// 上传文稿核校。`/planning/check-file`: the words of a txt, docx, html or PDF, handed to the same act as pasted ones.
struct DraftUpload: Sendable {
    let services: Services

    private static let address = "/planning/check-file"
    private static let permission = "planning.check-draft"

    func add(to router: Router<DeskContext>) {
        guard (try? services.house.action(Self.permission)) != nil else { return }
        router.get(RouterPath(Self.address)) { try await open($0, $1) }
        router.post(RouterPath(Self.address)) { try await receive($0, $1) }
    }

    private func open(_ request: Request, _ context: DeskContext) async throws -> Response {
        let session = try context.signedIn()
        try requireRole(session.actor)
        return page(Shell(services: services, request: request, session: session), year: "\(services.counter.clock.now().date.year)", region: session.actor.region.code)
    }

    private func requireRole(_ actor: Actor) throws {
        let action = try services.house.action(Self.permission)
        guard action.roles.contains(actor.role) else { throw Refusal.forbidden("您的岗位（\(actor.role.label)）不能使用「\(action.title)」") }
    }

    private func page(_ shell: Shell, year: String, region: String, refusal: Refusal? = nil) -> Response {
        let problem = refusal?.message
        let form = FormView(action: Self.address, hidden: [HiddenView(Forgery.field, shell.session.csrf)], sections: [
            SectionView(fields: [
                FieldView(["draft"], "文稿", .attachment(accept: ".txt,.docx,.html,.htm,.pdf"), hint: "txt、docx、html 或带文字的 PDF，最大 \(DocumentText.maximumBytes >> 20) MB", problem: problem),
                FieldView(["year"], "年度", .integer(), value: year, hint: "文中没写年份的数按这一年核对"),
                FieldView(["region"], "区划代码", .text(), value: region),
            ]),
        ], errors: problem.map { [ErrorView(["draft"], $0)] } ?? [], buttons: [ButtonView("上传并核校", weight: .primary)])
        let note = NoticeBoxView(.info, "只读文字，不保存文件", "核校过的文字和结果会留存，身份号码等长号码存前遮去。", links: [LinkView("改为粘贴文字", href: "/planning/do/check-draft")])
        return shell.page("上传文稿核校", trail: [LinkView("计划与总结", href: "/planning"), LinkView("数字核校", href: "/planning/checks")], content: "\(note)\(form)",
                          status: problem == nil ? .ok : .unprocessableContent)
    }

    private func receive(_ request: Request, _ context: DeskContext) async throws -> Response {
        let session = try context.signedIn(), shell = Shell(services: services, request: request, session: session), counter = services.counter
        try requireRole(session.actor)
        var bytes: [UInt8] = []
        let sink = FileSink("draft._file") { bytes += $0 }
        let form = try await SentForm(request, atMost: DocumentText.maximumBytes + (1 << 20), into: sink)
        try Forgery.require(form, session)
        let year = form.text("year") ?? "", region = form.text("region") ?? session.actor.region.code
        do {
            guard !sink.filename.isEmpty, !bytes.isEmpty else { throw Refusal.invalid("请先选择要核校的文稿") }
            let name = sink.filename.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? "文稿", content = bytes
            let text = try await onWaitingThread { try DocumentText(content, name: name).text }
            let values: [String: Raw] = ["region": .typed(region), "year": .typed(year), "title": .typed(String(name.prefix(100))), "text": .typed(text)]
            let receipt = try await counter.submit(Submission(Self.permission, id: .make(at: counter.clock.now()), values: RawFields(values)), as: session.actor)
            return .seeOther(receipt.outcome.link ?? "/planning/checks")
        } catch let refusal as Refusal where refusal.kind != .busy {
            return page(shell, year: year, region: region, refusal: refusal)
        }
    }
}
