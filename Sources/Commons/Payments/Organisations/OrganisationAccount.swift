import Kernel
import Storage
import Values

/// 机构收款账户。Where money for an organisation goes; the number rests sealed.
struct OrganisationAccount: Placed {
    let id: ID<OrganisationAccount>
    let organisation: ID<Organisation>
    let holder: String
    let bank: String
    let number: Sealed<BankAccount>
    let numberIndex: BlindIndex<BankAccount>
    let region: RegionCode
    let from: CivilDate
    var until: CivilDate?

    static let table = "organisation_account"
    static let title = "机构收款账户"
    static let shape = Shape<OrganisationAccount> {
        Field(.id, \.id)
        Field(.organisationID, \.organisation)
        Field(.organisationHolder, \.holder)
        Field(.bankName, \.bank)
        Field(.sealedAccount, \.number)
        Field(.accountIndex, \.numberIndex)
        Field(.region, \.region)
        Field(.from, \.from)
        Field(.until, \.until)
    }

    init(from reading: Reading<OrganisationAccount>) throws(Refusal) {
        id = try reading(.id)
        organisation = try reading(.organisationID)
        holder = try reading(.organisationHolder)
        bank = try reading(.bankName)
        number = try reading(.sealedAccount)
        numberIndex = try reading(.accountIndex)
        region = try reading(.region)
        from = try reading(.from)
        until = try reading(.until)
    }

    init(_ act: RegisterOrganisationAccount, of organisation: Organisation, at desk: Desk) throws {
        id = act.account
        self.organisation = organisation.id
        holder = act.holder
        bank = act.bank
        number = try desk.seal(act.number)
        numberIndex = try desk.blindIndex(act.number)
        region = organisation.region
        from = desk.today
        until = nil
    }
}

/// 登记机构收款账户。In place of the one used so far.
struct RegisterOrganisationAccount: Action {
    let organisation: ID<Organisation>
    let account: ID<OrganisationAccount>
    let holder: String
    let bank: String
    let number: BankAccount

    static let title = "登记机构收款账户"
    static let guidance = "按开户许可证或者银行回执填写对公账户，户名应与机构登记的名称一致。补助只付到这个账户，不付到个人账户。"
    static let roles: Set<Role> = [.countyReviewer]
    static let subject = Subject<RegisterOrganisationAccount>.located("organisation") { act, reader in
        let organisation = try reader.find(act.organisation)
        return Located(id: organisation.id.text, region: organisation.region)
    }
    static let shape = Shape<RegisterOrganisationAccount> {
        Field(.organisation, \.organisation)
        Field(.newOrganisationAccount, \.account)
        Field(.organisationHolder, \.holder)
        Field(.bankName, \.bank)
        Field(.corporateAccount, \.number)
    }

    init(from reading: Reading<RegisterOrganisationAccount>) throws(Refusal) {
        organisation = try reading(.organisation)
        account = try reading(.newOrganisationAccount)
        holder = try reading(.organisationHolder)
        bank = try reading(.bankName)
        number = try reading(.corporateAccount)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let organisation = try desk.find(organisation)
        guard organisation.status != .cancelled else { throw Refusal.conflict("\(organisation.name)已注销，不能再登记收款账户") }
        let entry = try OrganisationAccount(self, of: organisation, at: desk)
        let inUse = try desk.all(OrganisationAccount.self, where: "organisation_id = \(organisation.id) AND until_on IS NULL ORDER BY id")
        for var earlier in inUse {
            guard earlier.numberIndex != entry.numberIndex || earlier.holder != holder else { return Outcome(earlier.id, "与现用账户相同，没有改动", link: organisation.link) }
            earlier.until = desk.today
            try desk.update(earlier)
        }
        try desk.insert(entry)
        let told = holder == organisation.name ? "" : "。户名与机构名称不同，核对一致之前付给它的款项会暂缓"
        return Outcome(entry.id, "机构收款账户已登记，自今天起使用\(told)", link: organisation.link)
    }
}

extension Reader {
    /// The account in use, when the organisation may be paid through it: it is in good standing and bears the same name.
    func usableAccount(of organisation: ID<Organisation>) throws -> ID<OrganisationAccount>? {
        try connection.value("""
            SELECT a.id FROM organisation_account AS a JOIN organisation AS o ON o.id = a.organisation_id
            WHERE a.organisation_id = \(organisation) AND a.until_on IS NULL AND a.holder = o.name AND o.status = 'active'
            """)
    }
}

/// 机构收款账户台账。Numbers masked.
let organisationAccounts = Listing("organisation-accounts", "机构收款账户", of: OrganisationAccountRow.self, sorted: [.ascending(Term<ID<OrganisationAccount>>.id)],
                                   filters: [.within(.region)], totals: [.count("个")], roles: [.countyReviewer, .countyApprover, .finance, .leader, .auditor],
                                   emptyText: "在机构档案里登记的收款账户会列在这里",
                                   link: { "/organisations/organisations/\($0.text("organisation_id") ?? "")" }) { query in
    """
    SELECT a.id AS id, o.name AS name, a.organisation_id AS organisation_id, a.holder AS holder, a.bank AS bank, a.number AS number, a.region AS region,
           a.from_on AS from_on, a.until_on AS until_on
    FROM organisation_account AS a JOIN organisation AS o ON o.id = a.organisation_id WHERE \(query.within("a.region"))
    """
}

struct OrganisationAccountRow: Shaped {
    let id: ID<OrganisationAccount>, name: String, organisation: ID<Organisation>, holder: String, bank: String, number: Sealed<BankAccount>, region: RegionCode
    let from: CivilDate, until: CivilDate?

    static let shape = Shape<OrganisationAccountRow> {
        Field(.organisationName, \.name)
        Field(.organisationHolder, \.holder)
        Field(.bankName, \.bank)
        Field(.sealedAccount, \.number)
        Field(.from, \.from)
        Field(.until, \.until)
        Field(.region, \.region)
        Field(.organisationID, \.organisation)
        Field(.id, \.id)
    }

    init(from reading: Reading<OrganisationAccountRow>) throws(Refusal) {
        id = try reading(.id)
        name = try reading(.organisationName)
        organisation = try reading(.organisationID)
        holder = try reading(.organisationHolder)
        bank = try reading(.bankName)
        number = try reading(.sealedAccount)
        region = try reading(.region)
        from = try reading(.from)
        until = try reading(.until)
    }
}

extension Term where Value == ID<OrganisationAccount> {
    static var newOrganisationAccount: Term<ID<OrganisationAccount>> { Term("organisation_account", "账户编号", .made) }
}
extension Term where Value == String {
    static var organisationHolder: Term<String> { Term("holder", "开户名", hint: "与机构登记的名称一致") }
}
extension Term where Value == BankAccount {
    static var corporateAccount: Term<BankAccount> { Term("account", "对公账号", hint: "对公账号没有校验位，在号码前写「存折」；单位结算卡直接写卡号") }
}
