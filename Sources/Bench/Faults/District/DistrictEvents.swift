import Commons
import Kernel
import Storage
import Values

/// 区县里发生的事。Each is drawn by chance, and goes through the counter as people would bring it.
extension District {
    func events(_ count: Int) async throws {
        for _ in 0 ..< count { try await event() }
    }

    private func event() async throws {
        switch dice.below(24) {
        case 0, 1: try await registerElder()
        case 2, 3: try await beginGrant()
        case 4, 5, 6: try await changeGrant()
        case 7, 8: try await elderDies()
        case 9: try await memberDies()
        case 10: try await reckonDead()
        case 11: try await moveElder()
        case 12: try await moveGrant()
        case 13, 14: try await changeAccount()
        case 15: try await mergeElders()
        case 16: try await hold()
        case 17: try await release()
        case 18: try await raiseRate()
        case 19, 20, 21: try await recover()
        default: try await `repeat`()
        }
    }

    // MARK: People

    private func person(_ born: CivilDate, in region: String) async throws -> String? {
        let marks = Array("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"), name = "试\(dice.pick(marks))\(dice.pick(marks))"
        let number = "MN" + String((0 ..< 9).map { _ in Character("\(dice.below(10))") })
        let receipt = try await act("people.register-person", [
            "name": name, "document_kind": "other", "document_no": number, "sex": dice.chance(50) ? "1" : "2", "born_on": born.typed, "region": region, "distinct_reason": "模拟",
        ], .countyReviewer, 1)
        guard let id = receipt?.outcome.subject else { return nil }
        names[id] = name
        return id
    }

    func registerElder() async throws {
        let age = dice.pick([79, 79, 82, 85, 90, 99, 99, 101]), born = today.adding(years: -age).adding(days: -dice.below(360))
        guard let id = try await person(born, in: dice.pick(Self.townships)) else { return }
        elders.append(Elder(id: id, born: born, died: nil))
        if dice.chance(85) { try await enterAccount(id) }
    }

    private func enterAccount(_ person: String, isWrong: Bool = false) async throws {
        try await act("payments.register-account", [
            "person": person, "holder": isWrong ? "别某某" : names[person] ?? "", "bank": "示范农商银行", "account": "存折\(10_000_000 + dice.below(80_000_000))",
        ], .countyReviewer, 1)
    }

    private func elderDies() async throws {
        guard let place = elders.indices.filter({ elders[$0].died == nil && !elders[$0].isAbsorbed && !elders[$0].isAway }).randomElement(using: &dice) else { return }
        let day = today.adding(days: -dice.below(100))
        guard try await act("people.record-death", ["person": elders[place].id, "died_on": day.typed], .countyReviewer, 1) != nil else { return }
        elders[place].died = day
    }

    private func moveElder() async throws {
        guard let place = elders.indices.filter({ elders[$0].died == nil && !elders[$0].isAbsorbed && !elders[$0].isAway }).randomElement(using: &dice) else { return }
        let leaves = dice.chance(30), target = leaves ? "000182001" : dice.pick(Self.townships)
        let asked = try await act("people.request-correction", ["person": elders[place].id, "moves_to": target, "reason": "模拟迁移"], .countyReviewer, 1)
        guard let change = asked?.outcome.subject else { return }
        guard try await act("people.approve-change", ["change": change], .countyApprover, 2) != nil, leaves else { return }
        elders[place].isAway = true
    }

    private func mergeElders() async throws {
        let living = elders.indices.filter { elders[$0].died == nil && !elders[$0].isAbsorbed && !elders[$0].isAway }
        guard let kept = living.randomElement(using: &dice), let absorbed = living.filter({ $0 != kept }).randomElement(using: &dice), dice.chance(60) else { return }
        let asked = try await act("people.propose-merge", ["kept": elders[kept].id, "absorbed": elders[absorbed].id, "reason": "模拟合并"], .countyReviewer, 1)
        guard let merge = asked?.outcome.subject else { return }
        guard try await act("people.approve-merge", ["merge": merge], .countyApprover, 2) != nil else { return }
        elders[absorbed].isAbsorbed = true
    }

    func changeAccount() async throws {
        let payees = elders.filter { $0.died == nil && !$0.isAbsorbed && !$0.isAway }.map(\.id) + households.map(\.payee)
        guard let payee = payees.randomElement(using: &dice) else { return }
        try await enterAccount(payee, isWrong: dice.chance(15))
    }

    // MARK: Grants

    func beginGrant() async throws {
        var members: [String] = []
        for _ in 0 ..< 1 + dice.below(3) {
            if let id = try await person(CivilDate(written: 1962 + dice.below(40), 1, 1).adding(days: dice.below(360)), in: dice.pick(Self.townships)) { members.append(id) }
        }
        guard let head = members.first else { return }
        if dice.chance(85) { try await enterAccount(head) }
        let from = month.adding(-dice.below(4)), fen = Int64(100 + dice.below(800)) * 100 + Int64(dice.below(100))
        let household = Household(subject: "G" + String(ID<Person>.make(at: clock.now()).text.dropFirst()), region: try RegionCode(dice.pick(Self.townships)), members: members,
                                  payee: head, amounts: [from: fen], living: Set(members))
        households.append(household)
        note("新增补贴 \(household.subject) 自 \(from.typed) \(fen) 分，\(members.count) 人")
        try await write(households.count - 1, from: from, fen)
    }

    private func changeGrant() async throws {
        guard let place = households.indices.randomElement(using: &dice) else { return }
        let from = month.adding(-dice.below(4) + 1), fen = dice.chance(20) ? 0 : Int64(100 + dice.below(800)) * 100 + Int64(dice.below(100))
        try await set(place, from: from, fen)
    }

    /// From a month on another amount, for whoever lives; nothing for none.
    private func set(_ place: Int, from: Month, _ fen: Int64) async throws {
        let amount = households[place].living.isEmpty ? 0 : fen
        households[place].amounts = households[place].amounts.filter { $0.key < from }
        households[place].amounts[from] = amount
        note("补贴 \(households[place].subject) 自 \(from.typed) 改为 \(amount) 分")
        try await write(place, from: from, amount)
    }

    private func write(_ place: Int, from: Month, _ fen: Int64) async throws {
        let household = households[place], now = clock.now()
        let rows: [[StoredValue]] = household.members.filter { household.living.contains($0) }.map { person in
            [(ID<Person>.make(at: now) as ID<Person>).stored, .text(household.subject), .text(person), .text(household.payee), household.region.stored,
             .integer(fen), from.stored, now.stored]
        }
        faulty.arm(nil)
        try await counter.database.write { connection in
            try connection.run("UPDATE simulated_grant SET until_month = from_month, known_at = \(now) WHERE subject = \(household.subject) AND from_month >= \(from)")
            try connection.run("""
                UPDATE simulated_grant SET until_month = \(from), known_at = \(now)
                WHERE subject = \(household.subject) AND from_month < \(from) AND (until_month IS NULL OR until_month > \(from))
                """)
            guard fen > 0 else { return }
            try connection.insert(into: "simulated_grant", ["id", "subject", "person_id", "payee_id", "region", "amount_fen", "from_month", "known_at"], rows: rows)
        }
    }

    private func memberDies() async throws {
        guard let place = households.indices.randomElement(using: &dice), let person = households[place].living.sorted().randomElement(using: &dice) else { return }
        let day = today.adding(days: -dice.below(60))
        guard try await act("people.record-death", ["person": person, "died_on": day.typed], .countyReviewer, 1) != nil else { return }
        households[place].living.remove(person)
        deaths[place] = min(deaths[place] ?? day.monthOf, day.monthOf)
        unreckoned.insert(place)
        if dice.chance(50) { try await reckon(place) }
    }

    private func reckonDead() async throws {
        guard let place = unreckoned.sorted().randomElement(using: &dice) else { return }
        try await reckon(place)
    }

    /// The month of death is paid; from the next on the household is as many as live.
    func reckon(_ place: Int) async throws {
        guard let died = deaths.removeValue(forKey: place) else { return }
        unreckoned.remove(place)
        if !households[place].living.contains(households[place].payee), let next = households[place].living.sorted().first {
            households[place].payee = next
            try await enterAccount(next)
            let subject = households[place].subject
            faulty.arm(nil)
            try await counter.database.write { _ = try $0.run("UPDATE simulated_grant SET payee_id = \(next) WHERE subject = \(subject)") }
        }
        try await set(place, from: died.next, Int64(100 + dice.below(400)) * 100)
    }

    private func moveGrant() async throws {
        guard let place = households.indices.randomElement(using: &dice) else { return }
        let region = try RegionCode(dice.pick(Self.townships))
        households[place].region = region
        let subject = households[place].subject, now = clock.now()
        note("补贴 \(subject) 迁往 \(region.code)")
        faulty.arm(nil)
        try await counter.database.write { _ = try $0.run("UPDATE simulated_grant SET region = \(region), known_at = \(now) WHERE subject = \(subject)") }
    }

    // MARK: Holds, rates, recoveries

    private func hold() async throws {
        let people = elders.filter { $0.died == nil && !$0.isAbsorbed && !$0.isAway }.map(\.id) + households.flatMap { $0.living.sorted() }
        guard let person = people.randomElement(using: &dice) else { return }
        let held = try await act("payments.hold-payments", ["person": person, "code": dice.pick(["CUSTODY", "HELD"]), "reason": "模拟待核实"], .countyReviewer, 1)
        if let held { holds.append(held.outcome.subject) }
    }

    func release() async throws {
        guard !holds.isEmpty else { return }
        let hold = holds.remove(at: dice.below(holds.count))
        try await must("payments.release-hold", ["hold": hold, "release_reason": "模拟核实"], .countyApprover, 2)
    }

    /// Published after the month began, as happens: what was paid too little comes later.
    private func raiseRate() async throws {
        guard let last = rates.last else { return }
        let from = max(last.from.next, month.adding(-dice.below(3))), fen = last.fen + Int64(5 + dice.below(20)) * 100
        let drafted = try await act("rulings.draft-ruling", [
            "policy": "elder-allowance-rate", "variant": "80", "region": "000181", "from_on": from.first.typed, "value": Money(fen: fen).typed, "cite": "模拟〔2026〕\(rates.count)号",
        ], .policyOfficer, 6)
        guard let ruling = drafted?.outcome.subject, try await act("rulings.publish-ruling", ["ruling": ruling], .leader, 4) != nil else { return }
        rates.append((from, fen))
    }

    func recover() async throws {
        let open: [String] = try await values("SELECT r.id FROM payment_recovery AS r JOIN case_file AS c ON c.id = r.id WHERE c.closed_on IS NULL ORDER BY r.id")
        guard let recovery = open.randomElement(using: &dice) else { return }
        let left: [Money] = try await values("""
            SELECT r.amount_fen - (SELECT CAST(coalesce(sum(s.amount_fen), 0) AS BIGINT) FROM payment_recovery_step AS s WHERE s.recovery_id = r.id)
            FROM payment_recovery AS r WHERE r.id = \(recovery)
            """)
        guard let left = left.first, left > .zero else { return fail("追回 \(recovery) 已退清却没有办结") }
        let part = Money(fen: 1 + Int64(dice.below(Int(left.fen)))), values = ["recovery": recovery]
        switch dice.below(8) {
        case 0, 1: try await act("payments.notify-recovery", values.merging(["told": "模拟送达"]) { $1 }, .countyReviewer, 1)
        case 2, 3, 4:
            let agreed = ["instalment_fen": part.typed, "may_offset": dice.chance(80) ? "1" : "0", "consent": "模拟同意书"]
            try await act("payments.agree-repayment", values.merging(agreed) { $1 }, .countyReviewer, 1)
        case 5, 6: try await act("payments.record-refund", values.merging(["amount_fen": (dice.chance(50) ? left : part).typed, "receipt": "模拟凭证"]) { $1 }, .finance, 3)
        default: if dice.chance(30) { try await act("payments.write-off-recovery", values.merging(["reason": "模拟核销"]) { $1 }, .leader, 4) }
        }
    }
}
