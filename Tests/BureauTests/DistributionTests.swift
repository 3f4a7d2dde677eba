import Bureau
import Cryptography
import Foundation
import Kernel
import SQLiteStorage
import Testing

/// 分布：the list of keys held against the schema, and docs/scale.md against both.
@Suite("分布")
struct DistributionTests {
    /// The embedded engine tells its schema; the migrations are the same on both.
    private static func schema() async throws -> StoredSchema {
        let database = try SQLiteDatabase.temporary(), house = House(lines: bureau, keyring: try Keyring.ephemeral())
        try await database.migrate(house.migrations)
        let schema = try await database.read(StoredSchema.init)
        try await database.close()
        return schema
    }
    private static let byTable = Dictionary(distribution.map { ($0.table, $0) }, uniquingKeysWith: { first, _ in first })
    private static func key(_ table: String) -> Distribution.Key? { byTable[table]?.resolved(among: distribution) }

    @Test("每张表恰好列一次，一张不少，一张不多")
    func everyTableOnce() async throws {
        let listed = distribution.map(\.table), tables = try await Self.schema().tables
        #expect(Set(listed).count == listed.count)
        #expect(tables.subtracting(listed).sorted() == [], "没有写明分布的表")
        #expect(Set(listed).subtracting(tables).sorted() == [], "表结构里没有的表")
    }

    @Test("列都在且不可空；随上级的表，上级有键，引用的就是它")
    func columnsHold() async throws {
        let schema = try await Self.schema()
        for entry in distribution {
            let key = Self.key(entry.table)
            #expect(key != nil, "\(entry.table)：顺着上级找不到键")
            guard let column = entry.column else { continue }
            #expect(schema.required[entry.table]?.contains(column) == true, "\(entry.table).\(column) 不在，或者可以为空")
            guard let parent = entry.parent else { continue }
            #expect(key != .reference, "\(entry.table)：上级 \(parent) 每个节点都有，本表也应如此")
            let targets = schema.references.filter { $0.table == entry.table && $0.column == column }.map(\.target)
            #expect(targets.allSatisfy { $0 == parent }, "\(entry.table).\(column) 引用的是 \(targets)")
        }
    }

    @Test("每个唯一约束：含有键，或者写明另由什么保证；写明的都用得上")
    func uniquenessSurvives() async throws {
        let schema = try await Self.schema()
        for entry in distribution where Self.key(entry.table) != .reference {
            let constraints = schema.unique[entry.table] ?? []
            for columns in constraints {
                #expect(Self.guarantee(of: columns, in: entry) != nil, "\(entry.table)(\(columns.joined(separator: ", ")))：不含键，也没有写明由什么保证")
            }
            for stated in entry.elsewhere.keys {
                #expect(constraints.contains(stated), "\(entry.table)(\(stated.joined(separator: ", "))) 不是唯一约束")
                #expect(!stated.contains(entry.column ?? ""), "\(entry.table)(\(stated.joined(separator: ", "))) 含有键，不必另说")
            }
        }
    }

    @Test("每个外键：指向每个节点都有的表，或者与本行同键，或者列为跨键并说明")
    func referencesHold() async throws {
        let references = try await Self.schema().references
        let crossing = references.filter(Self.crosses), listed = Set(crossings.map { "\($0.table).\($0.column)" })
        #expect(listed.count == crossings.count)
        #expect(Set(crossing.map { "\($0.table).\($0.column)" }).subtracting(listed).sorted() == [], "没有说明的跨键引用")
        #expect(listed.subtracting(crossing.map { "\($0.table).\($0.column)" }).sorted() == [], "不是跨键引用，不必说明")
    }

    /// docs/scale.md prints the list; `MINZHENG_WRITE_DOCS=1` writes it anew.
    @Test("docs/scale.md 与此处一致")
    func documentAgrees() async throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../docs/scale.md").standardizedFileURL
        let text = try String(contentsOf: file, encoding: .utf8), marks = ("<!-- distribution: begin -->\n", "<!-- distribution: end -->")
        let begin = try #require(text.range(of: marks.0)), end = try #require(text.range(of: marks.1))
        let expected = Self.markdown(try await Self.schema())
        if ProcessInfo.processInfo.environment["MINZHENG_WRITE_DOCS"] == "1" {
            try text.replacingCharacters(in: begin.upperBound ..< end.lowerBound, with: expected).write(to: file, atomically: true, encoding: .utf8)
        } else {
            #expect(String(text[begin.upperBound ..< end.lowerBound]) == expected, "请以 MINZHENG_WRITE_DOCS=1 运行本测试，重写 docs/scale.md 的表")
        }
    }
}

// MARK: The rules

extension DistributionTests {
    /// Why the columns stay unique; nil when nothing says so.
    private static func guarantee(of columns: [String], in entry: Distribution) -> String? {
        if let column = entry.column, columns.contains(column) { return "holds the key" }
        if let stated = entry.elsewhere[columns] { return stated.rawValue }
        return columns == ["id"] ? Guarantee.born.rawValue : nil
    }

    /// A row and what it refers to may lie on different nodes. Within a county they don't, by whichever column they refer.
    private static func crosses(_ reference: StoredSchema.Reference) -> Bool {
        guard let entry = byTable[reference.table], let own = key(reference.table), let target = key(reference.target), target != .reference else { return false }
        if own == .region, target == .region { return false }
        return own != target || reference.column != entry.column
    }

    private static func markdown(_ schema: StoredSchema) -> String {
        let rows = distribution.map { entry -> String in
            let key = Self.key(entry.table) ?? .reference
            let path = entry.parent.map { "with `\($0)`, `\(entry.column ?? "")`" } ?? entry.column.map { "`\($0)`" } ?? "—"
            let unique = (schema.unique[entry.table] ?? []).map { columns in
                "(\(columns.joined(separator: ", "))): \(key == .reference ? "checked whole" : guarantee(of: columns, in: entry) ?? "?")"
            }
            return "| `\(entry.table)` | \(key.rawValue) | \(path) | \(unique.isEmpty ? "—" : unique.joined(separator: "; ")) |\n"
        }
        let references = crossings.map { "| `\($0.table).\($0.column)` | \($0.why) |\n" }
        return "| table | key | laid by | unique, and why it stays so |\n|---|---|---|---|\n" + rows.joined()
            + "\n| reference between keys | what holds it on Citus |\n|---|---|\n" + references.joined()
    }
}
