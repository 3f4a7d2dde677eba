import Commons
import Hummingbird
import Kernel
import Values

/// 查阅留痕。What the web face reads to people is noted here and nowhere else: every listing, page, form on a subject, question,
/// export and attachment goes through one of these. Words that were typed are never kept, only the names of what they were typed into.
struct Readings: Sendable {
    let counter: Counter

    init(_ services: Services) { self.init(services.counter) }
    init(_ counter: Counter) { self.counter = counter }

    /// One page of a listing.
    func listed(_ name: String, _ filters: [String: String], rows: Int, by actor: Actor) async throws {
        try await counter.note(AccessNote(.list, name, detail: Self.names(filters), rows: rows), by: actor)
    }

    /// A listing that left the house whole, or as far as it came.
    func exported(_ name: String, _ filters: [String: String], rows: Int, as ending: String, by actor: Actor) async throws {
        let detail = [ending, Self.names(filters)].compactMap { $0 }.joined(separator: " ")
        try await counter.note(AccessNote(.export, name, detail: detail, rows: rows), by: actor)
    }

    /// A page drawn by hand. What it shows in an emergency is written down before it is shown.
    func opened(_ page: Page, of line: String, subject: String?, _ query: [String: String], in emergency: EmergencyView?, by actor: Actor) async throws {
        let what = "\(line)/\(page.path)"
        if emergency != nil {
            try await counter.access.write(AccessNote(.open, what, subject: subject, detail: "紧急查看"), by: actor, at: counter.clock.now())
        } else if let subject {
            try await counter.note(AccessNote(.open, what, subject: subject), by: actor)
        } else if line == "desk", page.path == "search" {
            if !(query["q"] ?? "").isEmpty { try await counter.note(AccessNote(.search, what), by: actor) }
        } else if (line, page.path) != ("desk", "workbench") {
            try await counter.note(AccessNote(.list, what, detail: Self.names(query.filter { $0.key != "done" })), by: actor)
        }
    }

    /// The form of an act, which shows what is known of its subject.
    func opened(_ action: AnyAction, subject: String?, by actor: Actor) async throws {
        guard let subject, !subject.isEmpty else { return }
        try await counter.note(AccessNote(.open, action.permission, subject: String(subject.prefix(60))), by: actor)
    }

    func asked(_ line: String, _ inquiry: AnyInquiry, by actor: Actor) async throws {
        try await counter.note(AccessNote(.open, "\(line).\(inquiry.name)"), by: actor)
    }

    func seen(_ attachment: ID<Attachment>, by actor: Actor) async throws {
        try await counter.note(AccessNote(.attachment, "attachments", subject: attachment.text), by: actor)
    }

    private static func names(_ filters: [String: String]) -> String? {
        let names = filters.filter { !$0.value.isEmpty }.keys.sorted().prefix(12).map { String($0.prefix(40)) }
        return names.isEmpty ? nil : names.joined(separator: " ")
    }
}
