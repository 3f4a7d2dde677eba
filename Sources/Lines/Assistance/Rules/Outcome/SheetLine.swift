import Values

/// 测算表的一行。
///
/// Read from the top, `plus` and `minus` lines lead to the next `total`, which is exactly their sum and closes the part.
/// `note` lines explain and do not take part.
struct SheetLine: Hashable, Sendable {
    enum Role: String, Sendable { case plus, minus, total, note }

    let role: Role
    /// 这一行是什么，如「王甲一 工资」。
    let label: String
    /// 怎样算出来的，如「900.00 元 × 3 人」。
    let detail: String
    /// nil on a note without an amount.
    let amount: ExactMoney?
    let basis: Citation?
    let ruling: ConsultedRuling?

    init(
        _ role: Role, _ label: String, _ detail: String = "", _ amount: ExactMoney? = nil,
        basis: Citation? = nil, ruling: ConsultedRuling? = nil
    ) {
        self.role = role
        self.label = label
        self.detail = detail
        self.amount = amount
        self.basis = basis
        self.ruling = ruling
    }

    /// 金额栏：「1,200.00 元」「减 240.00 元」「减约 33.33 元」；empty on a note without an amount.
    var text: String {
        guard let amount else { return "" }
        guard role == .minus else { return amount.shown }
        return amount.isWhole ? "减 \(amount.shown)" : "减\(amount.shown)"
    }
}
