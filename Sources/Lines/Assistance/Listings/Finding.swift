import Commons
import Kernel
import Storage
import Values

/// 搜索：by case number, or by the head of the household.
let findCases = Finder { text, reader in
    let number = text.uppercased()
    let isNumber = number.hasPrefix(applicationProcess.series) || number.hasPrefix(allowanceProcess.series)
    let condition: Statement = isNumber
        ? "number >= \(number) AND number < \(number + "~")"
        : """
            (id IN (SELECT id FROM application WHERE \(matching("applicant_id", in: "person_search", text)))
             OR id IN (SELECT id FROM allowance WHERE \(matching("head_id", in: "person_search", text))))
            """
    let files = try reader.caseFiles(where: "process IN ('application', 'allowance') AND \(reader.within("region")) AND \(condition) ORDER BY opened_on DESC, id LIMIT 10")
    return try files.map { file in
        let process = try reader.house.process(file.process)
        let state = try process.edition(on: file.editionOn).state(file.state)?.title ?? file.state
        return Hit(kind: "件", title: "\(file.number) \(file.title)", detail: "\(process.title)，\(state)", link: "\(process.path)/\(file.id)")
    }
}

/// 一人一档：the applications a person is on and the allowances he is under.
let assistanceTimeline = Timeline { person, reader in
    guard let id = ID<Person>(rawValue: person) else { return [] }
    return try applicationEntries(of: id, reader) + allowanceEntries(of: id, reader)
}

private func applicationEntries(of person: ID<Person>, _ reader: Reader) throws -> [TimelineEntry] {
    let files = try reader.caseFiles(where: """
        id IN (SELECT a.id FROM application AS a JOIN declaration_member AS m ON m.parent_id = a.declaration_id WHERE m.person_id = \(person)) ORDER BY id
        """)
    return try files.flatMap { file in
        let link = "\(applicationProcess.path)/\(file.id)"
        let opened = TimelineEntry(on: file.openedOn, title: "申请最低生活保障", detail: "\(file.number)（\(file.title)）", link: link)
        return [opened] + (try reader.decisions(of: file.id).filter { $0.kind != .firstOpinion }.map(entry))
    }
}

private func allowanceEntries(of person: ID<Person>, _ reader: Reader) throws -> [TimelineEntry] {
    let allowances = try reader.connection.all("SELECT DISTINCT allowance_id FROM allowance_member WHERE person_id = \(person)") { try $0.read(0) as String }
    return try allowances.flatMap { try reader.decisions(of: $0).map(entry) }
}

private func entry(_ decision: Decision) -> TimelineEntry {
    let amount = decision.kind == .refused || decision.kind == .terminated ? "" : "每月 \(decision.monthly.shown)"
    let from = decision.from.map { "，自\($0.shown)起" } ?? ""
    return TimelineEntry(on: decision.decidedOn, title: decision.kind.label, detail: amount + from, link: "/assistance/decisions/\(decision.id.text)")
}
