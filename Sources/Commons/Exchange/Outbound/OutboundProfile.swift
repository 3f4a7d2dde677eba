import Kernel
import Values

/// 对外报送方案（一表通）。How one of our listings fills another authority's form: their headings, our columns.
public struct OutboundProfile: Versioned, Placed {
    public let id: ID<OutboundProfile>
    /// Unique: saving under the same name makes the next version.
    public let name: String
    /// 对方单位, e.g. 省民政厅.
    public let authority: String
    /// `people.persons`.
    public let listing: String
    /// As an address writes them: `area=urban&state=running`.
    public let filters: String?
    /// Their empty form; nil where only headings were typed.
    public let template: ID<OutboundTemplate>?
    public let columns: [OutboundColumn]
    /// 身份号码等不脱敏. Needs purpose, basis and another person's approval.
    public let isWhole: Bool
    public let purpose: LongText?
    public let basis: String?
    public let region: RegionCode
    public let savedBy: ID<Actor>
    public let approvedBy: ID<Actor>?
    public let approvedOn: CivilDate?
    public let version: Int

    public static let table = "outbound_profile"
    public static let title = "报送方案"
    public static let shape = Shape<OutboundProfile> {
        Field(.id, \.id)
        Field(.outboundName, \.name)
        Field(.reportedTo, \.authority)
        Field(.outboundListing, \.listing)
        Field(.outboundFilters, \.filters)
        Field(.outboundTemplate, \.template)
        Each(.outboundColumns, \.columns, table: "outbound_column")
        Field(.isWhole, \.isWhole)
        Field(.outboundPurpose, \.purpose)
        Field(.outboundBasis, \.basis)
        Field(.region, \.region)
        Field(.savedBy, \.savedBy)
        Field(.approvedBy, \.approvedBy)
        Field(.approvedOn, \.approvedOn)
        Field(.version, \.version)
    }

    public init(from reading: Reading<OutboundProfile>) throws(Refusal) {
        id = try reading(.id)
        name = try reading(.outboundName)
        authority = try reading(.reportedTo)
        listing = try reading(.outboundListing)
        filters = try reading(.outboundFilters)
        template = try reading(.outboundTemplate)
        columns = try reading(.outboundColumns)
        isWhole = try reading(.isWhole)
        purpose = try reading(.outboundPurpose)
        basis = try reading(.outboundBasis)
        region = try reading(.region)
        savedBy = try reading(.savedBy)
        approvedBy = try reading(.approvedBy)
        approvedOn = try reading(.approvedOn)
        version = try reading(.version)
    }

    init(_ id: ID<OutboundProfile>, _ act: SaveOutboundProfile, by actor: Actor, version: Int) {
        (self.id, name, authority, listing, filters) = (id, act.name, act.authority, act.listing, act.filters)
        (template, columns, isWhole, purpose, basis) = (act.template, act.columns, act.isWhole, act.purpose, act.basis)
        (region, savedBy, approvedBy, approvedOn, self.version) = (actor.region, actor.user, nil, nil, version)
    }

    init(approving old: OutboundProfile, by actor: ID<Actor>, on day: CivilDate) {
        (id, name, authority, listing, filters, template) = (old.id, old.name, old.authority, old.listing, old.filters, old.template)
        (columns, isWhole, purpose, basis, region, savedBy) = (old.columns, old.isWhole, old.purpose, old.basis, old.region, old.savedBy)
        (approvedBy, approvedOn, version) = (actor, day, old.version + 1)
    }

    /// The filters, by name.
    var request: ListingRequest {
        let pairs = (filters ?? "").split(whereSeparator: { "&\n".contains($0) }).compactMap { pair -> (String, String)? in
            guard let mark = pair.firstIndex(of: "=") else { return nil }
            return (String(pair[..<mark]), String(pair[mark...].dropFirst()))
        }
        return ListingRequest(filters: Dictionary(pairs, uniquingKeysWith: { _, last in last }))
    }
}

/// 一列。Their heading, and where its content comes from.
public struct OutboundColumn: Entry {
    public let key: String
    public let header: String
    public let source: OutboundSource
    /// Our columns by name, several joined by `+`.
    public let columns: String?
    /// 固定文字；连接用的文字；或代码对照，一行一对：在保=01.
    public let text: LongText?

    public static let shape = Shape<OutboundColumn> {
        Field(.outboundHeader, \.header)
        Field(.outboundSource, \.source)
        Field(.outboundOurs, \.columns)
        Field(.outboundText, \.text)
    }

    public init(from reading: Reading<OutboundColumn>) throws(Refusal) {
        key = reading.key
        header = try reading(.outboundHeader)
        source = try reading(.outboundSource)
        columns = try reading(.outboundOurs)
        text = try reading(.outboundText)
    }

    var names: [String] { (columns ?? "").split(separator: "+").map { $0.filter { !$0.isWhitespace } } }

    /// Ours → theirs; what we store or what we show may stand at the left.
    var codes: [String: String] {
        let pairs = (text?.text ?? "").split(whereSeparator: \.isNewline).compactMap { line -> (String, String)? in
            guard let mark = line.firstIndex(of: "=") else { return nil }
            let ours = String(line[..<mark]), theirs = String(line[mark...].dropFirst())
            return (ours.filter { !$0.isWhitespace }, theirs.filter { !$0.isWhitespace })
        }
        return Dictionary(pairs, uniquingKeysWith: { _, last in last })
    }
}

/// 内容来源。
public enum OutboundSource: String, CodeList {
    case column, codes, joined, constant, serial, blank

    public var label: String {
        switch self {
        case .column: "本系统的列"
        case .codes: "本系统的列，换成对方代码"
        case .joined: "几列连在一起"
        case .constant: "固定文字"
        case .serial: "序号"
        case .blank: "留空"
        }
    }
}

/// 对方的空表. Uploaded once, filled as often as is wanted.
public struct OutboundTemplate: Record {
    public let id: ID<OutboundTemplate>
    public let listing: String
    public let filename: String
    /// The line their headings stand on.
    public let headerLine: Int
    /// A heading a line.
    public let headers: String
    /// The empty form, base64; nil where headings were typed.
    public let content: String?

    public static let table = "outbound_template"
    public static let title = "报送表样"
    public static let shape = Shape<OutboundTemplate> {
        Field(.id, \.id)
        Field(.outboundListing, \.listing)
        Field(.outboundFilename, \.filename)
        Field(.headerLine, \.headerLine)
        Field(.outboundHeaders, \.headers)
        Field(.outboundContent, \.content)
    }

    public init(from reading: Reading<OutboundTemplate>) throws(Refusal) {
        id = try reading(.id)
        listing = try reading(.outboundListing)
        filename = try reading(.outboundFilename)
        headerLine = try reading(.headerLine)
        headers = try reading(.outboundHeaders)
        content = try reading(.outboundContent)
    }

    public var headerList: [String] { headers.split(separator: "\n").map(String.init) }
}
