import Reading
import Values

/// 目标数值。An exact decimal in the target's own unit: 70 of 70%, 21000 of 2.1万名. Nothing here is floating point.
struct TargetNumber: FieldValue, Comparable {
    let figure: Figure

    init(_ figure: Figure) { self.figure = figure }

    static var kind: FieldKind { .text }
    static var maximumLength: Int { 30 }

    /// Reads 14, 1,234.5, 2.1万 and 70%; the unit has a field of its own.
    init(typed text: String) throws(Refusal) {
        var digits = TargetNumber.narrowed(text), powers = 0
        for (word, power) in [("万", 4), ("亿", 8), ("%", 0)] where digits.hasSuffix(word) {
            digits.removeLast(word.count)
            powers += power
        }
        guard let figure = Figure(digits) else { throw .invalid("请填写数字，如 14、2.1万，单位填在单位栏") }
        self.figure = figure.shifted(powers)
    }

    private static func narrowed(_ text: String) -> String {
        var narrow = ""
        for mark in text.unicodeScalars where !mark.properties.isWhitespace && mark != "," && mark != "，" {
            let isWide = (0xFF01 ... 0xFF5E).contains(mark.value)
            narrow.unicodeScalars.append(isWide ? Unicode.Scalar(mark.value - 0xFEE0) ?? mark : mark)
        }
        return narrow
    }

    var typed: String { figure.description }

    init(stored: StoredValue) throws(Refusal) {
        guard case .text(let text) = stored, let figure = Figure(text) else { throw .invalid("目标数值应为十进制数字文本，如 \"14\"") }
        self.figure = figure
    }

    var stored: StoredValue { .text(figure.description) }

    static func < (left: TargetNumber, right: TargetNumber) -> Bool { left.figure < right.figure }
}

/// 比较。How a target binds.
enum Bound: String, CodeList {
    case atLeast = ">=", exactly = "=", atMost = "<=", about = "~"

    var label: String {
        switch self {
        case .atLeast: "不低于"
        case .exactly: "等于"
        case .atMost: "不超过"
        case .about: "约"
        }
    }

    init(_ comparison: Comparison) {
        self = switch comparison {
        case .exactly: .exactly
        case .atLeast: .atLeast
        case .atMost: .atMost
        case .about: .about
        }
    }
}

/// 计数方式。Which figure of an indicator is held against the target.
enum Counting: String, CodeList {
    case total, level, increase

    var label: String {
        switch self {
        case .total: "本年累计"
        case .level: "期末现有"
        case .increase: "比上年末增加"
        }
    }
}

enum PlanState: String, CodeList {
    case draft, tracked, withdrawn

    var label: String {
        switch self {
        case .draft: "待确认"
        case .tracked: "执行中"
        case .withdrawn: "已作废"
        }
    }
}

enum EditionState: String, CodeList {
    case proposed, applied, dropped

    var label: String {
        switch self {
        case .proposed: "待确认"
        case .applied: "已采用"
        case .dropped: "未采用"
        }
    }
}

enum BindingKind: String, CodeList {
    case indicator, milestones

    var label: String { self == .indicator ? "指标" : "节点" }
}

/// 未按期的原因。
enum DelayCause: String, CodeList {
    case money, people, site, procedure, plan, outside, counting, other

    var label: String {
        switch self {
        case .money: "资金未到位"
        case .people: "人手不足"
        case .site: "场地或工程"
        case .procedure: "审批或采购程序"
        case .plan: "计划安排在后期"
        case .outside: "上级政策或外部条件变化"
        case .counting: "已完成，数据未录入"
        case .other: "其他"
        }
    }
}
