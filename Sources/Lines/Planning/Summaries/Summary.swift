import Commons
import Kernel
import Values

/// 工作总结。A report of an office over some months, or next year's plan as a draft; whose every number can be traced.
struct WorkSummary: Placed {
    let id: ID<WorkSummary>
    let region: RegionCode
    let kind: SummaryKind
    let title: String
    /// 发文机关署名.
    let unit: String
    let from: Month
    let through: Month
    /// The plan whose order it follows; nil for the order of the catalogue.
    let plan: ID<WorkPlan>?
    /// 查验码，printed at its foot.
    let code: String
    let draftedByName: String
    let draftedAt: Instant
    /// 冻结：when it was approved, by whom, and the digest of text and numbers.
    var frozenAt: Instant?
    var frozenByName: String?
    var frozenHash: String?

    var period: IndicatorPeriod { IndicatorPeriod(from, through: through) }
    var link: String { "/planning/summaries/\(id.text)" }

    static let table = "work_summary"
    static let title = "工作总结"
    static let shape = Shape<WorkSummary> {
        Field(.id, \.id)
        Field(.region, \.region)
        Field(.summaryKind, \.kind)
        Field(.summaryTitle, \.title)
        Field(.summaryUnit, \.unit)
        Field(.fromMonth, \.from)
        Field(.throughMonth, \.through)
        Field(.planOfSummary, \.plan)
        Field(.summaryCode, \.code)
        Field(.draftedByName, \.draftedByName)
        Field(.draftedAt, \.draftedAt)
        Field(.frozenAt, \.frozenAt)
        Field(.frozenByName, \.frozenByName)
        Field(.frozenHash, \.frozenHash)
    }
}

/// 总结的一段。A heading or a paragraph; numbers carry their marks.
struct SummaryLine: Placed {
    let id: ID<SummaryLine>
    let summary: ID<WorkSummary>
    let region: RegionCode
    var position: Int
    /// 0 for a paragraph.
    var level: Int
    var text: String
    var isEdited: Bool

    static let table = "summary_line"
    static let title = "总结段落"
    static let shape = Shape<SummaryLine> {
        Field(.id, \.id)
        Field(.summaryOfRow, \.summary)
        Field(.region, \.region)
        Field(.linePosition, \.position)
        Field(.lineLevel, \.level)
        Field(.storedText, \.text)
        Field(.isEditedLine, \.isEdited)
    }
}

/// 总结里的一个数。What it says, of what, over when and where, and since when it was so.
struct SummaryFigure: Placed {
    let id: ID<SummaryFigure>
    /// 追溯码: opens `/planning/trace/{code}`.
    let code: String
    let summary: ID<WorkSummary>
    let number: Int
    let role: FigureRole
    let indicator: String
    let name: String
    let definition: String
    let basis: String
    let region: RegionCode
    let from: Month
    let through: Month
    /// In the smallest part of its unit; of a change with its sign.
    let amount: Int
    let unit: String
    let scale: Int
    /// As the text writes it.
    let shown: String
    /// Which figure of the indicator it is: of the span, as it stands, or how much it grew since the year before.
    let counting: Counting
    /// Of a completion rate: what was to be reached.
    let target: Int?
    let isManual: Bool
    /// Until when the acts behind it were counted.
    let moment: Instant

    var period: IndicatorPeriod { IndicatorPeriod(from, through: through) }
    var written: IndicatorUnit { IndicatorUnit(unit, scale: scale) }
    var link: String { "/planning/trace/\(code)" }

    static let table = "summary_figure"
    static let title = "总结数字"
    static let shape = Shape<SummaryFigure> {
        Field(.id, \.id)
        Field(.traceCode, \.code)
        Field(.summaryOfRow, \.summary)
        Field(.figureNumber, \.number)
        Field(.figureRole, \.role)
        Field(.figureIndicator, \.indicator)
        Field(.figureName, \.name)
        Field(.figureDefinition, \.definition)
        Field(.figureBasis, \.basis)
        Field(.region, \.region)
        Field(.fromMonth, \.from)
        Field(.throughMonth, \.through)
        Field(.figureAmount, \.amount)
        Field(.figureUnit, \.unit)
        Field(.figureScale, \.scale)
        Field(.figureShown, \.shown)
        Field(.figureCounting, \.counting)
        Field(.figureTarget, \.target)
        Field(.isManualFigure, \.isManual)
        Field(.figureMoment, \.moment)
    }
}

/// 总结的种类。
enum SummaryKind: String, CodeList {
    case annual, halfYear = "half-year", nextPlan = "next-plan"

    var label: String {
        switch self {
        case .annual: "全年总结"
        case .halfYear: "半年总结"
        case .nextPlan: "下一年计划草稿"
        }
    }
}

/// 总结的状态，供台账筛选。
enum SummaryState: String, CodeList {
    case drafted, reviewed, approved, abandoned

    var label: String { SummaryStates.all.first { $0.name == rawValue }?.title ?? rawValue }
}
