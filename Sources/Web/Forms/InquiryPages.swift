import Commons
import Hummingbird
import Kernel
import Pages
import Values

/// 试算与查询页面。`/{line}/ask/{inquiry}`: a form whose answer is shown beside it and stored nowhere.
struct InquiryPages: Sendable {
    let services: Services
    let line: Line
    let inquiry: AnyInquiry

    private var address: String { "/\(line.name)/ask/\(inquiry.name)" }

    func add(to router: Router<DeskContext>) {
        router.get(RouterPath(address)) { request, context in
            let shell = try shell(request, context)
            return try await draw(RawFields(), nil, [], shell)
        }
        router.post(RouterPath(address)) { try await answer($0, $1) }
    }

    private func shell(_ request: Request, _ context: DeskContext) throws(Refusal) -> Shell {
        let session = try context.signedIn()
        guard inquiry.roles.contains(session.actor.role) else { throw .forbidden("您的岗位（\(session.actor.role.label)）不能使用「\(inquiry.title)」") }
        return Shell(services: services, request: request, session: session)
    }

    private func answer(_ request: Request, _ context: DeskContext) async throws -> Response {
        let shell = try shell(request, context), form = try await SentForm(request)
        try Forgery.require(form, shell.session)
        let reader = try FormReader(form, inquiry.outline)
        var values = try reader.values()
        if let path = form.text("_add") { values.addRow(at: path.split(separator: ".").map(String.init), in: inquiry.outline) }
        if let path = form.text("_remove") { values.removeRow(at: path.split(separator: ".").map(String.init), in: inquiry.outline) }
        if form.has("_add") || form.has("_remove") { return try await draw(values, nil, [], shell) }
        guard reader.problems.isEmpty else { return try await draw(values, nil, reader.problems, shell, status: .unprocessableContent) }
        do {
            let answer = try await services.counter.ask(inquiry, values, as: shell.actor)
            try await Readings(services).asked(line.name, inquiry, by: shell.actor)
            let drawn = try line.answer(inquiry.name)?.markup(answer) ?? AnswerDrawing(outline: inquiry.answerOutline, answer: answer).markup
            return try await draw(values, drawn, [], shell)
        } catch let refusal as Refusal where refusal.kind != .busy {
            let notice: Markup? = refusal.problems.isEmpty ? NoticeBoxView(.stop, refusal.description).markup : nil
            return try await draw(values, notice, refusal.problems, shell, status: refusal.kind.status)
        }
    }

    private func draw(
        _ values: RawFields, _ answer: Markup?, _ problems: [Refusal.Problem], _ shell: Shell, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let outline = inquiry.outline
        let regions = outline.asksForRegion ? try await services.counter.read(as: shell.actor) { try $0.regionChoices() } : []
        let drawing = FormDrawing(outline: outline, values: values, problems: problems, regions: regions), page = line.form(inquiry.name)
        let layout = try await services.counter.read(as: shell.actor) { try page?.layout(FormVisit(reader: $0, values: values, subject: nil)) }
        let view = FormView(action: address, hidden: [HiddenView(Forgery.field, shell.session.csrf)], sections: drawing.sections(layout, title: "填写情况"),
                            errors: problems.map { ErrorView($0.path, $0.message) }, buttons: [ButtonView(inquiry.title, weight: .primary)])
        let guidance = inquiry.guidance
        return shell.page(inquiry.title, trail: [LinkView(line.title, href: "/\(line.name)")],
                          content: "\(if: !guidance.isEmpty, "<p class=\"hint\">\(guidance)</p>")\(answer)\(view)", status: status)
    }
}
