import Commons
import Kernel
import Pages
import Storage
import Values

/// 改前的一段。A line as it stood until somebody changed it; such rows are only added.
struct SummaryLinePast: Placed {
    let id: ID<SummaryLinePast>
    let summary: ID<WorkSummary>
    let line: ID<SummaryLine>
    let region: RegionCode
    let position: Int
    let level: Int
    let text: String
    let isEdited: Bool
    let change: LineChange
    let changedByName: String
    let changedAt: Instant

    static let table = "summary_line_past"
    static let title = "改前的段落"
    static let shape = Shape<SummaryLinePast> {
        Field(.id, \.id)
        Field(.summaryOfRow, \.summary)
        Field(.lineOfRow, \.line)
        Field(.region, \.region)
        Field(.linePosition, \.position)
        Field(.lineLevel, \.level)
        Field(.storedText, \.text)
        Field(.isEditedLine, \.isEdited)
        Field(.lineChange, \.change)
        Field(.changedByName, \.changedByName)
        Field(.changedAt, \.changedAt)
    }

    init(from reading: Reading<SummaryLinePast>) throws(Refusal) {
        id = try reading(.id)
        summary = try reading(.summaryOfRow)
        line = try reading(.lineOfRow)
        region = try reading(.region)
        position = try reading(.linePosition)
        level = try reading(.lineLevel)
        text = try reading(.storedText)
        isEdited = try reading(.isEditedLine)
        change = try reading(.lineChange)
        changedByName = try reading(.changedByName)
        changedAt = try reading(.changedAt)
    }
}

extension SummaryLinePast {
    init(_ line: SummaryLine, until change: LineChange, at desk: Desk) {
        (id, summary, self.line, region, position, level) = (desk.makeID(), line.summary, line.id, line.region, line.position, line.level)
        (text, isEdited, self.change, changedByName, changedAt) = (line.text, line.isEdited, change, desk.actor.name, desk.now)
    }
}

/// 改动。What ended an earlier wording.
enum LineChange: String, CodeList {
    case edited, removed, restored

    var label: String {
        switch self {
        case .edited: "修改"
        case .removed: "删去"
        case .restored: "恢复"
        }
    }
}

/// 恢复一段。An earlier wording comes back; what stood in its place is kept in turn.
struct RestoreSummaryLine: Action {
    let past: ID<SummaryLinePast>

    static let title = "恢复一段"
    static let guidance = "恢复成改动以前的文字；现在的文字也留在修改记录里。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<RestoreSummaryLine>.located("past", version: { text, reader in
        guard let id = ID<SummaryLinePast>(rawValue: text) else { return nil }
        let file = try reader.caseFile(try reader.find(id).summary)
        try reader.requireOwnRegion(file.region)
        return file.version
    }, { act, reader in
        let file = try reader.caseFile(try reader.find(act.past).summary)
        return Located(id: file.id, region: file.region, version: file.version, file: file)
    })
    static let shape = Shape<RestoreSummaryLine> { Field(.pastLine, \.past) }

    init(from reading: Reading<RestoreSummaryLine>) throws(Refusal) { past = try reading(.pastLine) }

    func perform(at desk: Desk) throws -> Outcome {
        let past = try desk.find(past), summary = try desk.find(past.summary)
        try desk.requireOwnMarks(in: past.text, for: past.line, of: past.summary)
        if let now = try desk.lines(of: past.summary).first(where: { $0.id == past.line }) {
            guard now.text != past.text else { throw Refusal.outOfOrder("现在就是这样写的，不用恢复") }
            try desk.insert(SummaryLinePast(now, until: .restored, at: desk))
            var line = now
            (line.text, line.isEdited) = (past.text, past.isEdited)
            try desk.update(line)
        } else {
            try desk.insert(SummaryLine(id: past.line, summary: past.summary, region: past.region, position: past.position, level: past.level,
                                        text: past.text, isEdited: past.isEdited))
        }
        return Outcome(summary.id, "已恢复\(try desk.standing(of: summary).alterations)", link: summary.link)
    }
}

extension Reader {
    /// Every earlier wording, the newest first.
    func past(of summary: ID<WorkSummary>) throws -> [SummaryLinePast] {
        try all(SummaryLinePast.self, where: "summary_id = \(summary) ORDER BY changed_at DESC, id DESC")
    }

    /// - Throws: for a mark that the summary doesn't know, and for one that stands twice: a number has one place.
    func requireOwnMarks(in text: String, for line: ID<SummaryLine>, of summary: ID<WorkSummary>) throws {
        let known = Set(try figures(of: summary).map(\.number)), marks = SummaryText.marks(in: text)
        if let stranger = marks.first(where: { !known.contains($0) }) { throw Refusal.invalid("本稿没有〔\(stranger)〕这个数，请核对记号").at(["text"]) }
        if let twice = Dictionary(grouping: marks, by: \.self).first(where: { $0.value.count > 1 }) { throw Refusal.invalid("记号〔\(twice.key)〕出现了两次，请留一处").at(["text"]) }
        let others = try lines(of: summary).enumerated().filter { $0.element.id != line }
        for (index, other) in others {
            guard let shared = SummaryText.marks(in: other.text).first(where: marks.contains) else { continue }
            throw Refusal.invalid("记号〔\(shared)〕已在第 \(index + 1) 段，一个数只留一处").at(["text"])
        }
    }
}

/// 修改记录。Who changed what and when, with the words as they were.
struct SummaryHistoryView: Sendable {
    let past: [SummaryLinePast]
    /// The words of each line now; nil where it is gone.
    let now: [ID<SummaryLine>: String]
    let isEditable: Bool

    var markup: Markup {
        let rows = past.map { past in
            let isSame = now[past.line] == past.text
            let link = CellView.link("恢复成这样", href: "/planning/do/\(RestoreSummaryLine.name)?past=\(past.id.text)")
            let restore: CellView = isSame ? .text("现在就是这样") : isEditable ? link : .absent
            return TableRowView([.text(past.changedAt.shown), .text(past.changedByName), .text(past.change.label), .text(past.text), restore])
        }
        return TableView(id: "history", caption: "每次改动以前的文字", columns: [.init("时刻", .date), .init("改动人"), .init("改动"), .init("改动以前的文字"), .init("恢复")], rows: rows,
                         empty: EmptyView("没有改动过", "")).markup
    }
}

extension Term where Value == ID<SummaryLinePast> { static var pastLine: Term<ID<SummaryLinePast>> { Term("past", "改前的段落", .carried) } }
extension Term where Value == ID<SummaryLine> { static var lineOfRow: Term<ID<SummaryLine>> { Term("line_id", "段落") } }
extension Term where Value == LineChange { static var lineChange: Term<LineChange> { Term("change", "改动") } }
extension Term where Value == String { static var changedByName: Term<String> { Term("changed_by_name", "改动人") } }
extension Term where Value == Instant { static var changedAt: Term<Instant> { Term("changed_at", "改动时刻") } }
