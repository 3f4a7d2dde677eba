import Kernel
import Storage
import Values

/// 督办概览。Every tracked plan of a year that the reader may see, its targets flat with how they stand.
struct PlanOverview: Sendable {
    struct Entry: Sendable {
        let plan: WorkPlan
        let measure: PlanMeasure
        let target: PlannedTarget
        let status: TargetStatus

        var unit: String { target.responsible ?? "未写明责任单位" }

        fileprivate var urgency: (Int, CivilDate, ID<PlanTarget>) { (status.light == .overdue ? 0 : 1, target.deadline, target.target.id) }
    }

    let year: Int
    /// Years that have tracked plans, the latest first.
    let years: [Int]
    let entries: [Entry]
    let today: CivilDate

    /// Late first, those overdue longest at the top.
    var behind: [Entry] {
        entries.filter { $0.status.light.isBehind }.sorted { $0.urgency < $1.urgency }
    }

    func groups(by key: (Entry) -> String) -> [(name: String, entries: [Entry])] {
        let groups = Dictionary(grouping: entries, by: key).map { (name: $0.key, entries: $0.value, behind: $0.value.count { $0.status.light.isBehind }) }
        return groups.sorted { (-$0.behind, -$0.entries.count, $0.name) < (-$1.behind, -$1.entries.count, $1.name) }.map { ($0.name, $0.entries) }
    }
}

extension Reader {
    /// - Parameter year: nil for this year, or the latest that has plans.
    func overview(of year: Int?) throws -> PlanOverview {
        let years: [Int] = try connection.all("""
            SELECT DISTINCT year FROM work_plan WHERE state = \(PlanState.tracked) AND \(visiblePlans("region")) ORDER BY year DESC
            """) { try $0.read(0) }
        let chosen = year ?? (years.contains(today.year) ? today.year : years.first ?? today.year)
        let entries = try plans(of: chosen).flatMap { plan -> [PlanOverview.Entry] in
            let progress = try progress(of: plan)
            return progress.tree.measures.flatMap { measure in
                measure.targets.map { PlanOverview.Entry(plan: plan, measure: measure.measure, target: $0, status: progress.status(of: $0)) }
            }
        }
        return PlanOverview(year: chosen, years: years, entries: entries, today: today)
    }

    /// Targets that someone here should look at: behind without a reason since, or with a quarter's or milestone's day in the next ten days.
    func reminders() throws -> (behind: [PlanOverview.Entry], near: [PlanOverview.Entry]) {
        let overview = try overview(of: today.year)
        let behind = overview.behind.filter { entry in
            guard let reason = entry.target.reasons.first else { return true }
            return reason.expectedOn < today
        }
        return (behind, overview.entries.filter { [.onTrack, .slow].contains($0.status.light) && hasDay(near: $0) })
    }

    private func hasDay(near entry: PlanOverview.Entry) -> Bool {
        // Where no quarters were set, their ends matter to what is slow.
        let set = entry.target.points.isEmpty && entry.status.light == .slow ? [1, 2, 3, 4] : Array(entry.target.points.keys)
        let quarters = set.map { CivilDate(endOfQuarter: $0, in: entry.plan.year) }
        let days = [entry.target.deadline] + quarters + entry.target.milestones.filter { $0.doneOn == nil }.map(\.dueOn)
        return days.contains { $0 >= today && $0 <= today.adding(days: 10) }
    }
}
