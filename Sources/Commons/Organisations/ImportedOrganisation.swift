import Kernel
import Storage
import Values

/// 组织机构表的一行。
struct ImportedOrganisation: Importing {
    let organisationName: String
    let creditCode: CreditCode?
    let kind: OrganisationKind
    let representative: String?
    let representativePhone: Phone?
    let region: RegionCode
    let address: String?
    let phone: Phone?
    let foundedOn: CivilDate

    static let name = "organisations"
    static let title = "组织机构"
    static let guidance = """
        一个机构一行。社会团体、民办非企业单位、基金会须填统一社会信用代码。
        信用代码相同且名称相同的机构已登记的，不重复登记；名称不同的列为错误。
        没有信用代码的，名称与已登记的机构相近时也会在登记时停下，请核对后在页面上登记。
        """
    static let uploaders: Set<Role> = .importers
    static let confirmers: Set<Role> = [.countyReviewer, .countyApprover]
    static let mayEnterPartly = true
    static let keyColumn = "credit_code"
    static let synonyms = [
        "name": ["单位名称", "名称", "组织名称"], "credit_code": ["信用代码", "社会信用代码", "机构代码"], "kind": ["机构类型", "类型", "组织类别"],
        "representative": ["法定代表人", "负责人", "法人"], "region": ["区划代码", "所在区划"], "address": ["地址", "住所"], "phone": ["电话", "联系方式"], "founded_on": ["成立时间", "登记日期"],
    ]
    static let samples = [["name": "示范市夕阳红养老院", "kind": "养老机构", "representative": "李示例", "region": "000181001", "founded_on": "2015-06-01"]]
    static let shape = Shape<ImportedOrganisation> {
        Field(.organisationName, \.organisationName)
        Field(.creditCode, \.creditCode)
        Field(.organisationKind, \.kind)
        Field(.representative, \.representative)
        Field(.representativePhone, \.representativePhone)
        Field(.region, \.region)
        Field(.address, \.address)
        Field(.phone, \.phone)
        Field(.foundedOn, \.foundedOn)
    }

    init(from reading: Reading<ImportedOrganisation>) throws(Refusal) {
        organisationName = try reading(.organisationName)
        creditCode = try reading(.creditCode)
        kind = try reading(.organisationKind)
        representative = try reading(.representative)
        representativePhone = try reading(.representativePhone)
        region = try reading(.region)
        address = try reading(.address)
        phone = try reading(.phone)
        foundedOn = try reading(.foundedOn)
    }

    private enum Value { static let name = 0, code = 1, kind = 2, representative = 3, representativePhone = 4, region = 5, address = 6, phone = 7, founded = 8 }

    func drafted(on line: Int, _ ground: ImportGround) throws(Refusal) -> ImportRow {
        var problems = [ground.problem(with: region, at: "region")].compactMap(\.self)
        if foundedOn > ground.today { problems.append(.init(["founded_on"], "成立日期晚于今天，请核对")) }
        if creditCode == nil, kind.needsCode { problems.append(.init(["credit_code"], "\(kind.label)须有统一社会信用代码，请照登记证书填写")) }
        guard problems.isEmpty else { throw .faults(problems) }
        return ImportRow(line: line, key: creditCode?.code ?? "\(organisationName) \(region.code)", values: [
            organisationName, creditCode?.code, kind.rawValue, representative, try representativePhone.map { number throws(Refusal) in try ground.seal(number) },
            region.code, address, try phone.map { number throws(Refusal) in try ground.seal(number) }, foundedOn.typed,
        ])
    }

    static func compare(_ rows: inout [ImportRow], _ ground: ImportGround, at reader: Reader) throws {
        for place in rows.indices where rows[place].state == .right {
            let row = rows[place], name = row.values[Value.name] ?? "", region = row.values[Value.region] ?? ""
            let condition: Statement = row.values[Value.code].map { "credit_code = \($0)" } ?? "name = \(name) AND region = \(region) AND status <> 'cancelled'"
            guard let known = try reader.first(Organisation.self, where: condition) else { continue }
            guard known.name == name else {
                let holder = ground.actor.covers(known.region) ? "「\(known.name)」" : "其他区域的机构"
                rows[place].refuse("credit_code", "这个信用代码已登记在\(holder)名下，请核对证书")
                continue
            }
            rows[place].state = .present
            rows[place].match = known.id.text
        }
    }

    static func enter(_ rows: [ImportRow], _ batch: ImportBatch, at desk: Desk) throws -> ImportTally {
        var tally = ImportTally()
        for row in rows {
            guard row.state == .right else { tally.skipped += 1; continue }
            try tally.add(row, at: desk) { tally in
                let representativePhone: Sealed<Phone>? = try row.value(Value.representativePhone), phone: Sealed<Phone>? = try row.value(Value.phone)
                try desk.enter(OrganisationEntry(
                    batch.id(row.line), row.values[Value.name] ?? "", creditCode: try row.value(Value.code), kind: try row.required(Value.kind),
                    representative: row.values[Value.representative], representativePhone: try representativePhone.map(desk.open), region: try row.required(Value.region),
                    address: row.values[Value.address], phone: try phone.map(desk.open), foundedOn: try row.required(Value.founded), isDistinct: row.values[Value.code] != nil))
                tally.entered += 1
            }
        }
        return tally
    }

    static func withdraw(_ row: ImportRow, changed: String?, _ batch: ImportBatch, at desk: Desk) throws -> Bool {
        guard row.state == .right else { return false }
        let id: ID<Organisation> = batch.id(row.line)
        guard let organisation = try desk.first(Organisation.self, where: "id = \(id)") else { return false }
        guard organisation.version == 1 else { throw Refusal.conflict("导入之后改过这个机构") }
        try desk.index(id, [], in: "organisation_search")
        try desk.connection.run("DELETE FROM organisation_name WHERE organisation_id = \(id)")
        try desk.connection.run("DELETE FROM organisation WHERE id = \(id)")
        return true
    }
}
