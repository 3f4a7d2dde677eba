import Kernel
import Values

/// 机构补助项目。What organisations are paid for: a line offers it, the payment register pays what was claimed.
public struct OrganisationProgramme: Offer {
    /// What accounts and files begin with, so that it is never taken for a programme of persons.
    static let prefix = "org."
    /// In addresses, files and accounts: `org.operating-subsidy`. At most 29 characters, as wide as the payment files have it.
    public let name: String
    public let title: String
    public let department: String
    /// 各级分担比例，of the day on which the run is frozen.
    public let fundShare: Policy<BasisPoints>

    public init(_ name: String, _ title: String, department: String, fundShare: Policy<BasisPoints>) {
        self.name = Self.prefix + name
        self.title = title
        self.department = department
        self.fundShare = fundShare
        ProgrammeCode.declare(self.name, title)
    }
}

let organisationFundShare = Policy<BasisPoints>("organisation-fund-share", "机构补助的资金分担", variants: FundSource.variants, mayBeSilent: true)

/// 民政部门常见的几项机构补助。
let organisationProgrammes = [
    OrganisationProgramme("operating-subsidy", "养老机构运营补贴", department: "民政部门", fundShare: organisationFundShare),
    OrganisationProgramme("construction-subsidy", "养老机构建设补贴", department: "民政部门", fundShare: organisationFundShare),
    OrganisationProgramme("canteen-subsidy", "老年助餐服务补贴", department: "民政部门", fundShare: organisationFundShare),
    OrganisationProgramme("home-care-service", "居家养老服务费", department: "民政部门", fundShare: organisationFundShare),
]

extension House {
    /// 付给机构的项目，in the order of the lines.
    public var organisationProgrammes: [OrganisationProgramme] { offers(OrganisationProgramme.self) }

    /// By its code, with or without `org.`, or by its title.
    public func organisationProgramme(_ typed: String) throws(Refusal) -> OrganisationProgramme {
        guard let programme = organisationProgrammes.first(where: { [$0.name, $0.title, String($0.name.dropFirst(OrganisationProgramme.prefix.count))].contains(typed) }) else {
            throw .absent("没有「\(typed)」这个机构补助项目，可选：\(organisationProgrammes.map(\.title).joined(separator: "、"))")
        }
        return programme
    }

    /// 项目的名称，of persons and of organisations, by code.
    var paidTitles: [String: String] {
        Dictionary(programmes.map { ($0.name, $0.title) } + organisationProgrammes.map { ($0.name, $0.title) }, uniquingKeysWith: { first, _ in first })
    }
}

/// 时段。What a claim of an organisation covers: a month, a quarter, half a year or a year.
///
/// 2024-07, 2024-Q3, 2024-H2, 2024. Two periods that share a month overlap.
public struct ClaimPeriod: FieldValue {
    public let first: Month
    public let last: Month
    public let typed: String

    public static var kind: FieldKind { .text }
    public static var maximumLength: Int { 12 }

    public init(typed text: String) throws(Refusal) {
        let text = text.filter { !$0.isWhitespace }.uppercased()
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard (1 ... 2).contains(parts.count), parts[0].utf8.count == 4, let year = Int(parts[0]), (1900 ... 2199).contains(year) else { throw Self.unreadable(text) }
        let (start, months) = try Self.span(parts.count == 1 ? nil : parts[1], text)
        guard let first = try? Month(year: year, month: start) else { throw Self.unreadable(text) }
        self.first = first
        last = first.adding(months - 1)
        typed = text
    }

    /// - Returns: the first month of the year that it covers, and how many.
    private static func span(_ part: String?, _ text: String) throws(Refusal) -> (start: Int, months: Int) {
        guard let part else { return (1, 12) }
        let number = Int(part.dropFirst()) ?? 0
        switch part.first {
        case "Q" where part.utf8.count == 2 && (1 ... 4).contains(number): return (3 * number - 2, 3)
        case "H" where part.utf8.count == 2 && (1 ... 2).contains(number): return (6 * number - 5, 6)
        default:
            guard part.utf8.count == 2, let month = Int(part), (1 ... 12).contains(month) else { throw unreadable(text) }
            return (month, 1)
        }
    }

    private static func unreadable(_ text: String) -> Refusal {
        .invalid("时段「\(text.prefix(12))」看不懂：按月写 2024-07，按季度写 2024-Q3，按半年写 2024-H2，按年写 2024")
    }

    public var shown: String {
        let year = "\(first.year)年"
        return switch first.months(until: last) {
        case 0: first.shown
        case 2: "\(year)第\((first.month + 2) / 3)季度"
        case 5: first.month == 1 ? "\(year)上半年" : "\(year)下半年"
        default: year
        }
    }

    public func overlaps(_ other: ClaimPeriod) -> Bool { first <= other.last && other.first <= last }

    public init(stored: StoredValue) throws(Refusal) {
        guard case .text(let text) = stored else { throw .invalid("时段应当是文本") }
        try self.init(typed: text)
    }
    public var stored: StoredValue { .text(typed) }
}

/// 依据。The document or contract that a claim rests on, written one way: brackets of the number as 〔〕, no spaces.
public struct ClaimBasis: FieldValue {
    public let text: String

    public static var kind: FieldKind { .text }
    public static var maximumLength: Int { 120 }

    public init(typed text: String) throws(Refusal) {
        guard text.count <= Self.maximumLength else { throw .invalid("依据太长，写文件或者协议的编号即可") }
        let brackets: [Character: Character] = ["[": "〔", "［": "〔", "【": "〔", "]": "〕", "］": "〕", "】": "〕", "(": "（", ")": "）"]
        let written = String(text.filter { !$0.isWhitespace }.map { brackets[$0] ?? $0 })
        guard !written.isEmpty else { throw .invalid("请写明依据的文件或者协议编号") }
        self.text = written
    }

    public var typed: String { text }
    public init(stored: StoredValue) throws(Refusal) {
        guard case .text(let text) = stored else { throw .invalid("依据应当是文本") }
        try self.init(typed: text)
    }
    public var stored: StoredValue { .text(text) }
}
