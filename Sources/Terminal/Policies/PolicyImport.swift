import Kernel
import Values

/// 导入规则。Drafts what the table doesn't hold yet, through the counter; publishes only when another person is named.
struct PolicyImport {
    let office: Office
    let drafter: Actor
    let publisher: Actor?

    /// What came of a file.
    struct Tally: Hashable {
        var drafted = 0
        var published = 0
        /// Already there, just so.
        var known = 0
    }

    /// Doing it again with the same file changes nothing, so a run that was refused half-way may be repeated.
    func run(_ file: PolicyFile) async throws -> Tally {
        var tally = Tally()
        for filed in file.rulings {
            let found = try await office.ruling(like: filed.ruling)
            if let found, found.publishedAt != nil || filed.isDraft || publisher == nil { tally.known += 1; continue }
            let id: String
            if let found { id = found.id.text } else {
                id = try await draft(filed.ruling)
                tally.drafted += 1
            }
            guard let publisher, !filed.isDraft else { continue }
            try await submit("rulings.publish-ruling", ["ruling": .stored(.text(id))], as: publisher)
            tally.published += 1
        }
        return tally
    }

    private func draft(_ ruling: ShippedRuling) async throws -> String {
        let values: RawFields = [
            "policy": .typed(ruling.policy), "variant": .typed(ruling.variant), "region": .typed(ruling.region.code), "from_on": .typed(ruling.from.typed),
            "until_on": .typed(ruling.until?.typed ?? ""), "value": .typed(ruling.value), "cite": .typed(ruling.cite),
        ]
        return try await submit("rulings.draft-ruling", values, as: drafter)
    }

    @discardableResult
    private func submit(_ permission: String, _ values: RawFields, as actor: Actor) async throws -> String {
        let submission = Submission(permission, id: .make(at: office.counter.clock.now()), values: values)
        return try await office.counter.submit(submission, as: actor).outcome.subject
    }
}

extension Office {
    /// Every ruling, published or not.
    func rulings() async throws -> [Ruling] {
        try await counter.read(as: .commandLine) { try $0.all(Ruling.self, where: "1 = 1 ORDER BY policy, variant, region, from_on, id") }
    }

    /// The ruling that says the same of the same place and time; a published one before a draft.
    func ruling(like ruling: ShippedRuling) async throws -> Ruling? {
        let variant = ruling.variant.isEmpty ? "-" : ruling.variant
        let same = try await counter.read(as: .commandLine) { reader in
            try reader.all(Ruling.self, where: """
                policy = \(ruling.policy) AND variant = \(variant) AND region = \(ruling.region) AND from_on = \(ruling.from) AND value = \(ruling.value) ORDER BY id
                """)
        }.filter { $0.until == ruling.until }
        return same.first { $0.publishedAt != nil } ?? same.first
    }
}
