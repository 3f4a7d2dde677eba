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
    func listed(_ line: String, _ listing: Listing, _ filters: [String: String], rows: Int, by actor: Actor) async throws {
        let note = AccessNote(.list, "\(line).\(listing.name)", detail: Self.told(listing.title, listing.labels(of: filters)), rows: rows)
        try await counter.note(note, by: actor)
    }

    /// A listing that left the house whole, or as far as it came.
    func exported(_ line: String, _ listing: Listing, _ filters: [String: String], rows: Int, as ending: String, by actor: Actor) async throws {
        let detail = Self.told("\(listing.title)（\(ending)）", listing.labels(of: filters))
        try await counter.note(AccessNote(.export, "\(line).\(listing.name)", detail: detail, rows: rows), by: actor)
    }

    /// A page drawn by hand. What it shows in an emergency is written down before it is shown.
    func opened(_ page: Page, of line: String, subject: String?, _ query: [String: String], in emergency: EmergencyView?, by actor: Actor) async throws {
        let what = "\(line)/\(page.path)"
        if emergency != nil {
            try await counter.access.write(AccessNote(.open, what, subject: subject, detail: "紧急查看：\(page.title)"), by: actor, at: counter.clock.now())
        } else if let subject {
            try await counter.note(AccessNote(.open, what, subject: subject, detail: page.title), by: actor)
        } else if line == "desk", page.path == "search" {
            if !(query["q"] ?? "").isEmpty { try await counter.note(AccessNote(.search, what, detail: page.title), by: actor) }
        } else if (line, page.path) != ("desk", "workbench") {
            let names = query.filter { $0.key != "done" && !$0.value.isEmpty }.keys.sorted().prefix(12).map { String($0.prefix(40)) }
            try await counter.note(AccessNote(.list, what, detail: Self.told(page.title, names)), by: actor)
        }
    }

    /// The form of an act, which shows what is known of its subject.
    func opened(_ action: AnyAction, subject: String?, by actor: Actor) async throws {
        guard let subject, !subject.isEmpty else { return }
        try await counter.note(AccessNote(.open, action.permission, subject: String(subject.prefix(60)), detail: action.title), by: actor)
    }

    func asked(_ line: String, _ inquiry: AnyInquiry, by actor: Actor) async throws {
        try await counter.note(AccessNote(.open, "\(line).\(inquiry.name)", detail: inquiry.title), by: actor)
    }

    func seen(_ attachment: ID<Attachment>, by actor: Actor) async throws {
        try await counter.note(AccessNote(.attachment, "attachments", subject: attachment.text), by: actor)
    }

    /// 「人员登记，筛选：姓名、所属区域」
    private static func told(_ title: String, _ filters: [String]) -> String {
        filters.isEmpty ? title : "\(title)，筛选：\(filters.joined(separator: "、"))"
    }
}
