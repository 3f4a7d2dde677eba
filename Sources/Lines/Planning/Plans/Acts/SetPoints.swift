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
        Field(.quarter(1), \.first)
        Field(.quarter(2), \.second)
        Field(.quarter(3), \.third)
        Field(.quarter(4), \.fourth)
    }

    init(from reading: Reading<SetPoints>) throws(Refusal) {
        target = try reading(.target)
        first = try reading(.quarter(1))
        second = try reading(.quarter(2))
        third = try reading(.quarter(3))
        fourth = try reading(.quarter(4))
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<PlanTarget>.init(rawValue:)) else { return RawFields() }
        var known = RawFields(["target": .stored(id.stored)])
        try reader.connection.each("SELECT quarter, value FROM target_point WHERE target_id = \(id)") { row in
            known["quarter\(try row.read(0) as Int)"] = .stored((try row.read(1) as TargetNumber).stored)
        }
        return known
    }

    func perform(at desk: Desk) throws -> Outcome {
        let target = try desk.openTarget(target)
        guard target.value != nil else { throw Refusal.invalid("这个目标没有数值，请添加节点") }
        let values = [first, second, third, fourth]
        try check(values, target)
        try desk.connection.run("DELETE FROM target_point WHERE target_id = \(target.id)")
        for (index, value) in values.enumerated() {
            guard let value else { continue }
            try desk.connection.run("INSERT INTO target_point (target_id, quarter, value) VALUES (\(target.id), \(index + 1), \(value))")
        }
        return Outcome(target.id, values.allSatisfy { $0 == nil } ? "已改为按时间均匀推进" : "已设定季度目标", link: target.link)
    }
}

extension SetPoints {
    /// Quarters go one way, towards the target, and none beyond it.
    private func check(_ values: [TargetNumber?], _ target: PlanTarget) throws(Refusal) {
        guard let goal = target.value else { return }
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
    static func quarter(_ number: Int) -> Term<TargetNumber> { Term("quarter\(number)", "\(["一", "二", "三", "四"][number - 1])季度末") }
}
