import Commons
import Hummingbird
import Kernel
import Pages
import Values

/// 批量办理页面。`POST /{line}/bulk/{listing}`: from chosen rows to the shared values, a last look, and the results.
struct BulkPages: Sendable {
    let services: Services
    let line: Line
    let listing: Listing

    var address: String { "/\(line.name)/bulk/\(listing.name)" }
    var register: String { "/\(line.name)/\(listing.name)" }

    func add(to router: Router<DeskContext>) {
        router.post(RouterPath(address)) { try await receive($0, $1) }
        // Whoever comes back to this address without a form begins anew.
        router.get(RouterPath(address)) { _, _ -> Response in .seeOther(register) }
    }

    private func receive(_ request: Request, _ context: DeskContext) async throws -> Response {
        let session = try context.signedIn(), form = try await SentForm(request)
        try listing.require(session.actor)
        try Forgery.require(form, session)
        if form.has("_papers") { return try await print(form, session.actor) }
        guard let name = form.text("_bulk"), !name.isEmpty else { throw Refusal.invalid("请选择要对选中的行办理哪一项，再按“批量办理”") }
        guard let action = line.bulkActs(on: listing, for: session.actor.role).first(where: { $0.name == name }), let outline = action.sharedOutline else {
            throw Refusal.forbidden("您的岗位（\(session.actor.role.label)）不能批量办理这一项，请返回台账重新选择")
        }
        let chosen = try await ChosenRows.read(form, from: listing, of: services.counter, as: session.actor, atMost: BulkAct.atMost)
        let reader = try FormReader(form, outline)
        var values = try reader.values()
        let faulty = try await Uploads(services: services, outline: outline, actor: session.actor).store(form, into: &values)
        let id = form.text("_id").flatMap(ID<JournalEntry>.init(rawValue:)) ?? .make(at: services.counter.clock.now())
        let subjects = try await chosen.versioned(by: action, services.counter, as: session.actor)
        let state = BulkForm(id: id, action: action, outline: outline, values: values, subjects: subjects, gone: chosen.gone, problems: reader.problems + faulty)
        return try await step(form.text("_stage") ?? "ask", state, Shell(services: services, request: request, session: session))
    }

    /// Everything the pages of one bulk show.
    struct BulkForm: Sendable {
        let id: ID<JournalEntry>
        let action: AnyAction
        let outline: Outline
        let values: RawFields
        let subjects: [BulkSubject]
        let gone: Int
        var problems: [Refusal.Problem]

        func act(from listing: String) -> BulkAct { BulkAct(action.permission, id: id, listing: listing, values: values, subjects: subjects) }
    }

    private func step(_ stage: String, _ state: BulkForm, _ shell: Shell) async throws -> Response {
        var state = state
        guard !state.subjects.isEmpty else { throw Refusal.absent("选中的行都已不在「\(listing.title)」里，请返回台账重新选择") }
        let hasQuestions = !state.outline.fields.isEmpty
        if stage == "ask", hasQuestions { return try await ask(state, shell) }
        state.problems += try problems(state)
        guard state.problems.isEmpty else { return try await ask(state, shell, status: .unprocessableContent) }
        guard stage == "do" else { return check(state, shell) }
        let report = try await services.counter.submit(all: state.act(from: "\(line.name).\(listing.name)"), as: shell.actor)
        return .seeOther("/desk/bulk/\(report.id.text)")
    }

    /// What the shape finds wrong in the shared values, before anything is submitted.
    private func problems(_ state: BulkForm) throws -> [Refusal.Problem] {
        guard let term = state.action.subjectTerm, let first = state.subjects.first else { return [] }
        var values = state.values
        values[term] = .received(.text(first.id))
        let known = Set(state.problems.map(\.path))
        return try services.counter.problems(state.action.permission, values).filter { !known.contains($0.path) && $0.path != [term] }
    }

    private func print(_ form: SentForm, _ actor: Actor) async throws -> Response {
        guard listing.papers != nil else { throw Refusal.absent("「\(listing.title)」的行没有文书可打印") }
        let chosen = try await ChosenRows.read(form, from: listing, of: services.counter, as: actor, atMost: PrintOrders.atMost)
        return try await PrintOrders(services: services).answer(listing, of: line, chosen.subjects.map(\.id), as: actor)
    }
}

// MARK: Drawing

extension BulkPages {
    private func ask(_ state: BulkForm, _ shell: Shell, status: HTTPResponse.Status = .ok) async throws -> Response {
        let regions = state.outline.asksForRegion ? try await services.counter.read(as: shell.actor) { try $0.regionChoices() } : []
        let drawing = FormDrawing(outline: state.outline, values: state.values, problems: state.problems, regions: regions)
        let view = FormView(action: address, hidden: hidden(state, shell), sections: drawing.sections(nil, title: "各件相同的内容"),
                            errors: state.problems.map { ErrorView($0.path, $0.message) },
                            buttons: [ButtonView("下一步：核对", name: "_stage", value: "check", weight: .primary)])
        let guidance = state.action.guidance
        return page(state, shell, "\(if: !guidance.isEmpty, "<p class=\"hint\">\(guidance)</p>")\(names(state))\(view)", status)
    }

    private func check(_ state: BulkForm, _ shell: Shell) -> Response {
        let values = state.values.hidden(in: state.outline)
        let change = state.outline.fields.isEmpty ? [] : [ButtonView("返回修改", name: "_stage", value: "ask")]
        let view = FormView(action: address, hidden: hidden(state, shell) + values, sections: [],
                            buttons: [ButtonView("\(state.action.title)：办理 \(state.subjects.count) 件", name: "_stage", value: "do", weight: .primary)] + change)
        let facts = state.outline.fields.flatMap { state.values.facts($0) }
        let how = state.subjects.count > BulkAct.atOnce ? "件数较多，将在后台办理，可以在结果页看进度。" : "每件各自办理、各自记入日志；不能办的会说明原因，不影响其他件。"
        let box = NoticeBoxView(.info, "请核对：将对 \(state.subjects.count) 件办理「\(state.action.title)」", how)
        return page(state, shell, "\(box)\(if: !facts.isEmpty, PanelView("各件相同的内容", FactsView(facts).markup).markup)\(names(state))\(view)", .ok)
    }

    private func page(_ state: BulkForm, _ shell: Shell, _ content: Markup, _ status: HTTPResponse.Status) -> Response {
        shell.page("批量\(state.action.title)", trail: [LinkView(line.title, href: "/\(line.name)"), LinkView(listing.title, href: register)], content: content, status: status)
    }

    private func hidden(_ state: BulkForm, _ shell: Shell) -> [HiddenView] {
        [HiddenView(Forgery.field, shell.session.csrf), HiddenView("_bulk", state.action.name), HiddenView("_id", state.id.text)] + state.subjects.map(\.hidden)
    }

    /// Who is meant: the first few in sight, the others folded away.
    private func names(_ state: BulkForm) -> Markup {
        let names = state.subjects.map(\.label), first = names.prefix(12), rest = names.dropFirst(12)
        let gone = state.gone > 0 ? NoticeBoxView(.warn, "另有 \(state.gone) 行已不在台账里，没有列入").markup : .empty
        return PanelView("选中 \(names.count) 件", """
            \(gone)<ul class="facts-line">\(each: first, { "<li>\($0)</li>" })</ul>
            \(if: !rest.isEmpty, "<details><summary>另外 \(rest.count) 件</summary><ul class=\"facts-line\">\(each: rest, { "<li>\($0)</li>" })</ul></details>")
            """).markup
    }
}

extension RawFields {
    /// As a form without boxes carries them on.
    fileprivate func hidden(in outline: Outline, at path: [String] = []) -> [HiddenView] {
        outline.fields.flatMap { field -> [HiddenView] in
            let here = path + [field.name]
            if case .group(let inner) = field.content { return group(field.name).hidden(in: inner, at: here) }
            return text(field.name).map { [HiddenView(here.joined(separator: "."), $0)] } ?? []
        }
    }

    /// As a last look shows them.
    fileprivate func facts(_ field: FieldOutline) -> [FactsView.Fact] {
        switch field.content {
        case .group(let inner): return inner.fields.flatMap { group(field.name).facts($0) }
        case .rows: return []
        case .value(let kind, _):
            guard let text = text(field.name), !text.isEmpty else { return [.init(field.label, .absent)] }
            return [.init(field.label, Self.shown(text, kind))]
        }
    }

    private static func shown(_ text: String, _ kind: FieldKind) -> String {
        switch kind {
        case .choice(let choices): choices.first { $0.code == text }?.label ?? text
        case .yesNo: (try? Bool(typed: text).shown) ?? text
        case .date: (try? CivilDate(typed: text).shown) ?? text
        case .month: (try? Month(typed: text).shown) ?? text
        case .money: (try? Money(typed: text).shown) ?? text
        case .attachment: "已上传"
        default: text
        }
    }
}
