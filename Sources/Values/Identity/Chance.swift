/// 随机源。Where new ids take their chance from: the system, unless a trial of the whole house is to come out the same twice.
///
/// Only within this package, and only for the task that sets it: no request can reach it.
package struct Chance: Sendable {
    @TaskLocal package static var source: Chance?

    fileprivate let next: @Sendable () -> UInt64

    package init(_ next: @escaping @Sendable () -> UInt64) { self.next = next }
}

/// The system's randomness, or the trial's.
struct ChosenSource: RandomNumberGenerator {
    private var system = SystemRandomNumberGenerator()

    mutating func next() -> UInt64 { Chance.source?.next() ?? system.next() }
}
