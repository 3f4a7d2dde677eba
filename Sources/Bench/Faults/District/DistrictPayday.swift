import Commons
import Kernel
import Storage
import Values

/// 区县的发放日。One month from opening to closing, with things happening between its steps.
extension District {
    func pay() async throws {
        for _ in 0 ..< (isQuiet ? 0 : dice.below(3)) { try await recover() }
        guard let run = try await drawUp() else { return fail("没有开成 \(month.typed)") }
        guard try await signAndPost(run) else { return }
        let hashes: [String] = try await values("SELECT roster_hash FROM payment_run WHERE id = \(run)")
        signed[run] = hashes.first
        try await events(isQuiet ? 0 : dice.below(3))
        try await send(run)
        result.months += 1
    }

    private func state(_ run: ID<PaymentRun>) async throws -> String { try await counter.read(as: .house) { try $0.caseFile(run).state } }

    private func open() async throws -> ID<PaymentRun>? {
        let values = ["region": "000181", "month": month.typed, "channel": dice.pick(["bank", "treasury"])]
        return try await act("payments.open-month", values, .countyReviewer, 1).map { try ID(typed: $0.outcome.subject) }
    }

    /// Opened, perhaps given up and opened again; a second opening beside it is refused.
    private func drawUp() async throws -> ID<PaymentRun>? {
        guard var run = try await open() else { return nil }
        if dice.chance(15), try await open() != nil { fail("\(month.typed) 开了两次") }
        if !isQuiet, dice.chance(15) {
            for _ in 0 ..< dice.below(3) { _ = try await PaymentWork(counter: counter).next(of: run) }
            try await must("payments.abandon-month", ["run": run.text, "reason": "模拟重来"], .countyReviewer, 1)
            try await events(dice.below(2))
            guard let again = try await open() else { return nil }
            run = again
        }
        try await work(run)
        return run
    }

    /// Checked and signed until it is booked: whatever becomes known on the way sends it back to be checked again.
    private func signAndPost(_ run: ID<PaymentRun>) async throws -> Bool {
        for round in 0 ..< 6 {
            let isQuiet = isQuiet || round > 2
            guard try await sign(run, isQuiet) else {
                if result.failures.isEmpty { continue }
                return false
            }
            if !isQuiet, dice.chance(20) { try await events(1) }
            try await work(run)
            if try await state(run) != "drafted" { return result.failures.isEmpty }
            note("签批之后退回核对")
        }
        fail("签批不完")
        return false
    }

    /// - Returns: false when it was sent back, or something failed.
    private func sign(_ run: ID<PaymentRun>, _ isQuiet: Bool) async throws -> Bool {
        try await events(isQuiet ? 0 : dice.below(3))
        try await must("payments.check-month", ["run": run.text], .countyReviewer, 1)
        if !isQuiet, dice.chance(20) {
            try await must("payments.sign-as-business", ["run": run.text], .countyApprover, 2)
            try await must("payments.send-back", ["run": run.text, "reason": "模拟退回"], .finance, 3)
            try await events(dice.below(3))
            try await must("payments.check-month", ["run": run.text], .countyReviewer, 1)
        }
        try await must("payments.sign-as-business", ["run": run.text], .countyApprover, 2)
        if dice.chance(20), try await act("payments.sign-as-finance", ["run": run.text], .finance, 2) != nil { fail("一人签了两道") }
        try await events(isQuiet ? 0 : dice.below(2))
        // What comes back while the roster waits for signatures is no longer to be taken off.
        for _ in 0 ..< (isQuiet ? 0 : dice.below(3)) { try await recover() }
        guard try await signOrSendBack(run, "finance", .finance, 3) else { return false }
        if !isQuiet, dice.chance(20) { try await events(1) }
        guard try await signOrSendBack(run, "leader", .leader, 4), result.failures.isEmpty else { return false }
        if dice.chance(10), try await act("payments.abandon-month", ["run": run.text, "reason": "模拟"], .leader, 4) != nil { fail("签过的批次放弃了") }
        return true
    }

    /// What became known since the check is not signed for: it is handed back.
    private func signOrSendBack(_ run: ID<PaymentRun>, _ step: String, _ role: Role, _ person: UInt8) async throws -> Bool {
        guard try await act("payments.sign-as-\(step)", ["run": run.text], role, person) == nil else { return true }
        guard let told = result.story.last, told.contains("检查之后又登记了") else {
            fail("应当签成的没有签成：\(result.story.last ?? step)")
            return false
        }
        try await must("payments.send-back", ["run": run.text, "reason": "模拟：有新情况"], role, person)
        return false
    }

    /// File, return, reissues, what is put off, closing.
    private func send(_ run: ID<PaymentRun>) async throws {
        guard try await state(run) == "ready" else { return fail("签批之后不是待报盘") }
        let isEmpty = try await counter.read(as: .house) { try $0.batches(of: run).isEmpty }
        if isEmpty { return try await must("payments.close-empty-month", ["run": run.text], .finance, 3) }
        for round in 0 ..< 3 {
            try await must("payments.file-payments", ["run": run.text], .finance, 3)
            try await work(run)
            try await takeReturn(run, failing: isQuiet || round == 2 ? 0 : dice.pick([0, 10, 30]))
            guard try await outstanding(run) > 0 else { break }
            try await events(isQuiet ? 0 : dice.below(3))
            if dice.chance(50), try await act("payments.reissue-failed", ["run": run.text], .finance, 3) != nil { continue }
            try await must("payments.defer-failed", ["run": run.text, "reason": "模拟转入下月"], .finance, 3)
            break
        }
        if try await outstanding(run) > 0 { try await must("payments.defer-failed", ["run": run.text, "reason": "模拟转入下月"], .finance, 3) }
        try await must("payments.close-month", ["run": run.text], .finance, 3)
    }

    private func outstanding(_ run: ID<PaymentRun>) async throws -> Int {
        let found: [Int] = try await values("""
            SELECT count(DISTINCT f.line_id) FROM payment_result AS f JOIN payment_batch AS b ON b.id = f.batch_id WHERE b.run_id = \(run) AND f.credited = 0
              AND NOT EXISTS (SELECT 1 FROM payment_result AS c WHERE c.line_id = f.line_id AND c.credited = 1)
              AND NOT EXISTS (SELECT 1 FROM payment_adjustment AS j WHERE j.line_id = f.line_id AND j.amount_fen < 0)
            """)
        return found.first ?? 0
    }

    private func takeReturn(_ run: ID<PaymentRun>, failing percent: Int) async throws {
        let (bytes, channel) = try await counter.read(as: .house) { reader -> ([UInt8], ChannelKind) in
            guard let batch = try reader.batches(of: run).last else { throw Refusal.absent("没有发放文件") }
            var bytes: [UInt8] = []
            try reader.eachPiece(of: batch.id) { bytes += $0 }
            return (bytes, batch.channel)
        }
        let answer = try SimulatedChannel(failing: .percent(percent), seed: dice.next()).answer(bytes, in: channel.format, on: today)
        let actor = try staff(.finance, 3), work = PaymentWork(counter: counter)
        if dice.chance(40) { try await takeBad(try spoiled(answer, channel.format), run, actor) }
        for _ in 0 ..< 4 {
            do {
                _ = try await work.takeReturn(answer, of: run, as: actor)
                if dice.chance(20) { try await takeBad(answer, run, actor) }
                return
            } catch is StorageError { note("登记回盘出错，再交一次") }
        }
        fail("回盘登记不了")
    }

    private func takeBad(_ bytes: [UInt8], _ run: ID<PaymentRun>, _ actor: Actor) async throws {
        let before: [Int] = try await values("SELECT count(*) FROM payment_result")
        do {
            _ = try await PaymentWork(counter: counter).takeReturn(bytes, of: run, as: actor)
            fail("有毛病的回盘文件收了")
        } catch let refusal as Refusal {
            result.returnsRefused += 1
            note("拒收回盘：\(refusal.message)")
        }
        let after: [Int] = try await values("SELECT count(*) FROM payment_result")
        if before != after { fail("有毛病的回盘登记了一部分") }
    }

    /// Something is wrong with it, by chance.
    private func spoiled(_ bytes: [UInt8], _ format: any PaymentFormat) throws -> [UInt8] {
        let good = try format.returned(bytes)
        var rows = good.rows, number = good.number
        switch dice.below(7) {
        case 0: number = "FF2026-999999-1"
        case 1: rows.removeLast()
        case 2: rows.append(rows[0])
        case 3: rows[0] = ReturnRow(seq: rows[0].seq, account: rows[0].account, amount: rows[0].amount + Money(fen: 1), failure: nil)
        case 4: rows[0] = ReturnRow(seq: rows[0].seq, account: "1", amount: rows[0].amount, failure: nil)
        case 5: return Array(bytes.dropLast(1 + dice.below(bytes.count - 1) / 2)).dropLast(3).map(\.self)
        default: return bytes.flatMap { [$0, 0] }
        }
        return try format.returned(ReturnFile(number: number, on: good.on, rows))
    }
}
