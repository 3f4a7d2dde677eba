import Kernel
import Values

/// 登记收款账户。In place of the one used so far; the number rests sealed.
struct RegisterAccount: Action {
    let person: ID<Person>
    let account: ID<PaymentAccount>
    let holder: PersonName
    let bank: String
    let number: BankAccount

    static let title = "登记收款账户"
    static let guidance = "按银行卡、存折填写。按户发放的登记在户主名下，按人发放的登记在本人名下；开户名应与收款人一致。"
    static let roles: Set<Role> = [.townshipClerk, .townshipReviewer, .countyReviewer]
    static let subject = Subject<RegisterAccount>.record(.person, \.person)
    static let shape = Shape<RegisterAccount> {
        Field(.person, \.person)
        Field(.newAccount, \.account)
        Field(.accountHolder, \.holder)
        Field(.bankName, \.bank)
        Field(.bankAccount, \.number)
    }

    init(from reading: Reading<RegisterAccount>) throws(Refusal) {
        person = try reading(.person)
        account = try reading(.newAccount)
        holder = try reading(.accountHolder)
        bank = try reading(.bankName)
        number = try reading(.bankAccount)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let payee = try desk.standing(person)
        guard payee.diedOn == nil else {
            throw Refusal.conflict("\(payee.name.shown)已登记死亡，不能再登记收款账户。依法应发的余款，请给继承人登记收款账户，再办理「更换收款人」")
        }
        let account = PaymentAccount(account, of: payee.id, holder: holder, bank: bank, number: try desk.seal(number), index: try desk.blindIndex(number),
                                     region: payee.region, from: desk.today)
        let isNew = try desk.enter(account)
        return Outcome(account.id, isNew ? "收款账户已登记，自今天起使用" : "与现用账户相同，没有改动", link: "/people/persons/\(payee.id.text)")
    }
}

extension Term where Value == ID<PaymentAccount> {
    static var newAccount: Term<ID<PaymentAccount>> { Term("payment_account", "账户编号", .made) }
}
