import Commons
import Kernel
import Pages
import Storage
import Values

/// 工作计划台账。
let planListing = Listing(
    "plans", "工作计划", of: PlanRow.self, sorted: [.descending(.planYear), .ascending(Term<ID<WorkPlan>>.id)],
    filters: [.equals(.planYear), .equals(.planState)], totals: [.count("份")],
    emptyText: "导入的计划会出现在这里：从“导入计划”上传或粘贴文稿", link: { "/planning/plans/\($0.text("id") ?? "")" }) { query in
    """
    SELECT p.id, p.year, p.title, p.state, p.edition, p.region, p.made_by_name, p.confirmed_at,
           (SELECT count(*) FROM plan_measure AS m WHERE m.plan_id = p.id AND m.removed_at IS NULL) AS tasks,
           (SELECT count(*) FROM plan_target AS t WHERE t.plan_id = p.id AND t.removed_at IS NULL) AS targets
    FROM work_plan AS p WHERE (\(query.within("p.region")) OR p.region IN (\(query.actor.region.ancestors.map { "\($0)" as Statement }.joined(", "))))
    """
}

struct PlanRow: Shaped {
    let year: Int, title: String, state: PlanState, edition: Int, tasks: Int, targets: Int, region: RegionCode, madeByName: String, confirmedAt: Instant?, id: ID<WorkPlan>

    static let shape = Shape<PlanRow> {
        Field(.planYear, \.year)
        Field(.planTitle, \.title)
        Field(.planState, \.state)
        Field(.editionNumber, \.edition)
        Field(.taskCount, \.tasks)
        Field(.targetCount, \.targets)
        Field(.region, \.region)
        Field(.madeByName, \.madeByName)
        Field(.confirmedAt, \.confirmedAt)
        Field(.id, \.id)
    }

    init(from reading: Reading<PlanRow>) throws(Refusal) {
        year = try reading(.planYear)
        title = try reading(.planTitle)
        state = try reading(.planState)
        edition = try reading(.editionNumber)
        tasks = try reading(.taskCount)
        targets = try reading(.targetCount)
        region = try reading(.region)
        madeByName = try reading(.madeByName)
        confirmedAt = try reading(.confirmedAt)
        id = try reading(.id)
    }
}

/// 计划目标台账。Every target of the tracked plans with what it is bound to; how it stands is on its page and in `plan-status.csv`.
let targetListing = Listing(
    "targets", "计划目标", of: TargetRow.self, sorted: [.descending(.planYear), .ascending(.planOfRow), .ascending(.measurePlace), .ascending(Term<ID<PlanTarget>>.id)],
    filters: [.equals(.planYear), .equals(.businessArea), .equals(.bindingOfRow), .within(.region)], totals: [.count("个")], emptyText: "计划里的目标会出现在这里",
    link: { "/planning/targets/\($0.text("id") ?? "")" }) { query in
    """
    SELECT t.id, t.words, t.comparison, t.value, t.upper, t.previous, t.unit, coalesce(t.deadline, m.deadline) AS deadline, m.area,
           coalesce(m.leading_unit, m.responsible_unit) AS responsible_unit, m.person, m.text, m.position AS measure_place, p.year, p.id AS plan_id, p.title, t.region,
           CASE WHEN b.id IS NULL THEN 'none' ELSE b.kind END AS binding, b.indicator
    FROM plan_target AS t JOIN plan_measure AS m ON m.id = t.measure_id JOIN work_plan AS p ON p.id = t.plan_id
    LEFT JOIN target_binding AS b ON b.target_id = t.id AND b.ended_at IS NULL
    WHERE t.removed_at IS NULL AND m.removed_at IS NULL AND p.state = \(PlanState.tracked)
      AND (\(query.within("p.region")) OR p.region IN (\(query.actor.region.ancestors.map { "\($0)" as Statement }.joined(", "))))
    """
}

/// 绑定情况。
enum BindingState: String, CodeList {
    case indicator, milestones, none

    var label: String {
        switch self {
        case .indicator: "指标"
        case .milestones: "节点"
        case .none: "未绑定"
        }
    }
}

struct TargetRow: Shaped {
    let year: Int, words: String, bound: Bound, value: TargetNumber?, upper: TargetNumber?, previous: TargetNumber?, unit: String, deadline: CivilDate?, area: String
    let responsible: String?, person: String?, binding: BindingState, indicator: String?, text: String, title: String, region: RegionCode
    let place: Int, plan: ID<WorkPlan>, id: ID<PlanTarget>

    static let shape = Shape<TargetRow> {
        Field(.planYear, \.year)
        Field(.indicatorWords, \.words)
        Field(.bound, \.bound)
        Field(.targetValue, \.value)
        Field(.upperValue, \.upper)
        Field(.previousValue, \.previous)
        Field(.targetUnit, \.unit)
        Field(.targetDeadline, \.deadline)
        Field(.businessArea, \.area)
        Field(.responsibleUnit, \.responsible)
        Field(.answerable, \.person)
        Field(.bindingOfRow, \.binding)
        Field(.indicatorCode, \.indicator)
        Field(.measureText, \.text)
        Field(.planTitle, \.title)
        Field(.region, \.region)
        Field(.measurePlace, \.place)
        Field(.planOfRow, \.plan)
        Field(.id, \.id)
    }

    init(from reading: Reading<TargetRow>) throws(Refusal) {
        year = try reading(.planYear)
        words = try reading(.indicatorWords)
        bound = try reading(.bound)
        value = try reading(.targetValue)
        upper = try reading(.upperValue)
        previous = try reading(.previousValue)
        unit = try reading(.targetUnit)
        deadline = try reading(.targetDeadline)
        area = try reading(.businessArea)
        responsible = try reading(.responsibleUnit)
        person = try reading(.answerable)
        binding = try reading(.bindingOfRow)
        indicator = try reading(.indicatorCode)
        text = try reading(.measureText)
        title = try reading(.planTitle)
        region = try reading(.region)
        place = try reading(.measurePlace)
        plan = try reading(.planOfRow)
        id = try reading(.id)
    }
}

extension Term where Value == Int {
    static var targetCount: Term<Int> { Term("targets", "目标") }
    static var measurePlace: Term<Int> { Term("measure_place", "任务次序") }
}
extension Term where Value == BindingState {
    static var bindingOfRow: Term<BindingState> { Term("binding", "绑定") }
}

/// 计划进度（CSV）：every target of a year with its light, as the board shows it.
let statusDownload = TableDownload("planning", "plan-status.csv", "下载计划进度") { visit in
    let overview = try visit.reader.overview(of: visit.query["year"].flatMap { Int($0) })
    return .init("\(overview.year)年计划进度", columns: PlanStatus.columns, rows: overview.entries.map(PlanStatus.row))
}

/// 计划进度。How every target stands today, for other programs and the command line.
struct PlanStatus: Inquiry {
    let year: Int?

    static let title = "计划进度"
    static let guidance = "某一年各项目标今天的状态；不填年度则为今年。"
    static let roles: Set<Role> = .readers
    static let shape = Shape<PlanStatus> { Field(.planYear, \.year) }

    init(from reading: Reading<PlanStatus>) throws(Refusal) {
        year = try reading(.planYear)
        if let year, !(2000 ... 2099).contains(year) { throw Refusal.invalid("年度应为 2000 至 2099，请核对").at(["year"]) }
    }

    func answer(at reader: Reader) throws -> Answer {
        let overview = try reader.overview(of: year)
        return Answer(year: overview.year, targets: overview.entries.map { entry in
            Answer.Row(key: entry.target.target.id.text, words: entry.target.target.words, target: entry.target.target.shown, light: entry.status.light,
                       value: entry.status.value.map(TargetNumber.init), expected: entry.status.expected.map(TargetNumber.init), unit: entry.target.target.unit,
                       deadline: entry.target.deadline, responsible: entry.target.responsible, reason: entry.target.reasons.first?.words, explanation: entry.status.words)
        })
    }

    static let columns = [
        "plan", "section_text", "indicator", "target", "light", "value", "expected", "unit", "deadline", "responsible_unit", "person", "as_of", "words", "reason",
    ]

    static func row(_ entry: PlanOverview.Entry) -> [String] {
        [entry.plan.title, entry.measure.text, entry.target.target.words, entry.target.target.shown, entry.status.light.label, entry.status.value?.description ?? "",
         entry.status.expected?.description ?? "", entry.target.target.unit, entry.target.deadline.typed, entry.target.responsible ?? "", entry.measure.person ?? "",
         entry.status.asOf?.typed ?? "", entry.status.words, entry.target.reasons.first.map { "\($0.cause.label)：\($0.words.text)" } ?? ""]
    }

    struct Answer: Shaped {
        let year: Int
        let targets: [Row]

        static let shape = Shape<Answer> {
            Field(.planYear, \.year)
            Each(.statusRows, \.targets)
        }

        init(year: Int, targets: [Row]) { (self.year, self.targets) = (year, targets) }

        init(from reading: Reading<Answer>) throws(Refusal) {
            year = try reading(.planYear)
            targets = try reading(.statusRows)
        }

        struct Row: Entry {
            let key: String
            let words: String, target: String, light: Light, value: TargetNumber?, expected: TargetNumber?, unit: String, deadline: CivilDate, responsible: String?
            let reason: LongText?, explanation: String

            static let shape = Shape<Row> {
                Field(.indicatorWords, \.words)
                Field(.shownTarget, \.target)
                Field(.light, \.light)
                Field(.currentValue, \.value)
                Field(.expectedValue, \.expected)
                Field(.targetUnit, \.unit)
                Field(.targetDeadline, \.deadline)
                Field(.responsibleUnit, \.responsible)
                Field(.reasonShown, \.reason)
                Field(.statusWords, \.explanation)
            }

            init(key: String, words: String, target: String, light: Light, value: TargetNumber?, expected: TargetNumber?, unit: String, deadline: CivilDate, responsible: String?,
                 reason: LongText?, explanation: String) {
                (self.key, self.words, self.target, self.light, self.value, self.expected) = (key, words, target, light, value, expected)
                (self.unit, self.deadline, self.responsible, self.reason, self.explanation) = (unit, deadline, responsible, reason, explanation)
            }

            init(from reading: Reading<Row>) throws(Refusal) {
                key = reading.key
                words = try reading(.indicatorWords)
                target = try reading(.shownTarget)
                light = try reading(.light)
                value = try reading(.currentValue)
                expected = try reading(.expectedValue)
                unit = try reading(.targetUnit)
                deadline = try reading(.targetDeadline)
                responsible = try reading(.responsibleUnit)
                reason = try reading(.reasonShown)
                explanation = try reading(.statusWords)
            }
        }
    }
}

extension Term where Value == [PlanStatus.Answer.Row] {
    static var statusRows: Term<[PlanStatus.Answer.Row]> { Term("targets", "目标") }
}
extension Term where Value == String {
    static var shownTarget: Term<String> { Term("target", "目标") }
    static var statusWords: Term<String> { Term("explanation", "进度") }
}
extension Term where Value == LongText {
    static var reasonShown: Term<LongText> { Term("reason", "未按期原因") }
}
extension Term where Value == Light {
    static var light: Term<Light> { Term("light", "状态") }
}
extension Term where Value == TargetNumber {
    static var currentValue: Term<TargetNumber> { Term("value", "现为") }
    static var expectedValue: Term<TargetNumber> { Term("expected", "到今天应达到") }
}
