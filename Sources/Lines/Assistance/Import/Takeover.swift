import Commons
import Kernel
import Storage
import Values

/// 迁入。Holds a row of an older roster against the registers, and opens its allowance with the amount that was decided there.
extension Reader {
    private typealias Value = ImportedRecipient.Value

    func compare(_ row: inout ImportRow, _ ground: ImportGround) throws {
        guard let head = try row.person(Value.index, named: Value.name, at: "head_number", self) else { return }
        guard let household = try household(of: head), try canonical(household.head) == head else {
            return row.refuse("head_number", "这个人还不是任何一户的户主，请先导入家庭，或核对户主")
        }
        guard ground.actor.covers(household.region) else { return row.refuse("head_number", "这一户不在您的管辖范围内") }
        row.values[Value.household] = household.id.text
        let members = try members(of: household.id).map(\.person)
        guard let people = try covered(&row, members) else { return }
        if let known = try first(Allowance.self, where: "household_id = \(household.id) AND id IN (SELECT allowance_id FROM allowance_member WHERE until_month IS NULL)") {
            return try hold(&row, against: known)
        }
        for person in people {
            if let number = try runningAllowance(of: person.id) { return row.refuse("covered", "\(person.name.shown)已在享受最低生活保障，编号 \(number)") }
            if person.diedOn != nil { return row.refuse("covered", "\(person.name.shown)已登记死亡，请核对保障人员") }
        }
        row.values[Value.people] = people.map(\.id.text).joined(separator: " ")
        guard let payee = members.first(where: { $0.name.text == row.values[Value.holder] }) else {
            return row.refuse("holder", "开户名不是户内成员，请核对；由他人代领的，导入后另行登记收款账户")
        }
        row.values[Value.payee] = payee.id.text
        try requireReview(&row, household)
    }

    /// Those covered, all of them of the household.
    private func covered(_ row: inout ImportRow, _ members: [Person]) throws -> [Person]? {
        var people = members.filter { $0.diedOn == nil }
        if let listed = row.values[Value.covered] {
            people = []
            for index in listed.split(separator: " ") {
                let id: ID<Person>? = try connection.value("SELECT coalesce(merged_into, id) FROM person WHERE resident_index = \(String(index))")
                guard let member = members.first(where: { $0.id == id }) else {
                    row.refuse("covered", "保障人员里有人不是这一户的成员，请先导入家庭成员，或核对号码")
                    return nil
                }
                people.append(member)
            }
        }
        if let count = row.values[Value.count].flatMap(Int.init), count != people.count {
            row.refuse("member_count", "保障人数填 \(count)，按家庭登记应为 \(people.count)，请核对")
            return nil
        }
        return people
    }

    /// The same household with the same amount is there already; another amount is a fault.
    private func hold(_ row: inout ImportRow, against known: Allowance) throws {
        let due = try due(known.id, in: today.monthOf)
        guard row.values[Value.monthly] == String(due.fen) else { return row.refuse("monthly_fen", "这一户已在享受，每月 \(due.shown)，与表中不同，请核对") }
        row.state = .present
        row.match = known.id.text
    }

    private func requireReview(_ row: inout ImportRow, _ household: Household) throws {
        guard row.values[Value.review] == nil else { return }
        do {
            let law = try lawOn(today, household.region, Residence(household.area), self)
            row.values[Value.review] = try reviewDue(try row.required(Value.group), last: today.monthOf, under: law).typed
        } catch let refusal as Refusal {
            row.refuse("next_review_month", "没有规定可以推算下次复核月，请填写。\(refusal.message)")
        }
    }
}

extension Desk {
    private typealias Value = ImportedRecipient.Value

    /// Opens an allowance that was decided elsewhere: facts as they were handed over, the amount as it was, no decision of ours.
    func takeOver(_ row: ImportRow, _ batch: ImportBatch) throws {
        let household = try find(row.required(Value.household) as ID<Household>), start: Month = try row.required(Value.start)
        let people: [Person] = try (row.values[Value.people] ?? "").split(separator: " ").compactMap { ID<Person>(rawValue: String($0)) }.map { try find($0) }
        let declaration = try handedOver(batch.id(row.line, part: 1), household, people)
        try insert(declaration)
        let allowance = Allowance(takenOver: batch.id(row.line), household, declaration.id, class: try row.required(Value.group),
                                  confirmedOn: try row.required(Value.confirmed), nextReview: try row.required(Value.review))
        try insert(allowance)
        guard let fen = row.values[Value.monthly].flatMap(Int64.init) else { throw Refusal.absent("暂存的行缺少金额，请取消后重新上传") }
        try pay(allowance.id, [(start, Money(fen: fen))], by: nil)
        try enroll(people.map(\.id), in: allowance.id, from: start)
        try openCase(allowanceProcess, for: allowance.id, title: "\(try find(household.head).name.shown)户", in: household.region)
        try enter(PaymentAccount(batch.id(row.line, part: 2), of: try row.required(Value.payee), holder: try row.required(Value.holder), bank: row.values[Value.bank] ?? "",
                                 number: try row.required(Value.account), index: try row.required(Value.accountIndex), region: household.region, from: today))
    }

    private func handedOver(_ id: ID<Declaration>, _ household: Household, _ people: [Person]) throws -> Declaration {
        let relations = Dictionary(try members(of: household.id).map { ($0.person.id, $0.membership.relation) }, uniquingKeysWith: { first, _ in first })
        let members = people.enumerated().map { place, person in
            RawRow(key: "m\(place + 1)", fields: [
                "person_id": .stored(person.id.stored), "name": .stored(person.name.stored), "born_on": .stored(person.bornOn.stored),
                "kinship": .stored((relations[person.id] ?? .other).kinship.stored),
            ])
        }
        return try Declaration(from: Reading([
            "id": .stored(id.stored), "household_id": .stored(household.id.stored), "source": .stored(DeclarationSource.takenOver.stored),
            "as_of": .stored(today.stored), "area": .stored(household.area.stored), "members": .rows(members),
            "note": .typed("由原系统迁入；收入、财产没有在本系统申报和核实"), "known_at": .stored(now.stored),
        ]))
    }

    /// Takes an imported allowance out again, where nothing has been done on it.
    func giveBack(_ id: ID<Allowance>, declaration: ID<Declaration>, account: ID<PaymentAccount>) throws -> Bool {
        guard let allowance = try first(Allowance.self, where: "id = \(id)") else { return false }
        let file = try caseFile(id), reviews = try reviews(of: id).count, decisions = try decisions(of: id.text).count
        guard file.version == 1, reviews + decisions == 0, allowance.declaration == declaration, allowance.pending == nil else {
            throw Refusal.conflict("\(file.number) 导入之后已经办过事，不能撤回")
        }
        try connection.run("DELETE FROM payment_account WHERE id = \(account)")
        try connection.run("DELETE FROM allowance_period WHERE allowance_id = \(id)")
        try connection.run("DELETE FROM allowance_member WHERE allowance_id = \(id)")
        try connection.run("DELETE FROM allowance WHERE id = \(id)")
        try connection.run("DELETE FROM declaration_member WHERE parent_id = \(declaration)")
        try connection.run("DELETE FROM declaration WHERE id = \(declaration)")
        try connection.run("DELETE FROM case_file WHERE id = \(id)")
        return true
    }
}

extension Reader {
    /// 迁入后还没有在本系统核定过。Nothing here says what the household's means are, so nothing here may reckon its amount.
    func isTakenOverUnjudged(_ allowance: Allowance) throws -> Bool {
        guard allowance.application == nil else { return false }
        return try find(allowance.declaration).source == .takenOver
    }
}

extension Allowance {
    init(takenOver id: ID<Allowance>, _ household: Household, _ declaration: ID<Declaration>, class group: HouseholdClass, confirmedOn: CivilDate, nextReview: Month) {
        self.id = id
        self.household = household.id
        (application, head, region, area, ground) = (nil, household.head, household.region, household.area, nil)
        (householdClass, self.confirmedOn, self.nextReview) = (group, confirmedOn, nextReview)
        (self.declaration, pending, changedOn) = (declaration, nil, nil)
    }
}

extension Relation {
    /// Seen from the head of the household, himself included.
    fileprivate var kinship: Kinship {
        switch self {
        case .head: .applicant
        case .spouse: .spouse
        case .son, .daughter: .child
        case .grandchild: .grandchild
        case .parent: .parent
        case .grandparent: .grandparent
        case .sibling: .sibling
        case .other: .other
        }
    }
}
