import Values

/// 财政一卡通平台：CSV, UTF-8 with its mark, commas, every field quoted. The columns are written down in `docs/payment-files.md`.
public struct TreasuryFormat: PaymentFormat {
    public init() {}

    public var fileExtension: String { "csv" }

    static let columns = ["序号", "收款人", "开户银行", "账号", "金额", "项目代码", "所属月份", "补发", "名册行号"]
    static let returnColumns = ["序号", "账号", "金额", "结果代码"]

    public func head(_ head: BatchHead) throws(Refusal) -> [UInt8] {
        try TextEncoding.markedUTF8.encode(Self.line(["批次", head.number, head.title, head.month.typed, "\(head.rows)", head.sum.typed]) + Self.line(Self.columns))
    }

    public func row(_ row: PaymentRow) throws(Refusal) -> [UInt8] {
        Array(Self.line(["\(row.seq)", row.holder, row.bank, row.account, row.amount.typed, row.programme, row.month.typed, row.isArrears ? "是" : "", row.line]).utf8)
    }

    public func payments(_ bytes: [UInt8]) throws(Refusal) -> (head: BatchHead, rows: [PaymentRow]) {
        var table = QuotedLines(try TextEncoding.markedUTF8.decode(bytes))
        guard let first = try table.next(), first.count == 6, first[0] == "批次", let count = Int(first[4]) else { throw .invalid("不是发放文件：没有批次行") }
        guard try table.next() == Self.columns else { throw .invalid("发放文件的列与约定不符") }
        let head = BatchHead(number: first[1], title: first[2], month: try Month(typed: first[3]), rows: count, sum: try Money(typed: first[5]))
        var rows: [PaymentRow] = []
        while let cells = try table.next() {
            guard cells.count == Self.columns.count, let seq = Int(cells[0]) else { throw .invalid("第 \(rows.count + 3) 行的列数不对") }
            rows.append(PaymentRow(seq: seq, account: cells[3], bank: cells[2], holder: cells[1], amount: try Money(typed: cells[4]), programme: cells[5],
                                   month: try Month(typed: cells[6]), isArrears: cells[7] == "是", line: cells[8]))
        }
        return (head, rows)
    }

    public func returned(_ file: ReturnFile) throws(Refusal) -> [UInt8] {
        let head = ["回盘", file.number, file.on.typed, "\(file.rows.count)", "\(file.credited)", file.creditedSum.typed, "\(file.failed)", file.failedSum.typed]
        let rows = file.rows.map { Self.line(["\($0.seq)", $0.account, $0.amount.typed, $0.failure?.rawValue ?? "00"]) }
        return try TextEncoding.markedUTF8.encode(Self.line(head) + Self.line(Self.returnColumns) + rows.joined())
    }

    public func returns() -> any ReturnReading { TreasuryReturns() }

    private static func line(_ cells: [String]) -> String {
        cells.map { "\"" + $0.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" }.joined(separator: ",") + "\r\n"
    }
}

/// Lines of quoted cells; cells without quotes are read, too.
struct QuotedLines {
    private var rest: Substring.UnicodeScalarView

    init(_ text: String) { rest = text[...].unicodeScalars }

    mutating func next() throws(Refusal) -> [String]? {
        while let first = rest.first, first == "\r" || first == "\n" { rest.removeFirst() }
        guard !rest.isEmpty else { return nil }
        var cells: [String] = []
        while true {
            cells.append(try cell())
            guard let mark = rest.popFirst() else { return cells }
            switch mark {
            case ",": continue
            case "\r", "\n": return cells
            default: throw .invalid("文件的引号没有配对，可能被截断或者改动过")
            }
        }
    }

    private mutating func cell() throws(Refusal) -> String {
        guard rest.first == "\"" else {
            let plain = rest.prefix { $0 != "," && $0 != "\r" && $0 != "\n" }
            rest = rest[plain.endIndex...]
            return String(plain)
        }
        rest.removeFirst()
        var text = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            guard scalar == "\"" else { text.append(scalar); continue }
            guard rest.first == "\"" else { return String(text) }
            text.append("\"")
            rest.removeFirst()
        }
        throw .invalid("文件的引号没有配对，可能被截断")
    }
}
