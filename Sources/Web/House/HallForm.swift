import Commons
import Cryptography
import Hummingbird
import Kernel
import Pages
import Storage
import Values

/// 群众提交。`/hall/do/{action}`: the form of an act that is open to visitors. The token lies in the guest's cookie, as at the sign-in.
struct HallForm: Sendable {
    let hall: Hall
    let line: Line
    let action: AnyAction

    private var services: Services { hall.services }
    private var address: String { "/hall/do/\(action.name)" }

    func add(to router: Router<DeskContext>) {
        router.get(RouterPath(address)) { request, _ in
            let query = Query(request)
            var values = RawFields()
            if let term = action.subjectTerm, let subject = query[term] { values[term] = .typed(subject) }
            return try await draw(ActionState(values: values, subject: action.subjectTerm.flatMap { query[$0] }, act: .make(at: services.counter.clock.now())), request)
        }
        router.post(RouterPath(address)) { try await receive($0, $1) }
    }

    private func receive(_ request: Request, _ context: DeskContext) async throws -> Response {
        let form = try await SentForm(request, atMost: FormLimits.strangerBytes), now = services.counter.clock.now()
        let reader = try FormReader(form, action.outline), values = try reader.values()
        let act = form.text("_act").flatMap(ID<JournalEntry>.init(rawValue:)) ?? .make(at: now)
        var state = ActionState(values: values, subject: action.subjectTerm.flatMap { values.text($0) }, act: act, problems: reader.problems)
        let guest = request.cookies[SessionCookie.guestName(services)]?.value ?? ""
        guard !guest.isEmpty, constantTimeEqual(form.text(Forgery.field) ?? "", guest) else {
            state.notice = "这个页面放得太久，还没有提交。请核对后再提交一次"
            return try await draw(state, request, status: .forbidden)
        }
        state.problems += try services.counter.problems(action.permission, values)
        guard state.problems.isEmpty else { return try await draw(state, request, status: .unprocessableContent) }
        do {
            let asker = (key: "do \(HallLimits.counted(context.address))", allowance: HallLimits.submissions)
            if let subject = state.subject {
                try await hall.limits.take(asker, ("on \(subject)", HallLimits.onOneSubject), at: now)
            } else {
                try await hall.limits.take(asker, at: now)
            }
            let receipt = try await services.counter.submit(Submission(action.permission, id: act, values: values), as: Hall.actor)
            return .seeOther("/hall/receipt/\(receipt.act.text)")
        } catch let refusal as Refusal where refusal.kind != .absent {
            state.take(refusal)
            return try await draw(state, request, status: refusal.kind == .busy ? .tooManyRequests : refusal.kind.status)
        }
    }

    private func draw(_ state: ActionState, _ request: Request, status: HTTPResponse.Status = .ok) async throws -> Response {
        let known = request.cookies[SessionCookie.guestName(services)]?.value ?? "", token = known.isEmpty ? try randomToken() : known
        let page = line.form(action.name), values = state.values, subject = state.subject
        let layout = try await services.counter.read(as: Hall.actor) { try page?.layout(FormVisit(reader: $0, values: values, subject: subject)) }
        let drawing = FormDrawing(outline: action.outline, values: values, problems: state.problems)
        let view = FormView(action: address, hidden: [HiddenView(Forgery.field, token), HiddenView("_act", state.act.text)], sections: drawing.sections(layout, title: "填写内容"),
                            errors: state.problems.map { ErrorView($0.path, $0.message) }, buttons: [ButtonView("提交", weight: .primary)])
        let content: Markup = """
            \(some: state.notice, { NoticeBoxView(.stop, $0).markup })\(layout?.preface)\
            \(if: !action.guidance.isEmpty, "<p class=\"hint\">\(action.guidance)</p>")\(view)
            """
        var response = hall.page(action.title, content: content, status: status, request)
        response.setCookie(SessionCookie.set(SessionCookie.guestName(services), token, services))
        return response
    }
}

/// 回执。`/hall/receipt/{act}`: what came of a submission, for whoever holds the act's id, which nobody can guess.
struct HallReceipts: Sendable {
    let hall: Hall

    func add(to router: Router<DeskContext>) {
        router.get("hall/receipt/{act}") { request, context in
            let message = try await message(of: ID<JournalEntry>(rawValue: try context.parameters.require("act")))
            guard let message else { throw Refusal.absent("没有这份回执") }
            let parts = message.split(separator: "下一步：", maxSplits: 1).map(String.init)
            let view = ReceiptView(parts.first ?? message, next: parts.count > 1 ? parts[1] : "请记下编号")
            return hall.page("已提交", content: "\(view)<p>请记下编号，或者把这一页拍下来。</p>\(ActLink("回到大厅首页", href: "/hall"))", request)
        }
    }

    private func message(of act: ID<JournalEntry>?) async throws -> String? {
        guard let act else { return nil }
        return try await hall.services.counter.read(as: Hall.actor) { reader in
            try reader.connection.first("SELECT message FROM journal WHERE id = \(act) AND actor = \(reader.actor.user)") { try $0.read(0) as String }
        }
    }
}
