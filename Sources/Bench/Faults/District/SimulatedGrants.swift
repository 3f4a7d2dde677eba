import Commons
import Kernel
import Storage
import Values

/// 模拟的家庭补贴。A programme by household whose facts the simulation decides: beginnings, raises, ends and moves, known when it says so.
let simulatedGrants = Line("simulated-grants", "模拟家庭补贴", policies: [AnyPolicy(simulatedGrantShare)], shipped: [
    simulatedGrantShare.ships(.percent(60), variant: FundSource.province.rawValue, in: simulatedCounty, from: CivilDate(written: 2012, 12, 12), cite: "模拟"),
    simulatedGrantShare.ships(.percent(40), variant: FundSource.local.rawValue, in: simulatedCounty, from: CivilDate(written: 2012, 12, 12), cite: "模拟"),
], migrations: [
    Migration(owner: "simulated-grants", number: 1, why: "模拟的补贴要有处可记", steps: [
        .ddl("""
            CREATE TABLE simulated_grant (
                id TEXT PRIMARY KEY, subject TEXT NOT NULL, person_id TEXT NOT NULL, payee_id TEXT NOT NULL, region TEXT NOT NULL, amount_fen BIGINT NOT NULL,
                from_month TEXT NOT NULL, until_month TEXT, known_at TEXT NOT NULL
            )
            """),
        .ddl("CREATE INDEX simulated_grant_by_subject ON simulated_grant (subject)"),
    ]),
], offers: [
    PaidProgramme(
        "simulated-grant", "模拟家庭补贴", department: "民政部门", basis: .household, fundShare: simulatedGrantShare,
        stream: { month, region in
            """
            SELECT subject, person_id, payee_id, region, amount_fen FROM simulated_grant
            WHERE from_month <= \(month) AND (until_month IS NULL OR until_month > \(month)) AND \(Reader.within("region", region))
            """
        },
        changed: { since, _ in "SELECT subject FROM simulated_grant WHERE known_at > \(since)" }),
])

private let simulatedGrantShare = Policy<BasisPoints>("simulated-grant-share", "模拟家庭补贴分担",
                                                      variants: FundSource.allCases.map { Choice(code: $0.rawValue, label: $0.label) }, mayBeSilent: true)

let simulatedCounty = (try? RegionCode("000181")) ?? .country
