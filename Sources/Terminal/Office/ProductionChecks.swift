import Storage
import Values

/// 复制的现状。What the database says about how safely a commit is kept, read on the connection the office works with.
struct ReplicationFacts: Hashable, Sendable {
    /// 备库。One row of `pg_stat_replication`; state and rank are nil for a role that may not see them.
    struct Standby: Hashable, Sendable {
        let name: String
        let state: String?
        /// `sync`, `quorum`, `potential` or `async`.
        let rank: String?
    }

    /// By name, as `current_setting` gives them.
    let settings: [String: String]
    let isInRecovery: Bool
    let standbys: [Standby]

    static let settingNames = ["synchronous_standby_names", "synchronous_commit", "fsync", "full_page_writes"]

    /// What another transaction or another role has set doesn't count: `current_setting` answers for this one.
    static let settingsQuery: Statement = """
        SELECT name, current_setting(name) FROM pg_settings WHERE name IN (\(settingNames.map { "\($0)" as Statement }.joined(", ")))
        """
    static let recoveryQuery: Statement = "SELECT CASE WHEN pg_is_in_recovery() THEN 1 ELSE 0 END"
    static let standbyQuery: Statement = "SELECT coalesce(application_name, ''), state, sync_state FROM pg_stat_replication ORDER BY 1"

    init(settings: [String: String], isInRecovery: Bool, standbys: [Standby]) {
        self.settings = settings
        self.isInRecovery = isInRecovery
        self.standbys = standbys
    }

    /// - Parameter connection: one to PostgreSQL.
    init(_ connection: any Connection) throws {
        let pairs = try connection.all(Self.settingsQuery) { (try $0.read(0) as String, Self.text($0[1])) }
        settings = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        isInRecovery = try connection.value(Self.recoveryQuery) == 1
        standbys = try connection.all(Self.standbyQuery) { row in
            Standby(name: Self.text(row[0]), state: row[1] == .null ? nil : Self.text(row[1]), rank: row[2] == .null ? nil : Self.text(row[2]))
        }
    }

    /// A setting may be empty, which a text read as a value may not.
    private static func text(_ value: StoredValue) -> String {
        if case .text(let text) = value { text } else { "" }
    }
}

/// 生产条件。Whether an office that decides and pays may open over this database.
///
/// An answer to a clerk must outlive the machine that gave it: a commit waits for a second one. Who runs without says so in words.
enum ProductionRule {
    /// Opens: what holds, or what to look at.
    enum Verdict: Hashable, Sendable {
        case sound(String)
        case warning(String)
    }

    /// - Parameter isAccepted: the administrator has taken the loss upon himself, in words (`Configuration.consent`).
    /// - Throws: `Refusal` saying what to change.
    static func verdict(_ facts: ReplicationFacts, isAccepted: Bool = false) throws(Refusal) -> Verdict {
        try requireWritable(facts)
        guard let lack = lack(facts) else { return witness(facts) }
        guard isAccepted else {
            throw .conflict(lack + "。\(remedy)；确实只用一台的，把设置 allow-asynchronous-replication 写成「\(Configuration.consent)」")
        }
        return .warning(lack + "。管理员已写明：\(Configuration.consent)")
    }

    private static let remedy = "请在主库执行 ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (a, b)'（a、b 是两台备库的 application_name），"
        + "保持 synchronous_commit = on，再 SELECT pg_reload_conf()"

    /// What no words excuse.
    private static func requireWritable(_ facts: ReplicationFacts) throws(Refusal) {
        guard !facts.isInRecovery else { throw .conflict("连到的是备库，不能办理。请在数据库地址里写全各台主机，并加 target_session_attrs=read-write") }
        for name in ["fsync", "full_page_writes"] where facts.settings[name] != "on" {
            throw .conflict("数据库的 \(name) 不是 on，断电会损坏数据。请执行 ALTER SYSTEM SET \(name) = on，再 SELECT pg_reload_conf()")
        }
        guard facts.settings["synchronous_commit"] != "off" else {
            throw .conflict("数据库的 synchronous_commit 是 off，断电会丢失已经办结的事项。请执行 ALTER SYSTEM SET synchronous_commit = on，再 SELECT pg_reload_conf()")
        }
    }

    /// Why a commit would stand on one machine alone; nil when it doesn't.
    private static func lack(_ facts: ReplicationFacts) -> String? {
        let names = facts.settings["synchronous_standby_names"] ?? "", commit = facts.settings["synchronous_commit"] ?? ""
        guard !names.allSatisfy(\.isWhitespace) else { return "数据库没有同步备库（synchronous_standby_names 为空），主库损坏会丢失已经办结的事项" }
        guard ["on", "remote_apply"].contains(commit) else { return "数据库的 synchronous_commit 是 \(commit)，办结时备库还没有落盘" }
        return nil
    }

    /// Acts wait while no synchronous standby is there; nothing is lost, so the office opens and says so.
    private static func witness(_ facts: ReplicationFacts) -> Verdict {
        let named = facts.standbys.map(\.name).joined(separator: "、")
        guard !facts.standbys.isEmpty else { return .warning("没有备库连着，办理会一直等到有同步备库为止。请检查备库") }
        guard facts.standbys.contains(where: { $0.rank != nil }) else { return .warning("看不到备库的状态。请在主库执行 GRANT pg_monitor TO 本系统的用户") }
        let synchronous = facts.standbys.filter { $0.rank == "sync" || $0.rank == "quorum" }
        guard !synchronous.isEmpty else { return .warning("备库 \(named) 都不是同步备库，办理会一直等。请核对备库的 application_name 与 synchronous_standby_names") }
        let streaming = synchronous.filter { $0.state == "streaming" }.map(\.name).joined(separator: "、")
        guard !streaming.isEmpty else { return .warning("同步备库 \(synchronous.map(\.name).joined(separator: "、")) 还在追赶，办理会等它跟上") }
        guard facts.standbys.count > 1 else { return .warning("只有一台备库 \(streaming)，它一停，办理就要等。请再接一台") }
        return .sound("同步备库 \(streaming)，提交等备库落盘")
    }
}

extension Check {
    /// The same for `doctor`: what refuses the start is a fault.
    static func replication(_ facts: ReplicationFacts, isAccepted: Bool = false) -> Check {
        do throws(Refusal) {
            switch try ProductionRule.verdict(facts, isAccepted: isAccepted) {
            case .sound(let text): return Check("同步复制", .sound, text)
            case .warning(let text): return Check("同步复制", .warning, text)
            }
        } catch { return Check("同步复制", .fault, error.message) }
    }
}
