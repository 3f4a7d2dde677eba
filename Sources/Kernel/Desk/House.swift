import Cryptography
import Storage
import Values

/// What stands around every act: the lines, the keys, the calendar. Passed in, nothing ambient.
public struct House: Sendable {
    public let lines: [Line]
    public let keyring: Keyring
    public let calendar: WorkCalendar
    private let actionsByPermission: [String: AnyAction]
    private let processesByName: [String: Process]

    public init(lines: [Line], keyring: Keyring, calendar: WorkCalendar = .shipped) {
        self.lines = lines
        self.keyring = keyring
        self.calendar = calendar
        actionsByPermission = Dictionary(lines.flatMap(\.actions).map { ($0.permission, $0) }, uniquingKeysWith: { first, _ in first })
        processesByName = Dictionary(lines.flatMap(\.processes).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public func line(_ name: String) -> Line? { lines.first { $0.name == name } }

    public func action(_ permission: String) throws(Refusal) -> AnyAction {
        guard let action = actionsByPermission[permission] else { throw .absent("没有「\(permission)」这个办理事项") }
        return action
    }

    public func process(_ name: String) throws(Refusal) -> Process {
        guard let process = processesByName[name] else { throw .absent("没有「\(name)」这个办理程序") }
        return process
    }

    public var policies: [AnyPolicy] { lines.flatMap(\.policies) }
    public func policy(_ name: String) -> AnyPolicy? { policies.first { $0.name == name } }

    /// Every column in which values rest sealed: the kernel's, the records' and what lines name besides.
    public var sealedPlaces: [SealedPlace] { SealedPlace.ofTheKernel + lines.flatMap { $0.records.flatMap(\.sealedPlaces) + $0.sealed } }

    /// Every migration, the kernel's own first.
    public var migrations: [Migration] { Self.migrations(of: lines) }
    public static func migrations(of lines: [Line]) -> [Migration] { kernelMigrations + workMigrations + lines.flatMap(\.migrations) }
}
