import Reading
import Values

/// 进度判断。What a target should have come to by a day, and how it stands: values in, light out.
struct Course: Sendable {
    let bound: Bound
    let goal: Figure
    /// Where it starts from; nil when that is unknown.
    let start: Figure?
    let unit: String
    let counting: Counting
    let begin: CivilDate
    let deadline: CivilDate
    /// What was set for the ends of quarters, in order; between them the way is even.
    var points: [Point] = []

    struct Point: Sendable, Hashable {
        let day: CivilDate
        let value: Figure
    }

    /// Behind by less than this part of what is due is 偏慢, by more 滞后.
    static let tolerance: Int128 = 80

    /// From more to less: 由12%降到10%.
    var isFalling: Bool { start.map { goal < $0 } ?? false }
    /// A bound that must not be passed, with no way to go: 控制在3件以内.
    private var isCeiling: Bool { bound == .atMost && !isFalling }
    /// A rate or price that changes in one step: there is nothing to be expected before its day.
    private var isStep: Bool { counting == .level && unit.hasPrefix("元") }

    // MARK: The way

    /// What is due by a day; nil where the way there isn't known.
    func expected(on day: CivilDate) -> Figure? {
        if day >= deadline { return goal }
        let known = anchors
        guard let next = known.first(where: { $0.day > day }), let last = known.last(where: { $0.day <= day }) else { return nil }
        let whole = Int128(last.day.days(until: next.day)), gone = Int128(last.day.days(until: day))
        let way = small(next.value) - small(last.value)
        return due(small(last.value) + way * gone / max(whole, 1))
    }

    private var anchors: [Point] {
        let set = points.filter { $0.day < deadline }
        guard !isStep, let start else { return set }
        return [Point(day: begin, value: start)] + set + [Point(day: deadline, value: goal)]
    }

    /// What is counted in whole things is due in whole things.
    private func due(_ amount: Int128) -> Figure {
        let isWhole = unit != "%" && goal.exponent >= 0 && (start?.exponent ?? 0) >= 0
        let step: Int128 = isWhole ? Self.small : Self.small / 100
        let rounded = isFalling ? -(-amount / step) * step : amount / step * step
        return Figure(Int64(clamping: rounded), exponent: -Self.decimals)
    }

    private static let decimals = 6
    private static let small: Int128 = 1_000_000
    /// Millionths; a number finer than that is none of a plan's.
    private func small(_ figure: Figure) -> Int128 { figure.units(decimals: Self.decimals) ?? 0 }

    // MARK: The light

    /// - Parameters:
    ///   - value: what it came to.
    ///   - judgedOn: the day the figures reach to.
    func status(of value: Figure, on today: CivilDate, judgedOn: CivilDate) -> TargetStatus {
        let due = expected(on: judgedOn), light = light(of: value, due, on: today, judgedOn)
        return TargetStatus(light: light, value: value, expected: due, share: share(of: value), words: words(light, value, due, on: today, judgedOn), asOf: judgedOn)
    }

    private func light(of value: Figure, _ due: Figure?, on today: CivilDate, _ judgedOn: CivilDate) -> Light {
        let isOver = today > deadline && judgedOn >= deadline
        if isCeiling { return ceiling(value, due, isOver: isOver) }
        if isMet(value) { return .done }
        if isOver { return .overdue }
        guard let due else { return daysLeft(judgedOn) <= Self.nearDays ? .slow : .onTrack }
        let ahead = isFalling ? small(value) <= small(due) : small(value) >= small(due)
        if ahead { return .onTrack }
        let base = start.map(small) ?? 0, gone = abs(small(value) - base), owed = abs(small(due) - base)
        let isRightWay = isFalling ? small(value) <= base : small(value) >= base
        return isRightWay && gone * 100 >= owed * Self.tolerance ? .slow : .late
    }

    /// Where nothing is due before the deadline, the last month is the time to look.
    private static let nearDays = 30
    private func daysLeft(_ day: CivilDate) -> Int { day.days(until: deadline) }

    private func ceiling(_ value: Figure, _ due: Figure?, isOver: Bool) -> Light {
        let isWithin = small(value) <= small(goal)
        if isOver { return isWithin ? .done : .overdue }
        if counting == .level { return isWithin ? .onTrack : .slow }
        guard isWithin else { return .overdue }
        return due.map { small(value) > small($0) } == true ? .slow : .onTrack
    }

    /// 约 is met at 95 per cent.
    private func isMet(_ value: Figure) -> Bool {
        if isFalling { return small(value) <= small(goal) }
        return bound == .about ? small(value) * 100 >= small(goal) * 95 : small(value) >= small(goal)
    }

    /// Of the way from the start to the goal, in hundredths of a per cent.
    private func share(of value: Figure) -> Int? {
        let base = start.map(small) ?? 0, way = small(goal) - base
        guard way != 0 else { return nil }
        return Int(clamping: max(0, (small(value) - base) * 10_000 / way))
    }

    // MARK: Words

    private func words(_ light: Light, _ value: Figure, _ due: Figure?, on today: CivilDate, _ judgedOn: CivilDate) -> String {
        let now = "现为 \(shown(value))"
        switch light {
        case .done: return isCeiling ? "\(now)，没有超过 \(shown(goal))" : "\(now)，\(excess(value))"
        case .overdue where isCeiling: return "\(now)，已超过上限 \(shown(goal))"
        case .overdue: return "\(now)，时限\(deadline.shown)已过，还差 \(difference(goal, value))"
        case .slow where isCeiling: return counting == .level ? "\(now)，须在\(deadline.shown)前控制到 \(shown(goal))" : "\(now)，比时间进度用得快，全年上限 \(shown(goal))"
        case .onTrack where isCeiling: return "\(now)，上限 \(shown(goal))"
        default: break
        }
        guard let due else {
            let left = daysLeft(today)
            return "\(now)，目标 \(shown(goal))，时限\(deadline.shown)，\(left < 0 ? "已过" : left == 0 ? "就是今天" : "还有 \(left) 天")"
        }
        let until = judgedOn == today ? "今天" : "\(judgedOn.month)月\(judgedOn.day)日", owed = "\(now)，到\(until)应\(isFalling ? "降到" : "达到") \(shown(due))"
        return light == .onTrack ? owed : "\(owed)，差 \(difference(due, value))"
    }

    private func excess(_ value: Figure) -> String {
        let more = isFalling ? small(goal) - small(value) : small(value) - small(goal)
        if more > 0 { return "\(isFalling ? "比目标再低" : "超出目标") \(apart(more))" }
        return more == 0 ? "达到目标" : "达到约 \(shown(goal)) 的目标"
    }

    private func difference(_ a: Figure, _ b: Figure) -> String { apart(abs(small(a) - small(b))) }

    /// Shares are points apart, not per cent.
    private func apart(_ amount: Int128) -> String {
        let figure = Figure(Int64(clamping: amount), exponent: -Self.decimals)
        return unit == "%" ? "\(TargetNumber(figure).grouped) 个百分点" : shown(figure)
    }

    private func shown(_ figure: Figure) -> String { TargetNumber(figure).grouped + (unit == "%" ? "" : " ") + unit }
}
