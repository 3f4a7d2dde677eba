import Commons
import Reading
import Values

/// 核校结论。
enum Verdict: String, CodeList {
    case matched, contradicted, question, unsupported

    var label: String {
        switch self {
        case .matched: "相符"
        case .contradicted: "不符"
        case .question: "请核对"
        case .unsupported: "查无依据"
        }
    }

    /// Told apart without colour.
    var sign: String {
        switch self {
        case .matched: "✓"
        case .contradicted: "✗"
        case .question: "？"
        case .unsupported: "○"
        }
    }
}

/// 可以对照的数。What the registers know of an indicator that a phrase may mean.
struct KnownFigure: Sendable {
    let code: String
    let name: String
    /// 业务领域.
    var area = ""
    let nature: Indicator.Nature
    let unit: IndicatorUnit
    let period: String
    /// nil where nothing is known of the period.
    let amount: Int64?
    /// 1 to 1000.
    let likeness: Int
    let link: String
    var isManual = false
    /// Months of the period of which nothing is known.
    var isPartial = false

    var figure: Figure? { amount.map { Figure($0, exponent: -unit.scale) } }
    var shown: String { amount.map { WrittenAmount.text($0, unit) } ?? "暂无数据" }
}

/// 一个数的核校结果。
struct Judgement: Sendable {
    let verdict: Verdict
    let known: KnownFigure?
    /// What is the matter, and what the number should be.
    let message: String
}

/// 核校。Holds one number of a text against what is known: pure, values in and a judgement out.
enum Judging {
    /// From here on the phrase is taken to mean the indicator.
    static let sure = 650
    /// From here on a number that differs is a question.
    static let likely = 450

    static func judge(_ quantity: StatedFigure, against known: [KnownFigure]) -> Judgement {
        guard let written = quantity.written else { return Judgement(verdict: .unsupported, known: nil, message: "数字被遮盖，无从核对") }
        if quantity.kind == .target { return Judgement(verdict: .unsupported, known: nil, message: "是要达到的目标，不与已发生的数核对") }
        let fitting = known.filter { isSame($0.unit.name, quantity.unit) }, meant = meant(by: quantity, fitting), told = meant.filter { $0.amount != nil }
        if let match = told.first(where: { agrees(written, $0) }) {
            guard let twin = told.first(where: { !agrees(written, $0) }) else { return Judgement(verdict: .matched, known: match, message: remark(written, match)) }
            return Judgement(verdict: .question, known: match, message: "\(said(match))，与文中相同；但同样像的\(said(twin))，请核对说的是哪一个")
        }
        if quantity.unit == "岁" { return Judgement(verdict: .unsupported, known: nil, message: "说的是哪些人，不是要核的数") }
        if let best = told.first { return differing(quantity, written, best, besides: told.dropFirst().first) }
        if let near = near(written, fitting) { return near }
        if let unknown = meant.first {
            return Judgement(verdict: .unsupported, known: unknown, message: "指标「\(unknown.name)」\(unknown.period)暂无数据\(unknown.isManual ? "，请先填报" : "")")
        }
        if let other = known.first(where: { $0.likeness >= sure }) {
            return Judgement(verdict: .question, known: other, message: "最像的指标「\(other.name)」以\(other.unit.name)计，\(other.period)为\(other.shown)；请核对单位")
        }
        return Judgement(verdict: .unsupported, known: nil, message: "指标目录里没有这个数，请附来源")
    }

    /// Candidates so nearly as like that words alone don't tell them apart.
    private static let tie = 30

    /// The indicators that the words surely mean: the likeliest, and those hardly less so. Of equals those of the text's own area are meant.
    private static func meant(by quantity: StatedFigure, _ fitting: [KnownFigure]) -> [KnownFigure] {
        let sure = fitting.filter { $0.likeness >= Self.sure }
        guard let best = sure.map(\.likeness).max() else { return [] }
        let equal = sure.filter { best == 1_000 ? $0.likeness == best : $0.likeness >= best - tie }, own = equal.filter { $0.area == quantity.area }
        return own.isEmpty ? equal : own
    }

    /// A like name is no proof: a number that agrees with it is asked after, too. One that nobody reported can't be wrong.
    private static func near(_ written: WrittenFigure, _ fitting: [KnownFigure]) -> Judgement? {
        let like = fitting.filter { $0.amount != nil && $0.likeness >= likely }
        if let same = like.first(where: { agrees(written, $0) }) { return Judgement(verdict: .question, known: same, message: "数与\(said(same))相同，名称不尽相同，请核对是不是这个指标") }
        return like.first.map { Judgement(verdict: .question, known: $0, message: "可能是\(said($0))，与文中不同") }
    }

    private static func agrees(_ written: WrittenFigure, _ known: KnownFigure) -> Bool { known.figure.map(written.agrees) ?? false }

    private static func said(_ known: KnownFigure) -> String { "「\(known.name)」\(known.area.isEmpty ? "" : "（\(known.area)）")\(known.period)为\(known.shown)" }

    /// A number of another state is a question; of the same state it is wrong.
    private static func differing(_ quantity: StatedFigure, _ written: WrittenFigure, _ best: KnownFigure, besides twin: KnownFigure?) -> Judgement {
        let right = "「\(best.name)」\(best.period)为\(best.shown)\(twin.map { "，或者\(said($0))" } ?? "")"
        if state(of: quantity.kind) != state(of: best.nature), best.likeness < 1000 {
            return Judgement(verdict: .question, known: best, message: "文中说的是\(quantity.kind.label)，\(right)，是\(best.nature.label)；两者状态不同，请核对口径")
        }
        if best.isPartial { return Judgement(verdict: .question, known: best, message: "\(right)，但有月份的数据尚缺，请补齐后再核") }
        if best.nature == .stock, written.comparison == .atLeast, let known = best.figure, known < written.value {
            return Judgement(verdict: .contradicted, known: best, message: "应为：\(right)，没有文中说的那么多")
        }
        return Judgement(verdict: .contradicted, known: best, message: "应为：\(right)")
    }

    private enum State { case standing, happened, standard }

    private static func state(of kind: Quantity.Kind) -> State {
        switch kind {
        case .stock: .standing
        case .standard: .standard
        case .actual, .target: .happened
        }
    }

    private static func state(of nature: Indicator.Nature) -> State {
        switch nature {
        case .stock, .rate: .standing
        case .standard: .standard
        case .flow: .happened
        }
    }

    private static func remark(_ written: WrittenFigure, _ match: KnownFigure) -> String {
        guard let known = match.figure, known != written.value else { return match.period }
        return "\(match.period)，准确数为\(match.unit.shown(match.amount ?? 0))"
    }

    /// 名 and 人, 所 and 个 count alike; the reading has brought 万元 to 元.
    static func isSame(_ left: String, _ right: String) -> Bool { family(left) == family(right) }

    private static func family(_ unit: String) -> String {
        switch unit {
        case "家", "所", "处", "座", "个", "间": "个"
        case "例", "起", "宗", "件": "件"
        case "次", "场", "场次": "次"
        default: unit
        }
    }
}

/// 文中的一个数。
struct StatedFigure: Sendable {
    let indicator: String
    let unit: String
    /// 业务领域, as the text and its headings tell.
    var area = ""
    let kind: Quantity.Kind
    /// nil where the text masks it.
    let written: WrittenFigure?
}
