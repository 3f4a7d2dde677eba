import Kernel
import Storage
import Values

/// 机构请领表的一行。
struct ImportedOrganisationClaim: Importing {
    let creditCode: CreditCode?
    let organisationName: String
    let programme: String
    let period: ClaimPeriod
    let basis: ClaimBasis
    let amount: Amount

    static let name = "organisation-claims"
    static let title = "机构请领"
    static let guidance = """
        一家机构一个项目一个时段一行：运营补贴、助餐补贴等。有统一社会信用代码的按代码找机构，没有的按名称。
        有一行不对，整表不登记；错处逐行列出，可以下载带「错误」列的表改好再传。
        """
    static let uploaders: Set<Role> = [.townshipReviewer, .countyReviewer]
    static let confirmers: Set<Role> = [.countyReviewer, .countyApprover]
    static let mayEnterPartly = false
    static let keyColumn = "period"
    static let synonyms = [
        "credit_code": ["信用代码", "统一社会信用代码"], "name": ["机构名称", "单位名称", "名称", "机构"], "programme": ["项目", "补贴项目", "补助项目"],
        "period": ["时段", "补贴时段", "所属时段", "月份", "季度"], "basis": ["依据", "文件", "文号", "协议编号"], "amount_fen": ["金额", "补贴金额", "补助金额", "请领金额"],
    ]
    static let samples = [["name": "示范市夕阳红养老院", "programme": "养老机构运营补贴", "period": "2024-Q3", "basis": "示民发〔2024〕9号", "amount_fen": "12600.00"]]
    static let shape = Shape<ImportedOrganisationClaim> {
        Field(.creditCode, \.creditCode)
        Field(.organisationName, \.organisationName)
        Field(.claimProgramme, \.programme)
        Field(.claimPeriod, \.period)
        Field(.claimBasis, \.basis)
        Field(.claimAmount, \.amount)
    }

    init(from reading: Reading<ImportedOrganisationClaim>) throws(Refusal) {
        creditCode = try reading(.creditCode)
        organisationName = try reading(.organisationName)
        programme = try reading(.claimProgramme)
        period = try reading(.claimPeriod)
        basis = try reading(.claimBasis)
        amount = try reading(.claimAmount)
    }

    private enum Value { static let code = 0, name = 1, programme = 2, period = 3, basis = 4, amount = 5, organisation = 6 }

    func drafted(on line: Int, _ ground: ImportGround) throws(Refusal) -> ImportRow {
        var problems: [Refusal.Problem] = []
        if amount.money <= .zero || amount.money > Amount.mostOfOne { problems.append(.init(["amount_fen"], "金额应大于零，一笔最多 \(Amount.mostOfOne.shown)")) }
        if period.first > ground.today.monthOf { problems.append(.init(["period"], "\(period.shown)还没有到，不能提前请领")) }
        guard problems.isEmpty else { throw .faults(problems) }
        return ImportRow(line: line, key: [creditCode?.code ?? organisationName, programme, period.typed, basis.text].joined(separator: " "),
                         values: [creditCode?.code, organisationName, programme, period.typed, basis.text, String(amount.money.fen)])
    }

    static func compare(_ rows: inout [ImportRow], _ ground: ImportGround, at reader: Reader) throws {
        for place in rows.indices where rows[place].state == .right { try compare(&rows[place], ground, at: reader) }
    }

    private static func compare(_ row: inout ImportRow, _ ground: ImportGround, at reader: Reader) throws {
        let name = row.values[Value.name] ?? ""
        let condition: Statement = row.values[Value.code].map { "credit_code = \($0)" } ?? "name = \(name) AND status <> 'cancelled'"
        let found = try reader.all(Organisation.self, where: "\(condition) ORDER BY id").filter { ground.actor.covers($0.region) }
        guard let organisation = found.first else { return row.refuse(row.values[Value.code] == nil ? "name" : "credit_code", "没有登记这家机构，或者不在您的管辖范围内；请先登记机构") }
        guard found.count == 1 else { return row.refuse("name", "同名的机构有 \(found.count) 家，请填写信用代码") }
        guard organisation.name == name else { return row.refuse("name", "这个信用代码登记的名称是「\(organisation.name)」，请核对") }
        row.match = organisation.id.text
        guard let programme = try? reader.house.organisationProgramme(row.values[Value.programme] ?? "") else {
            return row.refuse("programme", "没有这个项目，可选：\(reader.house.organisationProgrammes.map(\.title).joined(separator: "、"))")
        }
        let period: ClaimPeriod = try row.required(Value.period), basis = row.values[Value.basis] ?? ""
        let standing = try reader.connection.all("""
            SELECT period FROM organisation_claim WHERE organisation_id = \(organisation.id) AND programme = \(programme.name) AND basis = \(basis) AND effective = 1
            """) { try $0.read(0) as ClaimPeriod }
        if let other = standing.first(where: { $0.overlaps(period) }) { row.refuse("period", "\(other.shown)已按这个依据请领过，不能重复") }
    }

    static func enter(_ rows: [ImportRow], _ batch: ImportBatch, at desk: Desk) throws -> ImportTally {
        var tally = ImportTally()
        for row in rows {
            guard row.state == .right else { tally.skipped += 1; continue }
            try tally.add(row, at: desk) { tally in
                let organisation = try desk.find(try row.required(match: Organisation.self)), fen: Money = Money(fen: Int64(row.values[Value.amount] ?? "") ?? 0)
                try desk.enter(ClaimEntry(id: batch.id(row.line), organisation: organisation, programme: try desk.house.organisationProgramme(row.values[Value.programme] ?? ""),
                                          period: try row.required(Value.period), basis: try row.required(Value.basis), amount: fen))
                tally.entered += 1
            }
        }
        return tally
    }

    static func withdraw(_ row: ImportRow, changed: String?, _ batch: ImportBatch, at desk: Desk) throws -> Bool {
        guard row.state == .right else { return false }
        let id: ID<OrganisationClaim> = batch.id(row.line)
        let run: String? = try desk.connection.value("SELECT run_id FROM organisation_claim WHERE id = \(id)")
        guard run == nil else { throw Refusal.conflict("这笔请领已列入发放批次") }
        return try desk.connection.run("UPDATE organisation_claim SET effective = NULL, withdrawn_on = \(desk.today) WHERE id = \(id) AND effective = 1") > 0
    }
}
