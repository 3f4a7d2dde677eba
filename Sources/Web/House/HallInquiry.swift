import Commons
import Hummingbird
import Kernel
import Pages
import Storage
import Values

/// 群众试算。`/hall/ask/{inquiry}`: a question anybody may ask; nothing of it is stored, so it carries no token.
struct HallInquiry: Sendable {
    let hall: Hall
    let line: Line
    let inquiry: AnyInquiry

    private var services: Services { hall.services }
    private var address: String { "/hall/ask/\(inquiry.name)" }

    func add(to router: Router<DeskContext>) {
        router.get(RouterPath(address)) { request, _ in try await draw(try await beginning(), nil, [], request) }
        router.post(RouterPath(address)) { try await answer($0, $1) }
    }

    /// By the rulings of the place that the hall speaks for.
    private func beginning() async throws -> RawFields {
        guard inquiry.outline["region"] != nil else { return RawFields() }
        let county = try await services.counter.read(as: Hall.actor) { try $0.hallRegions().first { $0.code.count == 6 } }
        return county.map { ["region": .typed($0.code)] } ?? RawFields()
    }

    private func answer(_ request: Request, _ context: DeskContext) async throws -> Response {
        let form = try await SentForm(request, atMost: 1 << 20), reader = try FormReader(form, inquiry.outline)
        var values = try reader.values()
        if let path = form.text("_add") { values.addRow(at: path.split(separator: ".").map(String.init), in: inquiry.outline) }
        if let path = form.text("_remove") { values.removeRow(at: path.split(separator: ".").map(String.init), in: inquiry.outline) }
        if form.has("_add") || form.has("_remove") { return try await draw(values, nil, [], request) }
        guard reader.problems.isEmpty else { return try await draw(values, nil, reader.problems, request, status: .unprocessableContent) }
        do {
            try await hall.limits.take(("ask \(HallLimits.counted(context.address))", HallLimits.questions), at: services.counter.clock.now())
            let answer = try await services.counter.ask(inquiry, values, as: Hall.actor)
            let drawn = try line.answer(inquiry.name)?.markup(answer) ?? AnswerDrawing(outline: inquiry.answerOutline, answer: answer).markup
            return try await draw(values, "\(drawn)<p class=\"note\">这是试算，没有保存。能不能享受以受理后的审核确认为准。</p>", [], request)
        } catch let refusal as Refusal {
            let notice: Markup? = refusal.problems.isEmpty ? NoticeBoxView(.stop, refusal.description).markup : nil
            return try await draw(values, notice, refusal.problems, request, status: refusal.kind == .busy ? .tooManyRequests : refusal.kind.status)
        }
    }

    private func draw(_ values: RawFields, _ answer: Markup?, _ problems: [Refusal.Problem], _ request: Request, status: HTTPResponse.Status = .ok) async throws -> Response {
        let page = line.form(inquiry.name)
        let (layout, regions) = try await services.counter.read(as: Hall.actor) { reader in
            (try page?.layout(FormVisit(reader: reader, values: values, subject: nil)), try reader.hallRegions())
        }
        let drawing = FormDrawing(outline: inquiry.outline, values: values, problems: problems, regions: regions)
        let view = FormView(action: address, hidden: [], sections: drawing.sections(layout, title: "填写情况"), errors: problems.map { ErrorView($0.path, $0.message) },
                            buttons: [ButtonView("算一算", weight: .primary)])
        return hall.page(inquiry.hallTitle, content: "<p class=\"hint\">\(inquiry.guidance)</p>\(answer)\(view)", status: status, request)
    }
}

extension Reader {
    /// Counties and townships to choose among: rulings are made for no smaller place.
    func hallRegions() throws -> [Choice] {
        try all(Region.self, where: "length(code) <= 9 AND (until_on IS NULL OR until_on > \(today)) ORDER BY code LIMIT 400")
            .map { Choice(code: $0.code.code, label: $0.code.level == .township ? "　\($0.name)" : $0.name) }
    }
}
