import Values

/// 模拟渠道。Answers a payment file as a bank would, and fails a stated share of the rows for stated reasons: the same file and seed, the same answer.
public struct SimulatedChannel: Sendable {
    public let failing: BasisPoints
    public let reasons: [ReturnCode]
    public let seed: UInt64

    public init(failing: BasisPoints, reasons: [ReturnCode] = [.closed, .frozen, .nameMismatch, .wrongNumber], seed: UInt64 = 1) {
        self.failing = failing
        self.reasons = reasons.isEmpty ? [.other] : reasons
        self.seed = seed
    }

    /// The return file of a payment file.
    public func answer(_ bytes: [UInt8], in format: any PaymentFormat, on day: CivilDate) throws(Refusal) -> [UInt8] {
        let (head, rows) = try format.payments(bytes)
        return try format.returned(ReturnFile(number: head.number, on: day, rows.map(result)))
    }

    private func result(_ row: PaymentRow) -> ReturnRow {
        let draw = Self.mixed(seed ^ UInt64(row.seq) &* 0x9E37_79B9_7F4A_7C15)
        let fails = Int(draw % 10_000) < failing.value
        return ReturnRow(seq: row.seq, account: row.account, amount: row.amount, failure: fails ? reasons[Int((draw >> 32) % UInt64(reasons.count))] : nil)
    }

    /// SplitMix64's finaliser: spreads neighbouring numbers over all.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
