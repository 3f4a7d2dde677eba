import Values

/// 名册的一行，还没有编号。Pure: everything it needs was read before. Ids are texts, a month has a million of them.
struct RosterDraft: Hashable {
    let subject: String
    let payee: String
    let region: RegionCode
    let reason: LineReason
    let code: CheckCode?
    /// What speaks of the code: which payment covers it.
    var detail = ""
    let due: Money
    let previous: Money
    var offset = Money.zero
    let amount: Money
    let account: String?
    /// Who is covered: each has a claim, or an adjustment of the claim there is.
    let covered: [String]
    let people: Int

    var difference: Money { amount + offset - previous }
}

/// 上月的一行。
struct EarlierLine: Hashable {
    let subject: String, payee: String, region: RegionCode, amount: Money, people: Int
}

/// 约定抵扣。What is taken off this payee's next line, by consent or ruling.
struct AgreedOffset: Hashable {
    let recovery: String, left: Money, instalment: Money
}

/// 逐行得出名册。Facts of one subject against last month's line: the reason, the difference, and whether it must wait.
struct RosterRule {
    let month: Month
    /// The programme's facts know of deaths themselves.
    let settlesDeath: Bool
    /// Subjects are claims of organisations: whoever is suspended or gone waits, whenever that was.
    var isToOrganisations = false
    /// Persons whose payment is held, and why.
    let holds: [String: CheckCode]
    /// Persons whom another payment of the same month covers, and which.
    let covered: [String: String]
    let offsets: [String: AgreedOffset]
    /// Subjects whose money somebody else receives for them: nothing is taken off for what the receiver owes.
    var receivedByOthers: Set<String> = []
    /// Of an earlier month: who died in it and is no longer covered by the facts of today, so that the household was reckoned anew and the month itself is due.
    var reckonedDeaths: Set<String> = []

    /// - Returns: nil where there is nothing to tell: nothing due now, nothing paid before.
    func line(_ subject: PaidSubject?, due: Money?, earlier: EarlierLine?) -> RosterDraft? {
        let previous = earlier?.amount ?? .zero
        guard let subject, let due, due > .zero else {
            guard let earlier, earlier.amount > .zero else { return nil }
            return RosterDraft(subject: earlier.subject, payee: earlier.payee, region: earlier.region, reason: .stopped, code: nil, due: .zero, previous: previous,
                               amount: .zero, account: nil, covered: [], people: earlier.people)
        }
        if let (code, detail) = obstacle(subject) { return held(subject, code, detail, due, previous) }
        let reason: LineReason = earlier == nil ? .new : due == previous ? .continued : .changed
        guard let agreed = offsets[subject.payee], agreed.left > .zero, !receivedByOthers.contains(subject.id) else { return paid(subject, reason, due, previous, .zero) }
        return paid(subject, .recovery, due, previous, min(agreed.left, min(agreed.instalment, due)))
    }

    /// A month that was paid already, as it is due now against what was settled for it.
    /// - Returns: a line to pay the rest, or one that tells how much was paid too much; nil where it agrees.
    func arrears(_ subject: PaidSubject?, due: Money?, settled: EarlierLine?) -> RosterDraft? {
        let due = due ?? .zero, before = settled?.amount ?? .zero
        if due < before, let settled {
            return RosterDraft(subject: settled.subject, payee: settled.payee, region: settled.region, reason: .recovery, code: nil, due: due - before, previous: .zero,
                               amount: .zero, account: nil, covered: [], people: settled.people)
        }
        guard let subject, due > before else { return nil }
        if let (code, detail) = obstacle(subject) { return held(subject, code, detail, due - before, .zero) }
        return paid(subject, .arrears, due - before, .zero, .zero)
    }

    /// The first thing that stands in the way.
    private func obstacle(_ subject: PaidSubject) -> (CheckCode, String)? {
        for member in subject.covered {
            if let code = holds[member.person] { return (code, "") }
            if isToOrganisations, let endedOn = member.diedOn { return (.inactive, "自\(endedOn.shown)起暂停或者注销") }
            if !settlesDeath, let diedOn = member.diedOn, diedOn <= month.last, !isReckoned(member, diedOn, subject) { return (.death, "死亡日期 \(diedOn.shown)") }
            if let line = covered[member.person] { return (.duplicate, line) }
        }
        guard subject.account != nil else { return (.noAccount, "") }
        return subject.isHolderPayee ? nil : (.nameMismatch, "")
    }

    /// The month of a death is paid once the death was reckoned with, and never to the dead.
    private func isReckoned(_ member: PaidSubject.Covered, _ diedOn: CivilDate, _ subject: PaidSubject) -> Bool {
        month.contains(diedOn) && reckonedDeaths.contains(member.person) && subject.payee != member.person
    }

    private func held(_ subject: PaidSubject, _ code: CheckCode, _ detail: String, _ due: Money, _ previous: Money) -> RosterDraft {
        RosterDraft(subject: subject.id, payee: subject.payee, region: subject.region, reason: .held, code: code, detail: detail, due: due, previous: previous,
                    amount: .zero, account: subject.account, covered: [], people: subject.covered.count)
    }

    private func paid(_ subject: PaidSubject, _ reason: LineReason, _ due: Money, _ previous: Money, _ offset: Money) -> RosterDraft {
        RosterDraft(subject: subject.id, payee: subject.payee, region: subject.region, reason: reason, code: nil, due: due, previous: previous, offset: offset,
                    amount: due - offset, account: subject.account, covered: subject.covered.map(\.person), people: subject.covered.count)
    }
}

/// 各人的份额：equal shares down to the 分, the remainder with the first, so that claims add up to their line.
func shares(of amount: Money, among count: Int) -> [Money] {
    guard count > 0 else { return [] }
    let each = amount.share(among: count)
    return (0 ..< count).map { $0 == 0 ? amount - each * (count - 1) : each }
}

/// Two rows of subjects, each in order, as one: what stands on either side for every subject.
func merged<Left, Right>(_ left: [Left], _ right: [Right], _ leftKey: (Left) -> String, _ rightKey: (Right) -> String, _ body: (Left?, Right?) throws -> Void) rethrows {
    var i = 0, j = 0
    while i < left.count || j < right.count {
        guard i < left.count else { try body(nil, right[j]); j += 1; continue }
        guard j < right.count else { try body(left[i], nil); i += 1; continue }
        let a = leftKey(left[i]), b = rightKey(right[j])
        if a == b { try body(left[i], right[j]); i += 1; j += 1 } else if a < b { try body(left[i], nil); i += 1 } else { try body(nil, right[j]); j += 1 }
    }
}
