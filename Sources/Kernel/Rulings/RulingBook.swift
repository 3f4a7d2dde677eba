import Storage
import Values

/// A ruled value with the ruling it came from: explanations name their source.
public struct Consulted<Value: Sendable & Hashable>: Sendable, Hashable {
    public let value: Value
    public let ruling: ID<Ruling>
    public let cite: String
    public let from: CivilDate
}

/// 当日当地的规则。The rulings that hold on a day in a region; the nearest region above that has one speaks.
///
/// A day or a region with no ruling refuses and says so; it never borrows a neighbour's.
public final class RulingBook {
    public let day: CivilDate
    public let region: RegionCode
    private let connection: any Connection
    private let consulted: (ID<Ruling>) -> Void

    init(_ connection: any Connection, on day: CivilDate, in region: RegionCode, consulted: @escaping (ID<Ruling>) -> Void) {
        self.connection = connection
        self.day = day
        self.region = region
        self.consulted = consulted
    }

    /// - Throws: `.gap`, naming policy, region and day.
    public func callAsFunction<Value>(_ policy: Policy<Value>, _ variant: String = "") throws -> Consulted<Value> {
        if let found = try find(policy, variant) { return found }
        let label = policy.variants.first { $0.code == variant }.map { "（\($0.label)）" } ?? ""
        throw Refusal.gap("\(day.shown)在区域 \(region.shown) 没有已发布的「\(policy.title)」\(label)。请政策员先发布，再办理本件")
    }

    public func callAsFunction<Value, Variant: CodeList>(_ policy: Policy<Value>, _ variant: Variant) throws -> Consulted<Value> {
        try self(policy, variant.rawValue)
    }

    /// nil where the authority has ruled nothing and the law allows that: an add-on that this place doesn't give.
    public func find<Value>(_ policy: Policy<Value>, _ variant: String = "") throws -> Consulted<Value>? {
        let regions = region.ancestors.map { "\($0)" as Statement }.joined(", ")
        let stored = variant.isEmpty ? "-" : variant
        let row = try connection.first("""
            SELECT id, value, cite, from_on FROM ruling
            WHERE policy = \(policy.name) AND variant = \(stored) AND region IN (\(regions)) AND published_at IS NOT NULL
              AND from_on <= \(day) AND (until_on IS NULL OR until_on > \(day))
            ORDER BY length(\(Self.significant)) DESC, from_on DESC LIMIT 1
            """) { row in (id: try row.read(0) as ID<Ruling>, value: try row.read(1) as String, cite: try row.read(2) as String, from: try row.read(3) as CivilDate) }
        guard let row else { return nil }
        consulted(row.id)
        return Consulted(value: try Value(typed: row.value), ruling: row.id, cite: row.cite, from: row.from)
    }

    public func find<Value, Variant: CodeList>(_ policy: Policy<Value>, _ variant: Variant) throws -> Consulted<Value>? {
        try find(policy, variant.rawValue)
    }

    /// Without its trailing zeros a longer code is a nearer region.
    private static let significant: Statement = "rtrim(region, '0')"
}
