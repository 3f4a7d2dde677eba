import Values

/// 登记。A thing the office keeps: one table, real columns, one row each.
public protocol Record: Shaped {
    static var table: String { get }
    /// What people call it: 低保申请、地名.
    static var title: String { get }
    var id: ID<Self> { get }
}

/// A record that belongs to a region, and so to the people whose scope covers it. Its column is `region`.
public protocol Placed: Record {
    var region: RegionCode { get }
}

/// A record that people edit. Every change raises its version, and a change made from an older page is refused.
public protocol Versioned: Record {
    var version: Int { get }
}

/// Any typed identifier.
public protocol Identifying: FieldValue {}
extension ID: Identifying {}

extension Term where Value: Identifying {
    /// The record's own id.
    public static var id: Term<Value> { Term("id", "内部编号", .made) }
}

extension Term where Value == RegionCode {
    public static var region: Term<RegionCode> { Term("region", "所属区域", hint: "区划代码") }
}

extension Term where Value == Int {
    public static var version: Term<Int> { Term("version", "版本", .carried) }
}

extension Term where Value == Instant {
    /// When the office came to know it.
    public static var knownAt: Term<Instant> { Term("known_at", "知悉时刻") }
}
