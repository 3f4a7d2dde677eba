import Pages
import Reading
import Values

/// 红绿灯。How a target stands on a day; the word always comes with the colour.
enum Light: String, CodeList {
    case done, onTrack = "on-track", slow, late, overdue, unknown, unbound, waiting

    var label: String {
        switch self {
        case .done: "已完成"
        case .onTrack: "正常"
        case .slow: "偏慢"
        case .late: "滞后"
        case .overdue: "逾期"
        case .unknown: "暂无数据"
        case .unbound: "未绑定"
        case .waiting: "未开始"
        }
    }

    var tone: Tone {
        switch self {
        case .done, .onTrack: .ok
        case .slow: .warn
        case .late: .late
        case .overdue: .stop
        case .unknown, .unbound, .waiting: .plain
        }
    }

    /// Needs a reason and somebody who looks after it.
    var isBehind: Bool { self == .late || self == .overdue }
}

/// 目标状态。
struct TargetStatus: Sendable, Hashable {
    let light: Light
    /// What it came to, in the target's unit; of milestones, how many are done.
    let value: Figure?
    /// What it should have come to by today.
    let expected: Figure?
    /// Of the way, in hundredths of a per cent: 10000 is there. May be more; nil when nothing is known.
    let share: Int?
    /// One sentence that says why the light is what it is.
    let words: String
    /// The figures were entered by hand.
    var isManual = false
    /// The day they reach to.
    var asOf: CivilDate?
}
