import Kernel
import Storage
import Values

/// 登记一个区划。A code and its name, on their way into the tree: acts and imports share it.
public struct RegionEntry: Sendable {
    public let code: RegionCode
    public let name: String
    public let from: CivilDate
    /// The first day on which it no longer holds; nil for one that stands.
    public let until: CivilDate?
    let isRenamed: Bool

    public init(_ code: RegionCode, _ name: String, from: CivilDate, until: CivilDate? = nil) {
        self.init(code, name, from: from, until: until, isRenamed: false)
    }

    init(_ code: RegionCode, _ name: String, from: CivilDate, until: CivilDate? = nil, isRenamed: Bool) {
        self.code = code
        self.name = name
        self.from = from
        self.until = until
        self.isRenamed = isRenamed
    }
}

extension Desk {
    /// Writes one region after every check: its days, its parent, its code and its name beside its neighbours'.
    /// - Throws: `.invalid` and `.conflict`, saying which region is in the way.
    @discardableResult
    public func enter(_ entry: RegionEntry) throws -> ID<Region> {
        guard entry.code != .country else { throw Refusal.invalid("000000 指全国，不用登记").at(["code"]) }
        if let until = entry.until, until <= entry.from { throw Refusal.invalid("撤销日期须晚于起始日期").at(["until_on"]) }
        try requireFree(entry)
        try requireParent(of: entry)
        let id: ID<Region> = makeID()
        try insert(Region(id: id, code: entry.code, name: entry.name, from: entry.from, until: entry.until))
        return id
    }

    /// 用过的代码不再给别的区划。
    private func requireFree(_ entry: RegionEntry) throws {
        let before: Statement = entry.until.map { "from_on < \($0)" } ?? "1 = 1"
        if let other = try first(Region.self, where: "code = \(entry.code) AND (until_on IS NULL OR until_on > \(entry.from)) AND \(before) ORDER BY from_on") {
            throw Refusal.conflict("代码 \(entry.code.shown) 已是\(other.name)（\(lasting(other.from, other.until))）").at(["code"])
        }
        let isRetired = try connection.value("SELECT count(*) FROM region_successor AS s WHERE s.code = \(entry.code) AND s.changed_on <= \(entry.from)") ?? 0 > 0
        if isRetired, !entry.isRenamed { throw Refusal.conflict("代码 \(entry.code.shown) 已经撤销，用过的代码不再使用，请改用新代码").at(["code"]) }
        if let twin = try siblings(of: entry).first(where: { $0.name == entry.name }) {
            throw Refusal.conflict("同一上级下已有「\(entry.name)」（\(twin.code.shown)），请核对").at(["name"])
        }
    }

    private func siblings(of entry: RegionEntry) throws -> [Region] {
        guard let parent = entry.code.parent else { return [] }
        return try all(Region.self, where: """
            \(Reader.within("code", parent)) AND name = \(entry.name) AND code <> \(entry.code) AND from_on <= \(entry.from) AND (until_on IS NULL OR until_on > \(entry.from))
            """).filter { $0.code.level == entry.code.level }
    }

    /// Townships stand under a county that is registered, communities under a township.
    private func requireParent(of entry: RegionEntry) throws {
        guard entry.code.level >= .township, let parent = entry.code.parent else { return }
        let holds = try connection.value("SELECT count(*) FROM region WHERE code = \(parent) AND from_on <= \(entry.from) AND (until_on IS NULL OR until_on > \(entry.from))") ?? 0
        guard holds > 0 else { throw Refusal.invalid("上级区划 \(parent.shown) 在\(entry.from.shown)没有登记，请先登记上级").at(["code"]) }
    }
}

extension Reader {
    /// The region that bears a code on a day; nil when none does.
    func region(_ code: RegionCode, on day: CivilDate) throws -> Region? {
        try first(Region.self, where: "code = \(code) AND from_on <= \(day) AND (until_on IS NULL OR until_on > \(day)) ORDER BY from_on DESC")
    }

    /// - Throws: `.absent` when the code held on neither day.
    func living(_ code: RegionCode, on day: CivilDate, orOn other: CivilDate? = nil) throws -> Region {
        if let region = try region(code, on: day) ?? other.flatMap({ try region(code, on: $0) }) { return region }
        throw Refusal.absent("区划登记里没有 \(code.shown)，或在\(day.shown)已经撤销，请核对代码")
    }
}
