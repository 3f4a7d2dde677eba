import Kernel
import Pages
import Storage
import Values

/// 追回通知书：which months were paid too much, the reckoning, the claims it names, the law, how to object and until when.
let recoveryNotice = Page("recoveries/{id}/notice", "追回通知书", roles: .paymentReaders) { visit in
    let reader = visit.reader, recovery: Recovery = try reader.find(try visit.id())
    try reader.requireScope(recovery.region, of: "这件追回")
    let file = try reader.caseFile(recovery.id)
    return Page.Body("追回通知书", breadcrumbs: [(file.title, recovery.link)], sheets: [try reader.notice(of: recovery, file)])
}

/// 退款收据：what was given back, in figures and in words.
let refundReceipt = Page("refunds/{id}", "退款收据", roles: .paymentReaders) { visit in
    let reader = visit.reader, step: ID<Recovery> = try visit.id()
    let found = try reader.connection.first("SELECT recovery_id, amount_fen, note, on_day, by_name FROM payment_recovery_step WHERE id = \(step) AND kind = 'refund'") { row in
        Refund(recovery: try row.read(0), amount: try row.read(1), note: try row.read(2), on: try row.read(3), by: row.text(4))
    }
    guard let refund = found else { throw Refusal.absent("找不到这笔退款") }
    let recovery = try reader.find(refund.recovery), file = try reader.caseFile(recovery.id)
    try reader.requireScope(recovery.region, of: "这笔退款")
    return Page.Body("退款收据", breadcrumbs: [(file.title, recovery.link)], sheets: [try reader.receipt(of: refund, step, recovery, file)])
}

private struct Refund: Sendable {
    let recovery: ID<Recovery>, amount: Money, note: String?, on: CivilDate, by: String
}

/// 一个月多发多少。What was paid, what was due, and the lines that paid it.
struct OverpaidMonth: Sendable, Hashable {
    let month: Month, paid: Money, overpaid: Money, lines: [String]
    var due: Money { paid - overpaid }
}

extension Reader {
    /// Month by month, from the claims that the recovery lessened.
    func overpaidMonths(of recovery: ID<Recovery>) throws -> [OverpaidMonth] {
        let months: [(Month, Money)] = try connection.all("""
            SELECT month, CAST(-sum(amount_fen) AS BIGINT) FROM payment_adjustment WHERE recovery_id = \(recovery) AND effective = 1 GROUP BY month ORDER BY month
            """) { (try $0.read(0), try $0.read(1)) }
        return try months.map { month, overpaid in
            let claims = try connection.all("""
                SELECT f.number, l.number, CAST(sum(c.amount_fen) AS BIGINT) + CAST(coalesce(sum((SELECT sum(k.amount_fen) FROM payment_adjustment AS k
                         WHERE k.claim_id = c.id AND k.effective = 1 AND (k.recovery_id IS NULL OR k.recovery_id < \(recovery)))), 0) AS BIGINT)
                FROM payment_claim AS c JOIN payment_line AS l ON l.id = c.line_id JOIN case_file AS f ON f.id = c.run_id
                WHERE c.id IN (SELECT j.claim_id FROM payment_adjustment AS j WHERE j.recovery_id = \(recovery) AND j.month = \(month) AND j.effective = 1)
                GROUP BY f.number, l.number ORDER BY f.number, l.number
                """) { (name: "\($0.text(0)) 第 \(try $0.read(1) as Int) 行", amount: try $0.read(2) as Money) }
            return OverpaidMonth(month: month, paid: claims.reduce(.zero) { $0 + $1.amount }, overpaid: overpaid, lines: claims.map(\.name))
        }
    }

    func notice(of recovery: Recovery, _ file: CaseFile) throws -> Sheet {
        let payee = try standing(recovery.payee), left = try left(of: recovery.id, recovery.amount), title = house.paidTitles[recovery.programme] ?? recovery.programme
        let county = try regionName(recovery.region.treasury), toldOn = try toldOn(recovery.id), isDeceased = payee.diedOn != nil
        let addressee = isDeceased ? "\(payee.name.shown)的家属" : payee.name.shown
        let whose = isDeceased ? "\(payee.name.shown)生前领取的" : "您（户）领取的", back = recovery.amount - left
        let lessened = back > .zero ? "，已退还或者抵扣 \(back.shown)，还应退还 \(left.shown)" : ""
        return Sheet(
            unit: "\(county)民政局", title: "多发待遇追回通知书", number: file.number, addressee: addressee,
            body: ["经核对，\(whose)\(title)，\(recovery.from.shown)至\(recovery.through.shown)共多发 \(recovery.amount.shown)\(lessened)。原因：\(recovery.cause)。",
                   "请在收到本通知书之日起 30 日内退还；一次退还有困难的，可以向我们申请分期。\(isDeceased ? "" : "未经您书面同意、当地又没有规定的，我们不会从以后的待遇中抵扣。")金额有误的，请带上银行流水等材料来核对。"],
            particulars: [.table(reckoning(try overpaidMonths(of: recovery.id), recovery.amount))],
            basis: ["《中华人民共和国民法典》第九百八十五条", Citation.oneCard.text], objection: try objection(recovery.region, county, toldOn),
            signatures: ["被送达人签名", "送达人签名"], date: (toldOn ?? recovery.foundOn).shown,
            receipt: Sheet.Receipt([.init("文书", "多发待遇追回通知书"), .init("编号", file.number), .init("受送达人", addressee)]), traceCode: trace(recovery.id))
    }

    private func reckoning(_ months: [OverpaidMonth], _ total: Money) -> Sheet.Table {
        let rows = months.map { [$0.month.shown, $0.paid.plain, $0.due.plain, $0.overpaid.plain, $0.lines.joined(separator: "、")] }
        let sums = ["合计", months.reduce(.zero) { $0 + $1.paid }.plain, months.reduce(.zero) { $0 + $1.due }.plain, total.plain, ""]
        return Sheet.Table("计算（元）：已发 − 应发 ＝ 多发", columns: [
            .init("所属月份", share: 3), .init("已发", .money), .init("应发", .money), .init("多发", .money), .init("当时的发放批次", share: 5),
        ], texts: rows + [sums])
    }

    /// When the person was told in writing: the periods run from the day after.
    private func toldOn(_ recovery: ID<Recovery>) throws -> CivilDate? {
        let at: Instant? = try connection.value("SELECT min(at) FROM journal WHERE subject = \(recovery) AND action = \("payments.\(NotifyRecovery.name)")")
        return at?.date
    }

    private func objection(_ region: RegionCode, _ county: String, _ toldOn: CivilDate?) throws -> String {
        let day = toldOn ?? today, authority = try ruledReviewAuthority(on: day, in: region) ?? "\(county)人民政府", court = try ruledCourt(on: day, in: region) ?? "人民法院"
        let until = toldOn.map { told in
            let review = RemedyTerm.review.lastDay(after: told, calendar), lawsuit = RemedyTerm.lawsuit.lastDay(after: told, calendar)
            return "本通知于\(told.shown)告知，申请行政复议到\(review.shown)为止，提起行政诉讼到\(lawsuit.shown)为止。"
        } ?? ""
        return "对多发的月份、金额有异议的，可以先向我们申请核对；也可以自收到本通知书之日起 60 日内向\(authority)申请行政复议（《中华人民共和国行政复议法》第二十条），"
            + "或者自收到之日起六个月内向\(court)提起行政诉讼（《中华人民共和国行政诉讼法》第四十六条）。\(until)"
    }

    fileprivate func receipt(of refund: Refund, _ step: ID<Recovery>, _ recovery: Recovery, _ file: CaseFile) throws -> Sheet {
        let payee = try standing(recovery.payee), title = house.paidTitles[recovery.programme] ?? recovery.programme
        let before: Money = try connection.value("""
            SELECT CAST(coalesce(sum(amount_fen), 0) AS BIGINT) FROM payment_recovery_step WHERE recovery_id = \(recovery.id) AND id <= \(step)
            """) ?? .zero
        return Sheet(
            unit: "\(try regionName(recovery.region.treasury))民政局", title: "多发待遇退款收据", number: file.number, addressee: payee.name.shown,
            body: ["今收到\(payee.name.shown)退还\(recovery.from.shown)至\(recovery.through.shown)多发的\(title) \(refund.amount.shown)（大写：\(refund.amount.written)）。"],
            particulars: [.facts([
                .init("退款日期", refund.on.shown), .init("缴款凭证号", refund.note ?? "无"), .init("应退合计", recovery.amount.shown),
                .init("至本次已退", before.shown), .init("还应退", (recovery.amount - before).shown), .init("经手人", refund.by),
            ])],
            basis: [], objection: "", signatures: ["退款人签名", "经手人签名"], date: refund.on.shown, traceCode: trace(step))
    }

    /// 查验码：by which a paper is found again.
    private func trace(_ id: ID<Recovery>) -> String {
        let code = Array(id.text.suffix(12))
        return [code.prefix(4), code.dropFirst(4).prefix(4), code.suffix(4)].map { String($0) }.joined(separator: "-")
    }
}
