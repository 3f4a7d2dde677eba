import Kernel
import Values

/// 当日当地的规则一览。What each policy says on a day in a region, and where nothing is ruled.
struct PolicyLine: Hashable {
    let policy: String
    let title: String
    let variant: String
    /// As people read it; nil where no ruling holds.
    let value: String?
    let unit: String
    let from: String
    let cite: String
}

extension Office {
    func policyLines(_ policies: [AnyPolicy], on day: CivilDate, in region: RegionCode) async throws -> [PolicyLine] {
        try await counter.read(as: .commandLine) { reader in
            let book = reader.rulings(on: day, in: region)
            return try policies.flatMap { policy -> [PolicyLine] in
                // Every policy value is kept as it would be typed, so a policy of texts reads them all.
                let texts = Policy<String>(policy.name, policy.title)
                let kinds = policy.variants.isEmpty ? [Choice(code: "", label: "")] : policy.variants
                return try kinds.map { kind in
                    let found = try book.find(texts, kind.code)
                    return PolicyLine(policy: policy.name, title: policy.title, variant: kind.label, value: try found.map { try policy.shown($0.value) },
                                      unit: policy.unit, from: found?.from.shown ?? "", cite: found?.cite ?? "")
                }
            }
        }
    }

    /// The regions this house answers for: those in the region table that lie in no other one there; the whole country where the table is empty.
    func homeRegions() async throws -> [RegionCode] {
        let codes: [RegionCode] = try await database.read { connection in
            try connection.all("SELECT DISTINCT code FROM region WHERE until_on IS NULL AND length(code) = 6 ORDER BY code") { try $0.read(0) }
        }
        let known = Set(codes)
        let top = codes.filter { code in !code.ancestors.dropFirst().contains { known.contains($0) } }
        return top.isEmpty ? [.country] : top
    }
}
