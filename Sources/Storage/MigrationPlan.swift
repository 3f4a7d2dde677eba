import Values

/// 迁移计划。Which migrations a database still needs, or why it cannot take them.
struct MigrationPlan {
    struct Key: Hashable, Sendable {
        let owner: String
        let number: Int
    }

    let pending: [Migration]

    /// - Throws: `Refusal` of kind conflict if the database is newer than the program; `StorageError.other` if the list
    ///   itself is out of order, or would insert a number below one that has run.
    init(_ migrations: [Migration], applied: Set<Key>) throws {
        try Self.checkOrder(of: migrations)
        try Self.checkKnown(applied, to: migrations)
        pending = MigrationOrder.ordered(migrations).filter { !applied.contains($0.key) }
        let highest = Dictionary(applied.map { ($0.owner, $0.number) }, uniquingKeysWith: max)
        for migration in pending {
            guard let last = highest[migration.owner], migration.number < last else { continue }
            throw StorageError.other("迁移 \(migration.owner) \(migration.number) 排在已执行的 \(last) 之前，应另取新号")
        }
    }

    private static func checkOrder(of migrations: [Migration]) throws {
        var last: [String: Int] = [:]
        for migration in migrations {
            if let before = last[migration.owner], before >= migration.number {
                throw StorageError.other("迁移编号须递增：\(migration.owner) 的 \(migration.number) 排在 \(before) 之后")
            }
            last[migration.owner] = migration.number
        }
    }

    private static func checkKnown(_ applied: Set<Key>, to migrations: [Migration]) throws {
        let strange = applied.subtracting(migrations.map(\.key)).map { "\($0.owner) \($0.number)" }.sorted()
        guard !strange.isEmpty else { return }
        throw Refusal(.conflict, "数据库比程序新，含有本程序不认识的迁移（\(strange.joined(separator: "、"))）。"
            + "请改用升级后的程序，或恢复升级前的备份。")
    }
}

extension Migration {
    var key: MigrationPlan.Key { .init(owner: owner, number: number) }
}
