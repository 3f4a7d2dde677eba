import Kernel
import Storage
import Values

/// 家庭表的一行。A household and its head.
struct ImportedHousehold: Importing {
    let number: String?
    let head: ResidentID
    let headName: PersonName
    let region: RegionCode
    let area: Area
    let address: String?
    let from: CivilDate?

    static let name = "households"
    static let title = "家庭"
    static let guidance = """
        一户一行，写明户主。户主须已在人员中登记（先导入人员），身份号码和姓名都要相符。
        户号填原系统的户号，家庭成员表和在保户表可以凭它找到这一户；没有户号的，凭户主身份号码。
        立户日期不填的，按导入当天。户主已经是同一户户主的，不重复登记，只补记户号。
        """
    static let uploaders: Set<Role> = .importers
    static let confirmers: Set<Role> = [.countyReviewer, .countyApprover]
    static let mayEnterPartly = true
    static let keyColumn = "head_number"
    static let synonyms = [
        "household_number": ["户编号", "家庭编号", "户口号"], "head_number": ["户主身份证号", "户主身份证号码", "户主证件号", "身份证号"], "head_name": ["户主", "户主名字"],
        "region": ["区划代码", "居住地", "社区代码", "行政区划代码"], "area": ["城乡类别", "城乡属性"], "address": ["家庭住址", "地址", "详细地址"], "from_on": ["立户时间"],
    ]
    static let samples = [[
        "household_number": "H0001", "head_number": "000181198001010018", "head_name": "张示例", "region": "000181001001", "area": "城市", "address": "示范路 1 号 2 栋 301 室",
    ]]
    static let shape = Shape<ImportedHousehold> {
        Field(.householdNumber, \.number)
        Field(.headNumber, \.head)
        Field(.importedHeadName, \.headName)
        Field(.region, \.region)
        Field(.area, \.area)
        Field(.address, \.address)
        Field(.settledOn, \.from)
    }

    init(from reading: Reading<ImportedHousehold>) throws(Refusal) {
        number = try reading(.householdNumber)
        head = try reading(.headNumber)
        headName = try reading(.importedHeadName)
        region = try reading(.region)
        area = try reading(.area)
        address = try reading(.address)
        from = try reading(.settledOn)
    }

    private enum Value { static let index = 0, name = 1, region = 2, area = 3, address = 4, from = 5, number = 6, person = 7 }

    func drafted(on line: Int, _ ground: ImportGround) throws(Refusal) -> ImportRow {
        if let problem = ground.problem(with: region, at: "region") { throw .faults([problem]) }
        let from = from ?? ground.today
        guard from <= ground.today else { throw Refusal.invalid("立户日期晚于今天，请核对").at(["from_on"]) }
        let index = try ground.index(head)
        return ImportRow(line: line, key: index, values: [index, headName.text, region.code, area.rawValue, address, from.typed, number, nil])
    }

    static func compare(_ rows: inout [ImportRow], _ ground: ImportGround, at reader: Reader) throws {
        for place in rows.indices where rows[place].state == .right {
            guard let person = try rows[place].person(Value.index, named: Value.name, at: "head_number", reader) else { continue }
            rows[place].values[Value.person] = person.text
            if let number = rows[place].values[Value.number], let owner = try reader.outsideNumber(.household, number) as ID<Household>?,
               try reader.canonical(reader.find(owner).head) != person {
                rows[place].refuse("household_number", "户号 \(number) 已是另一户的户号，请核对")
            }
            guard let known = try reader.household(of: person) else { continue }
            if try reader.canonical(known.head) == person {
                rows[place].state = rows[place].state == .wrong ? .wrong : .present
                rows[place].match = known.id.text
            } else {
                rows[place].refuse("head_number", "这个人已登记在另一户里，请先办理离开或变更户主")
            }
        }
    }

    static func enter(_ rows: [ImportRow], _ batch: ImportBatch, at desk: Desk) throws -> ImportTally {
        var tally = ImportTally()
        for row in rows {
            try tally.add(row, at: desk) { tally in
                let number = row.values[Value.number]
                if row.state == .present {
                    let isNew = try number.map { try desk.noteOutsideNumber(.household, $0, of: try row.required(match: Household.self), batch) } ?? false
                    if isNew { tally.changed += 1 } else { tally.skipped += 1 }
                    return
                }
                let id: ID<Household> = batch.id(row.line)
                try desk.enter(HouseholdEntry(id, head: try row.required(Value.person), region: try row.required(Value.region), area: try row.required(Value.area),
                                              address: row.values[Value.address], from: try row.required(Value.from)))
                if let number { _ = try desk.noteOutsideNumber(.household, number, of: id, batch) }
                tally.entered += 1
            }
        }
        return tally
    }

    static func withdraw(_ row: ImportRow, changed: String?, _ batch: ImportBatch, at desk: Desk) throws -> Bool {
        let removed = try row.values[Value.number].map { number in
            try desk.connection.run("DELETE FROM outside_number WHERE kind = 'household' AND number = \(number) AND import_id = \(batch.origin)")
        } ?? 0
        guard row.state == .right else { return removed > 0 }
        let id: ID<Household> = batch.id(row.line)
        guard let household = try desk.first(Household.self, where: "id = \(id)") else { return false }
        guard household.version == 1 else { throw Refusal.conflict("导入之后改过这一户") }
        let members: Int = try desk.connection.value("SELECT count(*) FROM membership WHERE household_id = \(id)") ?? 0
        guard members <= 1 else { throw Refusal.conflict("户内还有其他成员，请先撤销家庭成员的导入或办理离开") }
        try desk.connection.run("DELETE FROM membership WHERE household_id = \(id)")
        try desk.connection.run("DELETE FROM household WHERE id = \(id)")
        return true
    }
}

extension Term where Value == String {
    public static var householdNumber: Term<String> { Term("household_number", "户号", hint: "原系统的户号，可不填") }
}
extension Term where Value == ResidentID {
    public static var headNumber: Term<ResidentID> { Term("head_number", "户主身份号码", hint: "18 位") }
}
extension Term where Value == PersonName {
    public static var importedHeadName: Term<PersonName> { Term("head_name", "户主姓名") }
}
extension Term where Value == CivilDate {
    static var settledOn: Term<CivilDate> { Term("from_on", "立户日期", hint: "户主何日起住在这里") }
}
