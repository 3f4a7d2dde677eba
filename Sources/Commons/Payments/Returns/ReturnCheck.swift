import Values

/// 核对回盘。A return file against the batch it answers, its rows in any order and some at a time: anything that doesn't agree refuses the whole,
/// and nothing is applied. Of each row it keeps what must be known to register it: nine bytes.
struct ReturnCheck {
    /// By the place of a row in the batch: nothing, credited, or the place of the failure's code behind that.
    private var results: [UInt8]
    private var amounts: [Int64]
    private var rows = 0, last = 0, credited = 0, creditedSum = Money.zero, failed = 0, failedSum = Money.zero
    private var doubled: Int?
    /// What is wrong with the first row that doesn't agree.
    private var fault: (seq: Int, refusal: Refusal)?

    private static let isCredited: UInt8 = 1, isRegistered: UInt8 = .max
    private static let failures: [ReturnCode?] = [nil, nil] + ReturnCode.allCases

    /// - Parameter places: the last place of a row that was sent.
    init(places: Int) {
        results = Array(repeating: 0, count: places + 1)
        amounts = Array(repeating: 0, count: places + 1)
    }

    /// Some rows, held against what was sent in their places.
    /// - Parameter sent: the rows from the first to the last of these places, in order.
    mutating func take(_ some: [ReturnRow], sent: [PaymentRow]) {
        var place = 0
        for row in some.sorted(by: { $0.seq < $1.seq }) {
            count(row)
            while place < sent.count, sent[place].seq < row.seq { place += 1 }
            guard place < sent.count, sent[place].seq == row.seq, results.indices.contains(row.seq) else {
                note(row.seq, "回盘文件里的第 \(row.seq) 笔不是我们发出的。没有登记任何一笔")
                continue
            }
            if results[row.seq] != 0 { doubled = min(doubled ?? row.seq, row.seq) }
            results[row.seq] = row.failure.flatMap { code in Self.failures.firstIndex(of: code).map(UInt8.init) } ?? Self.isCredited
            amounts[row.seq] = row.amount.fen
            compare(row, sent[place])
        }
    }

    private mutating func count(_ row: ReturnRow) {
        rows += 1
        last = max(last, row.seq)
        let (sum, isTooLarge) = (row.failure == nil ? creditedSum : failedSum).fen.addingReportingOverflow(row.amount.fen)
        guard !isTooLarge else { return note(row.seq, "回盘文件里各笔的金额加起来大得不合理。没有登记任何一笔") }
        if row.failure == nil { (credited, creditedSum) = (credited + 1, Money(fen: sum)) } else { (failed, failedSum) = (failed + 1, Money(fen: sum)) }
    }

    private mutating func compare(_ row: ReturnRow, _ sent: PaymentRow) {
        if row.account != sent.account {
            note(row.seq, "回盘文件第 \(row.seq) 笔的账号与发出的不同。没有登记任何一笔")
        } else if row.amount != sent.amount {
            note(row.seq, "回盘文件第 \(row.seq) 笔的金额是 \(row.amount.shown)，发出的是 \(sent.amount.shown)。没有登记任何一笔")
        }
    }

    private mutating func note(_ seq: Int, _ message: String) {
        if seq < fault?.seq ?? .max { fault = (seq, .invalid(message)) }
    }

    /// A row that we sent, in order: whether there is an answer to it.
    mutating func require(_ seq: Int) {
        guard !results.indices.contains(seq) || results[seq] == 0 else { return }
        note(seq, seq > last ? "回盘文件缺第 \(seq) 笔及以后的各笔，可能被截断。没有登记任何一笔" : "回盘文件缺第 \(seq) 笔。没有登记任何一笔")
    }

    /// The head against the rows, then the rows against what was sent.
    /// - Throws: `.conflict` when the file is of another batch, `.invalid` for everything else.
    func finish(_ head: ReturnHead, of number: String) throws(Refusal) {
        guard head.number == number else { throw .conflict("这是批次 \(head.number) 的回盘文件，现在等的是 \(number)。没有登记任何一笔") }
        if let doubled { throw .invalid("回盘文件里第 \(doubled) 笔出现两次。没有登记任何一笔") }
        guard credited == head.credited, failed == head.failed else { throw .invalid("回盘文件抬头的笔数与明细不符。没有登记任何一笔") }
        guard creditedSum == head.creditedSum, failedSum == head.failedSum else { throw .invalid("回盘文件抬头的金额与明细不符。没有登记任何一笔") }
        if let fault { throw fault.refusal }
    }

    /// A row that was registered before the file was interrupted.
    /// - Throws: `.conflict` when this file says otherwise.
    mutating func passOver(_ seq: Int, _ failure: ReturnCode?) throws(Refusal) {
        guard results.indices.contains(seq), results[seq] != 0, Self.failures[Int(results[seq])] == failure else {
            throw .conflict("第 \(seq) 笔已按另一份回盘文件登记，结果与这一份不同。没有登记任何一笔。请先重新上传中断的那一份，登记完再与渠道核对")
        }
        results[seq] = Self.isRegistered
    }

    /// Rows that aren't registered yet, in order, from a place on.
    func rest(from start: Int, atMost limit: Int) -> [ReturnResult] {
        var rest: [ReturnResult] = []
        for seq in max(start, 0) ..< max(results.count, start) where results[seq] != 0 && results[seq] != Self.isRegistered {
            guard rest.count < limit else { break }
            rest.append(ReturnResult(seq: seq, amount: Money(fen: amounts[seq]), failure: Self.failures[Int(results[seq])]))
        }
        return rest
    }
}
