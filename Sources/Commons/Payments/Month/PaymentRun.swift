import Kernel
import Storage
import Values

/// 发放批次。One month of one or several programmes in one region, from the frozen inputs to the proof; or one batch outside the months.
///
/// Its state and number are the case file of the same id. What was signed is never edited.
public struct PaymentRun: Placed {
    public enum Kind: String, CodeList {
        case month, oneOff = "one-off"
        public var label: String { self == .month ? "按月发放" : "一次性发放" }
    }

    /// 付给谁。
    public enum Payees: String, CodeList {
        case organisations
        public var label: String { "机构" }
    }

    public let id: ID<PaymentRun>
    public let kind: Kind
    public let title: String
    public let month: Month
    public let region: RegionCode
    public let channel: String
    /// 一次性发放的依据。
    public let basis: String?
    /// nil: persons.
    public let payees: Payees?
    public let openedBy: ID<Actor>
    public let opener: String
    public let openedAt: Instant
    public let frozenAt: Instant?
    /// Rows of facts that were frozen, and how many of them were worked through.
    public let inputs: Int
    public let done: Int
    public let lines: Int
    /// The last line that was booked, and the last whose result was taken in.
    public let posted: Int
    public let settled: Int
    public let inputHash: String?
    public let rosterHash: String?
    public let proofHash: String?
    public let checkedAt: Instant?
    public let closedAt: Instant?

    public static let table = "payment_run"
    public static let title = "发放批次"
    public static let shape = Shape<PaymentRun> {
        Field(.id, \.id)
        Field(.runKind, \.kind)
        Field(.runTitle, \.title)
        Field(.benefitMonth, \.month)
        Field(.region, \.region)
        Field(.channelName, \.channel)
        Field(.runBasis, \.basis)
        Field(.runPayees, \.payees)
        Field(.openedBy, \.openedBy)
        Field(.openerName, \.opener)
        Field(.runOpenedAt, \.openedAt)
        Field(.frozenAt, \.frozenAt)
        Field(.inputCount, \.inputs)
        Field(.doneCount, \.done)
        Field(.lineCount, \.lines)
        Field(.postedCount, \.posted)
        Field(.settledCount, \.settled)
        Field(.inputHash, \.inputHash)
        Field(.rosterHash, \.rosterHash)
        Field(.proofHash, \.proofHash)
        Field(.checkedAt, \.checkedAt)
        Field(.closedAt, \.closedAt)
    }

    public init(from reading: Reading<PaymentRun>) throws(Refusal) {
        id = try reading(.id)
        kind = try reading(.runKind)
        title = try reading(.runTitle)
        month = try reading(.benefitMonth)
        region = try reading(.region)
        channel = try reading(.channelName)
        basis = try reading(.runBasis)
        payees = try reading(.runPayees)
        openedBy = try reading(.openedBy)
        opener = try reading(.openerName)
        openedAt = try reading(.runOpenedAt)
        frozenAt = try reading(.frozenAt)
        inputs = try reading(.inputCount)
        done = try reading(.doneCount)
        lines = try reading(.lineCount)
        posted = try reading(.postedCount)
        settled = try reading(.settledCount)
        inputHash = try reading(.inputHash)
        rosterHash = try reading(.rosterHash)
        proofHash = try reading(.proofHash)
        checkedAt = try reading(.checkedAt)
        closedAt = try reading(.closedAt)
    }

    init(_ id: ID<PaymentRun>, _ kind: Kind, _ title: String, _ month: Month, in region: RegionCode, channel: String, basis: String?, payees: Payees? = nil,
         by desk: Desk) {
        self.id = id
        self.kind = kind
        self.title = title
        self.month = month
        self.region = region
        self.channel = channel
        self.basis = basis
        self.payees = payees
        openedBy = desk.actor.user
        opener = desk.actor.name
        openedAt = desk.now
        (inputs, done, lines, posted, settled) = (0, 0, 0, 0, 0)
        (frozenAt, inputHash, rosterHash, proofHash, checkedAt, closedAt) = (nil, nil, nil, nil, nil, nil)
    }

    public var link: String { "/payments/runs/\(id.text)" }
    var isToOrganisations: Bool { payees == .organisations }
    /// The table of the accounts it pays to, and the column of the payee.
    var accounts: (table: Statement, payee: Statement) {
        isToOrganisations ? ("organisation_account", "organisation_id") : ("payment_account", "payee_id")
    }
    /// Where its roster is read line by line.
    var rosterLink: String { "/payments/\(isToOrganisations ? "organisation-roster" : "roster")?run_id=\(id.text)" }
    /// Ids of what belongs to a line of it: fixed by run, line and part.
    var ids: ImportBatch { ImportBatch(id) }
    /// Where its lines lie: their ids are in the order of their numbers, so that a roster is read from one end to the other.
    func holdsLine(_ column: Statement) -> Statement {
        let first: ID<PaymentLine> = ids.id(0, part: Part.line), last: ID<PaymentLine> = ids.id(Int(UInt32.max), part: Part.line)
        return "\(column) >= \(first) AND \(column) <= \(last)"
    }

    /// Parts of those ids.
    enum Part {
        static let line: UInt8 = 0, due: UInt8 = 1, paid: UInt8 = 2, finding: UInt8 = 3, reserve: UInt8 = 5, offset: UInt8 = 6, overpaid: UInt8 = 7
        /// The first of a line's claims; the others follow.
        static let claim: UInt8 = 16
    }
}

/// 批次的一段。One programme and one month of it: the month itself, or an earlier one that is looked at again.
struct PaymentSection: Sendable, Hashable {
    let position: Int, programme: String, month: Month, isArrears: Bool, cursor: String

    /// The same section, further on.
    func behind(_ subject: String) -> PaymentSection {
        PaymentSection(position: position, programme: programme, month: month, isArrears: isArrears, cursor: subject)
    }
}

/// 名册行。Only its name is used: a line is a row of SQL.
public enum PaymentLine {}
/// 请领：one covered person, programme and month.
public enum PaymentClaim {}

extension Reader {
    func run(_ id: ID<PaymentRun>) throws -> (run: PaymentRun, file: CaseFile) { (try find(id), try caseFile(id)) }

    /// The next section that isn't worked through.
    func section(of run: ID<PaymentRun>) throws -> PaymentSection? {
        try connection.first("""
            SELECT position, programme, month, arrears, cursor FROM payment_section WHERE run_id = \(run) AND finished = 0 ORDER BY position LIMIT 1
            """) { PaymentSection(position: try $0.read(0), programme: try $0.read(1), month: try $0.read(2), isArrears: try $0.read(3), cursor: try $0.read(4)) }
    }

    /// 批次所含项目，in the order of the sections.
    func programmes(of run: ID<PaymentRun>) throws -> [String] {
        try connection.all("SELECT programme FROM payment_section WHERE run_id = \(run) GROUP BY programme ORDER BY min(position)") { try $0.read(0) }
    }
}

extension Term where Value == PaymentRun.Payees {
    static var runPayees: Term<PaymentRun.Payees> { Term("payees", "付给") }
}
extension Term where Value == PaymentRun.Kind {
    static var runKind: Term<PaymentRun.Kind> { Term("kind", "类别") }
}
extension Term where Value == ID<Actor> {
    static var openedBy: Term<ID<Actor>> { Term("opened_by", "开批人") }
}
extension Term where Value == Instant {
    static var runOpenedAt: Term<Instant> { Term("opened_at", "开批时刻") }
    static var frozenAt: Term<Instant> { Term("frozen_at", "冻结时刻") }
    static var checkedAt: Term<Instant> { Term("checked_at", "检查时刻") }
    static var closedAt: Term<Instant> { Term("closed_at", "办结时刻") }
}
extension Term where Value == String {
    static var openerName: Term<String> { Term("opened_by_name", "开批人") }
    static var inputHash: Term<String> { Term("input_hash", "冻结数据的摘要") }
    static var rosterHash: Term<String> { Term("roster_hash", "名册的摘要") }
    static var proofHash: Term<String> { Term("proof_hash", "对账证明的摘要") }
}
extension Term where Value == Int {
    static var inputCount: Term<Int> { Term("inputs", "冻结的行") }
    static var doneCount: Term<Int> { Term("done", "已处理的行") }
    static var lineCount: Term<Int> { Term("lines", "名册行数") }
    static var postedCount: Term<Int> { Term("posted", "已记账") }
    static var settledCount: Term<Int> { Term("settled", "已对账") }
}
