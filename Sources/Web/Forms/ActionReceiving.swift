import Commons
import Hummingbird
import Kernel
import Pages
import Storage
import Values

/// What happens to an act's form when it comes back: which button, which part, and the counter.
extension ActionForm {
    func receive(_ request: Request, _ context: DeskContext) async throws -> Response {
        guard let session = context.session else { return try await hold(request) }
        try requireRole(session.actor)
        let form = try await SentForm(request, textBytes: outline.textBytes)
        let shell = Shell(services: services, request: request, session: session)
        let isGenuine = Forgery.isGenuine(form, session)
        guard isGenuine || Forgery.isFromHere(request) else { throw Forgery.stale }
        var state = try await state(of: form, session.actor)
        guard isGenuine else {
            // Signed in anew while the form stood open: what was typed is kept, under the new token.
            state.notice = "登录已更新，刚才没有提交。您填的内容还在下面，请核对后再提交一次"
            return try await draw(state, shell, status: .forbidden)
        }
        if let part = Query(request)["part"] ?? request.headers.value("X-Part") { return try await answer(part, state, form, shell) }
        return try await press(form, &state, shell, context)
    }

    private func state(of form: SentForm, _ actor: Actor) async throws -> ActionState {
        let reader = try FormReader(form, outline)
        var values = try reader.values()
        let faulty = try await Uploads(services: services, outline: outline, actor: actor).store(form, into: &values)
        let act = form.text("_act").flatMap { ID<JournalEntry>(rawValue: $0) } ?? .make(at: services.counter.clock.now())
        let subject = action.subjectTerm.flatMap { values.text($0) } ?? form.text("_subject")
        return ActionState(values: values, subject: subject, act: act, version: form.text("_version").flatMap(Int.init),
                           problems: reader.problems + faulty)
    }

    // MARK: Parts, for scripts

    private func answer(_ part: String, _ state: ActionState, _ form: SentForm, _ shell: Shell) async throws -> Response {
        switch part {
        case "draft":
            try await saveDraft(state, shell.actor)
            var response = Response(status: .noContent)
            response.headers.set("X-Saved-At", services.counter.clock.now().shownTime)
            return response
        case "aside": return try await aside(state, shell.actor)
        case "discard":
            try await services.drafts.discard(action.permission, subject: state.subject ?? form.text("_subject") ?? "", by: shell.actor)
            let subject = (state.subject ?? form.text("_subject")).map { Query().with(action.subjectTerm ?? "subject", $0).text } ?? ""
            return .seeOther(address + subject)
        default: throw Refusal.absent("没有这个页面部分，请刷新后再试")
        }
    }

    /// Only the running estimate; a half-filled form that can't be estimated yet says so instead.
    private func aside(_ state: ActionState, _ actor: Actor) async throws -> Response {
        do {
            return .page(try await help(for: state, actor).layout?.aside ?? .empty)
        } catch let refusal as Refusal where refusal.kind != .busy {
            return .page("<p>\(refusal.description)</p>")
        }
    }

    private func saveDraft(_ state: ActionState, _ actor: Actor) async throws {
        try await services.drafts.save(state.values, of: action.permission, subject: state.subject ?? "", by: actor)
    }

    // MARK: Buttons

    private func press(_ form: SentForm, _ state: inout ActionState, _ shell: Shell, _ context: DeskContext) async throws -> Response {
        if let path = form.text("_add") {
            state.values.addRow(at: path.split(separator: ".").map(String.init), in: outline)
        } else if let path = form.text("_remove") {
            state.values.removeRow(at: path.split(separator: ".").map(String.init), in: outline)
        } else if form.has("_draft") {
            do { try await saveDraft(state, shell.actor) } catch { return try await redraw(state, after: error, shell, context) }
            state.draftState = "草稿保存于 \(services.counter.clock.now().shownTime)"
        } else if !form.has("_estimate") {
            return try await submit(form, &state, shell, context)
        }
        return try await draw(state, shell)
    }

    private func submit(_ form: SentForm, _ state: inout ActionState, _ shell: Shell, _ context: DeskContext) async throws -> Response {
        let door = DoorDesk(services: services, session: shell.session, caller: Caller(shell.request, context))
        state.problems += try await PasswordAsking.answer(form, outline, into: &state.values, for: state.act, door)
        guard state.problems.isEmpty else {
            // A fault found at the door stands beside those the shape finds, once each.
            let known = Set(state.problems.map(\.path) + [[PasswordAsking.hashTerm], [PasswordAsking.proofTerm]])
            state.problems += try services.counter.problems(action.permission, state.values).filter { !known.contains($0.path) }
            return try await draw(state, shell, status: .unprocessableContent)
        }
        do {
            let submission = Submission(action.permission, id: state.act, values: state.values, version: state.version)
            let receipt = try await services.counter.submit(submission, as: shell.actor)
            await forgetDraft(state, shell.actor, context)
            return .seeOther(Receipts.address(receipt))
        } catch {
            return try await redraw(state, after: error, shell, context)
        }
    }

    private func redraw(_ state: ActionState, after error: any Error, _ shell: Shell, _ context: DeskContext) async throws -> Response {
        let fault = try Faults(services: services).fault(for: error, shell.request, context)
        var state = state
        if let refusal = fault.refusal { state.take(refusal) } else { state.notice = fault.message }
        // Who was overtaken has now been told; the next submission is against what stands now.
        return try await draw(state, shell, status: fault.status, isFresh: fault.refusal?.kind == .conflict)
    }

    /// The act is done; a draft that can't be removed now is offered again, which harms nobody.
    private func forgetDraft(_ state: ActionState, _ actor: Actor, _ context: DeskContext) async {
        do {
            try await services.drafts.discard(action.permission, subject: state.subject ?? "", by: actor)
        } catch {
            context.logger.error("draft of \(action.permission) not discarded: \(String(reflecting: error))")
        }
    }
}
