import Kernel
import Storage
import Values

/// 行政区划。A node of the region tree, dated: communities split, merge and take other names, and old codes are still found.
public struct Region: Record {
    public let id: ID<Region>
    public let code: RegionCode
    public let name: String
    public let from: CivilDate
    public let until: CivilDate?

    public static let table = "region"
    public static let title = "行政区划"
    public static let shape = Shape<Region> {
        Field(.id, \.id)
        Field(.regionCode, \.code)
        Field(.regionName, \.name)
        Field(.from, \.from)
        Field(.until, \.until)
    }

    public init(from reading: Reading<Region>) throws(Refusal) {
        id = try reading(.id)
        code = try reading(.regionCode)
        name = try reading(.regionName)
        from = try reading(.from)
        until = try reading(.until)
    }

    public init(id: ID<Region>, code: RegionCode, name: String, from: CivilDate, until: CivilDate? = nil) {
        self.id = id
        self.code = code
        self.name = name
        self.from = from
        self.until = until
    }
}

extension Term where Value == RegionCode {
    public static var regionCode: Term<RegionCode> { Term("code", "区划代码", hint: "6、9 或 12 位数字") }
}

extension Term where Value == String {
    public static var regionName: Term<String> { Term("name", "区划名称") }
}

extension Reader {
    /// The name of a region on a day, as people say it; its last name where the code had ended by then, and the code where it has none.
    public func regionName(_ code: RegionCode, on day: CivilDate? = nil) throws -> String {
        try connection.value("SELECT name FROM region WHERE code = \(code) AND from_on <= \(day ?? today) ORDER BY from_on DESC LIMIT 1") ?? code.shown
    }

    /// 「示范市城关街道和平社区」: the names from the county down.
    public func regionPath(_ code: RegionCode) throws -> String {
        try code.ancestors.reversed().filter { !$0.scopePrefix.isEmpty }.compactMap { code in
            try first(Region.self, where: "code = \(code) ORDER BY from_on DESC")?.name
        }.joined()
    }

    /// What people call some regions today, by code; a code without a name stands for itself.
    public func regionNames(of codes: Set<String>) throws -> [String: String] {
        guard !codes.isEmpty else { return [:] }
        let listed = codes.sorted().map { "\($0)" as Statement }.joined(", ")
        var names = Dictionary(codes.map { ($0, $0) }, uniquingKeysWith: { first, _ in first })
        try connection.each("SELECT code, name FROM region WHERE code IN (\(listed)) AND from_on <= \(today) ORDER BY from_on") { row in
            names[try row.read(0)] = try row.read(1) as String
        }
        return names
    }

    /// The codes and names that hold today within a region, by code.
    public func regionNames(below code: RegionCode) throws -> [(code: String, name: String)] {
        try connection.all("SELECT code, name FROM region WHERE \(Reader.within("code", code)) AND (until_on IS NULL OR until_on > \(today)) ORDER BY code") { row in
            (try row.read(0), try row.read(1))
        }
    }

    /// The regions that hold today within the actor's scope, by code.
    public func regions(below code: RegionCode) throws -> [Region] {
        try all(Region.self, where: "\(Reader.within("code", code)) AND (until_on IS NULL OR until_on > \(today)) ORDER BY code")
    }
}
