import Commons
import Kernel
import Storage
import Values

/// 设定季度目标。What a target should have come to at the end of each quarter; left empty, the way there is even.
struct SetPoints: Action {
    let target: ID<PlanTarget>
    let first: TargetNumber?
    let second: TargetNumber?
    let third: TargetNumber?
    let fourth: TargetNumber?

    static let title = "设定季度目标"
    static let guidance = "填到各季度末应达到的累计数；全部留空则按时间均匀推进。"
    static let roles: Set<Role> = .planReporters
    static let subject = Subject<SetPoints>.record(.target, \.target)
    static let shape = Shape<SetPoints> {
        Field(.target, \.target)
        Field(.firstQuarter, \.first)
        Field(.secondQuarter, \.second)
        Field(.thirdQuarter, \.third)
        Field(.fourthQuarter, \.fourth)
    }

    init(from reading: Reading<SetPoints>) throws(Refusal) {
        target = try reading(.target)
        first = try reading(.firstQuarter)
        second = try reading(.secondQuarter)
        third = try reading(.thirdQuarter)
        fourth = try reading(.fourthQuarter)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<PlanTarget>.init(rawValue:)) else { return RawFields() }
        var known = RawFields(["target": .stored(id.stored)])
        for (quarter, value) in try reader.points(of: id) { known["quarter\(quarter)"] = .stored(value.stored) }
        return known
    }

    func perform(at desk: Desk) throws -> Outcome {
        let target = try desk.openTarget(target), values = [first, second, third, fourth]
        try Self.check(values, target)
        guard try desk.set(values, of: target) else { return Outcome(target.id, "季度目标没有变", link: target.link) }
        return Outcome(target.id, values.allSatisfy { $0 == nil } ? "已改为按时间均匀推进" : "已设定季度目标", link: target.link)
    }
}

/// 恢复季度目标。What was set before comes back; what stands now is kept in turn.
struct RestorePoints: Action {
    let past: ID<PastPoints>

    static let title = "恢复季度目标"
    static let guidance = "恢复成改动以前的季度目标；现在的数也留在记录里。"
    static let roles: Set<Role> = .planReporters
    static let subject = Subject<RestorePoints>.located("past", version: { text, reader in
        guard let id = ID<PastPoints>(rawValue: text) else { return nil }
        let target = try reader.find(try reader.find(id).target)
        guard reader.actor.covers(target.region) else { throw Refusal.forbidden("这个目标不属于您的管辖范围") }
        return target.version
    }, { act, reader in
        let target = try reader.find(try reader.find(act.past).target)
        return Located(id: target.id.text, region: target.region, version: target.version)
    })
    static let shape = Shape<RestorePoints> { Field(.pastPoints, \.past) }

    init(from reading: Reading<RestorePoints>) throws(Refusal) { past = try reading(.pastPoints) }

    func perform(at desk: Desk) throws -> Outcome {
        let past = try desk.find(past), target = try desk.openTarget(past.target)
        try SetPoints.check(past.values, target)
        guard try desk.set(past.values, of: target) else { throw Refusal.outOfOrder("现在的季度目标就是这样，不用恢复") }
        return Outcome(target.id, "已恢复季度目标", link: target.link)
    }
}

extension Desk {
    /// What stood before is kept.
    /// - Returns: whether anything changed.
    fileprivate func set(_ values: [TargetNumber?], of target: PlanTarget) throws -> Bool {
        let before = try points(of: target.id), isSame = values.enumerated().allSatisfy { before[$0 + 1] == $1 }
        guard !isSame else { return false }
        try insert(PastPoints(before, of: target, at: self))
        try connection.run("DELETE FROM target_point WHERE target_id = \(target.id)")
        for (index, value) in values.enumerated() {
            guard let value else { continue }
            try connection.run("INSERT INTO target_point (target_id, quarter, value) VALUES (\(target.id), \(index + 1), \(value))")
        }
        return true
    }
}

extension SetPoints {
    /// Quarters go one way, towards the target, and none beyond it.
    fileprivate static func check(_ values: [TargetNumber?], _ target: PlanTarget) throws(Refusal) {
        guard let goal = target.value else { throw Refusal.invalid("这个目标没有数值，请添加节点") }
        let isFalling = target.previous.map { $0 > goal } ?? false
        var last: TargetNumber?
        for (index, value) in values.enumerated() {
            guard let value else { continue }
            if let last, isFalling ? value > last : value < last { throw Refusal.invalid("季度目标是累计数，不应\(isFalling ? "大" : "小")于前一季度").at(["quarter\(index + 1)"]) }
            if isFalling ? value < goal : value > goal { throw Refusal.invalid("季度目标不应超过全年目标（\(target.shown)）").at(["quarter\(index + 1)"]) }
            last = value
        }
    }
}

extension Term where Value == TargetNumber {
    static var firstQuarter: Term<TargetNumber> { Term("quarter1", "一季度末") }
    static var secondQuarter: Term<TargetNumber> { Term("quarter2", "二季度末") }
    static var thirdQuarter: Term<TargetNumber> { Term("quarter3", "三季度末") }
    static var fourthQuarter: Term<TargetNumber> { Term("quarter4", "四季度末") }
}

extension Term where Value == ID<PastPoints> { static var pastPoints: Term<ID<PastPoints>> { Term("past", "改前的季度目标", .carried) } }
