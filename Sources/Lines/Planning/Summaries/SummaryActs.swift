import Commons
import Kernel
import Storage
import Values

/// 修改一段。A person changes the words; numbers stay bound to their marks, and one that was typed over is said to be so.
struct EditSummaryLine: Action {
    let line: ID<SummaryLine>
    let text: LongText?
    let remove: Bool?

    static let title = "修改一段"
    static let guidance = "〔3〕这样的记号跟着前面的数，请一起保留。改了数字会标为“已改动”，删了记号这个数就不再有来历。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<EditSummaryLine>.located("line", version: { text, reader in
        guard let id = ID<SummaryLine>(rawValue: text) else { return nil }
        let file = try reader.caseFile(try reader.find(id).summary)
        try reader.requireOwnRegion(file.region)
        return file.version
    }, { act, reader in
        let file = try reader.caseFile(try reader.find(act.line).summary)
        return Located(id: file.id, region: file.region, version: file.version, file: file)
    })
    static let shape = Shape<EditSummaryLine> {
        Field(.summaryLine, \.line)
        Field(.lineText, \.text)
        Field(.asks, \.remove)
    }

    init(from reading: Reading<EditSummaryLine>) throws(Refusal) {
        line = try reading(.summaryLine)
        text = try reading(.lineText)
        remove = try reading(.asks)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        guard let id = subject.flatMap(ID<SummaryLine>.init(rawValue:)) else { return RawFields() }
        let line = try reader.find(id)
        try reader.requireOwnRegion(line.region)
        return RawFields(["line": .stored(id.stored), "text": .stored(line.text.stored)])
    }

    func perform(at desk: Desk) throws -> Outcome {
        var line = try desk.find(line)
        let summary = try desk.find(line.summary)
        if remove == true {
            try desk.insert(SummaryLinePast(line, until: .removed, at: desk))
            try desk.connection.run("DELETE FROM summary_line WHERE id = \(line.id)")
            return Outcome(summary.id, "已删去一段，可在修改记录里恢复", link: summary.link)
        }
        guard let text else { throw Refusal.invalid("请填写文字；不要这一段的，请勾选“删去这一段”").at(["text"]) }
        let words = text.text.split(whereSeparator: \.isNewline).map(String.init).joined()
        guard words != line.text else { return Outcome(summary.id, "文字没有变", link: summary.link) }
        try desk.requireOwnMarks(in: words, for: line.id, of: summary.id)
        try desk.insert(SummaryLinePast(line, until: .edited, at: desk))
        (line.text, line.isEdited) = (words, true)
        try desk.update(line)
        return Outcome(summary.id, "已保存\(try desk.standing(of: summary).alterations)", link: summary.link)
    }
}

extension Reader {
    func requireOwnRegion(_ region: RegionCode) throws(Refusal) {
        guard actor.covers(region) else { throw .forbidden("这份总结不属于您的管辖范围") }
    }
}

/// 审核总结。
struct ReviewSummary: Action {
    let summary: ID<WorkSummary>

    static let title = "送领导批准"
    static let guidance = "确认文字通顺、没有来历的数已经核实，再送批准。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<ReviewSummary>.opened(.summary, \.summary)
    static let shape = Shape<ReviewSummary> { Field(.summary, \.summary) }

    init(from reading: Reading<ReviewSummary>) throws(Refusal) { summary = try reading(.summary) }

    func perform(at desk: Desk) throws -> Outcome {
        let summary = try desk.find(summary)
        try desk.standing(of: summary).requireTrueWords()
        return Outcome(summary.id, "已审核。下一步：由起草、修改和审核以外的局领导批准", link: summary.link)
    }
}

/// 退回修改。
struct ReturnSummary: Action {
    let summary: ID<WorkSummary>
    let reason: LongText

    static let title = "退回修改"
    static let roles: Set<Role> = .planners
    static let subject = Subject<ReturnSummary>.opened(.summary, \.summary)
    static let shape = Shape<ReturnSummary> {
        Field(.summary, \.summary)
        Field(.returnReason, \.reason)
    }

    init(from reading: Reading<ReturnSummary>) throws(Refusal) {
        summary = try reading(.summary)
        reason = try reading(.returnReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let summary = try desk.find(summary)
        return Outcome(summary.id, "已退回：\(reason.text)", link: summary.link)
    }
}

/// 批准总结。The text and its numbers are frozen: their digest is kept, and later values are held against them.
struct ApproveSummary: Action {
    let summary: ID<WorkSummary>

    static let title = "批准总结"
    static let guidance = "批准后文字和数字冻结，不能再改；以后可以随时重算，看数字有没有变。"
    static let roles: Set<Role> = [.leader]
    static let subject = Subject<ApproveSummary>.opened(.summary, \.summary)
    static let shape = Shape<ApproveSummary> { Field(.summary, \.summary) }

    init(from reading: Reading<ApproveSummary>) throws(Refusal) { summary = try reading(.summary) }

    func perform(at desk: Desk) throws -> Outcome {
        var record = try desk.find(summary)
        let standing = try desk.standing(of: record), digest = try standing.digest()
        try standing.requireTrueWords()
        (record.frozenAt, record.frozenByName, record.frozenHash) = (desk.now, desk.actor.name, digest)
        try desk.update(record)
        // The journal keeps the message, and its seal covers it: text and digest changed together still differ from what was approved.
        return Outcome(record.id, "已批准，全文和 \(standing.figures.count) 个数已冻结，查验码 \(record.code)\(standing.alterations)。\(SummarySeal.words(digest))", link: record.link)
    }
}

/// 作废草稿。
struct AbandonSummary: Action {
    let summary: ID<WorkSummary>

    static let title = "作废草稿"
    static let guidance = "作废后不能恢复，需要的话重新起草。"
    static let roles: Set<Role> = .planners
    static let subject = Subject<AbandonSummary>.opened(.summary, \.summary)
    static let shape = Shape<AbandonSummary> { Field(.summary, \.summary) }

    init(from reading: Reading<AbandonSummary>) throws(Refusal) { summary = try reading(.summary) }

    func perform(at desk: Desk) throws -> Outcome {
        let summary = try desk.find(summary)
        return Outcome(summary.id, "已作废", link: "/planning/summaries")
    }
}
