import Kernel
import Storage
import Values

/// 发放项目。One kind of money that the bureau pays by the month, as its own line declares it: what is due to whom, and from which funds.
///
/// The payment register knows programmes only through this value; a new programme needs no payment code.
public struct PaidProgramme: Offer {
    /// 我们在其中做什么。
    public enum Mode: String, Sendable, Hashable {
        /// We decide and pay.
        case decide
        /// We compute a list and another department pays it.
        case push
        /// Another department decides and pays; we record.
        case record
    }

    /// 按户还是按人。
    public enum Basis: String, Sendable, Hashable {
        case household, person
        public var label: String { self == .household ? "户" : "人" }
    }

    /// In addresses, files and accounts: `minimum-living`.
    public let name: String
    public let title: String
    /// 主管部门。
    public let department: String
    public let mode: Mode
    public let unit: LedgerUnit
    public let basis: Basis
    /// 各级分担比例：by fund source, of the day on which the run is frozen.
    public let fundShare: Policy<BasisPoints>
    /// The facts of the programme know deaths themselves; otherwise a death holds the line until somebody has reckoned it anew.
    public let settlesDeath: Bool
    /// 某月应发名单: a statement with the columns `subject`, `person_id`, `payee_id`, `region` and `amount_fen`, one row for each covered person.
    /// The amount is that of the whole subject, or NULL where `reckoning` finds it.
    public let stream: @Sendable (Month, RegionCode) -> Statement
    /// Subjects whose facts may have changed since an instant, for months that were paid already: one column `subject`.
    public let changed: @Sendable (Instant, RegionCode) -> Statement
    /// What is due, from the facts of one subject. The outer closure is called once for a slice and may read rulings.
    public let reckoning: @Sendable (Month, Reader) throws -> (PaidSubject) throws -> Money?
    /// 不能兼得的其他项目：by the rule in force, a person who has both waits until one is chosen.
    public let overlaps: [BenefitOverlap]
    /// 金额的由来，给本人看的话。
    public let explain: @Sendable (String, Month, Reader) throws -> [String]

    public init(_ name: String, _ title: String, department: String, mode: Mode = .decide, unit: LedgerUnit = .fen, basis: Basis, fundShare: Policy<BasisPoints>,
                settlesDeath: Bool = false, stream: @escaping @Sendable (Month, RegionCode) -> Statement,
                changed: @escaping @Sendable (Instant, RegionCode) -> Statement,
                reckoning: @escaping @Sendable (Month, Reader) throws -> (PaidSubject) throws -> Money? = { _, _ in { $0.amount } },
                overlaps: [BenefitOverlap] = [], explain: @escaping @Sendable (String, Month, Reader) throws -> [String] = { _, _, _ in [] }) {
        self.name = name
        self.title = title
        self.department = department
        self.mode = mode
        self.unit = unit
        self.basis = basis
        self.fundShare = fundShare
        self.settlesDeath = settlesDeath
        self.stream = stream
        self.changed = changed
        self.reckoning = reckoning
        self.overlaps = overlaps
        self.explain = explain
        ProgrammeCode.declare(name, title)
    }
}

/// 一户或一人的应发事实。What was frozen of one subject for one month. Ids are the texts of the register: a month has a million of them.
public struct PaidSubject: Sendable, Hashable {
    public struct Covered: Sendable, Hashable {
        public let person: String
        public let bornOn: CivilDate
        public let diedOn: CivilDate?
    }

    public let id: String
    public let region: RegionCode
    public let payee: String
    /// As the programme's own register says; nil where it is reckoned.
    public let amount: Money?
    public internal(set) var covered: [Covered]
    let account: String?
    let isHolderPayee: Bool
}

extension House {
    /// 本局按月发放的项目，in the order of the lines.
    public var programmes: [PaidProgramme] { offers(PaidProgramme.self) }

    /// By its code, or by its title.
    public func programme(_ name: String) throws(Refusal) -> PaidProgramme {
        guard let programme = programmes.first(where: { $0.name == name }) ?? programmes.first(where: { $0.title == name }) else {
            throw .absent("没有「\(name)」这个发放项目，可选：\(programmes.map { "\($0.name) \($0.title)" }.joined(separator: "、"))")
        }
        return programme
    }
}
