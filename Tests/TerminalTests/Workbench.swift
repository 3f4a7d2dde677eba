import Cryptography
import Foundation
import Kernel
import Synchronization
import Values
@testable import Terminal

/// A data folder of its own, and a console that remembers.
final class Bench: Sendable {
    let folder: String
    private let lines: [Line]
    private let output = Mutex((out: "", err: ""))
    private let input: String

    init(_ lines: [Line], input: String = "") throws {
        self.lines = lines
        self.input = input
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("minzheng-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        // A folder that stays is cleared by the system with its temporary folder.
        try? FileManager.default.removeItem(atPath: folder)
    }

    var data: String { folder + "/data" }
    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// Runs a command on this folder's data.
    func run(_ arguments: String..., environment: [String: String] = [:], password: String? = "jiade-mima-2024") async -> (code: Int32, out: String, err: String) {
        await run(list: arguments, environment: environment, password: password)
    }

    func run(list arguments: [String], environment: [String: String] = [:], password: String? = "jiade-mima-2024") async -> (code: Int32, out: String, err: String) {
        output.withLock { $0 = ("", "") }
        let console = Console(environment: environment.merging(["MINZHENG_DATA": data, "MINZHENG_PROFILE": CryptoProfile.underTest.rawValue]) { given, _ in given },
                              write: { text in self.output.withLock { $0.out += text } }, complain: { text in self.output.withLock { $0.err += text + "\n" } },
                              readAll: { Array(self.input.utf8) }, readSecret: { _ in password })
        let code = await Command.run(lines, arguments, on: console)
        return output.withLock { (code, $0.out, $0.err) }
    }

    /// Opens the same data without a command.
    func office() async throws -> Office {
        try await Office.open(lines, try Configuration(options: [.data: data, .profile: CryptoProfile.underTest.rawValue]), .create)
    }

    func addUser(_ username: String, _ name: String, _ role: Role, _ region: String = "000000") async -> Int32 {
        await run("user", "add", username, "--name", name, "--role", role.rawValue, "--region", region).code
    }
}
