import Commons
import Kernel
import Values

extension Actor {
    /// Whoever holds the machine, its files and its keys: makes the first accounts. What it does is journalled under this name.
    static let commandLine = Actor(user: Actor.house.user, name: "系统（命令行）", role: .securityAdministrator, region: .country)
}

/// `assistance.apply-for-allowance`: a line and something in it.
struct Address: Hashable {
    let line: String
    let name: String

    init(_ text: String) throws(Refusal) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { throw .invalid("「\(text)」应写成 业务.名称，如 people.persons") }
        (line, name) = (parts[0], parts[1])
    }
}

/// `name=value`.
struct Assignment: Hashable {
    let name: String
    let value: String

    /// - Throws: `.invalid` when there is no `=`.
    init(_ text: String) throws(Refusal) {
        guard let mark = text.firstIndex(of: "="), mark != text.startIndex else { throw .invalid("「\(text.prefix(60))」应写成 名称=内容") }
        name = String(text[..<mark])
        value = String(text[text.index(after: mark)...])
    }

    var path: [String] { name.split(separator: ".", omittingEmptySubsequences: false).map(String.init) }
}

extension RawFields {
    /// What a command was told: a JSON object in the machine's face, then single typed values over it.
    /// - Throws: `.invalid`, naming every field the outline doesn't know.
    init(json: [UInt8]?, assignments: [String], for outline: Outline) throws(Refusal) {
        self = try json.map { bytes throws(Refusal) in try JSON(parsing: bytes).rawFields() } ?? RawFields()
        for text in assignments {
            let assignment = try Assignment(text)
            try type(assignment.value, at: assignment.path, in: outline)
        }
        let misfits = outline.misfits(in: self)
        guard misfits.isEmpty else { throw .faults(misfits) }
    }
}
