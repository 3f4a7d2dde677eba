import Commons
import Hummingbird
import Kernel
import Pages
import Storage
import Values

/// 办理页面。`/{line}/do/{action}`: the form of an act, derived from its outline, and what its buttons do.
struct ActionForm: Sendable {
    let services: Services
    let line: Line
    let action: AnyAction

    var address: String { "/\(line.name)/do/\(action.name)" }
    var outline: Outline { action.outline }

    func add(to router: Router<DeskContext>) {
        router.get(RouterPath(address)) { try await open($0, $1) }
        router.post(RouterPath(address)) { try await receive($0, $1) }
    }

    func requireRole(_ actor: Actor) throws(Refusal) {
        guard action.roles.contains(actor.role) else {
            let who = Role.allCases.filter(action.roles.contains).map(\.label).joined(separator: "、")
            throw .forbidden("「\(action.title)」由\(who)办理，您的岗位是\(actor.role.label)。如需办理，请转交给对应岗位")
        }
    }

    // MARK: Opening

    private func open(_ request: Request, _ context: DeskContext) async throws -> Response {
        let session = try context.signedIn(), query = Query(request)
        try requireRole(session.actor)
        let subject = query[action.subjectTerm ?? "subject"]
        var state = ActionState(values: try await known(subject, query, session.actor), subject: subject,
                                act: .make(at: services.counter.clock.now()))
        if let draft = try await services.drafts.load(action.permission, subject: subject ?? "", by: session.actor) {
            if query["draft"] == nil {
                state.offeredDraft = draft.savedAt
            } else {
                state.values = draft.values
                state.draftState = "继续填写 \(draft.savedAt.shownTime) 保存的草稿"
            }
        }
        let response = try await draw(state, Shell(services: services, request: request, session: session), isFresh: true)
        try await Readings(services).opened(action, subject: subject, by: session.actor)
        return response
    }

    /// What the house knows, and what the address says of fields the form carries.
    private func known(_ subject: String?, _ query: Query, _ actor: Actor) async throws -> RawFields {
        var values = try await services.counter.read(as: actor) { try action.known(subject, $0) }
        for field in outline.fields where field.origin != .made {
            guard case .value = field.content, let text = query[field.name], values[field.name]?.isBlank ?? true else { continue }
            values[field.name] = .typed(text)
        }
        return values
    }

    // MARK: Drawing

    /// - Parameter isFresh: the version is that of now; else the one the person looked at stays.
    func draw(_ state: ActionState, _ shell: Shell, status: HTTPResponse.Status = .ok, isFresh: Bool = false) async throws -> Response {
        var state = state
        let help = try await help(for: state, shell.actor)
        if isFresh { state.version = help.version }
        for name in [PasswordAsking.hashTerm, PasswordAsking.proofTerm] where outline[name]?.origin == .carried { state.values[name] = nil }
        let view = ActionPage(form: self, state: state, help: help, token: shell.session.csrf)
        var response = shell.page(action.title, trail: [LinkView(line.title, href: "/\(line.name)"), help.file].compactMap(\.self),
                                  content: "\(try await Receipts(services: services).above(shell))\(view.markup)", status: status)
        if status == .serviceUnavailable { response.headers[.retryAfter] = "3" }
        return response
    }

    func help(for state: ActionState, _ actor: Actor) async throws -> ActionHelp {
        let page = line.form(action.name), outline = outline, version = action.version
        return try await services.counter.read(as: actor) { reader in
            // First: it refuses subjects of other regions.
            let current = try state.subject.flatMap { try version($0, reader) }
            return ActionHelp(layout: try page?.layout(FormVisit(reader: reader, values: state.values, subject: state.subject)),
                       regions: outline.asksForRegion ? try reader.regionChoices() : [],
                       files: try reader.filenames(of: state.values.enclosures(in: outline)),
                       version: current, today: reader.today, file: try state.subject.flatMap { try reader.fileLink($0) })
        }
    }
}
