import Foundation
import Synchronization

/// 故障点。A named place at which a test kills the process: `MINZHENG_FAIL_POINT=payments.enrolled:3` ends it at the third passing.
///
/// Without the variable a fail point costs one comparison and does nothing. The process ends as by SIGKILL: nothing is flushed, nobody is told.
public func failPoint(_ name: StaticString) {
    guard let armed = ArmedFailPoint.armed, armed.name == name.description else { return }
    armed.pass()
}

final class ArmedFailPoint: Sendable {
    let name: String
    private let left: Atomic<Int>

    static let armed: ArmedFailPoint? = ProcessInfo.processInfo.environment["MINZHENG_FAIL_POINT"].flatMap(ArmedFailPoint.init)

    /// `name` or `name:count`.
    init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard let first = parts.first else { return nil }
        let count = parts.count > 1 ? Int(parts[1]) : 1
        guard let count, count > 0 else { return nil }
        name = String(first)
        left = Atomic(count)
    }

    /// - Returns: whether this passing is the one.
    func isDue() -> Bool { left.subtract(1, ordering: .relaxed).newValue == 0 }

    fileprivate func pass() {
        if isDue() { kill(getpid(), SIGKILL) }
    }
}
