import Kernel
import Values

/// 分录。Amounts that move between accounts at one time; for each unit they sum to zero. Only ever inserted.
public struct LedgerEntry: Sendable, Hashable {
    public struct Posting: Sendable, Hashable {
        public let account: LedgerAccount
        /// More there, or less; never zero.
        public let amount: Int64

        public init(_ account: LedgerAccount, _ amount: Int64) { (self.account, self.amount) = (account, amount) }
    }

    public let id: ID<LedgerEntry>
    public let bookedOn: CivilDate
    public let kind: LedgerKind
    /// What it was booked for: a line of a roster, a recovery, a budget.
    public let subject: String
    public let reverses: ID<LedgerEntry>?
    public let postings: [Posting]

    /// - Throws: `.invalid` when a unit doesn't sum to zero, nothing moves, or an amount is zero.
    public init(_ id: ID<LedgerEntry>, _ kind: LedgerKind, of subject: String, on bookedOn: CivilDate, _ postings: [Posting],
                reverses: ID<LedgerEntry>? = nil) throws(Refusal) {
        guard let first = postings.first, try Self.balances(postings, of: first.account.unit) else { throw .invalid("分录借贷不平，没有记账") }
        (self.id, self.kind, self.subject, self.bookedOn, self.postings, self.reverses) = (id, kind, subject, bookedOn, postings, reverses)
    }

    /// Whether each unit sums to zero; nearly always there is only the first.
    private static func balances(_ postings: [Posting], of first: LedgerUnit) throws(Refusal) -> Bool {
        var sum: Int64 = 0, others: [LedgerUnit: Int64] = [:]
        for posting in postings {
            guard posting.amount != 0 else { throw .invalid("分录中有金额为零的行") }
            let isFirst = posting.account.unit == first
            let (added, isTooLarge) = (isFirst ? sum : others[posting.account.unit, default: 0]).addingReportingOverflow(posting.amount)
            guard !isTooLarge else { throw .invalid("分录金额太大") }
            if isFirst { sum = added } else { others[posting.account.unit] = added }
        }
        return sum == 0 && others.values.allSatisfy { $0 == 0 }
    }

    /// An amount that goes from one account to another of the same unit.
    public static func moving(_ money: Money, from: LedgerAccount, to: LedgerAccount, _ id: ID<LedgerEntry>, _ kind: LedgerKind, of subject: String,
                              on day: CivilDate) throws(Refusal) -> LedgerEntry {
        try LedgerEntry(id, kind, of: subject, on: day, [Posting(from, -money.fen), Posting(to, money.fen)])
    }

    /// The entry that undoes this one and says so.
    public func reversed(_ id: ID<LedgerEntry>, on day: CivilDate) throws(Refusal) -> LedgerEntry {
        try LedgerEntry(id, .reversal, of: subject, on: day, postings.map { Posting($0.account, -$0.amount) }, reverses: self.id)
    }
}

/// 记账事由。
public enum LedgerKind: String, CodeList {
    case budget, reserve, release, due, paid, overpaid, refund, offset, writtenOff = "written-off", reversal, other

    public var label: String {
        switch self {
        case .budget: "预算下达"
        case .reserve: "批次占用"
        case .release: "占用退回"
        case .due: "应付"
        case .paid: "已付"
        case .overpaid: "多发应收"
        case .refund: "退款"
        case .offset: "抵扣"
        case .writtenOff: "核销"
        case .reversal: "冲正"
        case .other: "其他"
        }
    }
}
