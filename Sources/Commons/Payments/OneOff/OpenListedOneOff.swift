import Kernel
import Storage
import Values

/// 按名单一次性发放。Everybody on a list who isn't in a batch yet becomes one: checks, three signatures, file, return and proof as for a month.
struct OpenListedOneOff: Action {
    let run: ID<PaymentRun>
    let region: RegionCode
    let title: String
    let name: OneOffName
    let basis: String
    let month: Month
    let channel: ChannelKind

    static let title = "按名单一次性发放"
    static let guidance = "名单先导入或者列入。把名单上还没有发的人列入一个批次；暂缓和没有发成的，可以在下一批再发。"
    static let roles: Set<Role> = .payingClerks
    static let subject = Subject<OpenListedOneOff>.new(in: \.region)
    static let shape = Shape<OpenListedOneOff> {
        Field(.newPaymentRun, \.run)
        Field(.region, \.region)
        Field(.oneOffTitle, \.title)
        Field(.oneOffName, \.name)
        Field(.oneOffBasis, \.basis)
        Field(.listedMonth, \.month)
        Field(.channelKind, \.channel)
    }

    init(from reading: Reading<OpenListedOneOff>) throws(Refusal) {
        run = try reading(.newPaymentRun)
        region = try reading(.region)
        title = try reading(.oneOffTitle)
        name = try reading(.oneOffName)
        basis = try reading(.oneOffBasis)
        month = try reading(.listedMonth)
        channel = try reading(.channelKind)
    }

    func perform(at desk: Desk) throws -> Outcome {
        guard month <= desk.today.monthOf else { throw Refusal.invalid("还没有到\(month.shown)").at(["month"]) }
        let run = PaymentRun(run, .oneOff, title, month, in: region, channel: channel.rawValue, basis: basis, by: desk)
        let outcome = try desk.open(run, [(name.programme, month, false)])
        let waiting: Statement = "name = \(name) AND effective = 1 AND run_id IS NULL AND \(Reader.within("region", region))"
        let people = try desk.connection.run("""
            INSERT INTO payment_one_off (run_id, subject, person_id, payee_id, amount_fen)
            SELECT \(run.id), person_id, person_id, payee_id, amount_fen FROM one_off_due WHERE \(waiting)
            """)
        guard people > 0 else { throw Refusal.absent("名单 \(name.code) 上没有等待发放的人，请先导入或者列入名单").at(["name"]) }
        try desk.connection.run("UPDATE one_off_due SET run_id = \(run.id) WHERE \(waiting)")
        return outcome
    }
}

extension Term where Value == Month {
    static var listedMonth: Term<Month> { Term("month", "所属月份", hint: "如 2024-02") }
}
