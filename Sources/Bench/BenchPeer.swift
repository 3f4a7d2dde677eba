import Foundation
import SQLiteStorage
import Values

/// 对照。What the same run is held against: so many of something by somebody else, on the same disk.
public struct BenchPeer: Sendable {
    /// 单行提交 次/秒.
    public let title: String
    let rate: @Sendable (_ round: Int, _ seconds: Double) throws -> Double

    /// The embedded engine alone: one row, one FULL commit at a time.
    public static func singleCommits(in folder: String) -> BenchPeer {
        BenchPeer(title: "单行提交 次/秒") { try SingleCommits.rate(at: "\(folder)/peer-\($0).sqlite", seconds: $1) }
    }
}

/// 对照：pgbench 的 simple-update。One update, one reading, one insertion, one commit over a million accounts, on the same cluster with the same settings.
/// Its tables stand in a schema of their own.
public struct PgbenchPeer: Sendable {
    private let url: String, clients: Int
    private static let schema = "pgbench_peer"

    /// - Throws: `.absent` when the programs of PostgreSQL aren't there.
    public init(_ url: String, clients: Int) throws {
        (self.url, self.clients) = (url, clients)
        try psql("DROP SCHEMA IF EXISTS \(Self.schema) CASCADE; CREATE SCHEMA \(Self.schema)")
        _ = try pgbench(["--initialize", "--quiet", "--scale=10"])
    }

    public var peer: BenchPeer {
        BenchPeer(title: "pgbench 次/秒") { _, seconds in
            let told = try pgbench(["--builtin=simple-update", "--protocol=prepared", "--client=\(clients)", "--jobs=2", "--time=\(max(1, Int(seconds)))", "--no-vacuum"])
            let rate = told.split(separator: "\n").first { $0.hasPrefix("tps = ") }?.split(separator: " ").dropFirst(2).first.flatMap { Double($0) }
            guard let rate, !told.contains("aborted") else { throw Refusal.absent("pgbench 没有跑完：\(told.suffix(400))") }
            return rate
        }
    }

    /// Takes its tables away.
    public func remove() throws { try psql("DROP SCHEMA IF EXISTS \(Self.schema) CASCADE") }

    private func psql(_ text: String) throws { _ = try ClusterProgram("psql", searching: nil).run(["-XqAt", "-v", "ON_ERROR_STOP=1", "-c", text, url]) }
    private func pgbench(_ arguments: [String]) throws -> String { try ClusterProgram("pgbench", searching: Self.schema).run(arguments + [url]) }
}

/// A program that comes with PostgreSQL.
struct ClusterProgram: Sendable {
    private let path: String
    private let schema: String?

    /// - Parameter schema: where it finds its tables; the server's own choice when nil.
    /// - Throws: `.absent` when it isn't installed.
    init(_ name: String, searching schema: String?) throws {
        let servers = "/usr/lib/postgresql", versions = (try? FileManager.default.contentsOfDirectory(atPath: servers)) ?? []
        let places = versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "\(servers)/\($0)/bin/\(name)" }
        guard let path = (places + ["/usr/bin/\(name)"]).first(where: FileManager.default.isExecutableFile) else {
            throw Refusal.absent("没有 \(name)，请安装 postgresql（bin/postgres 会装）")
        }
        (self.path, self.schema) = (path, schema)
    }

    /// - Returns: what it printed.
    func run(_ arguments: [String]) throws -> String {
        let process = Process(), output = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        var environment = ProcessInfo.processInfo.environment
        environment["PGOPTIONS"] = "-c client_min_messages=warning" + (schema.map { " -c search_path=\($0)" } ?? "")
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try Self.hearingSignals { try process.run() }
        let told = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Refusal.absent("\(path) 没有完成（\(process.terminationStatus)）：\(told.suffix(400))") }
        return told
    }

    /// pgbench ends by an alarm, which it wouldn't hear if it inherited what our threads don't hear.
    private static func hearingSignals(_ body: () throws -> Void) throws {
        var every = sigset_t(), before = sigset_t()
        sigfillset(&every)
        pthread_sigmask(SIG_UNBLOCK, &every, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try body()
    }
}
