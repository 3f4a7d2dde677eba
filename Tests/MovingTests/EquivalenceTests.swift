import Bench
import Bureau
import Commons
import Foundation
import Kernel
import SQLiteStorage
import Storage
import Testing
import TestSupport
import Web

/// 等价：同一段历史在两个库上各走一遍，留下的行、得到的答复逐字节相同。
@Suite("等价", .serialized) struct EquivalenceTests {
    private static func imports(_ counter: Counter) -> ImportRoom {
        ImportRoom(counter, folder: NSTemporaryDirectory() + "minzheng-equivalence-" + UUID().uuidString, tables: DocumentTables()) { try SQLiteDatabase(path: $0) }
    }

    @Test("两个引擎，一样的结果", arguments: [1, 2])
    func bothEnginesAgree(_ seed: UInt64) async throws {
        var trial = Equivalence(bureau, seed: seed, imports: Self.imports)
        trial.steps = 120
        // Without a cluster the file is its own peer: that nothing was left to chance is then what is shown.
        let left: any Database = try SQLiteDatabase.temporary(), right = try await TestDatabase.make()
        let result = try await trial.run(left, right)
        #expect(result.differences == [])
        #expect(result.left.acts > 300 && result.left.digest.rows > 1_000)
        try await left.close()
        try await right.close()
    }
}
