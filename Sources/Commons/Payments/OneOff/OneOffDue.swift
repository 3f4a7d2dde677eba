import Kernel
import Storage
import Values

/// 一次性发放名单。Who is to receive how much under which name: brought by a table or typed, before any batch. Only its name is used; a row of SQL.
public enum OneOffDue {}

/// One person of a list, before he is a row.
struct DueEntry {
    let id: ID<OneOffDue>, name: OneOffName, person: ID<Person>, payee: ID<Person>, amount: Money, basis: String
}

extension Desk {
    /// Once for each name and person while it stands.
    func enter(_ due: DueEntry) throws {
        let person = try standing(due.person), payee = try standing(due.payee)
        try requireScope(person.region, person.livingIn, of: "这个人")
        if let fault = try listingFault(due.name, person) { throw Refusal.conflict(fault) }
        guard due.amount > .zero, due.amount <= Amount.mostOfOne else { throw Refusal.invalid("金额应大于零，一人最多 \(Amount.mostOfOne.shown)") }
        do {
            _ = try connection.savepoint {
                try connection.run("""
                    INSERT INTO one_off_due (id, name, person_id, payee_id, amount_fen, basis, region, listed_on, listed_by_name, effective)
                    VALUES (\(due.id), \(due.name), \(person.id), \(payee.id), \(due.amount), \(due.basis), \(person.region), \(today), \(actor.name), 1)
                    """)
            }
        } catch StorageError.unique { throw Refusal.conflict("\(person.name.shown)刚刚由别人列入同一名单") }
    }
}

extension Reader {
    /// Why a person can't be put on a list; nil when he can.
    func listingFault(_ name: OneOffName, _ person: Person) throws -> String? {
        if let diedOn = person.diedOn { return "\(person.name.shown)已于\(diedOn.shown)去世" }
        let listed = try connection.first("""
            SELECT d.listed_on, f.number FROM one_off_due AS d LEFT JOIN case_file AS f ON f.id = d.run_id
            WHERE d.name = \(name) AND \(try concerning("d.person_id", person.id)) AND d.effective = 1
            """) { (on: try $0.read(0) as CivilDate, run: try $0.read(1) as String?) }
        if let listed { return "\(person.name.shown)已在\(listed.on.shown)列入名单 \(name.code)\(listed.run.map { "（批次 \($0)）" } ?? "")，同一名目只发一次" }
        let paid: String? = try connection.value("""
            SELECT f.number FROM payment_claim AS c JOIN case_file AS f ON f.id = c.run_id
            WHERE c.programme = \(name.programme) AND \(try concerning("c.person_id", person.id)) AND c.effective = 1
            """)
        return paid.map { "\(person.name.shown)已由批次 \($0) 按同一名目发放" }
    }
}

/// 列入一次性发放名单。Typed: one person a line, his number and the amount; checked whole, and nothing is entered when a line is wrong.
struct ListOneOff: Action {
    let batch: ID<OneOffDue>
    let region: RegionCode
    let name: OneOffName
    let basis: String
    let people: LongText

    static let title = "列入一次性发放名单"
    static let guidance = """
        一行一人：公民身份号码、空格、金额（元）；由别人代收的，再空一格写收款人的身份号码。人多的请导入表格。
        全部核对无误才登记；有一行不对，一行也不登记。列入之后由「按名单一次性发放」列入批次。
        """
    static let roles: Set<Role> = .payingClerks
    static let subject = Subject<ListOneOff>.new(in: \.region)
    static let shape = Shape<ListOneOff> {
        Field(.newOneOffDue, \.batch)
        Field(.region, \.region)
        Field(.oneOffName, \.name)
        Field(.oneOffBasis, \.basis)
        Field(.listedPeople, \.people)
    }

    init(from reading: Reading<ListOneOff>) throws(Refusal) {
        batch = try reading(.newOneOffDue)
        region = try reading(.region)
        name = try reading(.oneOffName)
        basis = try reading(.oneOffBasis)
        people = try reading(.listedPeople)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let cells = people.text.split(whereSeparator: \.isNewline).map { line in
            line.split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == "，" }).map(String.init)
        }
        let lines = cells.filter { !$0.isEmpty }
        let ids = ImportBatch(batch)
        var faults: [String] = [], seen: [ID<Person>: Int] = [:], entries: [DueEntry] = []
        for (place, cells) in lines.enumerated() {
            do {
                let entry = try self.entry(cells, ids.id(place), desk)
                if let earlier = seen.updateValue(place + 1, forKey: entry.person) { throw Refusal.invalid("与第 \(earlier) 行是同一个人") }
                entries.append(entry)
            } catch let refusal as Refusal where refusal.kind != .busy { faults.append("第 \(place + 1) 行：\(refusal.message)") }
        }
        guard faults.isEmpty else { throw Refusal.invalid(faults.prefix(20).joined(separator: "；") + "。一行也没有登记").at(["people"]) }
        for entry in entries { try desk.enter(entry) }
        let sum = entries.reduce(Money.zero) { $0 + $1.amount }
        return Outcome(batch, "已列入名单 \(name.code)：\(entries.count) 人 \(sum.shown)。下一步：「按名单一次性发放」", link: "/payments/one-off-dues?name=\(name.code)")
    }

    private func entry(_ cells: [String], _ id: ID<OneOffDue>, _ desk: Desk) throws -> DueEntry {
        guard (2 ... 3).contains(cells.count) else { throw Refusal.invalid("应写身份号码和金额，代收的再写收款人的身份号码") }
        let found = try person(cells[0], desk), amount = try Amount(typed: cells[1]).money
        guard amount > .zero, amount <= Amount.mostOfOne else { throw Refusal.invalid("金额应大于零，一人最多 \(Amount.mostOfOne.shown)") }
        guard desk.actor.covers(found.region) || found.livingIn.map(desk.actor.covers) ?? false else { throw Refusal.absent("没有登记这个身份号码，或者不在您的管辖范围内") }
        if let fault = try desk.listingFault(name, found) { throw Refusal.conflict(fault) }
        let payee = cells.count == 3 ? try person(cells[2], desk).id : found.id
        return DueEntry(id: id, name: name, person: found.id, payee: payee, amount: amount, basis: basis)
    }

    private func person(_ typed: String, _ desk: Desk) throws -> Person {
        let index = try desk.blindIndex(try ResidentID(typed: typed)).storedText
        guard let known = try desk.person(indexed: index) else { throw Refusal.absent("没有登记这个身份号码，或者不在您的管辖范围内") }
        return try desk.standing(known.id)
    }
}

/// 从名单中撤下。Before the person is in a run.
struct StrikeOneOff: Action {
    let due: ID<OneOffDue>
    let reason: String

    static let title = "从名单中撤下"
    static let guidance = "列错了的，列入批次之前可以撤下，写明原因。"
    static let roles: Set<Role> = [.countyReviewer, .countyApprover]
    static let subject = Subject<StrikeOneOff>.located("due") { act, reader in
        let region: RegionCode? = try reader.connection.value("SELECT region FROM one_off_due WHERE id = \(act.due)")
        guard let region else { throw Refusal.absent("名单里找不到这一行") }
        return Located(id: act.due.text, region: region)
    }
    static let shape = Shape<StrikeOneOff> {
        Field(.oneOffDue, \.due)
        Field(.withdrawReason, \.reason)
    }

    init(from reading: Reading<StrikeOneOff>) throws(Refusal) {
        due = try reading(.oneOffDue)
        reason = try reading(.withdrawReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        guard try desk.connection.run("UPDATE one_off_due SET effective = NULL WHERE id = \(due) AND effective = 1 AND run_id IS NULL") > 0 else {
            throw Refusal.outOfOrder("这一行已经撤下，或者已列入批次；批次签批之前可以先放弃批次")
        }
        return Outcome(due, "已从名单中撤下：\(reason)", link: "/payments/one-off-dues")
    }
}

/// 一次性发放名单台账。
let oneOffDues = Listing("one-off-dues", "一次性发放名单", of: OneOffDueRow.self, sorted: [.ascending(Term<ID<OneOffDue>>.oneOffDueID)],
                         filters: [.equals(.oneOffName), .search("姓名或拼音首字母", owner: "person_id", in: "person_search"), .equals(.isInRun), .within(.region)],
                         totals: [.count("人"), .sum(.paidFen, "金额")], roles: .paymentReaders, emptyText: "导入或者列入的一次性发放名单会列在这里",
                         link: { "/payments/payees/\($0.text("person_id") ?? "")" }, subject: .oneOffDue) { query in
    """
    SELECT d.id AS id, p.name AS payee_name, d.person_id AS person_id, d.name AS name, d.amount_fen AS amount_fen, d.basis AS basis, d.listed_on AS listed_on, d.region AS region,
           CASE WHEN d.run_id IS NULL THEN 0 ELSE 1 END AS in_run, f.number AS case_number
    FROM one_off_due AS d JOIN person AS p ON p.id = d.person_id LEFT JOIN case_file AS f ON f.id = d.run_id WHERE d.effective = 1 AND \(query.within("d.region"))
    """
}

struct OneOffDueRow: Shaped {
    let id: ID<OneOffDue>, who: PersonName, person: ID<Person>, name: OneOffName, amount: Money, basis: String, on: CivilDate, isInRun: Bool, run: String?, region: RegionCode

    static let shape = Shape<OneOffDueRow> {
        Field(.listedName, \.who)
        Field(.oneOffName, \.name)
        Field(.paidFen, \.amount)
        Field(.oneOffBasis, \.basis)
        Field(.listedOn, \.on)
        Field(.isInRun, \.isInRun)
        Field(.runNumber, \.run)
        Field(.region, \.region)
        Field(.personID, \.person)
        Field(.oneOffDueID, \.id)
    }

    init(from reading: Reading<OneOffDueRow>) throws(Refusal) {
        id = try reading(.oneOffDueID)
        who = try reading(.listedName)
        person = try reading(.personID)
        name = try reading(.oneOffName)
        amount = try reading(.paidFen)
        basis = try reading(.oneOffBasis)
        on = try reading(.listedOn)
        isInRun = try reading(.isInRun)
        run = try reading(.runNumber)
        region = try reading(.region)
    }
}

extension Term where Value == ID<OneOffDue> {
    static var newOneOffDue: Term<ID<OneOffDue>> { Term("due", "名单编号", .made) }
    static var oneOffDue: Term<ID<OneOffDue>> { Term("due", "名单的一行", .carried) }
    static var oneOffDueID: Term<ID<OneOffDue>> { Term("id", "内部编号", .made) }
}
extension Term where Value == LongText {
    static var listedPeople: Term<LongText> { Term("people", "人员和金额", hint: "一行一人：身份号码 金额 [收款人身份号码]") }
}
extension Term where Value == PersonName {
    static var listedName: Term<PersonName> { Term("payee_name", "姓名") }
}
extension Term where Value == CivilDate {
    static var listedOn: Term<CivilDate> { Term("listed_on", "列入日期") }
}
extension Term where Value == Bool {
    static var isInRun: Term<Bool> { Term("in_run", "已列入批次") }
}
