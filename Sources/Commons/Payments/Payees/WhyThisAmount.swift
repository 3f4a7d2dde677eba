import Kernel
import Storage
import Values

/// 为什么是这个数。What a person received for a month, and why not what it was before, in sentences from the ledger and the rules.
struct WhyThisAmount: Inquiry {
    let person: String
    let month: Month

    static let title = "为什么是这个数"
    static let guidance = "写明人员和发放月份，逐项说明发了多少、与上月差在哪里、依据什么、是否到账。"
    static let roles: Set<Role> = .caseworkers.union([.finance, .leader, .auditor])
    static let shape = Shape<WhyThisAmount> {
        Field(.askedPerson, \.person)
        Field(.benefitMonth, \.month)
    }

    init(from reading: Reading<WhyThisAmount>) throws(Refusal) {
        person = try reading(.askedPerson)
        month = try reading(.benefitMonth)
    }

    func answer(at reader: Reader) throws -> AmountAnswer {
        let person = try reader.person(typed: person, "person")
        try reader.requireScope(person.region, person.livingIn, of: "这个人")
        let lines = try reader.paidLines(of: person.id, paidIn: month)
        let told = try lines.flatMap { try reader.sentences(of: $0) }
        return AmountAnswer(total: lines.reduce(.zero) { $0 + $1.amount }, sentences: told.enumerated().map { AmountSentence($0, $1) })
    }
}

struct AmountAnswer: Shaped {
    let total: Money
    let sentences: [AmountSentence]

    static let shape = Shape<AmountAnswer> {
        Field(.paidFen, \.total)
        Each(.amountSentences, \.sentences)
    }

    init(total: Money, sentences: [AmountSentence]) { (self.total, self.sentences) = (total, sentences) }

    init(from reading: Reading<AmountAnswer>) throws(Refusal) {
        total = try reading(.paidFen)
        sentences = try reading(.amountSentences)
    }
}

struct AmountSentence: Entry, Hashable {
    let key: String
    let text: String

    static let shape = Shape<AmountSentence> { Field(.amountSentence, \.text) }

    init(from reading: Reading<AmountSentence>) throws(Refusal) {
        key = reading.key
        text = try reading(.amountSentence)
    }

    init(_ place: Int, _ text: String) { (key, self.text) = ("s\(place + 1)", text) }
}

/// A line of a roster that concerns a person: as payee, or covered by it.
public struct PaidLine: Sendable, Hashable {
    public let id: ID<PaymentLine>
    let run: ID<PaymentRun>
    public let programme: String
    /// 所属月份, and the month in which it was paid.
    public let month: Month, paidIn: Month
    let subject: String
    public let people: Int
    public let reason: LineReason
    public let code: CheckCode?
    public let due: Money, previous: Money, offset: Money, amount: Money
    let title: String
    /// When it was credited; nil before.
    public let creditedOn: CivilDate?
    public let failure: ReturnCode?
    let isSigned: Bool

    init(_ row: Row) throws {
        id = try row.read(0)
        run = try row.read(1)
        programme = try row.read(2)
        month = try row.read(3)
        paidIn = try row.read(4)
        subject = try row.read(5)
        people = try row.read(6)
        reason = try row.read(7)
        code = try row.read(8)
        due = try row.read(9)
        previous = try row.read(10)
        offset = try row.read(11)
        amount = try row.read(12)
        title = try row.read(13)
        creditedOn = try row.read(14)
        failure = try row.read(15)
        isSigned = !RunState.unsigned.contains { $0.name == row.text(16) }
    }
}

extension Reader {
    /// Every line that pays this person or covers him, newest first; of one month, or of all.
    public func paidLines(of person: ID<Person>, paidIn month: Month? = nil) throws -> [PaidLine] {
        let inMonth: Statement = month.map { " AND r.month = \($0)" } ?? .empty
        return try connection.all("""
            SELECT l.id, l.run_id, l.programme, l.month, r.month, l.subject, l.people, l.reason, l.code, l.due_fen, l.previous_fen, l.offset_fen, l.amount_fen, r.title,
                   (SELECT max(f.on_day) FROM payment_result AS f WHERE f.line_id = l.id AND f.credited = 1),
                   (SELECT max(f.code) FROM payment_result AS f WHERE f.line_id = l.id AND f.credited = 0), c.state
            FROM payment_line AS l JOIN payment_run AS r ON r.id = l.run_id JOIN case_file AS c ON c.id = r.id
            WHERE c.state <> 'abandoned'\(inMonth) AND l.id IN (
              SELECT id FROM payment_line WHERE \(try concerning("payee_id", person)) UNION SELECT line_id FROM payment_claim WHERE \(try concerning("person_id", person)))
            ORDER BY r.month DESC, l.programme, l.month DESC, l.id DESC
            """, PaidLine.init)
    }

    /// One line in sentences.
    func sentences(of line: PaidLine) throws -> [String] {
        let programme = house.programmes.first { $0.name == line.programme }
        let title = programme?.title ?? line.title, who = line.people > 1 ? "（\(line.people) 人）" : ""
        var told = [Self.head(line, "\(line.month.shown)\(title)\(who)")]
        if let programme, line.due > .zero { told += try programme.explain(line.subject, line.month, self) }
        if let receiver = try receiver(of: line) { told.append(receiver) }
        if line.offset > .zero { told.append("按约定抵扣此前多发的 \(line.offset.shown)。") }
        if let code = line.code { told.append("\(code.label)：\(CheckCode.overlaps.contains(code) ? try overlapDetail(line.id) ?? code.remedy : code.remedy)。") }
        told.append(contentsOf: Self.arrival(line))
        return told
    }

    /// Who received it in place of the payee, and by what.
    private func receiver(of line: PaidLine) throws -> String? {
        let found = try connection.first("""
            SELECT DISTINCT y.name, i.payee_was, l.payee_id FROM payment_line AS l JOIN payment_input AS i
              ON i.run_id = l.run_id AND i.programme = l.programme AND i.month = l.month AND i.subject = l.subject
            JOIN person AS y ON y.id = l.payee_id WHERE l.id = \(line.id) AND l.payee_id <> coalesce(i.payee_was, '') AND (i.payee_was IS NOT NULL OR l.payee_id <> i.payee_id)
            """) { (name: $0.text(0), base: $0.optionalText(1), payee: $0.text(2)) }
        guard let found, line.amount > .zero else { return nil }
        let why: PayeeReason? = try connection.value("SELECT reason FROM payee_change WHERE payee_id = \(found.payee) ORDER BY id DESC LIMIT 1")
        return "付到\(found.name)的账户\(why.map { "（\($0.label)）" } ?? "")。"
    }

    /// What the check wrote down about the other benefit.
    private func overlapDetail(_ line: ID<PaymentLine>) throws -> String? {
        let codes = CheckCode.overlaps.map { "\($0)" as Statement }.joined(", ")
        return try connection.value("SELECT detail FROM payment_finding WHERE line_id = \(line) AND code IN (\(codes)) AND resolved_at IS NULL ORDER BY id DESC LIMIT 1")
    }

    private static func head(_ line: PaidLine, _ what: String) -> String {
        switch line.reason {
        case .continued: "\(what)发 \(line.amount.shown)，与上月相同。"
        case .new: "\(what)发 \(line.amount.shown)\(line.amount == line.due ? "" : "（应发 \(line.due.shown)）")，上月没有这一项。"
        case .changed: "\(what)应发 \(line.due.shown)，上月 \(line.previous.shown)，\(difference(line.due - line.previous))；实发 \(line.amount.shown)。"
        case .arrears: "补发\(what) \(line.amount.shown)：当时少发的部分。"
        case .held: "\(what)应发 \(line.due.shown)，本月暂缓。"
        case .stopped: "\(what)本月不再发放，上月 \(line.previous.shown)。"
        case .recovery where line.due > .zero: "\(what)应发 \(line.due.shown)，抵扣 \(line.offset.shown)，实发 \(line.amount.shown)。"
        case .recovery: "\(what)此前多发 \((.zero - line.due).shown)，另行告知退还办法。"
        }
    }

    private static func difference(_ money: Money) -> String {
        money == .zero ? "没有变化" : money > .zero ? "多 \(money.shown)" : "少 \((.zero - money).shown)"
    }

    private static func arrival(_ line: PaidLine) -> [String] {
        guard line.amount > .zero else { return [] }
        if let on = line.creditedOn { return ["已于\(on.shown)到账。"] }
        if let failure = line.failure { return ["发放渠道退回：\(failure.label)。更正收款账户后补发。"] }
        return [line.isSigned ? "正在发放，尚未到账。" : "还在签批，金额以签批为准。"]
    }
}

extension Term where Value == [AmountSentence] {
    static var amountSentences: Term<[AmountSentence]> { Term("sentences", "说明") }
}
extension Term where Value == String {
    static var amountSentence: Term<String> { Term("text", "说明") }
    static var askedPerson: Term<String> { Term("person", "谁", hint: "公民身份号码；没有身份证的写人员编号") }
}
