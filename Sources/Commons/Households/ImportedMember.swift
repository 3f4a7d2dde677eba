import Kernel
import Storage
import Values

/// 家庭成员表的一行。
struct ImportedMember: Importing {
    let number: String?
    let head: ResidentID?
    let member: ResidentID
    let memberName: PersonName
    let relation: Relation
    let from: CivilDate?

    static let name = "memberships"
    static let title = "家庭成员"
    static let guidance = """
        一人一行，户主本人不用再列。户号和户主身份号码填一个：户号须在导入家庭时填过。
        成员须已在人员中登记（先导入人员），身份号码和姓名都要相符。
        加入日期不填的，按导入当天。已经是这一户成员的不重复登记；在另一户的列为错误。
        """
    static let uploaders: Set<Role> = .importers
    static let confirmers: Set<Role> = [.countyReviewer, .countyApprover]
    static let mayEnterPartly = true
    static let keyColumn = "member_number"
    static let synonyms = [
        "household_number": ["户编号", "家庭编号"], "head_number": ["户主身份证号", "户主身份证号码"], "member_number": ["身份证号", "身份证号码", "公民身份号码", "成员身份证号"],
        "member_name": ["姓名", "成员"], "relation": ["关系", "与户主的关系", "家庭关系"], "from_on": ["加入时间", "迁入日期"],
    ]
    static let samples = [["household_number": "H0001", "member_number": "000181200503050017", "member_name": "张小示", "relation": "子", "from_on": "2005-03-05"]]
    static let shape = Shape<ImportedMember> {
        Field(.householdNumber, \.number)
        Field(.headNumber, \.head)
        Field(.importedMemberNumber, \.member)
        Field(.importedMemberName, \.memberName)
        Field(.relation, \.relation)
        Field(.importedJoinedOn, \.from)
    }

    init(from reading: Reading<ImportedMember>) throws(Refusal) {
        number = try reading(.householdNumber)
        head = try reading(.headNumber)
        member = try reading(.importedMemberNumber)
        memberName = try reading(.importedMemberName)
        relation = try reading(.relation)
        from = try reading(.importedJoinedOn)
    }

    private enum Value { static let index = 0, name = 1, head = 2, number = 3, relation = 4, from = 5, person = 6, household = 7 }

    func drafted(on line: Int, _ ground: ImportGround) throws(Refusal) -> ImportRow {
        guard number != nil || head != nil else { throw Refusal.invalid("请填写户号或户主身份号码").at(["head_number"]) }
        let from = from ?? max(member.birth, ground.today)
        guard from <= ground.today else { throw Refusal.invalid("加入日期晚于今天，请核对").at(["from_on"]) }
        guard from >= member.birth else { throw Refusal.invalid("加入日期早于出生日期（\(member.birth.shown)），请核对").at(["from_on"]) }
        let index = try ground.index(member)
        return ImportRow(line: line, key: index, values: [
            index, memberName.text, try head.map { number throws(Refusal) in try ground.index(number) }, number, relation.rawValue, from.typed, nil, nil,
        ])
    }

    static func compare(_ rows: inout [ImportRow], _ ground: ImportGround, at reader: Reader) throws {
        for place in rows.indices where rows[place].state == .right {
            guard let person = try rows[place].person(Value.index, named: Value.name, at: "member_number", reader),
                  let household = try household(of: &rows[place], ground, reader) else { continue }
            rows[place].values[Value.person] = person.text
            rows[place].values[Value.household] = household.text
            guard let known = try reader.household(of: person) else { continue }
            if known.id == household {
                rows[place].state = .present
                rows[place].match = household.text
            } else {
                rows[place].refuse("member_number", "这个人已登记在另一户里，请先办理离开")
            }
        }
    }

    /// By the number of the older register, or by the head.
    private static func household(of row: inout ImportRow, _ ground: ImportGround, _ reader: Reader) throws -> ID<Household>? {
        var found: ID<Household>?, term = "household_number"
        if let number = row.values[Value.number] {
            found = try reader.outsideNumber(.household, number)
        } else if let head = row.values[Value.head] {
            term = "head_number"
            found = try reader.person(indexed: head).flatMap { try reader.household(of: $0.id)?.id }
        }
        guard let found else {
            row.refuse(term, "没有找到这一户，请先导入家庭，或核对户号、户主身份号码")
            return nil
        }
        guard ground.actor.covers(try reader.find(found).region) else {
            row.refuse(term, "这一户不在您的管辖范围内")
            return nil
        }
        return found
    }

    static func enter(_ rows: [ImportRow], _ batch: ImportBatch, at desk: Desk) throws -> ImportTally {
        var tally = ImportTally()
        for row in rows {
            guard row.state == .right else { tally.skipped += 1; continue }
            try tally.add(row, at: desk) { tally in
                let id = try desk.enter(MembershipEntry(try row.required(Value.person), in: try row.required(Value.household), as: try row.required(Value.relation),
                                                        from: try row.required(Value.from)))
                tally.entered += 1
                tally.changes.append(.init(row.line, id.text))
            }
        }
        return tally
    }

    static func withdraw(_ row: ImportRow, changed: String?, _ batch: ImportBatch, at desk: Desk) throws -> Bool {
        guard let id = changed.flatMap(ID<Membership>.init(rawValue:)), let membership = try desk.first(Membership.self, where: "id = \(id)") else { return false }
        guard membership.retractedAt == nil else { throw Refusal.conflict("导入之后这条成员关系已经变更") }
        try desk.connection.run("DELETE FROM membership WHERE id = \(id)")
        return true
    }
}

extension Term where Value == ResidentID {
    static var importedMemberNumber: Term<ResidentID> { Term("member_number", "成员身份号码", hint: "18 位") }
}
extension Term where Value == PersonName {
    static var importedMemberName: Term<PersonName> { Term("member_name", "成员姓名") }
}
extension Term where Value == CivilDate {
    static var importedJoinedOn: Term<CivilDate> { Term("from_on", "加入日期") }
}
