import Commons
import Kernel
import Values

/// 理由一条。
struct ReasonEntry: Entry, Hashable {
    let key: String
    let code: String
    let sentence: String
    /// 哪一事实需要不同; nil on a ground for approval.
    let remedy: String?
    let basis: String

    static let shape = Shape<ReasonEntry> {
        Field(.reasonCode, \.code)
        Field(.sentence, \.sentence)
        Field(.remedy, \.remedy)
        Field(.basis, \.basis)
    }

    init(from reading: Reading<ReasonEntry>) throws(Refusal) {
        key = reading.key
        code = try reading(.reasonCode)
        sentence = try reading(.sentence)
        remedy = try reading(.remedy)
        basis = try reading(.basis)
    }

    init(_ number: Int, code: String, _ sentence: String, remedy: String? = nil, basis: Citation) {
        key = "r\(number)"
        self.code = code
        self.sentence = sentence
        self.remedy = remedy
        self.basis = basis.text
    }
}

/// 成员认定一行。
struct VerdictEntry: Entry, Hashable {
    /// The member's key on the declaration.
    let key: String
    let name: String
    let isCounted: Bool
    let reason: String
    let basis: String

    static let shape = Shape<VerdictEntry> {
        Field(.memberName, \.name)
        Field(.counted, \.isCounted)
        Field(.verdictReason, \.reason)
        Field(.basis, \.basis)
    }

    init(from reading: Reading<VerdictEntry>) throws(Refusal) {
        key = reading.key
        name = try reading(.memberName)
        isCounted = try reading(.counted)
        reason = try reading(.verdictReason)
        basis = try reading(.basis)
    }

    init(_ verdict: MemberVerdict) {
        key = verdict.member
        name = verdict.name
        isCounted = verdict.counted
        reason = verdict.reason
        basis = verdict.basis.text
    }
}

/// 测算表一行。
struct LineEntry: Entry, Hashable {
    let key: String
    let kind: LineKind
    let label: String
    let detail: String?
    /// 「1,200.00 元」「减 240.00 元」; nil on a note without an amount.
    let amount: String?
    let basis: String?
    /// 所用规则的编号。
    let ruling: String?

    static let shape = Shape<LineEntry> {
        Field(.lineKind, \.kind)
        Field(.lineLabel, \.label)
        Field(.lineDetail, \.detail)
        Field(.lineAmount, \.amount)
        Field(.lineBasis, \.basis)
        Field(.rulingID, \.ruling)
    }

    init(from reading: Reading<LineEntry>) throws(Refusal) {
        key = reading.key
        kind = try reading(.lineKind)
        label = try reading(.lineLabel)
        detail = try reading(.lineDetail)
        amount = try reading(.lineAmount)
        basis = try reading(.lineBasis)
        ruling = try reading(.rulingID)
    }

    init(_ number: Int, _ line: SheetLine) {
        key = "l\(number)"
        kind = LineKind(line.role)
        label = line.label
        detail = line.detail.isEmpty ? nil : line.detail
        amount = line.amount == nil ? nil : line.text
        basis = line.basis?.text
        ruling = line.ruling?.id
    }
}

/// 测算表行的作用。
enum LineKind: String, CodeList {
    case plus, minus, total, note

    init(_ role: SheetLine.Role) {
        self = switch role {
        case .plus: .plus
        case .minus: .minus
        case .total: .total
        case .note: .note
        }
    }

    var label: String {
        switch self {
        case .plus: "加"
        case .minus: "减"
        case .total: "合计"
        case .note: "说明"
        }
    }
}

/// 所用规定一条。
struct RulingEntry: Entry, Hashable {
    let key: String
    let title: String
    let value: String
    let source: String
    let ruling: String?

    static let shape = Shape<RulingEntry> {
        Field(.rulingTitle, \.title)
        Field(.rulingText, \.value)
        Field(.rulingSource, \.source)
        Field(.rulingID, \.ruling)
    }

    init(from reading: Reading<RulingEntry>) throws(Refusal) {
        key = reading.key
        title = try reading(.rulingTitle)
        value = try reading(.rulingText)
        source = try reading(.rulingSource)
        ruling = try reading(.rulingID)
    }

    init(_ number: Int, _ consulted: ConsultedRuling) {
        key = "u\(number)"
        title = consulted.title
        value = consulted.value
        source = consulted.source.text
        ruling = consulted.id
    }
}

extension Assessment {
    var reasonEntries: [ReasonEntry] {
        reasons.enumerated().map { ReasonEntry($0 + 1, code: $1.code.rawValue, $1.sentence, remedy: $1.remedy, basis: $1.basis) }
    }
    var verdictEntries: [VerdictEntry] { members.map(VerdictEntry.init) }
    var lineEntries: [LineEntry] { lines.enumerated().map { LineEntry($0 + 1, $1) } }
    var rulingEntries: [RulingEntry] { consulted.enumerated().map { RulingEntry($0 + 1, $1) } }
}

extension Term where Value == String {
    static var reasonCode: Term<String> { Term("code", "理由代码") }
    static var sentence: Term<String> { Term("sentence", "理由") }
    static var remedy: Term<String> { Term("remedy", "哪一事实需要不同") }
    static var basis: Term<String> { Term("basis", "依据") }
    static var memberName: Term<String> { Term("name", "姓名") }
    static var verdictReason: Term<String> { Term("reason", "认定理由") }
    static var lineLabel: Term<String> { Term("label", "项目") }
    static var lineDetail: Term<String> { Term("detail", "怎样算出") }
    static var lineAmount: Term<String> { Term("amount_text", "金额") }
    static var lineBasis: Term<String> { Term("basis", "依据") }
    static var rulingID: Term<String> { Term("ruling", "规则编号") }
    static var rulingTitle: Term<String> { Term("title", "规定") }
    static var rulingText: Term<String> { Term("value", "取值") }
    static var rulingSource: Term<String> { Term("source", "出处") }
}
extension Term where Value == Bool {
    static var counted: Term<Bool> { Term("counted", "计入") }
}
extension Term where Value == LineKind {
    static var lineKind: Term<LineKind> { Term("kind", "加减") }
}
extension Term where Value == [ReasonEntry] {
    static var reasons: Term<[ReasonEntry]> { Term("reasons", "理由") }
}
extension Term where Value == [VerdictEntry] {
    static var verdicts: Term<[VerdictEntry]> { Term("members", "成员认定") }
}
extension Term where Value == [LineEntry] {
    static var lines: Term<[LineEntry]> { Term("lines", "测算表") }
}
extension Term where Value == [RulingEntry] {
    static var rulingsUsed: Term<[RulingEntry]> { Term("rulings", "所用规定") }
}
