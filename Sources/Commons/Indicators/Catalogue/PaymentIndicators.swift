import Kernel
import Storage

private let area = "资金发放", paymentBasis = "待遇发放的回盘登记；发放渠道确认到账后计入，按到账日的月份计"

/// 逐笔的发放结果。
private let results = Tally.Register(
    "payments", "payment_result AS r JOIN payment_line AS l ON l.id = r.line_id", region: "l.region", subject: "l.id", listing: ("payments", "roster"),
    watches: ["payments"], ignores: paymentHarmless)
private let recoveries = Tally.Register(
    "recoveries", "payment_recovery AS v", region: "v.region", subject: "v.id", listing: ("payments", "recoveries"), watches: ["payments", "people"], ignores: paymentHarmless)
private let returned = Tally.Register(
    "recovery-steps", "payment_recovery_step AS s JOIN payment_recovery AS v ON v.id = s.recovery_id", region: "v.region", subject: "v.id",
    listing: ("payments", "recoveries"), watches: ["payments", "people"], ignores: paymentHarmless)
private let holds = Tally.Register(
    "payment-holds", "payment_hold AS h", region: "h.region", subject: "h.id", listing: ("payments", "holds"), watches: ["payments", "people"], ignores: paymentHarmless)

/// What moves no money: freezing, enrolling, checking, accounts; and the register of people as far as it moves no place.
private let paymentHarmless: Set<String> = [
    "payments.open-month", "payments.open-one-off", "payments.enrol-slice", "payments.end-roster", "payments.check-month", "payments.sign-as-business",
    "payments.register-account", "payments.record-budget", "people.find-duplicates", "people.note-duplicates", "people.mark-distinct", "people.reveal-identifiers",
    "people.register-person", "people.edit-person", "people.register-household", "people.add-member", "people.end-membership",
]

private let month = Statement.month(of: "r.on_day")

extension Indicator {
    /// 某项目的到账金额和人次, for a line that offers the programme.
    public static func payments(of programme: Statement, line: String, title: String, area: String, words: [String]) -> [any Offer] {
        let paid: Statement = "r.credited = 1 AND l.programme = \(programme)"
        return [
            Indicator("\(line).paid", "\(title)发放额", area: area, unit: .yuan, .flow, definition: "期内到账的\(title)，含补发；退票、没有到账的不计。", basis: paymentBasis,
                      words: words + ["\(title)发放金额"], from: .counted(Tally(results, Tally.Part(.month(month), where: paid, amount: "r.amount_fen")))),
            Indicator("\(line).paid-visits", "\(title)发放人次", area: area, unit: .visits, .flow, definition: "期内到账的\(title)惠及的人次，一人一月计一次。", basis: paymentBasis,
                      words: ["\(title)人次"], from: .counted(Tally(results, Tally.Part(.month(month), where: paid, amount: "l.people")))),
        ]
    }
}

/// 发放指标，各项目合计。
let paymentIndicators: [any Offer] = [
    Indicator("payments.paid", "“一卡通”发放各类救助资金", area: "社会救助", unit: .yuan, .flow, definition: "期内通过“一卡通”到账的各项目资金合计；退票、没有到账的不计。", basis: paymentBasis,
              words: ["一卡通发放金额", "发放各类救助资金", "各类资金发放额"],
              from: .counted(Tally(results, Tally.Part(.month(month), where: "r.credited = 1", amount: "r.amount_fen")))),
    Indicator("payments.visits", "“一卡通”发放人次", area: area, unit: .visits, .flow, definition: "期内到账的各项目待遇惠及的人次，一人一月一项目计一次。", basis: paymentBasis,
              words: ["发放人次"], from: .counted(Tally(results, Tally.Part(.month(month), where: "r.credited = 1", amount: "l.people")))),
    Indicator("payments.credited", "到账笔数", area: area, unit: IndicatorUnit("笔"), .flow, definition: "期内发放渠道确认到账的笔数。", basis: paymentBasis, words: ["发放笔数"],
              from: .counted(Tally(results, Tally.Part(.month(month), where: "r.credited = 1")))),
    Indicator("payments.failed", "退票笔数", area: area, unit: IndicatorUnit("笔"), .flow, definition: "期内发放渠道退回的笔数，补发成功的仍计一次退票。", basis: paymentBasis, words: ["发放失败笔数"],
              from: .counted(Tally(results, Tally.Part(.month(month), where: "r.credited = 0")))),
    Indicator("payments.tried", "报盘笔数", area: area, unit: IndicatorUnit("笔"), .flow, definition: "期内有结果的报盘笔数：到账的加退票的。", basis: paymentBasis,
              from: .sum(of: ["payments.credited", "payments.failed"])),
    Indicator("payments.success-rate", "一次发放成功率", area: area, unit: .percent, .rate, definition: "到账笔数除以报盘笔数。", basis: paymentBasis, words: ["发放成功率"],
              from: .rate(of: "payments.credited", to: "payments.tried", times: 10_000)),
    Indicator("payments.overpaid", "发现多发金额", area: area, unit: .yuan, .flow, definition: "期内发现的多发金额，按发现日的月份计。", basis: "追回台账；重算发现多发时立件",
              words: ["多发金额"], from: .counted(Tally(recoveries, Tally.Part(.month(.month(of: "v.found_on")), amount: "v.amount_fen")))),
    Indicator("payments.recoveries", "追回立件数", area: area, unit: .cases, .flow, definition: "期内因多发而立的追回件。", basis: "追回台账；重算发现多发时立件", words: ["追回件数"],
              from: .counted(Tally(recoveries, Tally.Part(.month(.month(of: "v.found_on")))))),
    Indicator("payments.recovered", "追回金额", area: area, unit: .yuan, .flow, definition: "期内退款和抵扣的合计，核销的不计。", basis: "追回台账；登记退款、抵扣后变动", words: ["追缴金额", "追回资金"],
              from: .counted(Tally(returned, Tally.Part(.month(.month(of: "s.on_day")), where: "s.kind IN ('refund', 'offset')", amount: "s.amount_fen")))),
    Indicator("payments.refunded", "退款金额", area: area, unit: .yuan, .flow, definition: "期内本人退回的款项，抵扣的不计。", basis: "追回台账；登记退款后变动", words: ["退款"],
              from: .counted(Tally(returned, Tally.Part(.month(.month(of: "s.on_day")), where: "s.kind = 'refund'", amount: "s.amount_fen")))),
    Indicator("payments.held", "暂缓发放人数", area: area, unit: .people, .stock, definition: "月末仍在暂缓的人员；一人有几项暂缓的分别计。", basis: "暂缓台账；暂缓、解除后变动",
              words: ["暂停发放人数"],
              from: .counted(Tally(holds, Tally.Part(.spell(from: .month(of: "h.held_on"), until: .month(of: "h.released_on")))))),
]
