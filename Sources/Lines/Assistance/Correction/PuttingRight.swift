import Commons
import Kernel
import Storage
import Values

/// What a correction came to.
struct Righted {
    let caseID: String
    let message: String
}

extension Desk {
    /// Takes the consequence of a rejudgement, by what the original had decided.
    func putRight(_ found: Rejudgement, as id: ID<Decision>, note: LongText?) throws -> Righted {
        switch found.original.kind {
        case .refused, .terminated: try reopen(found, as: id, note)
        default: try reckonAnew(found, as: id, note)
        }
    }

    // MARK: A refusal that was wrong

    /// 撤销不予确认、终止：the case goes back to where facts are established, and is decided anew.
    private func reopen(_ found: Rejudgement, as id: ID<Decision>, _ note: LongText?) throws -> Righted {
        let original = found.original
        guard found.judged.decision.isApproval || original.kind == .terminated else {
            throw Refusal.ineligible("按改正后的事实和当日的规定仍\(found.judged.decision.label)：\(found.judged.grounds)。结论不变的不用更正，可以「不予更正」", basis: found.judged.reasons.first?.basis)
        }
        guard var application = try first(Application.self, where: "id = \(original.caseID)") else { throw Refusal.absent("找不到这份决定的申请") }
        for member in found.declaration.members where member.condition.isPresent {
            guard let number = try runningAllowance(of: member.person) ?? runningApplication(of: member.person) else { continue }
            throw Refusal.conflict("\(member.name.shown)已在 \(number) 中，不用再恢复这件申请")
        }
        let revoked = found.decision(id, .revoked, of: original.caseID, monthly: .zero, previous: nil, from: nil, note: note, at: self)
        try issue(revoked)
        application.declaration = found.declaration.id
        try update(application)
        let file = try caseFile(application.id)
        try move(file, to: Applied.surveying)
        if let level = application.level, Edition.inForce(on: try application.requireAcceptedOn()) == .rules2021 {
            try start(ApplicationClock.whole, on: file, span: try law(of: application).deadlines.whole(level.limit).value)
        }
        return Righted(caseID: original.caseID, message: "原决定已撤销，申请回到调查核实，办理时限重新起算。")
    }

    // MARK: An allowance that was wrong

    /// 变更或者撤销：the months from the original's first one, up to whatever was judged later on other facts.
    private func reckonAnew(_ found: Rejudgement, as id: ID<Decision>, _ note: LongText?) throws -> Righted {
        let original = found.original
        guard var allowance = try allowance(of: original), let from = original.from else { throw Refusal.absent("找不到这份决定的待遇") }
        let before = try periods(of: allowance.id), until = try nextJudged(after: original, of: allowance)
        let segments = found.judged.decision.isApproval
            ? try amounts(found.declaration, in: allowance.region, from: from, through: until?.previous ?? max(today.monthOf, from).adding(12)) : []
        let differences = differences(before, from: from) { month in
            if let until, month >= until { return before.first { $0.covers(month) }?.monthly ?? .zero }
            return segments.last { $0.from <= month }?.assessment.monthly ?? .zero
        }
        let old = before.first { $0.covers(from) }?.monthly ?? .zero, new = segments.first?.assessment.monthly ?? .zero
        guard !differences.isEmpty || new != old else {
            throw Refusal.outOfOrder("按改正后的事实，结论和各月金额都不变。文字有误的请办理「补正文书」，其余可以「不予更正」")
        }
        let decision = found.decision(id, segments.isEmpty ? .revoked : .corrected, of: allowance.id.text, monthly: new, previous: old, from: from, note: note, at: self)
        try issue(decision.adding(differences.entries(after: decision.lines.count)))
        try repay(allowance.id, segments.map { ($0.from, $0.assessment.monthly) }, from: from, until: until, by: id)
        if until == nil { try settle(&allowance, found, from: from, isPaid: !segments.isEmpty) }
        let effect = segments.isEmpty ? "撤销，自\(from.shown)起不应发放。" : "自\(from.shown)起每月 \(new.shown)，原为 \(old.shown)。"
        return Righted(caseID: allowance.id.text, message: effect + differences.told)
    }

    /// The roster and the state follow where nothing later was judged.
    private func settle(_ allowance: inout Allowance, _ found: Rejudgement, from: Month, isPaid: Bool) throws {
        try enroll(isPaid ? found.declaration.people(countedBy: found.judged) : [], in: allowance.id, from: from)
        allowance.declaration = found.declaration.id
        try update(allowance)
        let file = try caseFile(allowance.id)
        if !isPaid, Granted.paid.contains(where: { $0.name == file.state }) { try move(file, to: Granted.stopped) }
        if isPaid, !Granted.paid.contains(where: { $0.name == file.state }) { try move(file, to: Granted.running) }
    }

    /// Pays these amounts from–until in place of what was known; what was judged from `until` on stays as it is.
    private func repay(_ allowance: ID<Allowance>, _ segments: [(from: Month, monthly: Money)], from: Month, until: Month?, by decision: ID<Decision>) throws {
        let later = try until.map { end in try periods(of: allowance).filter { $0.until.map { $0 > end } ?? true }.map { ($0, max($0.from, end)) } } ?? []
        try cut(allowance, from: from)
        for (index, segment) in segments.enumerated() {
            let end = index + 1 < segments.count ? segments[index + 1].from : until
            try insert(AllowancePeriod(id: makeID(), allowance: allowance, monthly: segment.monthly, from: segment.from, until: end, decision: decision, knownAt: now))
        }
        for (period, start) in later {
            try insert(AllowancePeriod(id: makeID(), allowance: allowance, monthly: period.monthly, from: start, until: period.until, decision: period.decision, knownAt: now))
        }
    }
}

extension Reader {
    /// The allowance a decision is about, whether made on the application or on the allowance itself.
    func allowance(of decision: Decision) throws -> Allowance? {
        try first(Allowance.self, where: "id = \(decision.caseID) OR application_id = \(decision.caseID)")
    }

    /// From which month on something else was judged later than this decision.
    fileprivate func nextJudged(after original: Decision, of allowance: Allowance) throws -> Month? {
        let judging: Set<DecisionKind> = [.adjusted, .gradualExit, .stopped, .corrected, .revoked]
        guard let first = original.from else { return nil }
        return try decisions(of: allowance.id.text).filter { judging.contains($0.kind) && $0.id != original.id && $0.decidedOn >= original.decidedOn }
            .compactMap(\.from).filter { $0 > first }.min()
    }
}

extension Rejudgement {
    /// The decision that replaces the original: its ground first, then what the rules say.
    fileprivate func decision(_ id: ID<Decision>, _ kind: DecisionKind, of caseID: String, monthly: Money, previous: Money?, from: Month?, note: LongText?,
                              at desk: Desk) -> Decision {
        let why = correction.reason.text.hasSuffix("。") ? String(correction.reason.text.dropLast()) : correction.reason.text
        let ground = ReasonEntry(0, code: "CORRECTION", "原决定的认定有误：\(correction.finding)，\(why)", basis: .socialAssistance("第六十五条"))
        var decision = Decision(id, kind, of: caseID, household: original.household, region: original.region, declaration: declaration.id, lawOn: original.lawOn, at: desk,
                                judged, monthly: monthly, previous: previous, from: from, reasons: [ground] + judged.reasonEntries, note: note)
        decision.corrects = original.id
        return decision
    }
}
