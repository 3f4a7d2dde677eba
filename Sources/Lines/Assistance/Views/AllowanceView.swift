import Commons
import Kernel
import Values

/// 待遇页：a household on the roster as its page shows it.
struct AllowanceView: Sendable {
    let allowance: Allowance
    let file: CaseFile
    let state: String
    let awaits: String?
    let place: String
    let head: Person
    /// Due this month.
    let monthly: Money
    /// As known now, earliest first.
    let periods: [AllowancePeriod]
    /// What was known before and retracted, newest first.
    let retracted: [AllowancePeriod]
    let members: [Person]
    let declaration: Declaration
    let pending: Declaration?
    /// What the pending change would come to, by the law of its day.
    let pendingEstimate: EstimateView?
    let reviews: [AllowanceReview]
    let isReviewOverdue: Bool
    let clocks: [Clock]
    let decisions: [Decision]
    let history: [HistoryEntry]
    let acts: [AnyAction]
}

extension Reader {
    /// - Throws: `.absent`; `.forbidden` outside the reader's region.
    func allowanceView(of id: ID<Allowance>) throws -> AllowanceView {
        let allowance = try find(id)
        guard actor.covers(allowance.region) else { throw Refusal.forbidden("这件事属于区域 \(allowance.region.shown)，不在您的管辖范围内") }
        let file = try caseFile(id), state = try house.process(file.process).edition(on: file.editionOn).state(file.state)
        let periods = try periods(of: id)
        return AllowanceView(
            allowance: allowance, file: file, state: state?.title ?? file.state, awaits: state?.awaits, place: try regionPath(allowance.region),
            head: try find(allowance.head), monthly: periods.first { $0.covers(today.monthOf) }?.monthly ?? .zero, periods: periods,
            retracted: try all(AllowancePeriod.self, where: "allowance_id = \(id) AND retracted_at IS NOT NULL ORDER BY retracted_at DESC, id"),
            members: try roster(of: id).map { try find($0.person) }, declaration: try find(allowance.declaration), pending: try allowance.pending.map { try find($0) },
            pendingEstimate: try pendingEstimate(of: allowance), reviews: try reviews(of: id), isReviewOverdue: allowance.nextReview < today.monthOf,
            clocks: try clocks(of: file), decisions: try decisions(of: id.text), history: try history(of: id.text), acts: try moves(of: file))
    }

    private func pendingEstimate(of allowance: Allowance) throws -> EstimateView? {
        guard allowance.pending != nil else { return nil }
        return try estimate {
            let change = try pendingChange(of: allowance)
            return EstimateAnswer(try change.declaration.declaredHousehold.assessed(under: change.law, on: change.on))
        }
    }
}
