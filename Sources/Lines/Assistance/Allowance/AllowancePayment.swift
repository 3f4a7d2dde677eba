import Commons
import Kernel
import Storage
import Values

/// 低保金的资金分担。
let allowanceFundShare = Policy<BasisPoints>("minimum-living-fund-share", "最低生活保障资金分担", variants: FundSource.variants, mayBeSilent: true)

/// 最低生活保障金的发放：by household, to the head's account, or that of a member where the head has none. Monthly (《最低生活保障审核确认办法》第二十五条).
let allowancePayment = PaidProgramme(
    "minimum-living", "最低生活保障", department: "民政部门", basis: .household, fundShare: allowanceFundShare,
    stream: { month, region in
        """
        SELECT a.id AS subject, m.person_id AS person_id,
               coalesce((SELECT x.payee_id FROM payment_account AS x WHERE x.payee_id = a.head_id AND x.until_on IS NULL),
                        (SELECT min(y.payee_id) FROM payment_account AS y JOIN allowance_member AS n ON n.person_id = y.payee_id AND n.allowance_id = a.id
                         WHERE y.until_on IS NULL AND n.until_month IS NULL), a.head_id) AS payee_id,
               a.region AS region, d.monthly_fen AS amount_fen
        FROM allowance AS a
        JOIN allowance_period AS d ON d.allowance_id = a.id AND d.retracted_at IS NULL AND d.from_month <= \(month) AND (d.until_month IS NULL OR d.until_month > \(month))
        JOIN allowance_member AS m ON m.allowance_id = a.id AND m.from_month <= \(month) AND (m.until_month IS NULL OR m.until_month > \(month))
        WHERE d.monthly_fen > 0 AND \(Reader.within("a.region", region))
        """
    },
    changed: { since, region in
        """
        SELECT d.allowance_id AS subject FROM allowance_period AS d JOIN allowance AS a ON a.id = d.allowance_id
        WHERE (d.known_at > \(since) OR d.retracted_at > \(since)) AND \(Reader.within("a.region", region))
        """
    },
    explain: { subject, month, reader in
        guard let id = ID<Allowance>(rawValue: subject), let period = try reader.periods(of: id).first(where: { $0.covers(month) }) else { return [] }
        guard let decision = try period.decision.map({ try reader.find($0) }) else { return ["每月 \(period.monthly.shown)，按迁入前的核定发放。"] }
        return ["每月 \(period.monthly.shown)，\(decision.decidedOn.shown)\(decision.kind.label)，自\(period.from.shown)起。"]
            + decision.lines.filter { $0.amount != nil }.suffix(3).map { "\($0.label)：\($0.amount ?? "")。" }
    })

/// 发放要找出上次冻结之后变过的待遇。
let paymentIndexes = Migration(owner: "assistance", number: 7, why: "补发、追回要找出上次发放之后改过的待遇期间，不必逐户翻", steps: [
    .ddl("CREATE INDEX allowance_period_by_knowledge ON allowance_period (known_at)"),
    .ddl("CREATE INDEX allowance_period_by_retraction ON allowance_period (retracted_at) WHERE retracted_at IS NOT NULL"),
])
