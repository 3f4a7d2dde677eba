import Kernel
import Storage
import Values

/// 行政区划表的一行。The tree in any order: a parent may stand above or below its children.
struct ImportedRegion: Importing {
    let code: RegionCode
    let regionName: String
    let from: CivilDate?

    static let name = "regions"
    static let title = "行政区划"
    static let guidance = """
        一个区划一行，先后不拘；乡级、村级的上级须在表里或者已经登记。
        代码为 6 位（县级以上）、9 位（乡级）或 12 位（村级）。起始日期不填的，从 1950-01-01 起。
        已登记的同名区划不重复登记；改名、撤并请在「行政区划」里办理。
        """
    static let uploaders: Set<Role> = .importers
    static let confirmers: Set<Role> = [.countyReviewer, .countyApprover]
    static let mayEnterPartly = false
    static let keyColumn = "code"
    static let synonyms = ["code": ["代码", "行政区划代码", "统计用区划代码"], "name": ["名称", "行政区划名称"], "from_on": ["设立日期", "启用日期"]]
    static let samples = [["code": "000181001", "name": "城关街道"], ["code": "000181001001", "name": "和平社区"]]
    static let shape = Shape<ImportedRegion> {
        Field(.regionCode, \.code)
        Field(.regionName, \.regionName)
        Field(.regionFrom, \.from)
    }

    init(from reading: Reading<ImportedRegion>) throws(Refusal) {
        code = try reading(.regionCode)
        regionName = try reading(.regionName)
        from = try reading(.regionFrom)
    }

    func drafted(on line: Int, _ ground: ImportGround) throws(Refusal) -> ImportRow {
        guard code != .country else { throw Refusal.invalid("000000 指全国，不用登记").at(["code"]) }
        guard ground.actor.covers(code) else { throw Refusal.invalid("区划 \(code.code) 不在您的管辖范围内").at(["code"]) }
        let from = from ?? CivilDate.longAgo
        guard from <= ground.today else { throw Refusal.invalid("起始日期晚于今天，将来设立的请到日子再导入").at(["from_on"]) }
        let parent = code.level >= .township ? code.parent : nil
        let missing = parent.flatMap { ground.regions.contains($0) ? nil : $0.code }
        return ImportRow(line: line, key: code.code, needs: missing, values: [code.code, regionName, from.typed])
    }

    static func compare(_ rows: inout [ImportRow], _ ground: ImportGround, at reader: Reader) throws {
        for place in rows.indices where rows[place].state == .right {
            let code = try rows[place].required(0) as RegionCode
            let standing: Statement = "code = \(code) AND (until_on IS NULL OR until_on > \(ground.today))"
            guard ground.regions.contains(code), let known = try reader.first(Region.self, where: standing) else { continue }
            guard known.name == rows[place].values[1] else {
                rows[place].refuse("name", "这个代码已登记为「\(known.name)」，改名请办理区划变更")
                continue
            }
            rows[place].state = .present
            rows[place].match = known.id.text
        }
    }

    /// Parents first, whatever the order of the lines; those of an earlier slice stand already.
    static func enter(_ rows: [ImportRow], _ batch: ImportBatch, at desk: Desk) throws -> ImportTally {
        var tally = ImportTally()
        tally.skipped = rows.count { $0.state == .present }
        for row in rows where row.state == .right {
            try tally.add(row, at: desk) { tally in
                let code = try row.required(0) as RegionCode
                let held: Int = try desk.connection.value("SELECT count(*) FROM region WHERE code = \(code) AND (until_on IS NULL OR until_on > \(desk.today))") ?? 0
                guard held == 0 else { throw Refusal.conflict("核对之后，这个代码已被登记") }
                try desk.insert(Region(id: batch.id(row.line), code: code, name: row.values[1] ?? "", from: try row.required(2)))
                tally.entered += 1
            }
        }
        return tally
    }

    static func withdraw(_ row: ImportRow, changed: String?, _ batch: ImportBatch, at desk: Desk) throws -> Bool {
        guard row.state == .right else { return false }
        let id: ID<Region> = batch.id(row.line)
        guard let region = try desk.first(Region.self, where: "id = \(id)") else { return false }
        guard region.until == nil else { throw Refusal.conflict("导入之后这个区划已经撤销或更名") }
        let inside = Reader.within("region", region.code)
        let uses = try ["person", "household", "user_account", "case_file"].reduce(0) { sum, table in
            sum + (try desk.connection.value("SELECT count(*) FROM \(try Statement(identifier: table)) WHERE \(inside)") as Int? ?? 0)
        }
        guard uses == 0 else { throw Refusal.conflict("这个区划下已有人员、家庭、账号或办件，不能撤回") }
        try desk.connection.run("DELETE FROM region WHERE id = \(id)")
        return true
    }
}

extension CivilDate {
    /// Where nobody knows since when.
    static let longAgo = (try? CivilDate(year: 1950, month: 1, day: 1)) ?? .earliest
}

extension Term where Value == CivilDate {
    static var regionFrom: Term<CivilDate> { Term("from_on", "起始日期", hint: "不知道的不填") }
}
