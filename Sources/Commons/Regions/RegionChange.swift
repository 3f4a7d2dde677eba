import Kernel
import Values

/// 区划变更。What an authority decided about the tree of regions, from a day on: entered when the document comes, done on its day.
///
/// It keeps the codes of its day, so it belongs to no region that could change under it.
public struct RegionChange: Record {
    public let id: ID<RegionChange>
    public let kind: RegionChangeKind
    /// The region that holds all that changes.
    public let scope: RegionCode
    public let on: CivilDate
    /// 批准文件。
    public let document: String
    public let parts: [RegionPart]
    public let knownAt: Instant
    public let doneAt: Instant?
    public let cancelledAt: Instant?

    public static let table = "region_change"
    public static let title = "区划变更"
    public static let shape = Shape<RegionChange> {
        Field(.id, \.id)
        Field(.regionChangeKind, \.kind)
        Field(.regionCode, \.scope)
        Field(.regionChangedOn, \.on)
        Field(.regionDocument, \.document)
        Each(.regionParts, \.parts, table: "region_change_part")
        Field(.knownAt, \.knownAt)
        Field(.doneAt, \.doneAt)
        Field(.cancelledAt, \.cancelledAt)
    }

    public init(from reading: Reading<RegionChange>) throws(Refusal) {
        id = try reading(.id)
        kind = try reading(.regionChangeKind)
        scope = try reading(.regionCode)
        on = try reading(.regionChangedOn)
        document = try reading(.regionDocument)
        parts = try reading(.regionParts)
        knownAt = try reading(.knownAt)
        doneAt = try reading(.doneAt)
        cancelledAt = try reading(.cancelledAt)
    }

    init(_ id: ID<RegionChange>, _ kind: RegionChangeKind, in scope: RegionCode, on day: CivilDate, document: String, _ parts: [RegionPart], knownAt: Instant,
         doneAt: Instant? = nil, cancelledAt: Instant? = nil) {
        self.id = id
        self.kind = kind
        self.scope = scope
        on = day
        self.document = document
        self.parts = parts
        self.knownAt = knownAt
        self.doneAt = doneAt
        self.cancelledAt = cancelledAt
    }

    func done(at now: Instant) -> RegionChange {
        RegionChange(id, kind, in: scope, on: on, document: document, parts, knownAt: knownAt, doneAt: now)
    }

    func cancelled(at now: Instant) -> RegionChange {
        RegionChange(id, kind, in: scope, on: on, document: document, parts, knownAt: knownAt, cancelledAt: now)
    }
}

/// 一处变更。One code and what becomes of it: no code before, a new one; no code after, an ended one; the same code, another name.
public struct RegionPart: Entry, Hashable {
    public let key: String
    public let code: RegionCode?
    public let successor: RegionCode?
    /// The name from then on, where it isn't known or isn't the old one.
    public let name: String?

    public static let shape = Shape<RegionPart> {
        Field(.partCode, \.code)
        Field(.partSuccessor, \.successor)
        Field(.partName, \.name)
    }

    public init(from reading: Reading<RegionPart>) throws(Refusal) {
        key = reading.key
        code = try reading(.partCode)
        successor = try reading(.partSuccessor)
        name = try reading(.partName)
    }

    init(_ key: String, _ code: RegionCode?, _ successor: RegionCode?, _ name: String? = nil) {
        self.key = key
        self.code = code
        self.successor = successor
        self.name = name
    }

    /// Another code takes over.
    var isHandover: Bool { code != nil && successor != nil && code != successor }
}

/// 区划变更种类。
public enum RegionChangeKind: String, CodeList {
    case added, renamed, merged, recoded, split, ended

    public var label: String {
        switch self {
        case .added: "设立"
        case .renamed: "更名"
        case .merged: "撤并"
        case .recoded: "变更代码"
        case .split: "拆分"
        case .ended: "撤销"
        }
    }

    /// Entered as rows.
    var isTable: Bool { [.merged, .recoded, .split].contains(self) }
}

extension Term where Value == RegionChangeKind {
    static var regionChangeKind: Term<RegionChangeKind> { Term("kind", "种类") }
}
extension Term where Value == CivilDate {
    static var regionChangedOn: Term<CivilDate> { Term("on_date", "变更日期", hint: "新区划的第一天，可以是今后的日子") }
}
extension Term where Value == Instant {
    static var doneAt: Term<Instant> { Term("done_at", "办成时刻") }
    static var cancelledAt: Term<Instant> { Term("cancelled_at", "取消时刻") }
}
extension Term where Value == String {
    static var regionDocument: Term<String> { Term("document", "批准文件", hint: "文件名称和文号") }
    static var partName: Term<String> { Term("name", "新名称") }
}
extension Term where Value == RegionCode {
    static var partCode: Term<RegionCode> { Term("code", "原代码") }
    static var partSuccessor: Term<RegionCode> { Term("successor", "新代码") }
}
extension Term where Value == [RegionPart] {
    static var regionParts: Term<[RegionPart]> { Term("parts", "变更的区划") }
}
extension Term where Value == ID<RegionChange> {
    static var regionChange: Term<ID<RegionChange>> { Term("change", "区划变更", .carried) }
    static var newRegionChange: Term<ID<RegionChange>> { Term("change", "变更编号", .made) }
}
