@testable import Commons
import Testing
import Values

/// 纯规则：文件格式、名册、分担、短签。
struct PaymentRuleTests {
    @Test("SipHash-2-4：论文附录的样例")
    func sipHash() {
        let hash = SipHash(key: Array(0 ..< 16))
        #expect(hash.code(of: Array(0 ..< 15)) == 0xA129_CA61_49BE_45E5)
        #expect(hash.code(of: []) == 0x726F_DB47_DD0E_0E31)
        #expect(hash.code(of: [0]) == 0x74F8_39C5_93DC_67FD)
    }

    @Test("按比例分担：合计不差一分，余数归最大的一份", arguments: [
        (100, [6000, 2500, 1500], [60, 25, 15]), (1, [6000, 2500, 1500], [1, 0, 0]), (101, [5000, 5000], [51, 50]), (0, [10_000], [0]), (99_999, [3333, 3333, 3334], [33_329, 33_329, 33_341]),
    ])
    func fundSplit(_ fen: Int, _ points: [Int], _ parts: [Int]) throws {
        let sources: [FundSource] = [.central, .province, .local]
        let found = try split(Money(fen: Int64(fen)), by: zip(sources, points).map { ($0, BasisPoints($1)) })
        #expect(found.map { Int($0.amount.fen) } == parts)
        #expect(found.reduce(0) { $0 + $1.amount.fen } == Int64(fen))
    }

    @Test("没有比例、比例不足百分之百：拒绝", arguments: [[], [9999], [5000, 5001]])
    func noSplit(_ points: [Int]) {
        #expect(throws: Refusal.self) { _ = try split(.yuan(1), by: zip(FundSource.allCases, points).map { ($0, BasisPoints($1)) }) }
    }

    @Test("各人份额：余数在第一份", arguments: [(100, 3, [34, 33, 33]), (2, 3, [2, 0, 0]), (9, 1, [9]), (9, 0, [])])
    func claimShares(_ fen: Int, _ count: Int, _ parts: [Int]) { #expect(shares(of: Money(fen: Int64(fen)), among: count).map { Int($0.fen) } == parts) }

    @Test("两列按序并成一列")
    func merging() {
        var pairs: [String] = []
        merged(["a", "c", "d"], ["b", "c", "e"], \.self, \.self) { pairs.append("\($0 ?? "-")\($1 ?? "-")") }
        #expect(pairs == ["a-", "-b", "cc", "d-", "-e"])
    }

    private static let rows = [
        PaymentRow(seq: 1, account: "10000001", bank: "示范农商银行", holder: "试𠮷某", amount: .yuan(735), programme: "minimum-living", month: month("2024-07"), isArrears: false, line: "01J1ZZZZZZZZZZZZZZZZZZZZZZ"),
        PaymentRow(seq: 22, account: "10000002", bank: "示范,“商”\"银行", holder: "阿卜杜拉·热西提·吐尔逊江·买买提明", amount: Money(fen: 1), programme: "elder-allowance", month: month("2024-06"), isArrears: true,
                   line: "01J1ZZZZZZZZZZZZZZZZZZZZZ0"),
    ]

    private static func month(_ text: String) -> Month { (try? Month(typed: text)) ?? CivilDate.earliest.monthOf }

    @Test("发放文件写出去再读回来，一样", arguments: [ChannelKind.bank, .treasury])
    func paymentFiles(_ channel: ChannelKind) throws {
        let format = channel.format, head = BatchHead(number: "FF2024-000001-1", title: "2024年7月待遇发放", month: Self.month("2024-07"), rows: 2, sum: Money(fen: 73_501))
        var bytes = try format.head(head)
        for row in Self.rows { bytes += try format.row(row) }
        let (readHead, readRows) = try format.payments(bytes)
        #expect(readHead == head)
        #expect(readRows == Self.rows)
    }

    @Test("名称里的换行成不了另一笔", arguments: [ChannelKind.bank, .treasury])
    func noForgedRows(_ channel: ChannelKind) throws {
        let format = channel.format, head = BatchHead(number: "FF2024-000001-1", title: "试", month: Self.month("2024-07"), rows: 1, sum: .yuan(1))
        let row = PaymentRow(seq: 1, account: "10000001", bank: "示范\r\nD00000002", holder: "试\n某", amount: .yuan(1), programme: "p", month: Self.month("2024-07"), isArrears: false, line: "L")
        let (_, rows) = try format.payments(try format.head(head) + format.row(row))
        #expect(rows.map(\.bank) == ["示范  D00000002"] && rows.map(\.holder) == ["试 某"])
    }

    @Test("回盘文件写出去再读回来，一样；截去末尾就读不了", arguments: [ChannelKind.bank, .treasury])
    func returnFiles(_ channel: ChannelKind) throws {
        let rows = [ReturnRow(seq: 1, account: "10000001", amount: .yuan(735), failure: nil), ReturnRow(seq: 22, account: "10000002", amount: Money(fen: 1), failure: .frozen)]
        let file = ReturnFile(number: "FF2024-000001-1", on: .init(written: 2024, 7, 12), rows), format = channel.format
        let bytes = try format.returned(file)
        #expect(try format.returned(bytes) == file)
        for cut in [3, 20, 40] { #expect(throws: Refusal.self) { _ = try format.returned(Array(bytes.dropLast(cut))) } }
    }

    @Test("模拟渠道：按所说的比例失败，同一种子同一结果", arguments: [0, 3000, 10_000])
    func simulation(_ points: Int) throws {
        let format = BankFormat()
        var bytes = try format.head(BatchHead(number: "N", title: "试", month: Self.month("2024-07"), rows: 1000, sum: .yuan(1000)))
        for seq in 1 ... 1000 {
            bytes += try format.row(PaymentRow(seq: seq, account: "\(10_000_000 + seq)", bank: "试", holder: "试", amount: .yuan(1), programme: "p", month: Self.month("2024-07"), isArrears: false, line: "L"))
        }
        let channel = SimulatedChannel(failing: BasisPoints(points), seed: 7), answer = try channel.answer(bytes, in: format, on: .init(written: 2024, 7, 12))
        #expect(answer == (try channel.answer(bytes, in: format, on: .init(written: 2024, 7, 12))))
        let failed = try format.returned(answer).failed
        #expect(abs(failed - points / 10) <= (points % 10_000 == 0 ? 0 : 60))
    }

    @Test("故障点：到第几次才到期", arguments: [("x", [true, false]), ("x:2", [false, true, false]), ("x:0", []), ("", [])])
    func failPoints(_ text: String, _ due: [Bool]) {
        let armed = ArmedFailPoint(text)
        #expect((armed == nil) == due.isEmpty)
        for isDue in due { #expect(armed?.isDue() == isDue) }
    }
}
