import Foundation
import Values

/// 会出错的磁盘。`bench/failing_disk.c`, preloaded into this process: the engine's own writes and flushes fail where it is told.
public struct FailingDisk: Sendable {
    public enum Fault: String, CaseIterable, Sendable {
        /// ENOSPC from the n-th write on, until room is made.
        case full
        /// EIO at the n-th write, once.
        case io

        var code: Int32 { self == .full ? ENOSPC : EIO }
        public var label: String { self == .full ? "磁盘满（ENOSPC）" : "读写出错（EIO）" }
    }

    private typealias Arm = @convention(c) (Int, Int32, Int32, UnsafePointer<CChar>) -> Void
    private typealias Fired = @convention(c) () -> Int32
    private typealias Passed = @convention(c) () -> Int
    private let arm: Arm, countFired: Fired, countPassed: Passed

    /// Whether it was preloaded.
    public static var isThere: Bool { (try? FailingDisk()) != nil }

    /// - Throws: `.absent` unless it was preloaded.
    public init() throws(Refusal) {
        let names = ["failing_disk_arm", "failing_disk_fired", "failing_disk_passed"], found = names.compactMap { dlsym(nil, $0) }
        guard found.count == names.count else { throw .absent("没有装入会出错的磁盘，请用 bench/failing-disk 程序 bench nth-write 运行") }
        arm = unsafeBitCast(found[0], to: Arm.self)
        countFired = unsafeBitCast(found[1], to: Fired.self)
        countPassed = unsafeBitCast(found[2], to: Passed.self)
    }

    /// Of the files whose path contains `path`.
    public func lay(_ fault: Fault, at number: Int, in path: String) { arm(number, fault.code, fault == .full ? 1 : 0, path) }

    /// The process ends in the middle of the n-th write: half of its bytes reach the file.
    public func layKill(at number: Int, in path: String) { arm(number, 0, 0, path) }

    /// Room is made.
    public func clear() { arm(0, 0, 0, "") }

    /// How many writes failed since a fault was laid, and how many there were.
    public var fired: Int { Int(countFired()) }
    public var passed: Int { countPassed() }
}
