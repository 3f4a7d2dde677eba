import Values

/// 账户。Where an amount lies: a kind, what it belongs to, and the unit it counts. Its key is its name; no row opens it.
///
/// Balances are read as "so much lies here": money of a fund, of a run's pool, owed to a payee, gone out of the house.
public struct LedgerAccount: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// 外部: where a budget comes from and where what was paid has gone.
        case outside
        /// 资金来源: what may still be spent.
        case fund
        /// 待付: set aside for a run that was signed.
        case pool
        /// 应付: owed to one payee.
        case payee
        /// 应收: with a person who should give it back.
        case receivable

        public var label: String {
            switch self {
            case .outside: "外部"
            case .fund: "资金来源"
            case .pool: "批次待付"
            case .payee: "应付收款人"
            case .receivable: "应收追回"
            }
        }
    }

    public let kind: Kind
    public let parts: [String]
    public let unit: LedgerUnit

    /// - Parameter parts: codes and ids, without slashes.
    public init(_ kind: Kind, _ parts: [String], unit: LedgerUnit = .fen) {
        (self.kind, self.parts, self.unit) = (kind, parts, unit)
    }

    /// Reads a key back.
    /// - Throws: `.invalid` when it is none of ours.
    public init(key: String, unit: LedgerUnit) throws(Refusal) {
        let pieces = key.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let kind = pieces.first.flatMap(Kind.init(rawValue:)), pieces.count > 1, !pieces.contains("") else { throw .invalid("「\(key)」不是账户") }
        self.init(kind, Array(pieces.dropFirst()), unit: unit)
    }

    /// `fund/000181/minimum-living/central`
    public var key: String {
        var key = kind.rawValue
        key.reserveCapacity(64)
        for part in parts {
            key += "/"
            key += part
        }
        return key
    }

    /// Few and shared by many entries, so that their totals are maintained; payees' accounts are as many as people.
    public var isShared: Bool { kind == .outside || kind == .fund || kind == .pool }
}
