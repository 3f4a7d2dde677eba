import Kernel
import Values

/// 计划内容。The measures of a plan in its own order, their targets and how those stand, for other programs and the command line.
struct PlanContents: Inquiry {
    let plan: ID<WorkPlan>

    static let title = "计划内容"
    static let guidance = "一份计划的任务、目标和状态，按文稿的次序。"
    static let roles: Set<Role> = .readers
    static let shape = Shape<PlanContents> { Field(.askedPlan, \.plan) }

    init(from reading: Reading<PlanContents>) throws(Refusal) { plan = try reading(.askedPlan) }

    func answer(at reader: Reader) throws -> Answer {
        let progress = try reader.progress(of: try reader.plan(plan)), tree = progress.tree
        return Answer(year: tree.plan.year, title: tree.plan.title, measures: tree.measures.map { planned in
            Measure(key: planned.measure.id.text, section: tree.path(of: planned.measure).last, text: planned.measure.text, area: planned.measure.area,
                    responsible: planned.measure.responsible, person: planned.measure.person, deadline: planned.measure.deadline, targets: planned.targets.map { target in
                        let status = progress.status(of: target)
                        return Target(key: target.target.id.text, words: target.target.words, target: target.target.shown, light: status.light, explanation: status.words,
                                      indicator: target.binding?.indicator)
                    })
        })
    }

    struct Answer: Shaped {
        let year: Int, title: String, measures: [Measure]

        static let shape = Shape<Answer> {
            Field(.planYear, \.year)
            Field(.planTitle, \.title)
            Each(.answeredMeasures, \.measures)
        }

        init(year: Int, title: String, measures: [Measure]) { (self.year, self.title, self.measures) = (year, title, measures) }

        init(from reading: Reading<Answer>) throws(Refusal) {
            year = try reading(.planYear)
            title = try reading(.planTitle)
            measures = try reading(.answeredMeasures)
        }
    }

    struct Measure: Entry {
        let key: String
        let section: String?, text: String, area: String, responsible: String?, person: String?, deadline: CivilDate?, targets: [Target]

        static let shape = Shape<Measure> {
            Field(.sectionTitle, \.section)
            Field(.measureText, \.text)
            Field(.businessArea, \.area)
            Field(.responsibleUnit, \.responsible)
            Field(.answerable, \.person)
            Field(.targetDeadline, \.deadline)
            Each(.answeredTargets, \.targets)
        }

        init(key: String, section: String?, text: String, area: String, responsible: String?, person: String?, deadline: CivilDate?, targets: [Target]) {
            (self.key, self.section, self.text, self.area, self.responsible) = (key, section, text, area, responsible)
            (self.person, self.deadline, self.targets) = (person, deadline, targets)
        }

        init(from reading: Reading<Measure>) throws(Refusal) {
            key = reading.key
            section = try reading(.sectionTitle)
            text = try reading(.measureText)
            area = try reading(.businessArea)
            responsible = try reading(.responsibleUnit)
            person = try reading(.answerable)
            deadline = try reading(.targetDeadline)
            targets = try reading(.answeredTargets)
        }
    }

    struct Target: Entry {
        let key: String
        let words: String, target: String, light: Light, explanation: String, indicator: String?

        static let shape = Shape<Target> {
            Field(.indicatorWords, \.words)
            Field(.shownTarget, \.target)
            Field(.light, \.light)
            Field(.statusWords, \.explanation)
            Field(.indicatorCode, \.indicator)
        }

        init(key: String, words: String, target: String, light: Light, explanation: String, indicator: String?) {
            (self.key, self.words, self.target, self.light, self.explanation, self.indicator) = (key, words, target, light, explanation, indicator)
        }

        init(from reading: Reading<Target>) throws(Refusal) {
            key = reading.key
            words = try reading(.indicatorWords)
            target = try reading(.shownTarget)
            light = try reading(.light)
            explanation = try reading(.statusWords)
            indicator = try reading(.indicatorCode)
        }
    }
}

extension Term where Value == ID<WorkPlan> {
    static var askedPlan: Term<ID<WorkPlan>> { Term("plan", "计划编号") }
}
extension Term where Value == String {
    static var sectionTitle: Term<String> { Term("section", "标题") }
}
extension Term where Value == [PlanContents.Measure] {
    static var answeredMeasures: Term<[PlanContents.Measure]> { Term("measures", "任务") }
}
extension Term where Value == [PlanContents.Target] {
    static var answeredTargets: Term<[PlanContents.Target]> { Term("targets", "目标") }
}
