import Kernel
import Pages
import Testing
import Values
@testable import Assistance

/// A page as somebody reads it.
struct Shown: Sendable {
    let title: String
    let acts: [PageAct]
    let isSheet: Bool
    let content: Markup

    var text: String { content.text }
    /// The acts' addresses without their subjects, the primary one marked.
    var actNames: [String] { acts.map { ($0.isPrimary ? "*" : "") + ($0.href.split(separator: "/").last?.split(separator: "?").first.map(String.init) ?? "") } }
}

extension Office {
    func page(_ path: String, _ id: String, query: [String: String] = [:], as actor: Actor = approver) async throws -> Shown {
        let page = try #require(assistance.pages.first { $0.path == path })
        return try await counter.read(as: actor) { reader in
            let body = try page.body(Visit(reader: reader, parameters: ["id": id], query: query))
            return Shown(title: body.title, acts: body.acts, isSheet: body.isSheet, content: body.render())
        }
    }

    /// The form of an act as it is drawn for these values.
    func form(_ action: String, _ values: RawFields, subject: String? = nil, as actor: Actor = clerk) async throws -> FormLayout {
        let form = try #require(assistance.form(action))
        return try await counter.read(as: actor) { try form.layout(FormVisit(reader: $0, values: values, subject: subject)) }
    }

    /// The sheet of the last decision of a kind.
    func sheet(_ kind: DecisionKind, of id: String) async throws -> Shown {
        try await page("decisions/{id}/sheet", try #require(try await decision(kind, of: id)).id.text)
    }
}
