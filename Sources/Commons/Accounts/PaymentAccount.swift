import Kernel
import Values

/// 收款账户。Where money for a person goes: the bank, the number (sealed, found by its blind index), in whose name, from when until when.
public struct PaymentAccount: Placed {
    public let id: ID<PaymentAccount>
    /// 收款人。
    public let payee: ID<Person>
    public let holder: PersonName
    public let bank: String
    public let number: Sealed<BankAccount>
    public let numberIndex: BlindIndex<BankAccount>
    public let region: RegionCode
    public let from: CivilDate
    /// The first day on which it is no longer used; nil while it is.
    public var until: CivilDate?

    public static let table = "payment_account"
    public static let title = "收款账户"
    public static let shape = Shape<PaymentAccount> {
        Field(.id, \.id)
        Field(.payeeID, \.payee)
        Field(.accountHolder, \.holder)
        Field(.bankName, \.bank)
        Field(.sealedAccount, \.number)
        Field(.accountIndex, \.numberIndex)
        Field(.region, \.region)
        Field(.from, \.from)
        Field(.until, \.until)
    }

    public init(from reading: Reading<PaymentAccount>) throws(Refusal) {
        id = try reading(.id)
        payee = try reading(.payeeID)
        holder = try reading(.accountHolder)
        bank = try reading(.bankName)
        number = try reading(.sealedAccount)
        numberIndex = try reading(.accountIndex)
        region = try reading(.region)
        from = try reading(.from)
        until = try reading(.until)
    }

    public init(_ id: ID<PaymentAccount>, of payee: ID<Person>, holder: PersonName, bank: String, number: Sealed<BankAccount>, index: BlindIndex<BankAccount>,
                region: RegionCode, from: CivilDate) {
        self.id = id
        self.payee = payee
        self.holder = holder
        self.bank = bank
        self.number = number
        numberIndex = index
        self.region = region
        self.from = from
        until = nil
    }
}

extension Reader {
    /// The account that a payee uses on a day, under any of his identities.
    public func paymentAccount(of payee: ID<Person>, on day: CivilDate) throws -> PaymentAccount? {
        try first(PaymentAccount.self, where: """
            \(try concerning("payee_id", payee)) AND from_on <= \(day) AND (until_on IS NULL OR until_on > \(day)) ORDER BY from_on DESC, id DESC
            """)
    }
}

extension Desk {
    /// Enters an account in place of the one the payee used so far. The same number again changes nothing.
    /// - Returns: whether it is new.
    @discardableResult
    public func enter(_ account: PaymentAccount) throws -> Bool {
        for var earlier in try all(PaymentAccount.self, where: "\(try concerning("payee_id", account.payee)) AND until_on IS NULL ORDER BY id") {
            if earlier.numberIndex == account.numberIndex { return false }
            guard earlier.from < account.from else { throw Refusal.conflict("收款人自\(earlier.from.shown)起已有另一个收款账户，请先核对") }
            earlier.until = account.from
            try update(earlier)
        }
        try insert(account)
        return true
    }
}

/// 收款账户台账。Numbers masked.
let paymentAccounts = Listing("payment-accounts", "收款账户", of: PaymentAccountRow.self, sorted: [.ascending(Term<ID<PaymentAccount>>.id)],
                              filters: [.search("收款人姓名或拼音首字母", owner: "payee_id", in: "person_search"), .within(.region)],
                              totals: [.count("个")], roles: Set<Role>.caseworkers.union([.finance, .auditor, .leader]), emptyText: "登记过的收款账户会出现在这里",
                              link: { "/people/persons/\($0.text("payee_id") ?? "")" }) { query in
    """
    SELECT a.id AS id, a.payee_id AS payee_id, a.holder AS holder, a.bank AS bank, a.number AS number, a.region AS region, a.from_on AS from_on, a.until_on AS until_on
    FROM payment_account AS a WHERE \(query.within("a.region"))
    """
}

struct PaymentAccountRow: Shaped {
    let id: ID<PaymentAccount>, payee: ID<Person>, holder: PersonName, bank: String, number: Sealed<BankAccount>, region: RegionCode, from: CivilDate, until: CivilDate?

    static let shape = Shape<PaymentAccountRow> {
        Field(.accountHolder, \.holder)
        Field(.bankName, \.bank)
        Field(.sealedAccount, \.number)
        Field(.region, \.region)
        Field(.from, \.from)
        Field(.until, \.until)
        Field(.payeeID, \.payee)
        Field(.id, \.id)
    }

    init(from reading: Reading<PaymentAccountRow>) throws(Refusal) {
        id = try reading(.id)
        payee = try reading(.payeeID)
        holder = try reading(.accountHolder)
        bank = try reading(.bankName)
        number = try reading(.sealedAccount)
        region = try reading(.region)
        from = try reading(.from)
        until = try reading(.until)
    }
}

extension BankAccount: Maskable {
    /// The last four.
    public var masked: String { "\(kind.label) " + String(repeating: "*", count: max(0, number.count - 4)) + number.suffix(4) }
}

extension Term where Value == ID<Person> {
    static var payeeID: Term<ID<Person>> { Term("payee_id", "收款人") }
}
extension Term where Value == PersonName {
    public static var accountHolder: Term<PersonName> { Term("holder", "开户名", hint: "与银行卡、存折一致") }
}
extension Term where Value == String {
    public static var bankName: Term<String> { Term("bank", "开户银行") }
}
extension Term where Value == Sealed<BankAccount> {
    static var sealedAccount: Term<Sealed<BankAccount>> { Term("number", "账号") }
}
extension Term where Value == BankAccount {
    public static var bankAccount: Term<BankAccount> { Term("account", "银行账号", hint: "银行卡填卡号；存折在号码前写「存折」") }
}
extension Term where Value == BlindIndex<BankAccount> {
    static var accountIndex: Term<BlindIndex<BankAccount>> { Term("number_index", "账号索引") }
}
