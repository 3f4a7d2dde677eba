import Kernel
import Values

extension Term where Value == ID<PaymentRun> {
    static var paymentRun: Term<ID<PaymentRun>> { Term("run", "发放批次", .carried) }
    static var newPaymentRun: Term<ID<PaymentRun>> { Term("run", "批次编号", .made) }
    static var runOfRow: Term<ID<PaymentRun>> { Term("run_id", "发放批次") }
}
extension Term where Value == ID<PaymentLine> {
    static var lineOfRow: Term<ID<PaymentLine>> { Term("line_id", "名册行") }
}
extension Term where Value == Month {
    static var benefitMonth: Term<Month> { Term("month", "所属月份", hint: "如 2024-07") }
}
extension Term where Value == String {
    static var programmeName: Term<String> { Term("programme", "发放项目", hint: "项目名称，如 高龄津贴；全部项目都发的不填") }
    static var programmeOfRow: Term<String> { Term("programme", "发放项目") }
    static var channelName: Term<String> { Term("channel", "发放渠道") }
    static var runStep: Term<String> { Term("step", "步骤") }
    static var runTitle: Term<String> { Term("title", "名称") }
    static var runBasis: Term<String> { Term("basis", "依据", hint: "文件名称、文号") }
    static var paidSubject: Term<String> { Term("subject", "户或人") }
}
extension Term where Value == LineReason {
    static var lineReason: Term<LineReason> { Term("reason", "理由") }
}
extension Term where Value == CheckCode {
    static var checkCode: Term<CheckCode> { Term("code", "检查结果") }
}
extension Term where Value == Money {
    static var dueFen: Term<Money> { Term("due_fen", "应发") }
    static var previousFen: Term<Money> { Term("previous_fen", "上月") }
    static var offsetFen: Term<Money> { Term("offset_fen", "抵扣") }
    static var paidFen: Term<Money> { Term("amount_fen", "实发") }
    static var differenceFen: Term<Money> { Term("difference_fen", "与上月相差") }
    static var sumFen: Term<Money> { Term("sum_fen", "金额") }
}
extension Term where Value == Int {
    static var lineNumberInRun: Term<Int> { Term("number", "序号") }
    static var peopleCount: Term<Int> { Term("people", "人数") }
}

extension Amount {
    /// 一笔最多多少：a hundred million yuan. What is more was typed wrong, and a million of them could still be added up.
    static let mostOfOne = Money.yuan(100_000_000)

    /// - Throws: `.invalid` for nothing, and for more than one payment ever comes to.
    func requirePayable(at field: String) throws(Refusal) {
        guard money > .zero else { throw Refusal.invalid("金额应大于零").at([field]) }
        guard money <= Self.mostOfOne else { throw Refusal.invalid("一笔 \(money.shown) 太大，最多 \(Self.mostOfOne.shown)，请核对是否多写了几位").at([field]) }
    }
}
