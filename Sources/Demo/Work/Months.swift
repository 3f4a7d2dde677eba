import Commons
import Kernel
import Storage
import Values

/// 示范市的发放。Six months before today, each paid on the tenth: frozen, checked, signed by three, filed, returned with failures, put right, closed.
/// Before them the months of the calibrated year, as smooth as months are.
///
/// Between them the city goes on living: what was decided after a month was paid comes out in the next as arrears or as a recovery.
final class Months {
    private struct Payday {
        let day: CivilDate
        /// Of the last six, counted from one; nil for an earlier month.
        let turn: Int?
    }

    private let office: Office
    private let calibration: Calibration
    private let paydays: [Payday]
    private var next = 0
    private(set) var paid = 0
    private var hold: String?
    /// What the counter refused; empty unless a rule has changed since.
    private(set) var refusals: [String] = []

    private static let region = "000181", turns = 6

    init(_ office: Office, _ calibration: Calibration) {
        self.office = office
        self.calibration = calibration
        let today = office.today, last = today.day >= 12 ? today.monthOf : today.monthOf.previous, first = last.adding(1 - Self.turns)
        let told = Calibration.isTold(on: today) ? (0 ..< 12).map { Calibration.firstPaid.adding($0) } : []
        let earlier = told.filter { $0 <= Calibration.lastPaid && $0 < first }
        let all = earlier.map { ($0, nil as Int?) } + (0 ..< Self.turns).map { (first.adding($0), $0 + 1) }
        paydays = office.knows("payments.open-month") ? all.map { Payday(day: office.workday(on: $0.0.first.adding(days: 9)), turn: $0.1) } : []
    }

    /// Pays every month whose day has come before this one.
    func catchUp(to day: CivilDate, _ dice: inout Dice) async throws {
        while next < paydays.count, paydays[next].day < day {
            let payday = paydays[next]
            next += 1
            do {
                try await pay(payday, &dice)
                if next == paydays.count { try await PaidBesides(office).pay(on: payday.day, &dice) }
            } catch let refusal as Refusal { refusals.append("发放（\(payday.day.shown)）：\(refusal.message)") }
        }
    }

    private func pay(_ payday: Payday, _ dice: inout Dice) async throws {
        let day = payday.day
        if next == 1 || payday.turn == 1 { try await fund(day, &dice) }
        if payday.turn == 1 { try await holdOne(day, &dice) }
        if let turn = payday.turn { try await live(turn, before: day, &dice) }
        // A few who had no account bring one; a few are left without, to be seen on the work list.
        try await openAccounts(day, leaving: payday.turn == 1 ? 3 : payday.turn == nil ? 0 : 1, inBulk: payday.turn ?? 0 < 2, &dice)
        let opened = try await office.act("payments.open-month", [
            "region": .typed(Self.region), "month": .typed(day.monthOf.typed), "channel": .typed(day.monthOf.month.isMultiple(of: 2) ? "bank" : "treasury"),
        ], by: "shenhe", on: day, &dice)
        let run: RawFields = ["run": .typed(opened.subject)], id = try ID<PaymentRun>(typed: opened.subject)
        try await office.finishPayments(id)
        for (act, by) in [("check-month", "shenhe"), ("sign-as-business", "shenpi"), ("sign-as-finance", "caiwu"), ("sign-as-leader", "juzhang")] {
            try await office.act("payments.\(act)", run, by: by, on: day, &dice)
        }
        try await office.finishPayments(id)
        try await file(id, run, day, &dice)
        // The last month is still with the bank: something to do on the first day.
        guard next < paydays.count else { return }
        try await settle(id, run, payday, &dice)
        paid += 1
        if payday.turn != nil { try await recover(day.adding(days: 6), &dice) }
    }

    /// What the bank says, what failed once more, and the end of the month. Of the earlier months only September had failures.
    private func settle(_ id: ID<PaymentRun>, _ run: RawFields, _ payday: Payday, _ dice: inout Dice) async throws {
        let day = payday.day
        try await office.takeSimulatedReturn(of: id, failing: payday.turn != nil ? 200 : day.month == 9 ? 150 : 0, seed: UInt64(payday.turn ?? 9), on: day.adding(days: 2))
        let failed = try await office.read { try $0.batches(of: id).last?.failed ?? 0 }
        if failed > 0 {
            try await office.act("payments.reissue-failed", run, by: "caiwu", on: day.adding(days: 5), &dice)
            try await file(id, run, day.adding(days: 5), &dice)
            try await office.takeSimulatedReturn(of: id, failing: 0, seed: 1, on: day.adding(days: 6))
        }
        try await office.act("payments.close-month", run, by: "caiwu", on: day.adding(days: 6), &dice)
    }

    private func file(_ id: ID<PaymentRun>, _ run: RawFields, _ day: CivilDate, _ dice: inout Dice) async throws {
        try await office.act("payments.file-payments", run, by: "caiwu", on: day, &dice)
        try await office.finishPayments(id)
    }

    /// Money for the year.
    private func fund(_ day: CivilDate, _ dice: inout Dice) async throws {
        for programme in try await office.read({ reader in reader.house.programmes.map(\.name) }) {
            for (source, yuan) in [("central", 6_000_000), ("province", 3_000_000), ("local", 5_000_000), ("lottery", 2_000_000)] {
                try await office.act("payments.record-budget", [
                    "region": .typed(Self.region), "programme": .typed(programme), "source": .typed(source),
                    "amount_fen": .typed("\(yuan * calibration.budgets).00"), "basis": .typed("〔示范〕年初预算"),
                ], by: "caiwu", on: day, &dice)
            }
        }
    }

    /// One person whose payment waits.
    private func holdOne(_ day: CivilDate, _ dice: inout Dice) async throws {
        guard let person = try await office.read({ try $0.programmePayees(onlyWithoutAccount: false, limit: 8).dropFirst(7).first }) else { return }
        hold = try await office.act("payments.hold-payments", ["person": .typed(person.id), "code": .typed("CUSTODY"), "reason": .typed("比对到同名羁押信息，待核实")],
                             by: "shenhe", on: day, &dice).subject
    }

    /// What the office learns between two paydays: a hold that was lifted, a death that was told late, a raise that was published late.
    private func live(_ turn: Int, before day: CivilDate, _ dice: inout Dice) async throws {
        switch turn {
        case 3:
            guard let hold else { return }
            try await office.act("payments.release-hold", ["hold": .typed(hold), "release_reason": .typed("经公安机关核实，系同名")], by: "shenhe", on: day, &dice)
        case 4:
            let elder: String? = try await office.read { reader in
                try reader.connection.value("""
                    SELECT max(id) FROM person WHERE born_on < '1940-01-01' AND died_on IS NULL AND merged_into IS NULL AND id NOT IN (SELECT head_id FROM household)
                    """)
            }
            guard let elder else { return }
            try await office.act("people.record-death", ["person": .typed(elder), "died_on": .typed(day.adding(days: -75).typed)], by: "shenhe", on: day, &dice)
        case 5: try await raise(from: day.monthOf.previous.first, on: day, &dice)
        default: return
        }
    }

    /// Published after the month began: the difference for that month is paid later as arrears.
    private func raise(from first: CivilDate, on day: CivilDate, _ dice: inout Dice) async throws {
        guard office.knows("rulings.draft-ruling"), try await office.read({ $0.house.policy("add-on") != nil }) else { return }
        let ruling = try await office.act("rulings.draft-ruling", [
            "policy": .typed("add-on"), "variant": .typed("elder-70"), "region": .typed(Self.region), "from_on": .typed(first.typed), "value": .typed("15%"),
            "cite": .typed("〔示范〕七十周岁以上增发比例由 10% 提高到 15%"),
        ], by: "zhengce", on: day, &dice)
        try await office.act("rulings.publish-ruling", ["ruling": .typed(ruling.subject)], by: "juzhang", on: day, &dice)
        try await office.behind { counter in while try await JobRunner(counter).runSlice() {} }
    }

    /// The family is told, and gives back what was paid after the death; the first of several parts.
    private func recover(_ day: CivilDate, _ dice: inout Dice) async throws {
        let found: [(String, Money)] = try await office.read { reader in
            try reader.connection.all("SELECT id, amount_fen FROM payment_recovery WHERE instalment_fen IS NULL ORDER BY id LIMIT 1") { (try $0.read(0), try $0.read(1)) }
        }
        for (recovery, amount) in found {
            let values: RawFields = ["recovery": .typed(recovery)]
            func with(_ more: [String: String]) -> RawFields {
                var all = values
                for (name, text) in more { all[name] = .typed(text) }
                return all
            }
            let half = amount.share(among: 2)
            try await office.act("payments.notify-recovery", with(["told": "已向家属送达告知书，说明多发的月份和退款办法"]), by: "shenhe", on: day, &dice)
            try await office.act("payments.agree-repayment", with(["instalment_fen": half.typed, "may_offset": "0"]), by: "shenhe", on: day, &dice)
            try await office.act("payments.record-refund", with(["amount_fen": half.typed, "receipt": "〔示范〕缴款 1 号"]), by: "caiwu", on: day, &dice)
        }
    }

    /// Earlier months and the first find the accounts that an older system knew; later ones are registered one by one, where they are few.
    private func openAccounts(_ day: CivilDate, leaving: Int, inBulk: Bool, _ dice: inout Dice) async throws {
        let all = try await office.behind(on: day) { counter in try await counter.read(as: .house) { try $0.programmePayees(onlyWithoutAccount: true, orDying: inBulk) } }
        let missing = all.dropLast(leaving)
        let accounts = try missing.map { payee in
            (payee: payee, account: try BankAccount(kind: .passbook, number: "6228\(100_000_000_000 + dice.below(900_000_000))"))
        }
        guard !inBulk, accounts.count <= 40 else { return try await office.enterAccounts(accounts, on: day, &dice) }
        for entry in accounts {
            try await office.act("payments.register-account", [
                "person": .typed(entry.payee.id), "holder": .typed(entry.payee.name), "bank": .typed("示范农商银行"), "account": .typed(entry.account.typed),
            ], by: "shenhe", on: day, &dice)
        }
    }
}

/// Somebody whom a programme would pay.
struct DemoPayee: Sendable {
    let id: String, name: String, region: RegionCode
}

extension Reader {
    /// Everybody whom a programme would pay this month, or only those of whom no account is known.
    fileprivate func programmePayees(onlyWithoutAccount: Bool, orDying: Bool = false, limit: Int = 1_000_000) throws -> [DemoPayee] {
        let region = try RegionCode("000181")
        // The census knows of deaths to come: an account may have been there, but nobody opens one for the dead.
        let alive: Statement = orDying ? "(y.died_on IS NULL OR y.died_on >= \(today.monthOf.first))" : "y.died_on IS NULL"
        let known: Statement = onlyWithoutAccount ? "AND NOT EXISTS (SELECT 1 FROM payment_account AS a WHERE a.payee_id = y.id AND a.until_on IS NULL)" : ""
        let found = try house.programmes.flatMap { programme in
            try connection.all("""
                SELECT y.id, y.name, y.region FROM person AS y
                WHERE \(alive)
                  AND y.id IN (SELECT s.payee_id FROM (\(programme.stream(today.monthOf, region))) AS s) \(known) ORDER BY y.id LIMIT \(limit)
                """) { DemoPayee(id: try $0.read(0), name: try $0.read(1), region: try $0.read(2)) }
        }
        var seen: Set<String> = []
        return found.filter { seen.insert($0.id).inserted }
    }
}

extension Office {
    fileprivate func enterAccounts(_ accounts: [(payee: DemoPayee, account: BankAccount)], on day: CivilDate, _ dice: inout Dice) async throws {
        let records = try await behind(on: day) { counter in
            try accounts.map { entry in
                PaymentAccount(.make(at: Instant(startOf: day), using: &dice), of: try ID(typed: entry.payee.id), holder: try PersonName(typed: entry.payee.name), bank: "示范农商银行",
                               number: try counter.house.keyring.seal(entry.account), index: try counter.house.keyring.index(entry.account), region: entry.payee.region, from: day)
            }
        }
        try await behind { counter in try await counter.database.bulk { try $0.insertAll(records) } }
    }

    /// What the house does behind the acts of a month.
    func finishPayments(_ run: ID<PaymentRun>) async throws {
        try await behind { counter in try await PaymentWork(counter: counter).runToEnd(of: run) }
    }

    /// The simulated channel answers the file that went out last.
    func takeSimulatedReturn(of run: ID<PaymentRun>, failing points: Int, seed: UInt64, on day: CivilDate) async throws {
        let (bytes, channel) = try await read { reader -> ([UInt8], ChannelKind) in
            guard let batch = try reader.batches(of: run).last else { throw Refusal.absent("还没有报盘") }
            var bytes: [UInt8] = []
            try reader.eachPiece(of: batch.id) { bytes += $0 }
            return (bytes, batch.channel)
        }
        let answer = try SimulatedChannel(failing: BasisPoints(points), seed: seed).answer(bytes, in: channel.format, on: day), actor = try staff.actor("caiwu")
        try await behind(on: day) { counter in _ = try await PaymentWork(counter: counter).takeReturn(answer, of: run, as: actor) }
    }
}
