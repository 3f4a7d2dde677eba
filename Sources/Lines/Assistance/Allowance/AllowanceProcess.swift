import Kernel
import Values

/// 待遇到哪一步。
enum Granted {
    static let running = State("running", "在保")
    static let changing = State("changing", "变更核查", awaits: "按家庭变化重新核定")
    static let exiting = State("exiting", "渐退", awaits: "渐退期满后办理停发")
    static let stopped = State("stopped", "已停发，待书面告知", awaits: "书面告知停发决定和理由")
    static let closed = State("closed", "已停发", isFinal: true)

    static let all = [running, changing, exiting, stopped, closed]
    static let paid = [running, changing, exiting]
}

enum AllowanceClock {
    /// 民发〔2022〕83号：a member's death is settled within three months.
    static let death = ClockRule("death", "死亡变更", .months(3), basis: .expansion2022)
    static let gradualExit = ClockRule("gradual-exit", "渐退期", .months(6), basis: .expansion2022)
}

/// 最低生活保障待遇的动态管理程序。
let allowanceProcess = Process("allowance", "最低生活保障待遇", series: "BZ", path: "/assistance/allowances", editions: [
    Kernel.Edition(from: CivilDate(written: 2012, 12, 12), basis: .approval2012("第三十三条"), initial: Granted.running, states: Granted.all, moves: changes),
    Kernel.Edition(from: CivilDate(written: 2021, 7, 1), basis: .confirmation2021("第三十一条、第三十二条"), initial: Granted.running, states: Granted.all, moves: changes),
])

private let changes = [
    Move(ReviewAllowance.self, from: [Granted.running, Granted.exiting], to: nil),
    Move(ChangeHousehold.self, from: Granted.paid, to: Granted.changing),
    Move(RecomputeAllowance.self, from: [Granted.changing], to: Granted.running, differsFrom: [ChangeHousehold.self],
         stops: [AllowanceClock.death, AllowanceClock.gradualExit]),
    Move(BeginGradualExit.self, from: [Granted.changing], to: Granted.exiting, differsFrom: [ChangeHousehold.self], stops: [AllowanceClock.death]),
    Move(StopAllowance.self, from: [Granted.running, Granted.changing], to: Granted.stopped, differsFrom: [ChangeHousehold.self],
         stops: [AllowanceClock.death, AllowanceClock.gradualExit]),
    // A step of its own, so that the end of a gradual exit lies on the approver's workbench.
    Move(StopAllowance.self, from: [Granted.exiting], to: Granted.stopped, differsFrom: [ChangeHousehold.self],
         stops: [AllowanceClock.death, AllowanceClock.gradualExit]),
    Move(DeliverStopNotice.self, from: [Granted.stopped], to: Granted.closed),
    // From every state: who has left since is still owed the months a late ruling raises.
    Move(RepriceAllowance.self, from: Granted.all, to: nil),
]
