import Commons
import Kernel
import Values

/// 示范市的低保。Applications since 2024 and where they came to, through the counter like any other.
///
/// At most 400 households are followed through every state of both procedures: a larger city has more people, not more stories.
/// Besides them `CourseOfYear` brings the roster of an older register and the year that is calibrated.
enum Cases {
    private static let places = [
        CaseStory.Place(township: "000181001", clerk: "jingban", reviewer: "jiedaoshenhe", approver: "shenpi"),
        CaseStory.Place(township: "000181100", clerk: "lixia", reviewer: "lixiashenhe", approver: "shenpi"),
        CaseStory.Place(township: "000181003", clerk: "jingzhe", reviewer: "jingzheshenhe", approver: "jingzheshenhe"),
    ]

    static func count(_ scale: Double) -> Int { min(400, max(40, Int(6000 * scale))) }

    /// - Returns: how many households applied, and what the counter refused.
    /// - Parameter months: the paydays between, each paid when its day has come.
    static func open(_ count: Int, at office: Office, _ calibration: Calibration, paying months: Months, _ dice: inout Dice,
                     _ progress: @Sendable (String, Int, Int) -> Void) async throws -> (cases: Int, refusals: [String]) {
        guard office.knows("assistance.apply-for-allowance") else { return (0, []) }
        var stories: [CaseStory] = [], households: Set<ID<Household>> = []
        for (place, share) in zip(places, [5, 3, 2]) {
            for household in try await Applicants.some(count * share / 10, of: try RegionCode(place.township), at: office) {
                let index = stories.count, fate = Fate.of(index)
                let day = office.workday(before: fate.began(index, of: count, within: spread(at: office)))
                stories.append(CaseStory(fate, form(household, fate, day, &dice), at: place, office.calendar, &dice))
                households.insert(household.household)
            }
        }
        var told = stories.map(\.steps), cases = stories.count
        if Calibration.isTold(on: office.today), office.knows("exchange.begin-import") {
            let course = try await CourseOfYear.plan(calibration, places, but: households, at: office, &dice)
            try await course.takeOver(at: office)
            told += course.stories
            cases += course.applied
        }
        return (cases, try await tell(told, at: office, paying: months, &dice, progress))
    }

    /// Since when the cases of the tour are spread: a year that is told as a whole has its own.
    private static func spread(at office: Office) -> Int {
        let since = CivilDate(written: 2025, 1, 8), whole = since.days(until: office.today)
        return whole > 180 ? whole : office.daysSince2024
    }

    /// Does the steps of all stories in the order of their days, as far as those days have come.
    /// A step that is refused ends its story there: one odd household must not cost the city.
    private static func tell(_ stories: [[CaseStory.Step]], at office: Office, paying months: Months, _ dice: inout Dice,
                             _ progress: @Sendable (String, Int, Int) -> Void) async throws -> [String] {
        let steps = stories.enumerated().flatMap { story in story.element.map { (story: story.offset, step: $0) } }
        let inOrder = steps.enumerated().filter { $1.step.day <= office.today }.sorted { ($0.element.step.day, $0.offset) < ($1.element.step.day, $1.offset) }
        var ended: Set<Int> = [], refusals: [String] = []
        for (number, entry) in inOrder.map(\.element).enumerated() where !ended.contains(entry.story) {
            try await months.catchUp(to: entry.step.day, &dice)
            do {
                try await office.act(entry.step.permission, entry.step.values, by: entry.step.by, on: entry.step.day, &dice)
            } catch let refusal as Refusal {
                ended.insert(entry.story)
                refusals.append("\(entry.step.permission)（\(entry.step.day.shown)）：\(refusal.message)")
            }
            if number % 50 == 49 || number + 1 == inOrder.count { progress("办理低保", number + 1, inOrder.count) }
        }
        return refusals
    }

    /// Income from nothing to half of what the standard admits; beyond it for those who are refused. Every fifth head is disabled.
    static func form(_ household: Applicants, _ fate: Fate, _ day: CivilDate, _ dice: inout Dice) -> CaseForm {
        let standard = household.area == .urban ? 700 : 510, people = household.members(on: day).count
        let admitted = dice.chance(30) ? 0 : standard * people * (10 + dice.below(45)) / 100
        return CaseForm(applicants: household, day: day, wage: fate.isRefused ? 2600 * people + 1200 : admitted, disability: dice.chance(20) ? 1 + dice.below(4) : nil)
    }
}
