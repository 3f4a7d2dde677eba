import Kernel
import Values

/// 发放渠道。Who takes the file and sends back what became of each row.
public enum ChannelKind: String, CodeList {
    /// 财政部门的一卡通发放平台：CSV, UTF-8 with its mark.
    case treasury
    /// 银行代发：fixed width, GB 18030.
    case bank

    public var label: String {
        switch self {
        case .treasury: "财政一卡通平台"
        case .bank: "银行代发"
        }
    }

    /// 渠道的文件格式。
    public var format: any PaymentFormat {
        switch self {
        case .treasury: TreasuryFormat()
        case .bank: BankFormat()
        }
    }
}

/// 一批的抬头。
public struct BatchHead: Sendable, Hashable {
    /// FF2024-000012-1：the run's number and which batch of it.
    public let number: String
    public let title: String
    public let month: Month
    public let rows: Int
    public let sum: Money

    public init(number: String, title: String, month: Month, rows: Int, sum: Money) {
        (self.number, self.title, self.month, self.rows, self.sum) = (number, title, month, rows, sum)
    }
}

/// 一笔。What the channel must know to credit a payee.
public struct PaymentRow: Sendable, Hashable {
    public let seq: Int
    public let account: String
    public let bank: String
    public let holder: String
    public let amount: Money
    public let programme: String
    public let month: Month
    public let isArrears: Bool
    /// The line it pays, to be told in every question about it.
    public let line: String

    public init(seq: Int, account: String, bank: String, holder: String, amount: Money, programme: String, month: Month, isArrears: Bool, line: String) {
        self.seq = seq
        self.account = account
        // A line break in a name would begin another row of the file.
        self.bank = Self.oneLine(bank)
        self.holder = Self.oneLine(holder)
        self.amount = amount
        self.programme = programme
        self.month = month
        self.isArrears = isArrears
        self.line = line
    }
}

extension PaymentRow {
    private static func oneLine(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }
}

/// 回盘的一笔。
public struct ReturnRow: Sendable, Hashable {
    public let seq: Int
    public let account: String
    public let amount: Money
    /// nil: credited.
    public let failure: ReturnCode?

    public init(seq: Int, account: String, amount: Money, failure: ReturnCode?) {
        (self.seq, self.account, self.amount, self.failure) = (seq, account, amount, failure)
    }
}

/// 回盘文件。
public struct ReturnFile: Sendable, Hashable {
    public let number: String
    public let on: CivilDate
    public let credited: Int, creditedSum: Money, failed: Int, failedSum: Money
    public let rows: [ReturnRow]

    public init(number: String, on: CivilDate, credited: Int, creditedSum: Money, failed: Int, failedSum: Money, rows: [ReturnRow]) {
        self.number = number
        self.on = on
        (self.credited, self.creditedSum, self.failed, self.failedSum, self.rows) = (credited, creditedSum, failed, failedSum, rows)
    }

    /// The head made from the rows.
    public init(number: String, on: CivilDate, _ rows: [ReturnRow]) {
        let failed = rows.filter { $0.failure != nil }, credited = rows.filter { $0.failure == nil }
        self.init(number: number, on: on, credited: credited.count, creditedSum: Self.sum(credited), failed: failed.count, failedSum: Self.sum(failed), rows: rows)
    }

    /// A file may say anything: what is more than can be counted is as much as can be, and agrees with no head.
    private static func sum(_ rows: [ReturnRow]) -> Money {
        Money(fen: rows.reduce(0) { sum, row in
            let (next, isTooLarge) = sum.addingReportingOverflow(row.amount.fen)
            return isTooLarge ? .max : next
        })
    }
}

/// 退票原因。
public enum ReturnCode: String, CodeList {
    case closed = "01", frozen = "02", nameMismatch = "03", wrongNumber = "04", limit = "05", other = "99"

    public var label: String {
        switch self {
        case .closed: "账户已销户"
        case .frozen: "账户冻结"
        case .nameMismatch: "户名不符"
        case .wrongNumber: "账号有误"
        case .limit: "超过限额"
        case .other: "其他"
        }
    }
}

/// 文件格式。Rows to bytes and back, without any file: pieces of a payment file are written one after the other.
public protocol PaymentFormat: Sendable {
    var fileExtension: String { get }
    func head(_ head: BatchHead) throws(Refusal) -> [UInt8]
    func row(_ row: PaymentRow) throws(Refusal) -> [UInt8]
    /// Reads a payment file back, as the channel does.
    func payments(_ bytes: [UInt8]) throws(Refusal) -> (head: BatchHead, rows: [PaymentRow])
    func returned(_ file: ReturnFile) throws(Refusal) -> [UInt8]
    /// Reads a return file line by line, from its beginning.
    func returns() -> any ReturnReading
}
