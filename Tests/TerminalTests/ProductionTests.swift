import Testing
import Values
@testable import Terminal

@Suite("生产条件")
struct ProductionTests {
    typealias Standby = ReplicationFacts.Standby

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var settings: [String: String] = [:]
        var standbys = [Standby(name: "a", state: "streaming", rank: "quorum"), Standby(name: "b", state: "streaming", rank: "quorum")]
        var isInRecovery = false
        var isAccepted = false
        /// Nil: opens and is sound; otherwise part of what is told.
        var warns: String?
        var refuses: String?

        init(_ name: String, _ settings: [String: String] = [:], standbys: [Standby]? = nil, isInRecovery: Bool = false, isAccepted: Bool = false,
             warns: String? = nil, refuses: String? = nil) {
            (testDescription, self.settings, self.isInRecovery, self.isAccepted, self.warns, self.refuses) = (name, settings, isInRecovery, isAccepted, warns, refuses)
            if let standbys { self.standbys = standbys }
        }

        var facts: ReplicationFacts {
            let sound = ["synchronous_standby_names": "ANY 1 (a, b)", "synchronous_commit": "on", "fsync": "on", "full_page_writes": "on"]
            return ReplicationFacts(settings: sound.merging(settings) { $1 }, isInRecovery: isInRecovery, standbys: standbys)
        }
    }

    private static let noNames = ["synchronous_standby_names": ""]

    @Test("开不开门，怎么说", arguments: [
        Case("两台同步备库"),
        Case("等到备库重放", ["synchronous_commit": "remote_apply"]),
        Case("按次序的同步备库", standbys: [.init(name: "a", state: "streaming", rank: "sync"), .init(name: "b", state: "streaming", rank: "potential")]),

        Case("fsync 关着", ["fsync": "off"], refuses: "ALTER SYSTEM SET fsync = on"),
        Case("fsync 关着，写明也不行", ["fsync": "off"], isAccepted: true, refuses: "fsync"),
        Case("整页写关着", ["full_page_writes": "off"], refuses: "full_page_writes"),
        Case("没有读到", ["fsync": ""], refuses: "fsync"),
        Case("本机都不等", ["synchronous_commit": "off"], isAccepted: true, refuses: "synchronous_commit"),
        Case("连到备库", isInRecovery: true, isAccepted: true, refuses: "target_session_attrs=read-write"),

        Case("没有同步备库", noNames, refuses: "synchronous_standby_names"),
        Case("没有同步备库，只有空白", ["synchronous_standby_names": " "], refuses: "synchronous_standby_names"),
        Case("没有同步备库，话没写", noNames, refuses: "allow-asynchronous-replication"),
        Case("没有同步备库，写明了", noNames, isAccepted: true, warns: Configuration.consent),
        Case("只等本机", ["synchronous_commit": "local"], refuses: "local"),
        Case("只等备库收到", ["synchronous_commit": "remote_write"], refuses: "还没有落盘"),

        Case("备库都没连", standbys: [], warns: "没有备库连着"),
        Case("看不到状态", standbys: [.init(name: "", state: nil, rank: nil)], warns: "GRANT pg_monitor"),
        Case("名字对不上", standbys: [.init(name: "walreceiver", state: "streaming", rank: "async")], warns: "walreceiver"),
        Case("还在追赶", standbys: [.init(name: "a", state: "catchup", rank: "quorum"), .init(name: "b", state: "backup", rank: "quorum")], warns: "追赶"),
        Case("只剩一台", standbys: [.init(name: "a", state: "streaming", rank: "quorum")], warns: "只有一台"),
    ])
    func verdicts(_ c: Case) throws {
        let check = Check.replication(c.facts, isAccepted: c.isAccepted)
        if let told = c.refuses {
            let refusal = #expect(throws: Refusal.self) { try ProductionRule.verdict(c.facts, isAccepted: c.isAccepted) }
            #expect(refusal?.message.contains(told) == true, "\(refusal?.message ?? "")")
            #expect(check.state == .fault)
        } else {
            _ = try ProductionRule.verdict(c.facts, isAccepted: c.isAccepted)
            #expect(check.state == (c.warns == nil ? .sound : .warning), "\(check.text)")
            #expect(check.text.contains(c.warns ?? "提交等备库落盘"))
        }
    }
}
