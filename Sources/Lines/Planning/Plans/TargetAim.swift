import Kernel
import Values

/// 目标内容。What a target says: of what, how it binds, how much, in which unit, by when. Asked when it is added and corrected, kept with its row.
struct TargetAim: Hashable, Sendable {
    var words: String
    var bound: Bound
    var value: TargetNumber?
    var upper: TargetNumber?
    var previous: TargetNumber?
    var unit: String
    var deadline: CivilDate?
}

extension TargetAim {
    init<Root>(from reading: Reading<Root>) throws(Refusal) {
        words = try reading(.indicatorWords)
        bound = try reading(.bound)
        value = try reading(.targetValue)
        upper = try reading(.upperValue)
        previous = try reading(.previousValue)
        unit = try reading(.targetUnit)
        deadline = try reading(.targetDeadline)
    }

    /// As a document reads; its day is the measure's, or what a person set.
    init(_ read: DocumentPassages.Aim, until deadline: CivilDate? = nil) {
        self.init(words: read.words, bound: read.bound, value: read.value, upper: read.upper, previous: read.previous, unit: read.unit, deadline: deadline)
    }

    /// - Throws: at the field that doesn't fit the others.
    func check() throws(Refusal) {
        if let upper {
            guard let value else { throw Refusal.invalid("填了上限，也要填目标值（下限）").at(["value"]) }
            guard upper > value else { throw Refusal.invalid("上限应大于目标值").at(["upper"]) }
        }
        guard let previous else { return }
        guard let value else { throw Refusal.invalid("填了原值，也要填目标值").at(["value"]) }
        guard value != previous else { throw Refusal.invalid("目标值与原值相同，请核对").at(["value"]) }
    }
}

/// A type that holds what a target says.
protocol AimsAtTarget: Shaped {
    var aim: TargetAim { get }
}

extension AimsAtTarget {
    /// In the order people meet them.
    static var targetFields: [Field<Self>] {
        [
            Field(.indicatorWords, \.aim.words), Field(.bound, \.aim.bound), Field(.targetValue, \.aim.value), Field(.upperValue, \.aim.upper),
            Field(.previousValue, \.aim.previous), Field(.targetUnit, \.aim.unit), Field(.targetDeadline, \.aim.deadline),
        ]
    }
}
