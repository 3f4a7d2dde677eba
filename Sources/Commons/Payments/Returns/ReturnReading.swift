import Values

/// 回盘文件的抬头。
public struct ReturnHead: Sendable, Hashable {
    public let number: String, on: CivilDate, rows: Int, credited: Int, creditedSum: Money, failed: Int, failedSum: Money
}

/// 逐行读回盘文件。
public protocol ReturnReading {
    /// Known after its line was taken.
    var head: ReturnHead? { get }
    /// - Parameter line: without its end.
    /// - Returns: nil for a line that is no row.
    mutating func take(_ line: ArraySlice<UInt8>) throws(Refusal) -> ReturnRow?
}

extension PaymentFormat {
    /// A whole return file.
    public func returned(_ bytes: [UInt8]) throws(Refusal) -> ReturnFile {
        var reading = returns(), lines = ByteLines(), rows: [ReturnRow] = []
        do {
            func take(_ line: ArraySlice<UInt8>) throws { if let row = try reading.take(line) { rows.append(row) } }
            for start in stride(from: 0, to: bytes.count, by: 1 << 16) { try lines.take(Array(bytes[start ..< min(start + 1 << 16, bytes.count)]), take) }
            try lines.finish(take)
        } catch let refusal as Refusal { throw refusal } catch { throw .invalid("读不了回盘文件：\(error)") }
        let head = try reading.ended(rows: rows.count)
        return ReturnFile(number: head.number, on: head.on, credited: head.credited, creditedSum: head.creditedSum, failed: head.failed, failedSum: head.failedSum, rows: rows)
    }
}

extension ReturnReading {
    /// - Throws: when there was no head, or it speaks of another number of rows.
    func ended(rows: Int) throws(Refusal) -> ReturnHead {
        guard let head else { throw .invalid("不是回盘文件：没有抬头行") }
        guard rows == head.rows else { throw .invalid("回盘文件不完整：抬头写 \(head.rows) 笔，实有 \(rows) 笔") }
        return head
    }
}

/// 银行的回盘文件，定长。
struct BankReturns: ReturnReading {
    private(set) var head: ReturnHead?
    private var number = 0

    mutating func take(_ line: ArraySlice<UInt8>) throws(Refusal) -> ReturnRow? {
        number += 1
        guard head != nil else {
            head = try Self.head(line)
            return nil
        }
        var fields = try FixedFields(line, width: BankFormat.returnRowWidth, number: number)
        guard try fields.text(1) == "E" else { throw .invalid("第 \(number) 行不是回盘明细") }
        let seq = try fields.number(8), account = try fields.text(32), amount = Money(fen: Int64(try fields.number(15)))
        return ReturnRow(seq: seq, account: account, amount: amount, failure: try ReturnCode.reading(try fields.text(2), line: number))
    }

    private static func head(_ line: ArraySlice<UInt8>) throws(Refusal) -> ReturnHead {
        guard line.first != UInt8(ascii: "H") else { throw .invalid("这是我们报出去的发放文件，不是渠道送回的回盘文件") }
        var fields = try FixedFields(line, width: BankFormat.returnHeadWidth, number: 1)
        guard try fields.text(1) == "R" else { throw .invalid("不是回盘文件：没有抬头行") }
        let number = try fields.text(24), on = try CivilDate(typed: try fields.text(10)), rows = try fields.number(8), credited = try fields.number(8)
        let creditedSum = Money(fen: Int64(try fields.number(15))), failed = try fields.number(8), failedSum = Money(fen: Int64(try fields.number(15)))
        return ReturnHead(number: number, on: on, rows: rows, credited: credited, creditedSum: creditedSum, failed: failed, failedSum: failedSum)
    }
}

/// 财政平台的回盘文件，CSV；in UTF-8 or, by older platforms, in GB 18030.
struct TreasuryReturns: ReturnReading {
    private(set) var head: ReturnHead?
    private var number = 0

    mutating func take(_ line: ArraySlice<UInt8>) throws(Refusal) -> ReturnRow? {
        number += 1
        let text = try TextEncoding.read(Array(line)).text
        var table = QuotedLines(number == 1 && text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text)
        let cells = try table.next() ?? []
        switch number {
        case 1: head = try Self.head(cells)
        case 2: guard cells == TreasuryFormat.returnColumns else { throw .invalid("回盘文件的列与约定不符") }
        default:
            guard cells.count == 4, let seq = Int(cells[0]) else { throw .invalid("第 \(number) 行的列数不对，文件可能被截断") }
            return ReturnRow(seq: seq, account: cells[1], amount: try Money(typed: cells[2]), failure: try ReturnCode.reading(cells[3], line: number))
        }
        return nil
    }

    private static func head(_ cells: [String]) throws(Refusal) -> ReturnHead {
        guard cells.first != "批次" else { throw .invalid("这是我们报出去的发放文件，不是渠道送回的回盘文件") }
        guard cells.count == 8, cells[0] == "回盘", let rows = Int(cells[3]), let credited = Int(cells[4]), let failed = Int(cells[6]) else {
            throw .invalid("不是回盘文件：没有回盘行")
        }
        return ReturnHead(number: cells[1], on: try CivilDate(typed: cells[2]), rows: rows, credited: credited, creditedSum: try Money(typed: cells[5]),
                          failed: failed, failedSum: try Money(typed: cells[7]))
    }
}
