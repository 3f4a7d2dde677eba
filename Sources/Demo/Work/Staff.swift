import Commons
import Cryptography
import Kernel
import Storage
import Values

/// 工作人员。One account a role, and the staff of a town and of a street that confirms by itself.
struct Staff: Sendable {
    private let users: [User]
    var count: Int { users.count }

    private static let posts: [(username: String, name: String, role: Role, region: String)] = [
        ("shequ", "赵社区", .community, "000181001001"), ("jingban", "钱经办", .townshipClerk, "000181001"),
        ("jiedaoshenhe", "孙复核", .townshipReviewer, "000181001"), ("shenhe", "李审核", .countyReviewer, "000181"),
        ("shenpi", "周审批", .countyApprover, "000181"), ("fupi", "秦审批", .countyApprover, "000181"), ("zhengce", "吴政策", .policyOfficer, "000181"),
        ("diming", "郑地名", .placeNameOfficer, "000181"), ("caiwu", "王财务", .finance, "000181"),
        ("juzhang", "冯局长", .leader, "000181"), ("shenji", "陈审计", .auditor, "000181"),
        ("xitong", "褚系统", .systemAdministrator, "000181"), ("anquan", "卫安全", .securityAdministrator, "000181"),
        ("lixia", "蒋经办", .townshipClerk, "000181100"), ("lixiashenhe", "沈复核", .townshipReviewer, "000181100"),
        ("jingzhe", "韩经办", .townshipClerk, "000181003"), ("jingzheshenhe", "杨复核", .townshipReviewer, "000181003"),
    ]

    /// Accounts with one password, hashed once.
    static func employ(in counter: Counter, _ dice: inout Dice) async throws -> Staff {
        let hash = try await PasswordHash.make(DemoCity.password), at = Instant(startOf: .init(written: 2024, 1, 1))
        var users: [User] = []
        for (number, post) in posts.enumerated() {
            let id = ID<User>.make(at: at.adding(seconds: Double(number) / 1000), using: &dice)
            users.append(User(id: id, username: post.username, name: try PersonName(typed: post.name), role: post.role,
                              region: try RegionCode(post.region), passwordHash: hash))
        }
        let staff = Staff(users: users)
        try await counter.database.bulk { try $0.insertAll(staff.users) }
        return staff
    }

    /// - Throws: `.absent` when nobody is employed under that name.
    func actor(_ username: String) throws(Refusal) -> Actor {
        guard let user = users.first(where: { $0.username == username }) else { throw .absent("示范市没有账号「\(username)」") }
        return user.actor
    }
}
