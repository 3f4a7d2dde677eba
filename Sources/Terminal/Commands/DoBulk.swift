import ArgumentParser
import Commons
import Kernel
import Values

/// `minzheng do … --subjects-from`: one act on many subjects, to the end, with a line for each.
extension DoAct {
    func runBulk(_ path: String, at place: Workplace) async throws {
        let subjects = try Self.subjects(try place.console.contents(of: path))
        let report = try await options.withOffice(at: place) { office in
            let office = try await office.standing(on: today), address = try Address(act)
            let action = try office.house.action("\(address.line).\(address.name)")
            guard let outline = action.sharedOutline else { throw Refusal.invalid("「\(action.title)」要逐件填写，不能批量办理") }
            let bytes = try json.map { try place.console.contents(of: $0) }
            let values = try RawFields(json: bytes, assignments: assignments, for: outline)
            let bulk = BulkAct(action.permission, id: try actID(at: office), values: values, subjects: subjects)
            return try await office.counter.submitToTheEnd(all: bulk, as: try await office.accounts.actor(named: user))
        }
        let columns = ["对象", "结果", "说明"].map { TextTable.Column($0) }
        place.console.write(TextTable(columns, report.results.map { [$0.subject.label, $0.state.label, $0.message] }).text)
        place.console.line("\(report.sentence)。批量办理编号：\(report.id.text)")
        // Whoever runs this from a script hears that something is left to do.
        if report.refused > 0 { throw ExitCode(1) }
    }

    /// An id a line; empty lines and those that begin with # are passed over.
    static func subjects(_ bytes: [UInt8]) throws(Refusal) -> [BulkSubject] {
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map { $0.filter { !$0.isWhitespace && $0 != "\u{FEFF}" } }
        let ids = lines.filter { !$0.isEmpty && !$0.hasPrefix("#") }
        guard !ids.isEmpty else { throw .invalid("文件里没有编号，请每行写一个") }
        return ids.map { BulkSubject(String($0)) }
    }
}
