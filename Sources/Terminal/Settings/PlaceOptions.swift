import ArgumentParser
import Foundation
import Values

/// Options of every command that needs to know the installation.
struct PlaceOptions: ParsableArguments {
    @Option(name: .long, help: "数据目录") var data: String?
    @Option(name: .long, help: "数据库：postgres://用户@主机/库名；不写时用数据目录里的文件") var database: String?
    @Option(name: .long, help: "配置文件；不写时用当前文件夹的 minzheng.yaml（如有）") var config: String?

    /// - Parameter more: options of this command alone.
    func configuration(at place: Workplace, _ more: [SettingName: String?] = [:]) throws -> Configuration {
        let options = more.merging([.data: data, .database: database]) { first, _ in first }.compactMapValues { $0 }
        return try Configuration(options: options, environment: place.console.environment, file: try file(place.console))
    }

    /// A file that was named must be there; the one nobody named may be absent.
    private func file(_ console: Console) throws(Refusal) -> (text: String, path: String)? {
        let named = config ?? console.environment["MINZHENG_CONFIG"]
        guard let path = named ?? (FileManager.default.fileExists(atPath: "minzheng.yaml") ? "minzheng.yaml" : nil) else { return nil }
        guard let text = String(validating: try console.contents(of: path), as: UTF8.self) else { throw .invalid("配置文件 \(path) 不是 UTF-8 编码，请另存后再试") }
        return (text, path)
    }

    /// Opens the office of this installation.
    func office(at place: Workplace, _ entry: Office.Entry = .existing) async throws -> Office {
        try await Office.open(place.lines, try configuration(at: place), entry)
    }

    /// Opens the office, does the work, seals what it entered, and closes it however the work ended.
    func withOffice<Outcome>(at place: Workplace, _ entry: Office.Entry = .existing, _ work: (Office) async throws -> Outcome) async throws -> Outcome {
        let office = try await office(at: place, entry)
        do {
            let outcome = try await work(office)
            if entry != .untouched { await office.sealJournal() }
            try await office.close()
            return outcome
        } catch {
            if entry != .untouched { await office.sealJournal() }
            try await office.close()
            throw error
        }
    }
}
