import Commons
import Hummingbird
import Kernel
import Pages
import Values

/// 查进度。`/hall/progress`: asks every line's inquiry of that name; a wrong pair gets one answer, whatever is wrong with it.
struct HallProgress: Sendable {
    let hall: Hall

    private var services: Services { hall.services }
    private var inquiries: [(line: Line, inquiry: AnyInquiry)] {
        services.house.lines.flatMap { line in line.inquiries.filter { $0.name == Hall.progress && $0.roles.contains(.visitor) }.map { (line, $0) } }
    }

    func add(to router: Router<DeskContext>) {
        guard !inquiries.isEmpty else { return }
        router.get("hall/progress") { request, _ in draw(RawFields(), nil, [], request) }
        router.post("hall/progress") { try await look($0, $1) }
    }

    private func look(_ request: Request, _ context: DeskContext) async throws -> Response {
        guard let first = inquiries.first?.inquiry else { throw Refusal.absent("没有这个页面") }
        let form = try await SentForm(request, atMost: FormLimits.strangerBytes), values = try FormReader(form, first.outline).values()
        do {
            let now = services.counter.clock.now()
            let number = ((try? String(typed: values.text("number") ?? "")) ?? "").uppercased()
            try await hall.limits.take(("look \(HallLimits.counted(context.address))", HallLimits.lookups), ("case \(number.prefix(40))", HallLimits.lookupsOfOne), at: now)
            return draw(values, try await found(values), [], request)
        } catch let refusal as Refusal {
            let notice: Markup? = refusal.problems.isEmpty ? NoticeBoxView(.stop, refusal.message).markup : nil
            return draw(values, notice, refusal.problems, request, status: refusal.kind == .busy ? .tooManyRequests : refusal.problems.isEmpty ? .ok : .unprocessableContent)
        }
    }

    /// The first line that knows the pair.
    private func found(_ values: RawFields) async throws -> Markup {
        var mismatch = Refusal.absent("没有查到。请核对编号和身份证号码最后四位")
        for (line, inquiry) in inquiries {
            do {
                let answer = try await services.counter.ask(inquiry, values, as: Hall.actor)
                return try line.answer(inquiry.name)?.markup(answer) ?? AnswerDrawing(outline: inquiry.answerOutline, answer: answer).markup
            } catch let refusal as Refusal where refusal.kind == .absent {
                mismatch = refusal
            }
        }
        throw mismatch
    }

    private func draw(_ values: RawFields, _ answer: Markup?, _ problems: [Refusal.Problem], _ request: Request, status: HTTPResponse.Status = .ok) -> Response {
        let outline = inquiries.first?.inquiry.outline
        var kept = values
        kept["last_four"] = nil
        let sections = outline.map { FormDrawing(outline: $0, values: kept, problems: problems).sections(nil, title: "编号和身份证号码最后四位") } ?? []
        let view = FormView(action: "/hall/progress", hidden: [], sections: sections, errors: problems.map { ErrorView($0.path, $0.message) },
                            buttons: [ButtonView("查询", weight: .primary)])
        return hall.page("查办理进度", content: "\(answer)\(view)", status: status, request)
    }
}
