import Kernel
import Storage
import Values

extension LedgerAccount {
    /// 某项目某来源的资金。
    static func fund(_ region: RegionCode, _ programme: String, _ source: FundSource) -> LedgerAccount {
        LedgerAccount(.fund, [region.code, programme, source.rawValue])
    }
    /// 某批次已占用、尚未分到人的资金。
    static func pool(_ run: String, _ programme: String) -> LedgerAccount { LedgerAccount(.pool, [run, programme]) }
    static func payee(_ person: String, _ programme: String) -> LedgerAccount { LedgerAccount(.payee, [programme, person]) }
    /// 已离开本局的钱。
    static func paid(_ region: RegionCode, _ programme: String) -> LedgerAccount { LedgerAccount(.outside, ["paid", region.code, programme]) }
    /// 预算从哪里来。
    static func budget(_ region: RegionCode, _ programme: String, _ source: FundSource) -> LedgerAccount {
        LedgerAccount(.outside, ["budget", region.code, programme, source.rawValue])
    }
    static func receivable(_ recovery: String) -> LedgerAccount { LedgerAccount(.receivable, [recovery]) }
    static func writtenOff(_ region: RegionCode, _ programme: String) -> LedgerAccount { LedgerAccount(.outside, ["written-off", region.code, programme]) }
}

extension RegionCode {
    /// The county, whose finance bureau keeps the money; itself where it is no part of one.
    var treasury: RegionCode { ancestors.first { $0.level == .county } ?? self }
}

extension Reader {
    /// 分担比例，of a day and a place; sources without a ruling bear nothing.
    func fundShares(_ policy: Policy<BasisPoints>, on day: CivilDate, in region: RegionCode) throws -> [(source: FundSource, share: BasisPoints, cite: String)] {
        let book = rulings(on: day, in: region)
        return try FundSource.allCases.compactMap { source in
            try book.find(policy, source).flatMap { $0.value.value > 0 ? (source, $0.value, $0.cite) : nil }
        }
    }

    /// 余额：what a source still has for a programme.
    func remaining(_ source: FundSource, _ programme: String, in region: RegionCode) throws -> Money {
        Money(fen: try balance(.fund(region.treasury, programme, source)))
    }
}
