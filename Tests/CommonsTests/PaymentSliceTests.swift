@testable import Commons
import Kernel
import Storage
import Testing
import Values

/// 分段办理：一段在写，下一段在备。
struct PaymentSliceTests {
    /// Eleven households in the order of their names; the first person stands in the last once more.
    private func peopled() async throws -> PayOffice {
        let pay = try await PayOffice(), names = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "子"]
        var people: [String] = []
        for (index, name) in names.enumerated() { people.append(try await pay.payee("试\(name)某", sequence: 20 + index, hasAccount: index != 4)) }
        for (index, person) in people.enumerated() { try await pay.grant("h\(index + 10)", [person], 100 + index, from: "2024-07") }
        try await pay.grant("h90", [people[0]], 50, from: "2024-07")
        try await pay.fund()
        return pay
    }

    private func opened(_ pay: PayOffice, rows: Int) async throws -> ID<PaymentRun> {
        let values = ["region": county.code, "month": "2024-07", "channel": "bank", "programme": "grant"]
        let run = try ID<PaymentRun>(typed: try await pay.office.submit("payments.open-month", values, as: reviewer).outcome.subject)
        try await PaymentWork(counter: pay.counter, rows: rows).runToEnd(of: run)
        return run
    }

    private func found(_ pay: PayOffice, _ id: ID<PaymentRun>) async throws -> PaymentRun { try await pay.counter.read(as: .house) { try $0.find(id) } }

    @Test("三行一段与一次列完：名册、摘要、合计都相同，隔段的同一人也查得出", arguments: [3, 5])
    func slices(_ rows: Int) async throws {
        let pay = try await peopled(), whole = try await opened(pay, rows: 12_000), lines = try await pay.lines(whole), first = try await found(pay, whole)
        try await pay.act("abandon-month", whole, ["reason": "再列一次"], as: reviewer)
        let run = try await opened(pay, rows: rows), second = try await found(pay, run)
        #expect(try await pay.lines(run) == lines && lines.count == 12)
        #expect(lines.filter { $0.reason == "held" }.map { [$0.subject, $0.code] } == [["h14", "NO_ACCOUNT"], ["h90", "DUPLICATE"]])
        #expect(second.inputHash == first.inputHash && second.inputHash?.count == 64 && second.inputs == 12 && second.done == 12 && second.lines == 12)
        let reread = try await pay.counter.read(as: .house) { try $0.inputHash(of: run) }
        #expect(second.inputHash == reread)
        #expect(try await pay.count("SELECT count(*) FROM payment_finding WHERE run_id = \(run) AND code = 'DUPLICATE' AND detail LIKE '%发放（名册行 %'") == 1)
        let acts = try await pay.count("SELECT count(*) FROM journal WHERE action = 'payments.enrol-slice'")
        #expect(acts >= 2 + 2 + 12 / rows)
    }

    @Test("分段记账、分段写文件、分段登记回盘：每段一次办理，账和文件与名册一致")
    func wholeMonth() async throws {
        let pay = try await peopled(), run = try await opened(pay, rows: 3), work = PaymentWork(counter: pay.counter, rows: 3)
        try await pay.act("check-month", run, as: reviewer)
        try await pay.act("sign-as-business", run, as: approver)
        try await pay.act("sign-as-finance", run, as: financier)
        try await pay.act("sign-as-leader", run, as: leader)
        try await work.runToEnd(of: run)
        #expect(try await pay.count("SELECT count(*) FROM ledger_entry WHERE kind = 'due'") == 10)
        #expect(try await pay.count("SELECT count(*) FROM journal WHERE action = 'payments.post-slice'") == 4)
        try await pay.act("file-payments", run, as: financier)
        try await work.runToEnd(of: run)
        let batch = try #require(try await pay.counter.read(as: .house) { try $0.batches(of: run).last })
        let bytes = try await pay.counter.read(as: .house) { reader in
            var bytes: [UInt8] = []
            try reader.eachPiece(of: batch.id) { bytes += $0 }
            return bytes
        }
        let (head, rows) = try BankFormat().payments(bytes)
        #expect(head.rows == 10 && rows.map(\.seq) == [1, 2, 3, 4, 6, 7, 8, 9, 10, 11] && head.sum == rows.reduce(.zero) { $0 + $1.amount })
        #expect(try await pay.count("SELECT count(*) FROM payment_file") == 4)
        try await work.takeReturn(try pay.answer(bytes), of: run, as: financier)
        #expect(try await pay.count("SELECT count(*) FROM journal WHERE action = 'payments.take-return-slice'") == 4)
        try await pay.act("close-month", run, as: financier)
        #expect(try await pay.verified() == [])
    }

    @Test("备好之后有人被暂缓：写的时候重新列，不按旧的写")
    func changedMeanwhile() async throws {
        let pay = try await peopled(), values = ["region": county.code, "month": "2024-07", "channel": "bank", "programme": "grant"]
        let id = try ID<PaymentRun>(typed: try await pay.office.submit("payments.open-month", values, as: reviewer).outcome.subject), work = PaymentWork(counter: pay.counter)
        try await work.next(of: id)
        let (run, section) = try await pay.counter.read(as: .house) { (try $0.find(id), try $0.section(of: id)) }
        let behind = try #require(section)
        let drawn = try await pay.counter.read(as: .house) { try RosterSlice(run, behind, $0).drawn(first: 1) }
        let person: String? = try await pay.office.database.read { try $0.value("SELECT person_id FROM payment_input WHERE subject = 'h11'") }
        try await pay.office.submit("payments.hold-payments", ["person": try #require(person), "code": "HELD", "reason": "核实"], as: reviewer)
        try await work.submit("enrol-slice", run, run.step(behind), bringing: drawn)
        #expect(try await pay.lines(id).filter { $0.subject == "h11" }.map(\.code) == ["HELD"])
    }

    // MARK: Returns

    @Test("登记到一半中断：另一份回盘哪怕内容相符也不收，说明先登记的是哪一份；原来那一份接着登记")
    func otherReturn() async throws {
        let pay = try await peopled(), run = try await opened(pay, rows: 12_000)
        try await pay.sign(run)
        let answer = try pay.answer(try await pay.file(run)), good = try BankFormat().returned(answer), record = try await found(pay, run)
        let batch = try #require(try await pay.counter.read(as: .house) { try $0.batches(of: run).last })
        // The process ended behind the first slice.
        let digest = try ReturnSource(bytes: answer).digest(), work = PaymentWork(counter: pay.counter)
        let summary = ReturnSummary(batch: batch.id, hash: digest, credited: good.credited, creditedSum: good.creditedSum, failed: 0, failedSum: .zero)
        try await work.submit("begin-return", record, "cut", bringing: summary)
        let rows = good.rows.prefix(2).map { ReturnResult(seq: $0.seq, amount: $0.amount, failure: $0.failure) }
        try await work.submit("take-return-slice", record, "cut", bringing: ReturnSlice(batch: batch.id, on: good.on, rows: rows))
        let other = try BankFormat().returned(ReturnFile(number: good.number, on: good.on, good.rows.reversed()))
        let told = try await pay.office.told { try await pay.take(other, run) }
        #expect(told?.kind == .conflict && told?.message.contains(String(digest.prefix(16))) == true, "\(told?.message ?? "收了")")
        #expect(try await pay.count("SELECT count(*) FROM payment_result") == 2)
        try await pay.take(answer, run)
        #expect(try await pay.state(run) == "returned")
        #expect(try await pay.count("SELECT count(*) FROM payment_result") == 10)
        #expect(try await pay.verified() == [])
    }

    @Test("回盘的行次序不限，文件从哪里断开读都一样", arguments: ChannelKind.allCases)
    func anyOrder(_ channel: ChannelKind) async throws {
        let pay = try await peopled(), format = channel.format
        let values = ["region": county.code, "month": "2024-07", "channel": channel.rawValue, "programme": "grant"]
        let run = try ID<PaymentRun>(typed: try await pay.office.submit("payments.open-month", values, as: reviewer).outcome.subject)
        try await pay.work(run)
        try await pay.sign(run)
        let good = try format.returned(try pay.answer(try await pay.file(run), failing: [3: .closed], in: format))
        let bytes = try format.returned(ReturnFile(number: good.number, on: good.on, good.rows.reversed()))
        let torn = ReturnSource { body in for start in stride(from: 0, to: bytes.count, by: 7) { try body(Array(bytes[start ..< min(start + 7, bytes.count)])) } }
        #expect(try torn.digest() == ReturnSource(bytes: bytes).digest())
        try await PaymentWork(counter: pay.counter, rows: 4).takeReturn(torn, of: run, as: financier)
        #expect(try await pay.state(run) == "returned")
        #expect(try await pay.count("SELECT count(*) FROM payment_result WHERE credited = 1") == 9)
        #expect(try await pay.count("SELECT count(*) FROM payment_result WHERE credited = 0 AND seq = 3 AND code = '01'") == 1)
    }

    @Test("上传的回盘密存在磁盘上，读完即删")
    func upload() async throws {
        let pay = try await PayOffice(), bytes = Array(String(repeating: "回盘一行，账号 6222000000000000\r\n", count: 20_000).utf8)
        var upload: ReturnUpload? = try ReturnUpload(pay.counter.house.keyring)
        #expect(upload?.isEmpty == true)
        for start in stride(from: 0, to: bytes.count, by: 100_000) { try upload?.add(bytes[start ..< min(start + 100_000, bytes.count)]) }
        let source = try #require(try upload?.finish())
        var read: [UInt8] = []
        try source.each { read += $0 }
        #expect(read == bytes)
        upload = nil
        #expect(throws: Refusal.self) { try source.each { _ in } }
    }
}
