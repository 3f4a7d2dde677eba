/// 独占事项。Something of which the house does one at a time: sealing the journal, bringing the schema up to date, paying a month.
public struct SoleErrand: Hashable, Sendable {
    /// `[a-z0-9.-]+`, e.g. `sealer`, `import-01J…`.
    public let name: String
    /// One of a kind: an import, a print. Nothing is to be left of its lock.
    public let isPassing: Bool

    public init(_ name: String, isPassing: Bool = false) {
        self.isPassing = isPassing
        self.name = String(name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") ? $0 : "-" })
    }

    public static let migrations = SoleErrand("migrations")
    public static let sealer = SoleErrand("sealer")
}
