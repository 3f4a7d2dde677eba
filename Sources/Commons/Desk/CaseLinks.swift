import Kernel
import Values

/// 办件的去处。Where a case is read, and what it is called.
extension Reader {
    /// `/assistance/applications/01…`
    func link(to file: CaseFile) throws -> String { "\(try house.process(file.process).path)/\(file.id)" }

    /// 「最低生活保障 · 等待入户调查」
    func standing(of file: CaseFile) throws -> (process: String, state: String, awaits: String?) {
        let process = try house.process(file.process)
        let state = try process.edition(on: file.editionOn).state(file.state)
        return (process.title, state?.title ?? file.state, state?.awaits)
    }

    /// The case with this number, if it lies within the reader's region.
    func caseFile(numbered number: String) throws -> CaseFile? {
        try caseFiles(where: "number = \(number)").first { actor.covers($0.region) }
    }
}
