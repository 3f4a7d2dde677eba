import Kernel
import Storage
import Values

/// 一次性发放的代码：`one-off.` and what people type.
struct OneOffName: FieldValue {
    static let prefix = "one-off."
    let code: String

    static var kind: FieldKind { .text }
    static var maximumLength: Int { 20 }

    init(typed text: String) throws(Refusal) {
        let isWhole = text.utf8.allSatisfy { (97 ... 122).contains($0) || (48 ... 57).contains($0) || $0 == 45 }
        guard isWhole, (3 ... Self.maximumLength).contains(text.utf8.count) else { throw .invalid("代码用 3 至 20 个小写字母、数字和连字符，如 price-2024-07") }
        code = text
    }

    var typed: String { code }
    init(stored: StoredValue) throws(Refusal) {
        guard case .text(let text) = stored else { throw .invalid("代码应当是文本") }
        try self.init(typed: text)
    }
    var stored: StoredValue { .text(code) }
    /// As a programme of the ledger.
    var programme: String { Self.prefix + code }
}

let oneOffFundShare = Policy<BasisPoints>("one-off-fund-share", "一次性发放的资金分担", variants: FundSource.variants, mayBeSilent: true)

/// 一次性发放：价格临时补贴、春节慰问金、一次性生活补助。The same amount for each person of a computed list; checks, signatures and proof as for a month.
struct OpenOneOff: Action {
    let run: ID<PaymentRun>
    let region: RegionCode
    let title: String
    let name: OneOffName
    let basis: String
    let month: Month
    let programme: String
    let each: Amount
    let channel: ChannelKind

    static let title = "开始一次性发放"
    static let guidance = "发给某月某项目的全部在发人员，每人同样金额；发到各户、各人该月的收款人账户。同一名目一人只发一次。"
    static let roles: Set<Role> = .payingClerks
    static let subject = Subject<OpenOneOff>.new(in: \.region)
    static let shape = Shape<OpenOneOff> {
        Field(.newPaymentRun, \.run)
        Field(.region, \.region)
        Field(.oneOffTitle, \.title)
        Field(.oneOffName, \.name)
        Field(.oneOffBasis, \.basis)
        Field(.oneOffMonth, \.month)
        Field(.oneOffProgramme, \.programme)
        Field(.oneOffEach, \.each)
        Field(.channelKind, \.channel)
    }

    init(from reading: Reading<OpenOneOff>) throws(Refusal) {
        run = try reading(.newPaymentRun)
        region = try reading(.region)
        title = try reading(.oneOffTitle)
        name = try reading(.oneOffName)
        basis = try reading(.oneOffBasis)
        month = try reading(.oneOffMonth)
        programme = try reading(.oneOffProgramme)
        each = try reading(.oneOffEach)
        channel = try reading(.channelKind)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let paid: PaidProgramme
        do { paid = try desk.house.programme(programme) } catch { throw error.at(["programme"]) }
        try each.requirePayable(at: "each_fen")
        guard month <= desk.today.monthOf else { throw Refusal.invalid("还没有到\(month.shown)").at(["month"]) }
        let run = PaymentRun(run, .oneOff, title, month, in: region, channel: channel.rawValue, basis: basis, by: desk)
        let outcome = try desk.open(run, [(name.programme, month, false)])
        let people = try desk.connection.run("""
            INSERT INTO payment_one_off (run_id, subject, person_id, payee_id, amount_fen)
            SELECT \(run.id), l.subject, c.person_id, l.payee_id,
                   \(each) * (SELECT count(*) FROM payment_claim AS d WHERE d.line_id = l.id AND d.effective = 1)
            FROM payment_line AS l JOIN payment_claim AS c ON c.line_id = l.id AND c.effective = 1
            WHERE l.programme = \(paid.name) AND l.month = \(month) AND l.reason NOT IN ('arrears', 'held', 'stopped') AND \(Reader.within("l.region", region))
            """)
        guard people > 0 else { throw Refusal.absent("\(month.shown)没有这个项目的发放名册，请先开月").at(["month"]) }
        return outcome
    }
}

extension Term where Value == OneOffName {
    static var oneOffName: Term<OneOffName> { Term("name", "代码", hint: "小写字母、数字和连字符，如 price-2024-07") }
}
extension Term where Value == String {
    static var oneOffTitle: Term<String> { Term("title", "名称", hint: "如 2024年7月价格临时补贴") }
    static var oneOffBasis: Term<String> { Term("basis", "依据", hint: "文件名称、文号") }
    static var oneOffProgramme: Term<String> { Term("programme", "发给哪个项目的在发人员", hint: "项目名称，如 高龄津贴") }
}
extension Term where Value == Month {
    static var oneOffMonth: Term<Month> { Term("month", "以哪个月的名册为准") }
}
extension Term where Value == Amount {
    static var oneOffEach: Term<Amount> { Term("each_fen", "每人金额", hint: "元") }
}
