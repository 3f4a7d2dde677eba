@testable import Kernel
import Storage
import Testing
import Values

/// 柜台的几道防线：来自将来的编号、堆积的草稿、遮盖、写不进的查阅记录。
@Suite struct SafeguardTests {
    @Test("提交编号不能来自将来：快五分钟以内的收，再快的不收", arguments: [(299.0, true), (301.0, false), (86_400.0, false), (-86_400.0, true)])
    func idsOfTheFutureAreRefused(_ ahead: Double, _ passes: Bool) async throws {
        let office = try await ToyOffice()
        let id = ID<JournalEntry>.make(at: office.clock.now().adding(seconds: ahead))
        do {
            _ = try await office.lend("甲", id: id)
            #expect(passes)
        } catch let refusal as Refusal { #expect(!passes && refusal.kind == .invalid) }
    }

    @Test("草稿每人最多一百份，满了还能改旧的；太长的不收")
    func draftsAreCapped() async throws {
        let office = try await ToyOffice(), drafts = Drafts(office.counter), values: RawFields = ["borrower": .typed("甲")]
        for number in 1 ... Drafts.draftsAtMost { try await drafts.save(values, of: "toys.lend-toy", subject: "\(number)", by: clerk) }
        try await drafts.save(values, of: "toys.lend-toy", subject: "1", by: clerk)
        await #expect(throws: Refusal.self) { try await drafts.save(values, of: "toys.lend-toy", subject: "101", by: clerk) }
        try await drafts.save(values, of: "toys.lend-toy", subject: "101", by: otherClerk)
        let long: RawFields = ["borrower": .typed(String(repeating: "长", count: 400_000))]
        await #expect(throws: Refusal.self) { try await drafts.save(long, of: "toys.lend-toy", subject: "2", by: otherClerk) }
    }

    @Test("遮盖：系统管理员、安全管理员和来访群众什么也看不到；局领导和审计只看遮盖的；没有人一看就是原文", arguments: Role.allCases)
    func masksAreDeclaredOnce(_ role: Role) {
        for identifier in Identifier.allCases {
            let masking = FieldMask.masking(of: identifier, for: role)
            switch role {
            case .visitor, .systemAdministrator, .securityAdministrator: #expect(masking == .hidden)
            case .auditor, .leader, .policyOfficer, .placeNameOfficer: #expect(masking == .masked)
            default: #expect(masking != .hidden)
            }
            #expect(FieldMask.mayReveal(identifier, role) == (masking == .mayReveal))
        }
    }

    @Test("查阅记录写不进时不丢：留着再写，写进以后记下推迟过")
    func notesWaitForTheDatabase() async throws {
        let office = try await ToyOffice(), log = office.counter.access, note = AccessNote(.list, "toys.loans", rows: 3)
        try await office.database.write { try $0.run("ALTER TABLE access_record RENAME TO elsewhere") }
        await #expect(throws: (any Error).self) { try await log.write(note, by: clerk, at: office.clock.now()) }
        await #expect(throws: (any Error).self) { try await log.flush() }
        try await office.database.write { try $0.run("ALTER TABLE elsewhere RENAME TO access_record") }
        try await log.flush()
        #expect(try await office.count("access_record") == 1)
        let told: String? = try await office.database.read { try $0.value("SELECT value FROM mark WHERE name = \(AccessLog.delayMark)") }
        #expect(told?.contains(" 1 ") == true)
    }
}
