import Commons
import Kernel
import Values

/// 示范市的低保。Applications since 2024 and where they came to, through the counter like any other.
///
/// At scale 1 a city like this has some 6,000 households on the roster; so many in proportion, but no more than 400,
/// are made act by act: a larger city has more people, not more cases.
enum Cases {
    private static let places = [
        CaseStory.Place(township: "000181001", clerk: "jingban", reviewer: "jiedaoshenhe", approver: "shenpi"),
        CaseStory.Place(township: "000181100", clerk: "lixia", reviewer: "lixiashenhe", approver: "shenpi"),
        CaseStory.Place(township: "000181003", clerk: "jingzhe", reviewer: "jingzheshenhe", approver: "jingzheshenhe"),
    ]

    static func count(_ scale: Double) -> Int { min(400, max(40, Int(6000 * scale))) }

    /// - Returns: how many households applied, and what the counter refused.
    /// - Parameter months: the paydays between, each paid when its day has come.
    static func open(_ count: Int, at office: Office, paying months: Months, _ dice: inout Dice,
                     _ progress: @Sendable (String, Int, Int) -> Void) async throws -> (cases: Int, refusals: [String]) {
        guard office.knows("assistance.apply-for-allowance") else { return (0, []) }
        var stories: [CaseStory] = []
        for (place, share) in zip(places, [5, 3, 2]) {
            for household in try await Applicants.some(count * share / 10, of: try RegionCode(place.township), at: office) {
                let index = stories.count, fate = Fate.of(index)
                let day = office.workday(before: fate.began(index, of: count, daysSince2024: office.daysSince2024))
                stories.append(CaseStory(fate, form(household, fate, day, &dice), at: place, office.calendar, &dice))
            }
        }
        return (stories.count, try await tell(stories, at: office, paying: months, &dice, progress))
    }

    /// Does the steps of all stories in the order of their days, as far as those days have come.
    /// A step that is refused ends its story there: one odd household must not cost the city.
    private static func tell(_ stories: [CaseStory], at office: Office, paying months: Months, _ dice: inout Dice,
                             _ progress: @Sendable (String, Int, Int) -> Void) async throws -> [String] {
        let steps = stories.enumerated().flatMap { story in story.element.steps.map { (story: story.offset, step: $0) } }
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
    private static func form(_ household: Applicants, _ fate: Fate, _ day: CivilDate, _ dice: inout Dice) -> CaseForm {
        let standard = household.area == .urban ? 700 : 510, people = household.members(on: day).count
        let admitted = dice.chance(30) ? 0 : standard * people * (10 + dice.below(45)) / 100
        return CaseForm(applicants: household, day: day, wage: fate.isRefused ? 2600 * people + 1200 : admitted, disability: dice.chance(20) ? 1 + dice.below(4) : nil)
    }
}
