import Storage

/// 对照的表。The tables of a month as the peer writes them: made by the same statements as ours.
struct MonthPeer: Sendable {
    let name: String
    let copy: Statement

    static let tables = [
        MonthPeer(name: "名册", copy: "INSERT INTO peer_line SELECT * FROM payment_line ORDER BY id"),
        MonthPeer(name: "请领", copy: "INSERT INTO peer_claim SELECT * FROM payment_claim ORDER BY id"),
        MonthPeer(name: "分录", copy: "INSERT INTO peer_entry SELECT * FROM ledger_entry ORDER BY id"),
        MonthPeer(name: "记账", copy: "INSERT INTO peer_posting SELECT * FROM ledger_posting ORDER BY entry_id, position"),
    ]

    /// What each of ours is called there.
    static let names = ["payment_line": "peer_line", "payment_claim": "peer_claim", "ledger_entry": "peer_entry", "ledger_posting": "peer_posting"]

    /// - Parameter migrations: those that made our tables.
    static func schema(like migrations: [Migration]) -> Migration {
        Migration(owner: "bench", number: 1, why: "发放压测的对照表", steps: [.again(tables: names, from: migrations)])
    }
}
