import Commons
import Kernel
import Storage
import Values

/// 抢着发。One person's month is claimed from all sides at once: operators, tabs, the interface, an import, another node, a neighbouring and an enclosing region,
/// a follow-up batch. Exactly one payment covers him; everybody else is told which.
public struct PaymentRaces: Sendable {
    /// The same house through several doors; two that share no object are two nodes.
    let nodes: [Counter]
    /// Of each kind, so many at once.
    public var callers = 12

    public init(_ nodes: [Counter]) { self.nodes = nodes }

    public static var extraLines: [Line] { [simulatedGrants] }

    public struct Result: Sendable {
        public var attempts = 0, won = 0, told = 0, covered = 0
        public var failures: [String] = []
        public init() {}
    }

    /// What became of one attempt.
    private enum Answer: Sendable { case opened(ID<PaymentRun>), told(String), failed(String) }

    /// One round, on people of its own.
    public func round(_ number: Int) async throws -> Result {
        let scene = try RaceScene(number)
        var result = Result()
        try await scene.settle(nodes[0])
        let answers = try await race(scene)
        result.attempts += answers.count
        var runs: Set<ID<PaymentRun>> = []
        for answer in answers {
            switch answer {
            case .opened(let run): runs.insert(run)
            case .told(let message):
                result.told += 1
                if !message.contains("FF") { result.failures.append("第 \(number) 轮：没有说明由哪一批发放：\(message)") }
            case .failed(let message): result.failures.append("第 \(number) 轮：\(message)")
            }
        }
        try await drawUp(Array(runs))
        try await judge(scene, &result)
        try await followUp(scene, number, &result)
        try await organisations(scene, number, &result)
        try await giveUp(scene, runs, &result)
        return result
    }

    // MARK: Opening

    private func race(_ scene: RaceScene) async throws -> [Answer] {
        let tab: ID<JournalEntry> = .make(at: nodes[0].clock.now())
        return await withTaskGroup { group in
            for place in 0 ..< callers {
                let node = nodes[place % nodes.count], other = nodes[(place + 1) % nodes.count]
                // Two operators, the first of them with two tabs that send one form twice; the interface; the town around; the neighbour; who comes by import.
                group.addTask { await open(scene.first, on: node, scene) }
                if place < 4 { group.addTask { await open(scene.first, on: node, scene, id: tab) } }
                group.addTask { await open(scene.first, on: other, scene, isStored: true) }
                group.addTask { await open(scene.around, on: other, scene) }
                group.addTask { await open(scene.second, on: node, scene) }
                group.addTask {
                    do { try await scene.importThird(other, by: place) } catch { return .failed("导入出错：\(error)") }
                    return await open(scene.third, on: other, scene)
                }
            }
            return await group.reduce(into: [Answer]()) { $0.append($1) }
        }
    }

    private func open(_ region: RegionCode, on node: Counter, _ scene: RaceScene, id: ID<JournalEntry>? = nil, isStored: Bool = false) async -> Answer {
        let texts = ["region": region.code, "month": scene.month.typed, "programme": "simulated-grant", "channel": "bank"]
        let values = RawFields(texts.mapValues { isStored ? .stored(.text($0)) : .typed($0) })
        let answer = await submit("payments.open-month", values, .countyReviewer, 1, on: node, id: id)
        if case .opened(let run) = answer { await begin(run) }
        return answer
    }

    /// Both nodes work at it at once.
    private func begin(_ run: ID<PaymentRun>) async {
        await withTaskGroup { group in
            for node in nodes { group.addTask { await Self.work(run, on: node) } }
        }
    }

    /// Until there is nothing to do, or another node is ahead: what is left is done by `drawUp`.
    private static func work(_ run: ID<PaymentRun>, on node: Counter) async {
        let work = PaymentWork(counter: node)
        for _ in 0 ..< 20 {
            do { guard try await work.next(of: run) else { return } } catch is StorageError { continue } catch { return }
        }
    }

    private func drawUp(_ runs: [ID<PaymentRun>]) async throws {
        for run in runs.sorted() {
            for _ in 0 ..< 20 {
                do {
                    try await PaymentWork(counter: nodes[0]).runToEnd(of: run)
                    break
                } catch let refusal as Refusal where refusal.kind == .busy {} catch is StorageError {}
            }
        }
    }

    private func submit(_ name: String, _ values: RawFields, _ role: Role, _ person: UInt8, on node: Counter, id: ID<JournalEntry>? = nil) async -> Answer {
        do {
            let actor = try InventedElders.staff(role, person), submission = Submission(name, id: id ?? .make(at: node.clock.now()), values: values)
            // Acts that crossed are sent again, with their id, as a caller does that is asked to come again.
            for _ in 0 ..< 30 {
                do {
                    return .opened(try ID(typed: try await node.submit(submission, as: actor).outcome.subject))
                } catch is StorageError {} catch let refusal as Refusal where refusal.kind == .busy {}
            }
            return .failed("试了三十次没有答复")
        } catch let refusal as Refusal { return .told(refusal.message) } catch { return .failed("\(error)") }
    }

    // MARK: What came of it

    /// Exactly one claim covers the person; every other line of his waits and names the payment.
    private func judge(_ scene: RaceScene, _ result: inout Result) async throws {
        let person = scene.person, month = scene.month
        let (claims, lines) = try await nodes[0].database.read { connection in
            let claims = try connection.value("""
                SELECT count(*) FROM payment_claim WHERE programme = 'simulated-grant' AND month = \(month) AND person_id = \(person) AND effective = 1
                """) ?? 0
            let lines = try connection.all("""
                SELECT l.reason, coalesce(l.code, ''), coalesce(f.detail, '') FROM payment_line AS l JOIN payment_run AS r ON r.id = l.run_id JOIN case_file AS c ON c.id = r.id
                LEFT JOIN payment_finding AS f ON f.line_id = l.id
                WHERE l.programme = 'simulated-grant' AND c.state <> 'abandoned' AND l.payee_id = \(person)
                """) { (reason: try $0.read(0) as String, code: try $0.read(1) as String, detail: try $0.read(2) as String) }
            return (claims, lines)
        }
        result.attempts += lines.count
        if claims != 1 { result.failures.append("这个人有 \(claims) 份有效的请领") }
        for line in lines {
            if line.reason != "held" { result.won += 1; continue }
            result.covered += 1
            if line.code != "DUPLICATE" || !(line.detail.contains("批次 FF") || line.detail.contains("本名册")) { result.failures.append("重复的一行没有说明由哪一笔发放：\(line)") }
        }
        if lines.filter({ $0.reason != "held" }).count != 1 { result.failures.append("有 \(lines.filter { $0.reason != "held" }.count) 行发给这个人") }
    }

    /// Batches of one name for one month, opened at once: each person is in one of them.
    private func followUp(_ scene: RaceScene, _ number: Int, _ result: inout Result) async throws {
        let code = "race-\(number)", values = RawFields([
            "region": scene.around.code, "title": "价格临时补贴", "name": code, "basis": "压测", "month": scene.month.typed, "programme": "simulated-grant",
            "each_fen": "20.00", "channel": "bank",
        ].mapValues { .typed($0) })
        let answers = await withTaskGroup { group in
            for node in nodes + nodes {
                group.addTask {
                    let answer = await submit("payments.open-one-off", values, .countyReviewer, 1, on: node)
                    if case .opened(let run) = answer { await begin(run) }
                    return answer
                }
            }
            return await group.reduce(into: [Answer]()) { $0.append($1) }
        }
        let runs = answers.compactMap { if case .opened(let run) = $0 { run } else { nil } }
        if runs.count != answers.count { result.failures.append("一次性批次没有开成：\(answers)") }
        try await drawUp(runs)
        let programme = "one-off." + code
        let (twice, silent, claims) = try await nodes[0].database.read { connection in
            (try connection.value("""
                SELECT count(*) FROM (SELECT person_id FROM payment_claim WHERE programme = \(programme) AND effective = 1 GROUP BY person_id HAVING count(*) > 1) AS twice
                """) ?? 0,
             try connection.value("""
                SELECT count(*) FROM payment_line AS l LEFT JOIN payment_finding AS f ON f.line_id = l.id
                WHERE l.programme = \(programme) AND l.reason = 'held' AND (l.code <> 'DUPLICATE' OR f.detail IS NULL OR f.detail NOT LIKE '%批次 FF%')
                """) ?? 0,
             try connection.value("SELECT count(*) FROM payment_claim WHERE programme = \(programme) AND effective = 1") ?? 0)
        }
        result.attempts += runs.count
        result.won += 1
        result.covered += runs.count - 1
        if twice > 0 || silent > 0 || claims == 0 { result.failures.append("一次性发放：重复 \(twice) 人，没有说明的 \(silent) 行，请领 \(claims) 份") }
        for run in runs { try await abandon(run, &result) }
    }

    private func organisations(_ scene: RaceScene, _ number: Int, _ result: inout Result) async throws {
        let organisation = try await scene.organisation(nodes[0], number)
        let values = RawFields(["organisation": organisation, "programme": "养老机构运营补贴", "period": "2026-06", "basis": "协议一号", "amount_fen": "3000.00"].mapValues { .typed($0) })
        let answers = await withTaskGroup { group in
            for place in 0 ..< callers { group.addTask { await submit("payments.claim-for-organisation", values, .countyReviewer, 1, on: nodes[place % nodes.count]) } }
            return await group.reduce(into: [Answer]()) { $0.append($1) }
        }
        let won = answers.filter { if case .opened = $0 { true } else { false } }.count
        result.attempts += answers.count
        result.won += won
        result.told += answers.count - won
        if won != 1 { result.failures.append("机构请领成了 \(won) 份：\(answers)") }
    }

    /// Given up, nothing of it stands.
    private func giveUp(_ scene: RaceScene, _ runs: Set<ID<PaymentRun>>, _ result: inout Result) async throws {
        for run in runs.sorted() { try await abandon(run, &result) }
        let person = scene.person
        let left = try await nodes[0].database.read { try $0.value("SELECT count(*) FROM payment_claim WHERE person_id = \(person) AND effective = 1") ?? 0 }
        if left != 0 { result.failures.append("批次都放弃了，还有 \(left) 份请领") }
    }

    private func abandon(_ run: ID<PaymentRun>, _ result: inout Result) async throws {
        let answer = await submit("payments.abandon-month", ["run": .typed(run.text), "reason": .typed("演练")], .countyReviewer, 1, on: nodes[0])
        if case .opened = answer { return }
        result.failures.append("放弃不了：\(answer)")
    }
}

/// Who is raced for: a person in three households, of two neighbouring communities and one that is imported meanwhile.
private struct RaceScene: Sendable {
    let around: RegionCode, first: RegionCode, second: RegionCode, third: RegionCode
    let person: ID<Person>
    let month = CivilDate(written: 2026, 6, 1).monthOf
    private let number: Int

    init(_ number: Int) throws {
        let town = "000181" + "\(100 + number % 900)"
        self.number = number
        (around, first, second, third) = (try RegionCode(town), try RegionCode(town + "101"), try RegionCode(town + "102"), try RegionCode(town + "103"))
        person = Self.id(number, 1)
    }

    private static func id<R>(_ number: Int, _ mark: UInt8) -> ID<R> {
        ID(at: Instant(secondsSince1970: 1_780_000_000), random: [mark, 0, 0, 0, 0, 0] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) })
    }

    func settle(_ counter: Counter) async throws {
        let person = person, region = first, number = number, account = try counter.house.keyring.seal(try BankAccount(kind: .passbook, number: "\(100_000_000 + number)"))
        let other: ID<Person> = Self.id(number, 2), id: ID<PaymentAccount> = Self.id(number, 3)
        try await counter.database.bulk { connection in
            try connection.insert(into: "person", ["id", "name", "sex", "born_on", "region", "version", "birth_estimated"], rows: [person, other].map {
                [$0.stored, .text("试争"), .text("1"), .text("1975-01-01"), region.stored, .integer(1), .integer(0)]
            })
            try connection.insert(into: "payment_account", ["id", "payee_id", "holder", "bank", "number", "number_index", "region", "from_on"], rows: [
                [id.stored, person.stored, .text("试争"), .text("示范农商银行"), account.stored, .text("r\(number)"), region.stored, .text("2026-01-01")],
            ])
        }
        for (mark, region) in [(4, first), (5, second)] as [(UInt8, RegionCode)] { try await grant(mark, region, counter, isFirst: true) }
    }

    /// The first of the importers brings the third household; the others find it.
    func importThird(_ counter: Counter, by caller: Int) async throws {
        guard caller == 0 else { return }
        try await grant(6, third, counter, isFirst: false)
    }

    private func grant(_ mark: UInt8, _ region: RegionCode, _ counter: Counter, isFirst: Bool) async throws {
        let id: ID<Person> = Self.id(number, mark), person = person
        let row: [StoredValue] = [id.stored, .text("R\(number)-\(mark)"), person.stored, person.stored, region.stored, .integer(10_000), .text("2026-01"),
                                  .text("2026-01-01T00:00:00.000Z")]
        try await counter.database.bulk {
            _ = try $0.insert(into: "simulated_grant", ["id", "subject", "person_id", "payee_id", "region", "amount_fen", "from_month", "known_at"], rows: [row])
        }
    }

    func organisation(_ counter: Counter, _ number: Int) async throws -> String {
        let values = RawFields([
            "name": "试养老院\(number)", "kind": OrganisationKind.grassroots.rawValue, "region": around.code, "founded_on": "2020-01-01",
            "status": OrganisationStatus.allCases[0].rawValue, "is_distinct": "1",
        ].mapValues { .typed($0) })
        return try await counter.submit(Submission("organisations.register-organisation", id: .make(at: counter.clock.now()), values: values),
                                        as: InventedElders.staff(.countyReviewer, 1)).outcome.subject
    }
}
