import Values

/// 银行代发：定长，GB 18030，每行以回车换行结束。The places are written down in `docs/payment-files.md`.
///
/// Widths count bytes; texts stand at the left and are filled with spaces, numbers at the right with zeros.
public struct BankFormat: PaymentFormat {
    public init() {}

    public var fileExtension: String { "txt" }

    static let headWidth = 107, rowWidth = 221, returnHeadWidth = 96, returnRowWidth = 63

    public func head(_ head: BatchHead) throws(Refusal) -> [UInt8] {
        var line = FixedLine()
        line.add("H", 1)
        line.add(head.number, 24)
        line.add(head.month.typed, 7)
        line.add(head.rows, 8)
        line.add(head.sum.fen, 15)
        try line.addChinese(head.title, 50)
        return line.ended
    }

    public func row(_ row: PaymentRow) throws(Refusal) -> [UInt8] {
        var line = FixedLine()
        line.add("D", 1)
        line.add(row.seq, 8)
        line.add(row.account, 32)
        try line.addChinese(row.holder, 60)
        line.add(row.amount.fen, 15)
        line.add(row.month.typed, 7)
        line.add(row.isArrears ? "B" : " ", 1)
        line.add(row.line, 26)
        try line.addChinese(row.bank, 40)
        line.add(row.programme, 29)
        return line.ended
    }

    public func payments(_ bytes: [UInt8]) throws(Refusal) -> (head: BatchHead, rows: [PaymentRow]) {
        var lines = FixedLines(bytes)
        guard var first = try lines.next(Self.headWidth), try first.text(1) == "H" else { throw .invalid("不是代发文件：没有抬头行") }
        let number = try first.text(24), month = try Month(typed: try first.text(7)), count = try first.number(8), sum = Money(fen: Int64(try first.number(15)))
        let head = BatchHead(number: number, title: try first.chinese(50), month: month, rows: count, sum: sum)
        var rows: [PaymentRow] = []
        while var line = try lines.next(Self.rowWidth) {
            guard try line.text(1) == "D" else { throw .invalid("第 \(rows.count + 2) 行不是明细行") }
            let seq = try line.number(8), account = try line.text(32), holder = try line.chinese(60), amount = Money(fen: Int64(try line.number(15)))
            let month = try Month(typed: try line.text(7)), isArrears = try line.text(1) == "B", id = try line.text(26), bank = try line.chinese(40)
            let programme = try line.text(29)
            rows.append(PaymentRow(seq: seq, account: account, bank: bank, holder: holder, amount: amount, programme: programme, month: month, isArrears: isArrears, line: id))
        }
        return (head, rows)
    }

    public func returned(_ file: ReturnFile) throws(Refusal) -> [UInt8] {
        var head = FixedLine()
        head.add("R", 1)
        head.add(file.number, 24)
        head.add(file.on.typed, 10)
        head.add(file.rows.count, 8)
        head.add(file.credited, 8)
        head.add(file.creditedSum.fen, 15)
        head.add(file.failed, 8)
        head.add(file.failedSum.fen, 15)
        head.add("", 5)
        var bytes = head.ended
        for row in file.rows {
            var line = FixedLine()
            line.add("E", 1)
            line.add(row.seq, 8)
            line.add(row.account, 32)
            line.add(row.amount.fen, 15)
            line.add(row.failure?.rawValue ?? "00", 2)
            line.add("", 3)
            bytes += line.ended
        }
        return bytes
    }

    public func returns() -> any ReturnReading { BankReturns() }
}

extension ReturnCode {
    /// `00` is credited.
    static func reading(_ text: String, line: Int) throws(Refusal) -> ReturnCode? {
        guard text != "00" else { return nil }
        guard let code = ReturnCode(rawValue: text) else { throw .invalid("第 \(line) 行的结果代码「\(text.prefix(4))」不认识") }
        return code
    }
}

/// A line being written.
struct FixedLine {
    private var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(256) }

    /// ASCII at the left.
    mutating func add(_ text: String, _ width: Int) {
        let raw = text.utf8.prefix(width)
        bytes.append(contentsOf: raw)
        for _ in raw.count ..< max(width, raw.count) { bytes.append(0x20) }
    }

    /// Digits at the right.
    mutating func add(_ number: some BinaryInteger, _ width: Int) {
        let digits = String(number).utf8
        for _ in digits.count ..< max(width, digits.count) { bytes.append(0x30) }
        bytes.append(contentsOf: digits)
    }

    /// GB 18030 at the left; what is too long is cut between characters.
    mutating func addChinese(_ text: String, _ width: Int) throws(Refusal) {
        var text = text, raw = try TextEncoding.gb18030.encode(text)
        while raw.count > width {
            text.removeLast()
            raw = try TextEncoding.gb18030.encode(text)
        }
        bytes.append(contentsOf: raw)
        for _ in raw.count ..< width { bytes.append(0x20) }
    }

    var ended: [UInt8] { bytes + [0x0D, 0x0A] }
}

/// Lines being read; each must have its whole width.
struct FixedLines {
    private let bytes: [UInt8]
    private var place = 0
    private var number = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next(_ width: Int) throws(Refusal) -> FixedFields? {
        while place < bytes.count, bytes[place] == 0x0D || bytes[place] == 0x0A || bytes[place] == 0x1A { place += 1 }
        guard place < bytes.count else { return nil }
        number += 1
        var end = place
        while end < bytes.count, bytes[end] != 0x0A { end += 1 }
        let line = bytes[place ..< (end > place && bytes[end - 1] == 0x0D ? end - 1 : end)]
        place = end
        return try FixedFields(line, width: width, number: number)
    }
}

/// The fields of one line, taken from the left.
struct FixedFields {
    private var rest: ArraySlice<UInt8>

    /// - Parameters:
    ///   - width: of the line with its end.
    ///   - number: of the line, for the message.
    init(_ line: ArraySlice<UInt8>, width: Int, number: Int) throws(Refusal) {
        guard line.count == width - 2 else { throw .invalid("第 \(number) 行有 \(line.count) 个字节，应为 \(width - 2) 个，文件可能被截断或者改动过") }
        rest = line
    }

    private mutating func take(_ width: Int) -> ArraySlice<UInt8> {
        defer { rest = rest.dropFirst(width) }
        return rest.prefix(width)
    }

    mutating func text(_ width: Int) throws(Refusal) -> String {
        var bytes = take(width)
        while bytes.last == 0x20 { bytes.removeLast() }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .invalid("文件中有不认识的字符") }
        return text
    }

    mutating func chinese(_ width: Int) throws(Refusal) -> String {
        let text = try TextEncoding.gb18030.decode(Array(take(width)))
        return String(text.reversed().drop { $0 == " " }.reversed())
    }

    mutating func number(_ width: Int) throws(Refusal) -> Int {
        guard let number = Int(String(decoding: take(width), as: UTF8.self)), number >= 0 else { throw .invalid("文件中的数字写错了") }
        return number
    }
}
