import Kernel
import Storage
import Values

/// 用户账号。
let userAccounts = Listing("accounts", "用户账号", of: UserRow.self, sorted: [.ascending(.username), .ascending(Term<ID<User>>.id)],
                           filters: [.equals(.role), .within(.region), .equals(.username), .equals(.personName), .equals(.isOpenAccount), .equals(.hasTwoFactor)],
                           totals: [.count("个账号")], roles: [.securityAdministrator, .systemAdministrator, .auditor],
                           emptyText: "新增的用户账号会出现在这里", link: { "/users/accounts/\($0.text("id") ?? "")" }) { query in
    """
    SELECT u.id AS id, u.username AS username, u.name AS name, u.role AS role, u.region AS region, u.disabled_on AS disabled_on,
           CASE WHEN u.disabled_on IS NULL THEN 1 ELSE 0 END AS is_open,
           CASE WHEN t.confirmed_at IS NULL THEN 0 ELSE 1 END AS has_two_factor
    FROM user_account AS u LEFT JOIN two_factor AS t ON t.user_id = u.id WHERE \(query.within("u.region"))
    """
}

struct UserRow: Shaped {
    let id: ID<User>, username: String, name: PersonName, role: Role, region: RegionCode, isOpen: Bool, hasTwoFactor: Bool, disabledOn: CivilDate?

    static let shape = Shape<UserRow> {
        Field(.username, \.username)
        Field(.personName, \.name)
        Field(.role, \.role)
        Field(.region, \.region)
        Field(.isOpenAccount, \.isOpen)
        Field(.hasTwoFactor, \.hasTwoFactor)
        Field(.disabledOn, \.disabledOn)
        Field(.id, \.id)
    }

    init(from reading: Reading<UserRow>) throws(Refusal) {
        id = try reading(.id)
        username = try reading(.username)
        name = try reading(.personName)
        role = try reading(.role)
        region = try reading(.region)
        isOpen = try reading(.isOpenAccount)
        hasTwoFactor = try reading(.hasTwoFactor)
        disabledOn = try reading(.disabledOn)
    }
}

/// 三员变更。
let proposalListing = Listing("proposals", "三员变更", of: AccountProposalRow.self, sorted: [.descending(.accountProposedAt), .descending(Term<ID<AccountProposal>>.id)],
                              filters: [.equals(.proposalKind), .equals(.agreed)], roles: Set<Role>.administrators,
                              emptyText: "三员账号的新增和调整，须由另一名管理员确认，会出现在这里", link: { row in
                                  row.text("decided_at") == nil ? "/users/do/decide-proposal?proposal=\(row.text("id") ?? "")" : nil
                              }) { _ in
    """
    SELECT p.id AS id, u.username AS username, p.kind AS kind, p.name AS name, p.role AS role, p.region AS region, p.reason AS reason,
           p.proposed_by_name AS proposed_by_name, p.proposed_at AS proposed_at, p.agreed AS agreed, p.decided_at AS decided_at
    FROM account_proposal AS p JOIN user_account AS u ON u.id = p.user_id
    """
}

struct AccountProposalRow: Shaped {
    let id: ID<AccountProposal>, username: String, kind: AccountProposal.Kind, name: PersonName, role: Role, region: RegionCode, reason: String
    let proposedByName: String, proposedAt: Instant, agreed: Bool?, decidedAt: Instant?

    static let shape = Shape<AccountProposalRow> {
        Field(.username, \.username)
        Field(.proposalKind, \.kind)
        Field(.personName, \.name)
        Field(.role, \.role)
        Field(.region, \.region)
        Field(.statedReason, \.reason)
        Field(.accountProposerName, \.proposedByName)
        Field(.accountProposedAt, \.proposedAt)
        Field(.agreed, \.agreed)
        Field(.accountDecidedAt, \.decidedAt)
        Field(.id, \.id)
    }

    init(from reading: Reading<AccountProposalRow>) throws(Refusal) {
        id = try reading(.id)
        username = try reading(.username)
        kind = try reading(.proposalKind)
        name = try reading(.personName)
        role = try reading(.role)
        region = try reading(.region)
        reason = try reading(.statedReason)
        proposedByName = try reading(.accountProposerName)
        proposedAt = try reading(.accountProposedAt)
        agreed = try reading(.agreed)
        decidedAt = try reading(.accountDecidedAt)
    }
}

extension Term where Value == Bool {
    static var isOpenAccount: Term<Bool> { Term("is_open", "在用") }
    static var hasTwoFactor: Term<Bool> { Term("has_two_factor", "两步登录") }
}
