import Kernel
import Pages
import Values

/// 时限的读法。How a clock is read aloud: 「超期 2 天」「今天」「还有 3 个工作日（暂定）」.
extension Reader {
    /// The clock as a sign: late, due today or near, or with time left.
    public func timeLeft(_ clock: Clock) -> ClockView {
        let mark = clock.provisional ? "（暂定）" : ""
        if let endedOn = clock.endedOn { return ClockView("\(endedOn.shown)已了结", .ok) }
        if clock.pausedOn != nil { return ClockView("已暂停计时", .plain) }
        if clock.dueOn < today { return ClockView("超期 \(clock.dueOn.days(until: today)) 天\(mark)", .late) }
        if clock.dueOn == today { return ClockView("今天\(mark)", .warn) }
        let left = daysLeft(clock)
        return ClockView("还有 \(left.count) \(left.unit)\(mark)", left.count <= 3 ? .warn : .plain)
    }

    /// The clock that falls due first; a paused one only where nothing runs.
    public func nearest(_ clocks: [Clock]) -> Clock? {
        let open = clocks.filter { $0.endedOn == nil }
        let running = open.filter(\.isRunning)
        return (running.isEmpty ? open : running).min { ($0.dueOn, $0.id) < ($1.dueOn, $1.id) }
    }

    /// Working days are counted as working days, all else as days; the due day itself counts.
    private func daysLeft(_ clock: Clock) -> (count: Int, unit: String) {
        guard case .workingDays = clock.span else { return (today.days(until: clock.dueOn), "天") }
        return (calendar.workingDays(from: today.adding(days: 1), until: clock.dueOn.adding(days: 1)), "个工作日")
    }
}

extension CivilDate {
    /// 7月5日: within lists whose year is plain.
    var shownShort: String { "\(month)月\(day)日" }
}
