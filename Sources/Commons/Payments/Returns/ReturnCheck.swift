import Values

/// 核对回盘。A return file against the batch it answers, row by row: anything that doesn't agree refuses the whole, and nothing is applied.
struct ReturnCheck {
    private let file: ReturnFile
    private let rows: [ReturnRow]
    private var place = 0

    /// - Throws: `.conflict` when the file is of another batch, `.invalid` when its head and its rows differ or a row comes twice.
    init(_ file: ReturnFile, of number: String) throws(Refusal) {
        guard file.number == number else { throw .conflict("这是批次 \(file.number) 的回盘文件，现在等的是 \(number)。没有登记任何一笔") }
        rows = file.rows.sorted { $0.seq < $1.seq }
        for (earlier, later) in zip(rows, rows.dropFirst()) where earlier.seq == later.seq { throw .invalid("回盘文件里第 \(earlier.seq) 笔出现两次。没有登记任何一笔") }
        let whole = ReturnFile(number: file.number, on: file.on, rows)
        guard whole.credited == file.credited, whole.failed == file.failed else { throw .invalid("回盘文件抬头的笔数与明细不符。没有登记任何一笔") }
        guard whole.creditedSum == file.creditedSum, whole.failedSum == file.failedSum else { throw .invalid("回盘文件抬头的金额与明细不符。没有登记任何一笔") }
        self.file = file
    }

    /// The next row that we sent.
    mutating func take(seq: Int, account: String, amount: Money) throws(Refusal) {
        guard place < rows.count else { throw .invalid("回盘文件缺第 \(seq) 笔及以后的各笔，可能被截断。没有登记任何一笔") }
        let row = rows[place]
        guard row.seq >= seq else { throw .invalid("回盘文件里的第 \(row.seq) 笔不是我们发出的。没有登记任何一笔") }
        guard row.seq == seq else { throw .invalid("回盘文件缺第 \(seq) 笔。没有登记任何一笔") }
        guard row.account == account else { throw .invalid("回盘文件第 \(seq) 笔的账号与发出的不同。没有登记任何一笔") }
        guard row.amount == amount else { throw .invalid("回盘文件第 \(seq) 笔的金额是 \(row.amount.shown)，发出的是 \(amount.shown)。没有登记任何一笔") }
        place += 1
    }

    /// - Returns: the rows in order.
    func finish() throws(Refusal) -> [ReturnRow] {
        guard place == rows.count else { throw .invalid("回盘文件里的第 \(rows[place].seq) 笔不是我们发出的。没有登记任何一笔") }
        return rows
    }
}
