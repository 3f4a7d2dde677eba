import Bureau
@testable import Commons
import Kernel
import Storage
import Testing
import TestSupport
import Values
@testable import Terminal

@Suite("集群上的暂存", .enabled(if: TestDatabase.cluster != nil))
struct ClusterStagingTests {
    private static let rows = Migration(owner: "staging-test", number: 1, why: "供暂存测试使用", steps: [.ddl("CREATE TABLE staged_test (number BIGINT PRIMARY KEY)")])

    @Test("行暂存在集群里自己的模式中：换一台接得上，用完不留")
    func eachImportHasASchema() async throws {
        let bench = try Bench([]), configuration = try Configuration(options: [.database: TestDatabase.cluster ?? "", .data: bench.data])
        let here = configuration.staging, there = configuration.staging, id = ID<ImportRun>.make(at: Instant(secondsSince1970: 1_700_000_000))
        let first = try await here.open(id)
        try await first.closing {
            try await first.migrate([Self.rows])
            try await first.write { _ = try $0.insert(into: "staged_test", ["number"], rows: (0 ..< 100).map { [.integer($0)] }) }
        }
        let second = try await there.open(id)
        let schema = try await second.closing {
            #expect(try await second.read { try $0.value("SELECT count(*) FROM staged_test") as Int? } == 100)
            return try await second.read { try $0.value("SELECT current_schema()") as String? }
        }
        #expect(schema == "import_" + id.text.lowercased())
        try await there.drop(id)
        try await here.drop(id)
        let third = try await here.open(id)
        let isKnown = try await third.closing { try await third.read { try $0.knows("staged_test") } }
        #expect(!isKnown)
        try await here.drop(id)
    }

    /// The whole way, with the peer that reads the same rows back; nothing stays behind in the cluster.
    @Test("bench import 走完全程")
    func wholeImport() async throws {
        let bench = try Bench(bureau), done = await bench.run("bench", "import", "--people", "300", "--database", TestDatabase.cluster ?? "")
        #expect(done.code == 0, "\(done.err)")
        #expect(done.out.contains("导入 300 人") && done.out.contains("psql \\copy"))
    }
}
