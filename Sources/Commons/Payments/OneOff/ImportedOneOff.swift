import Kernel
import Storage
import Values

/// 一次性发放名单表的一行：春节慰问金、一次性生活补助、价格临时补贴。
struct ImportedOneOff: Importing {
    let person: ResidentID
    let personName: PersonName
    let name: OneOffName
    let amount: Amount
    let basis: String
    let payee: ResidentID?

    static let name = "one-off-lists"
    static let title = "一次性发放名单"
    static let guidance = """
        一人一行：身份号码、姓名、名目代码（同一次发放写同一个代码，如 festival-2024）、金额、依据。由别人代收的填收款人身份号码。
        名单里的人须已登记；同一名目一人只发一次。有一行不对，整表不登记；错处逐行列出，可以下载带「错误」列的表改好再传。
        """
    static let uploaders: Set<Role> = [.townshipReviewer, .countyReviewer]
    static let confirmers: Set<Role> = [.countyReviewer, .countyApprover]
    static let mayEnterPartly = false
    static let keyColumn = "resident_id"
    static let synonyms = [
        "resident_id": ["身份证号", "公民身份号码", "身份号码", "证件号码"], "listed_name": ["姓名", "领取人"], "name": ["名目代码", "代码", "批次代码"],
        "amount_fen": ["金额", "发放金额", "补助金额", "慰问金额"], "basis": ["依据", "文件", "文号"], "payee_resident_id": ["收款人身份证号", "代收人身份证号"],
    ]
    static let samples = [["resident_id": "000181198001010018", "listed_name": "张示例", "name": "festival-2024", "amount_fen": "500.00", "basis": "示民发〔2024〕2号"]]
    static let shape = Shape<ImportedOneOff> {
        Field(.residentID, \.person)
        Field(.importedName, \.personName)
        Field(.oneOffName, \.name)
        Field(.oneOffAmount, \.amount)
        Field(.oneOffBasis, \.basis)
        Field(.payeeNumber, \.payee)
    }

    init(from reading: Reading<ImportedOneOff>) throws(Refusal) {
        person = try reading(.residentID)
        personName = try reading(.importedName)
        name = try reading(.oneOffName)
        amount = try reading(.oneOffAmount)
        basis = try reading(.oneOffBasis)
        payee = try reading(.payeeNumber)
    }

    private enum Value { static let index = 0, who = 1, name = 2, amount = 3, basis = 4, payeeIndex = 5, payee = 6 }

    func drafted(on line: Int, _ ground: ImportGround) throws(Refusal) -> ImportRow {
        try amount.requirePayable(at: "amount_fen")
        let index = try ground.index(person)
        return ImportRow(line: line, key: "\(index) \(name.code)", values: [
            index, personName.text, name.code, String(amount.money.fen), basis, try payee.map { number throws(Refusal) in try ground.index(number) }, nil,
        ])
    }

    static func compare(_ rows: inout [ImportRow], _ ground: ImportGround, at reader: Reader) throws {
        for place in rows.indices where rows[place].state == .right { try compare(&rows[place], ground, at: reader) }
    }

    private static func compare(_ row: inout ImportRow, _ ground: ImportGround, at reader: Reader) throws {
        guard let person = try covered(row.values[Value.index] ?? "", ground, reader) else {
            return row.refuse("resident_id", "没有登记这个身份号码，或者不在您的管辖范围内；请先登记人员")
        }
        guard person.name.text == row.values[Value.who] else { return row.refuse("listed_name", "姓名与登记的不同，请核对证件") }
        row.match = person.id.text
        if let fault = try reader.listingFault(try row.required(Value.name), person) { return row.refuse("resident_id", fault) }
        guard let index = row.values[Value.payeeIndex] else { return row.values[Value.payee] = person.id.text }
        guard let payee = try covered(index, ground, reader) else { return row.refuse("payee_resident_id", "收款人没有登记，或者不在您的管辖范围内") }
        guard payee.diedOn == nil else { return row.refuse("payee_resident_id", "收款人已登记死亡") }
        row.values[Value.payee] = payee.id.text
    }

    private static func covered(_ index: String, _ ground: ImportGround, _ reader: Reader) throws -> Person? {
        guard let known = try reader.person(indexed: index) else { return nil }
        let person = try reader.standing(known.id)
        return ground.actor.covers(person.region) || person.livingIn.map(ground.actor.covers) ?? false ? person : nil
    }

    static func enter(_ rows: [ImportRow], _ batch: ImportBatch, at desk: Desk) throws -> ImportTally {
        var tally = ImportTally()
        for row in rows {
            guard row.state == .right else { tally.skipped += 1; continue }
            try tally.add(row, at: desk) { tally in
                try desk.enter(DueEntry(id: batch.id(row.line), name: try row.required(Value.name), person: try row.required(match: Person.self),
                                        payee: try row.required(Value.payee), amount: Money(fen: Int64(row.values[Value.amount] ?? "") ?? 0), basis: row.values[Value.basis] ?? ""))
                tally.entered += 1
            }
        }
        return tally
    }

    static func withdraw(_ row: ImportRow, changed: String?, _ batch: ImportBatch, at desk: Desk) throws -> Bool {
        guard row.state == .right else { return false }
        let id: ID<OneOffDue> = batch.id(row.line)
        let run: String? = try desk.connection.value("SELECT run_id FROM one_off_due WHERE id = \(id)")
        guard run == nil else { throw Refusal.conflict("这一行已列入发放批次") }
        return try desk.connection.run("UPDATE one_off_due SET effective = NULL WHERE id = \(id) AND effective = 1") > 0
    }
}

extension Term where Value == PersonName {
    static var importedName: Term<PersonName> { Term("listed_name", "姓名") }
}
extension Term where Value == Amount {
    static var oneOffAmount: Term<Amount> { Term("amount_fen", "金额", hint: "元") }
}
extension Term where Value == ResidentID {
    static var payeeNumber: Term<ResidentID> { Term("payee_resident_id", "收款人身份号码", hint: "由别人代收的才填") }
}
