@testable import Commons
import Kernel
import Pages
import Testing
import Values

/// 追回通知书、退款收据。
struct RecoverySheetTests {
    @Test("大写金额", arguments: [
        (0, "零元整"), (1, "壹分"), (10, "壹角整"), (100, "壹元整"), (101, "壹元零壹分"), (110, "壹元壹角整"), (111, "壹元壹角壹分"), (1000, "壹拾元整"), (10_100, "壹佰零壹元整"),
        (100_000, "壹仟元整"), (100_100, "壹仟零壹元整"), (1_000_000, "壹万元整"), (1_000_100, "壹万零壹元整"), (1_010_000, "壹万零壹佰元整"), (1_100_000, "壹万壹仟元整"),
        (12_345_678, "壹拾贰万叁仟肆佰伍拾陆元柒角捌分"), (10_000_000_000, "壹亿元整"), (10_000_000_100, "壹亿零壹元整"), (10_010_000_000, "壹亿零壹拾万元整"),
        (110_101_000_005, "壹拾壹亿零壹佰零壹万元零伍分"),
    ])
    func writtenAmounts(_ fen: Int, _ text: String) { #expect(Money(fen: Int64(fen)).written == text) }

    /// Three months of 300, of which the last two should have been 200 and nothing.
    private func overpaid() async throws -> (PayOffice, Recovery, person: String) {
        let pay = try await PayOffice(), people = try await peopled(pay, 2)
        try await pay.grant("a", [people[0]], 300, from: "2024-07")
        try await pay.grant("b", [people[1]], 100, from: "2024-07")
        try await pay.fund()
        for month in ["2024-07", "2024-08"] {
            try await pay.month(month)
            pay.office.clock.set(day(2024, month == "2024-07" ? 8 : 9, 9))
        }
        try await pay.endGrant("a", until: "2024-07")
        try await pay.grant("a", [people[0]], 200, from: "2024-07", until: "2024-08")
        try await pay.month("2024-09")
        let recovery = try await pay.counter.read(as: .house) { try $0.all(Recovery.self, where: "1 = 1 ORDER BY id") }
        return (pay, try #require(recovery.first), people[0])
    }

    @Test("通知书：逐月已发、应发、多发，写明当时的批次、依据、怎样不服、到哪一天")
    func notice() async throws {
        let (pay, recovery, _) = try await overpaid()
        let months = try await pay.counter.read(as: .house) { try $0.overpaidMonths(of: recovery.id) }
        #expect(months.map { [$0.month.typed, $0.paid.typed, $0.due.typed, $0.overpaid.typed] } == [["2024-07", "300.00", "200.00", "100.00"], ["2024-08", "300.00", "0.00", "300.00"]])
        #expect(months.allSatisfy { $0.lines.count == 1 && $0.lines[0].hasSuffix("第 1 行") })
        let before = try await page(pay, "recoveries/{id}/notice", recovery.id.text)
        for text in ["共多发 400.00 元", "计算（元）", "民法典", "行政复议", "六个月", "合计"] { #expect(before.contains(text), "\(text)") }
        #expect(!before.contains("到2024年11月"))
        try await pay.office.submit("payments.notify-recovery", ["recovery": recovery.id.text, "told": "当面送达本人"], as: reviewer)
        let after = try await page(pay, "recoveries/{id}/notice", recovery.id.text)
        #expect(after.contains("申请行政复议到2024年11月8日为止"), "\(after)")
    }

    @Test("退款收据：大写、凭证号、还应退多少；别的区域的人打不开")
    func receipt() async throws {
        let (pay, recovery, _) = try await overpaid()
        try await pay.office.submit("payments.record-refund", ["recovery": recovery.id.text, "amount_fen": "150.05", "receipt": "缴〔2024〕7号"], as: financier)
        let step: String? = try await pay.office.database.read { try $0.value("SELECT id FROM payment_recovery_step") }
        let text = try await page(pay, "refunds/{id}", try #require(step))
        for part in ["壹佰伍拾元零伍分", "缴〔2024〕7号", "249.95 元"] { #expect(text.contains(part), "\(part)：\(text)") }
        let whole = try await page(pay, "recoveries/{id}", recovery.id.text)
        #expect(whole.contains("/payments/refunds/") && whole.contains("2024年8月"))
        let far = Actor(user: reviewer.user, name: "远处", role: .countyReviewer, region: region("000182"))
        #expect(try await pay.office.refusal { _ = try await page(pay, "refunds/{id}", step ?? "", as: far) } == .forbidden)
    }

    private func page(_ pay: PayOffice, _ path: String, _ id: String, as actor: Actor = reviewer) async throws -> String {
        try await pay.office.page("payments", path, ["id": id], as: actor).text
    }
}
