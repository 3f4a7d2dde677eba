import Kernel
import Storage
import Values

/// What a look at the installation finds.
extension Office {
    func checks() async throws -> [Check] {
        var checks = try [settingsCheck(), folderCheck(), roomCheck(), keyCheck()]
        checks.append(try await durabilityCheck())
        if configuration.database != nil {
            let facts = try await database.read { try ReplicationFacts($0) }
            checks.append(.replication(facts, isAccepted: configuration.allowsAsynchronousReplication))
        }
        let migrations = try await migrationCheck()
        checks.append(migrations)
        guard migrations.state == .sound else { return checks }
        checks += [try await integrityCheck(), try await attachmentCheck(), try await sealedCheck(), try await backupCheck(), calendarCheck(),
                   try await journalCheck(), try await nodeCheck(), try await clockCheck(),
                   try await accessCheck(), try await readingCheck(), try await jobCheck(), try await outboxCheck(), try await demoCheck()]
        return checks + (try await policyChecks()) + (try await standardChecks())
    }

    private func folderCheck() throws -> Check {
        let path = configuration.data, mode = try DataFolder(path).mode(of: path) ?? 0
        guard mode & 0o077 == 0 else { return Check("数据目录", .warning, "\(path) 对其他用户开放，请执行 chmod 700 \(path)") }
        return Check("数据目录", .sound, path)
    }

    private func keyCheck() throws -> Check {
        let file = DataFolder(configuration.data).keys
        guard let mode = try DataFolder(configuration.data).mode(of: file) else { return Check("密钥文件", .fault, "找不到 \(file)，请放回备份") }
        guard mode & 0o077 == 0 else { return Check("密钥文件", .fault, "\(file) 对其他用户开放，请执行 chmod 600 \(file)") }
        return Check("密钥文件", .sound, "只有本用户可读，现用密钥 \(house.keyring.currentKey)")
    }

    /// Opening already refused anything but FULL; here it is shown.
    private func durabilityCheck() async throws -> Check {
        let health = try await database.health()
        return Check("数据库", .sound, health.map { "\($0.name) \($0.value)" }.joined(separator: "，"))
    }

    /// Reads the whole file: broken pages, indexes that disagree, rows that refer to none.
    private func integrityCheck() async throws -> Check {
        let faults = try await database.integrityCheck()
        guard let first = faults.first else { return Check("数据完整", .sound, "逐页核对，没有发现损坏") }
        return Check("数据完整", .fault, "发现 \(faults.count) 处损坏，第一处：\(first)。请停止使用，先复制整个数据目录，再用最近的备份恢复")
    }

    private func calendarCheck() -> Check {
        let today = counter.clock.now().date, last = house.calendar.lastPublishedYear
        guard today.year <= last else { return Check("工作日历", .warning, "\(today.year) 年的放假安排还没有收录，期限按暂定计算；请升级程序") }
        guard today.month < 12 || today.year < last else { return Check("工作日历", .warning, "\(today.year + 1) 年的放假安排还没有收录，跨年期限为暂定") }
        return Check("工作日历", .sound, "已收录至 \(last) 年")
    }

    private func demoCheck() async throws -> Check {
        guard let seed = try await demoMark() else { return Check("示范数据", .sound, "不是示范数据") }
        return Check("示范数据", .sound, "是，种子 \(seed)；请勿录入真实信息")
    }

    /// A gap stops no start, so it is a warning: the act that needs the ruling will refuse.
    private func policyChecks() async throws -> [Check] {
        let today = counter.clock.now().date
        var checks: [Check] = []
        for region in try await homeRegions() {
            let required = house.policies.filter { !$0.mayBeSilent }
            let lines = try await policyLines(required, on: today, in: region)
            let gaps = required.compactMap { policy in Self.gap(policy.title, lines.filter { $0.policy == policy.name && $0.value == nil }) }
            checks += gaps.map { Check("规则", .warning, "区域 \(region.shown) 今天没有已发布的\($0)") }
            if gaps.isEmpty { checks.append(Check("规则", .sound, "区域 \(region.shown) 今天没有空缺")) }
        }
        return checks
    }

    /// 「最低生活保障标准」（农村）; nil when nothing is missing.
    private static func gap(_ title: String, _ missing: [PolicyLine]) -> String? {
        guard !missing.isEmpty else { return nil }
        let variants = missing.map(\.variant).filter { !$0.isEmpty }
        return "「\(title)」" + (variants.isEmpty ? "" : "（\(variants.joined(separator: "、"))）")
    }
}

// MARK: What the tables say

extension Office {
    /// Owner and number of every migration the database has had.
    func appliedMigrations() async throws -> Set<String> {
        try await database.read { connection in
            let hasTable = try connection.knows("schema_migration")
            guard hasTable else { return [] }
            return Set(try connection.all("SELECT owner, number FROM schema_migration") { "\(try $0.read(0) as String) \(try $0.read(1) as Int)" })
        }
    }

    private func migrationCheck() async throws -> Check {
        let applied = try await appliedMigrations(), known = Set(house.migrations.map { "\($0.owner) \($0.number)" })
        let strange = applied.subtracting(known).sorted(), pending = known.subtracting(applied).sorted()
        guard strange.isEmpty else { return Check("数据库版本", .fault, "数据库比程序新（\(strange.joined(separator: "、"))），请改用升级后的程序") }
        guard pending.isEmpty else { return Check("数据库版本", .fault, "还有 \(pending.count) 步未升级（\(pending.joined(separator: "、"))），请运行 minzheng migrate") }
        return Check("数据库版本", .sound, "共 \(applied.count) 步，已是最新")
    }

    /// Sealing follows the acts within moments; what waited long says that nobody seals.
    private func journalCheck() async throws -> Check {
        let now = counter.clock.now()
        let (blocks, unsealed, oldest) = try await database.read { connection -> (Int, Int, Instant?) in
            let blocks: Int? = try connection.value("SELECT count(*) FROM journal_block")
            let unsealed: Int? = try connection.value("SELECT count(*) FROM journal WHERE block IS NULL")
            let oldest: Instant? = try connection.value("SELECT min(at) FROM journal WHERE block IS NULL")
            return (blocks ?? 0, unsealed ?? 0, oldest)
        }
        let text = "共 \(blocks) 块，待封存 \(unsealed) 条；完整校验请运行 minzheng verify journal"
        let isStale = oldest.map { $0.adding(seconds: 86_400) < now } ?? false
        return Check("日志", isStale ? .warning : .sound, isStale ? "有一天以上未封存的日志，请运行 minzheng serve。\(text)" : text)
    }

    private func jobCheck() async throws -> Check {
        let (open, failed, faulty) = try await database.read { connection -> (Int, Int, Int) in
            let open: Int? = try connection.value("SELECT count(*) FROM job WHERE finished_at IS NULL")
            let failed: Int? = try connection.value("SELECT count(*) FROM job WHERE state = 'failed'")
            let faulty: Int? = try connection.value("SELECT count(*) FROM job WHERE finished_at IS NULL AND faults >= 3")
            return (open ?? 0, failed ?? 0, faulty ?? 0)
        }
        let retried = faulty > 0 ? "；其中 \(faulty) 个反复出错、正在隔一会儿再试，原因见服务日志" : ""
        return Check("后台任务", failed + faulty > 0 ? .warning : .sound, "未完成 \(open) 个，失败 \(failed) 个\(retried)")
    }

    private func outboxCheck() async throws -> Check {
        let (waiting, given) = try await database.read { connection -> (Int, Int) in
            let waiting: Int? = try connection.value("SELECT count(*) FROM outbox WHERE sent_at IS NULL AND tries < 10")
            let given: Int? = try connection.value("SELECT count(*) FROM outbox WHERE sent_at IS NULL AND tries >= 10")
            return (waiting ?? 0, given ?? 0)
        }
        return Check("待发消息", given > 0 ? .warning : .sound, "等待 \(waiting) 条，多次未送达 \(given) 条")
    }
}
