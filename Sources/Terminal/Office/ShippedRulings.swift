import Kernel
import Storage
import Values

/// 随程序发布的规则。Put into the ruling table once; from then on the table is the truth.
///
/// A mark remembers each (policy, variant, region, from) that was put in, so that a later program adds only what is new,
/// and what the authority has ruled in the meantime is never overruled by an update.
extension Office {
    static let shippedBy = "随程序发布"

    /// - Returns: how many rulings were added.
    @discardableResult
    func seedShippedRulings() async throws -> Int {
        let shipped = house.lines.flatMap(\.shipped), now = counter.clock.now()
        return try await database.write { connection in
            let known = Set(try connection.all("SELECT name FROM mark WHERE name >= 'shipped:' AND name < 'shipped;'") { try $0.read(0) as String })
            let fresh = shipped.filter { !known.contains($0.mark) }
            for ruling in fresh { try Self.seed(ruling, at: now, connection) }
            return fresh.count
        }
    }

    private static func seed(_ shipped: ShippedRuling, at now: Instant, _ connection: any Connection) throws {
        try connection.run("INSERT INTO mark (name, value) VALUES (\(shipped.mark), \(now))")
        guard try !isRuledElsewhere(shipped, connection) else { return }
        try connection.run("""
            UPDATE ruling SET until_on = \(shipped.from)
            WHERE policy = \(shipped.policy) AND variant = \(shipped.storedVariant) AND region = \(shipped.region)
              AND drafted_by = \(shippedBy) AND until_on IS NULL AND from_on < \(shipped.from)
            """)
        let ruling = Ruling(.make(at: now), shipped, draftedBy: shippedBy, at: now, publishedBy: shippedBy)
        let columns = Ruling.shape.outline.fields.map(\.name)
        let values = columns.map { name -> StoredValue in if case .stored(let value) = ruling.raw[name] { value } else { .null } }
        try connection.insert(into: Ruling.table, columns, rows: [values])
    }

    /// Whether the authority itself has ruled for the same place and kind, within the same time.
    private static func isRuledElsewhere(_ shipped: ShippedRuling, _ connection: any Connection) throws -> Bool {
        let until: Statement = shipped.until.map { "AND from_on < \($0)" } ?? ""
        let count: Int? = try connection.value("""
            SELECT count(*) FROM ruling
            WHERE policy = \(shipped.policy) AND variant = \(shipped.storedVariant) AND region = \(shipped.region) AND drafted_by <> \(shippedBy)
              AND published_at IS NOT NULL AND (until_on IS NULL OR until_on > \(shipped.from)) \(until)
            """)
        return (count ?? 0) > 0
    }
}

extension ShippedRuling {
    fileprivate var mark: String { "shipped:\(policy)/\(storedVariant)/\(region.code)/\(from.typed)" }
    fileprivate var storedVariant: String { variant.isEmpty ? "-" : variant }
}
