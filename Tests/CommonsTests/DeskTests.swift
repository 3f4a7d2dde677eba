@testable import Commons
import Kernel
import Storage
import TestSupport
import Testing
import Values

/// The desk: tasks by the clock, everything found by one box, the journal page by page.
@Suite struct DeskTests {
    private func open(_ office: Office, _ what: String, within days: Int?, region: RegionCode = township, as actor: Actor = clerk) async throws -> String {
        var values = ["region": region.code, "what": what]
        values["within_days"] = days.map(String.init)
        return try await office.submit("errands.open-errand", values, as: actor).outcome.subject
    }

    private func tasks(_ office: Office, _ range: TaskRange = .all, as actor: Actor = clerk) async throws -> [String] {
        try await office.counter.read(as: actor) { try $0.tasks(range, limit: 50).map(\.file.title) }
    }

    @Test("待办按时限排，不按先来后到；没有时限的在最后；轮不到我的、外区的、办结的不列")
    func tasksAreSortedByTheClock() async throws {
        let office = try await Office()
        _ = try await open(office, "没有时限", within: nil)
        _ = try await open(office, "十天", within: 10)
        _ = try await open(office, "两天", within: 2)
        let done = try await open(office, "已办理", within: 1)
        _ = try await open(office, "外乡的", within: 1, region: nextTownship, as: neighbour)
        try await office.submit("errands.drop-errand", ["errand": open(office, "撤回的", within: 1)])
        try await office.submit("errands.do-errand", ["errand": done])
        #expect(try await tasks(office) == ["两天", "十天", "没有时限"])
        #expect(try await tasks(office, as: neighbour) == ["外乡的"])
        #expect(try await tasks(office, as: reviewer) == ["已办理"])
        #expect(try await tasks(office, as: auditor).isEmpty)
    }

    @Test("到期前一天、当天、后一天", arguments: [
        (day(2024, 6, 21), 0, 0, "还有 1 个工作日"), (day(2024, 6, 24), 1, 0, "今天"), (day(2024, 6, 25), 0, 1, "超期 1 天"),
    ])
    func theClockIsReadAloud(_ today: CivilDate, _ due: Int, _ late: Int, _ words: String) async throws {
        let office = try await Office(on: day(2024, 6, 20))
        _ = try await open(office, "两天", within: 2)
        office.clock.set(today)
        let counts = try await office.counter.read(as: clerk) { try $0.taskCounts() }
        #expect(counts == TaskCounts(today: due, late: late, all: 1))
        #expect(try await office.page("desk", "workbench").text.contains(words))
        #expect(try await tasks(office, .today).count == due)
        #expect(try await tasks(office, .late).count == late)
    }

    @Test("没有公布工作日历的年份：标明暂定")
    func anUnpublishedYearIsProvisional() async throws {
        let office = try await Office(on: day(2090, 1, 4))
        _ = try await open(office, "远期", within: 2)
        #expect(try await office.page("desk", "workbench").text.contains("暂定"))
    }

    @Test("五十件一页，下一页接着，不漏不重")
    func tasksArePaged() async throws {
        let office = try await Office()
        for count in 1 ... 52 { _ = try await open(office, "第\(count)件", within: count.isMultiple(of: 3) ? nil : 1 + count % 5) }
        let (first, rest) = try await office.counter.read(as: clerk) { reader in
            let first = try reader.tasks(.all, limit: 50)
            return (first.map(\.file.id), try reader.tasks(.all, after: try #require(first.last).cursor, limit: 50).map(\.file.id))
        }
        #expect(first.count == 50 && rest.count == 2 && Set(first + rest).count == 52)
        #expect(try await office.page("desk", "workbench").text.contains("after="))
        #expect(try await office.refusal { _ = try await office.page("desk", "workbench", [:], ["after": "乱写"]) } == .invalid)
    }

    // The embedded engine tells its plan whatever the tables hold; the cluster decides by their size.
    @Test("待办用索引查，不整表翻", .enabled(if: TestDatabase.cluster == nil))
    func tasksReadTheIndexes() async throws {
        let office = try await Office()
        let plan = try await office.counter.read(as: clerk) { reader in
            let tasks = try #require(reader.openTasks())
            return try reader.connection.all("EXPLAIN QUERY PLAN SELECT id, due_on FROM \(tasks)") { try $0.read(3) as String }
        }.joined(separator: "\n")
        #expect(plan.contains("case_file_open") && plan.contains("case_clock_by_case"), "\(plan)")
    }

    @Test("空的工作台说出这里会有什么；昨天以来的变化按天列")
    func anEmptyWorkbenchSaysWhatWillAppear() async throws {
        let office = try await Office()
        let empty = try await office.page("desk", "workbench")
        #expect(empty.text.contains("现在没有等您办的件") && empty.text.contains("昨天以来没有变化"))
        _ = try await open(office, "两天", within: 2)
        office.clock.set(day(2024, 6, 21))
        #expect(try await office.page("desk", "workbench").text.contains("昨天"))
        office.clock.set(day(2024, 6, 22))
        #expect(try await office.page("desk", "workbench").text.contains("昨天以来没有变化"))
    }

    @Test("搜索：人、件号、日志编号；外区的不列；空的说怎么搜")
    func oneBoxFindsEverything() async throws {
        let office = try await Office()
        _ = try await office.register("测试张三丰", number(born: 1950))
        let receipt = try await office.submit("errands.open-errand", ["region": township.code, "what": "买米"])
        func found(_ text: String, as actor: Actor = clerk) async throws -> String { try await office.page("desk", "search", [:], ["q": text], as: actor).text }
        #expect(try await found("三丰").contains("/people/persons/"))
        #expect(try await found("三丰").contains("找到 1 条"))
        #expect(try await found("pt2024-000001").contains("/errands/errands/\(receipt.outcome.subject)"))
        #expect(try await found(receipt.act.text).contains("/desk/receipt/\(receipt.act.text)"))
        #expect(try await found("pt2024-000001", as: neighbour).contains("没有找到"))
        #expect(try await found("三丰", as: security).contains("没有找到"))
        #expect(try await found("<script>").contains("没有找到「&lt;script&gt;」"))
        #expect(try await found("").contains("想找什么"))
    }

    @Test("回执：发生了什么、编号、下一步；外区的不给看")
    func receiptsTellTheNextStep() async throws {
        let office = try await Office()
        let receipt = try await office.submit("errands.open-errand", ["region": township.code, "what": "买米", "within_days": "2"])
        let page = try await office.page("desk", "receipt/{act}", ["act": receipt.act.text])
        #expect(page.text.contains("PT2024-000001") && page.text.contains("等待办理") && page.text.contains("6月24日（周一）"))
        #expect(try await office.refusal { _ = try await office.page("desk", "receipt/{act}", ["act": receipt.act.text], as: neighbour) } == .forbidden)
        #expect(try await office.refusal { _ = try await office.page("desk", "receipt/{act}", ["act": "乱写"]) } == .absent)
    }

    @Test("日志按键翻页：新的在前，翻下去不漏不重，翻回来一样", arguments: [1, 3, 7])
    func theJournalIsPaged(_ limit: Int) async throws {
        let office = try await Office()
        for count in 1 ... 7 { _ = try await open(office, "第\(count)件", within: 1) }
        try await office.counter.read(as: auditor) { reader in
            var query = JournalQuery(), pages: [[JournalLine]] = []
            while true {
                let window = JournalWindow(try reader.journal(query, limit: limit + 1), query, limit: limit)
                pages.append(window.lines)
                guard let older = window.older else { break }
                query.older = older
            }
            let seen = pages.flatMap { $0 }
            #expect(seen.count == 7 && seen.map(\.at) == seen.map(\.at).sorted(by: >))
            guard pages.count > 1, let newer = pages.last?.first?.cursor else { return }
            let back = JournalQuery(newer: newer), window = JournalWindow(try reader.journal(back, limit: limit + 1), back, limit: limit)
            #expect(window.lines == pages[pages.count - 2])
        }
    }

    @Test("日志筛选：人、事项、对象、区域、日期；封条在上面；坏的筛选说在旁边")
    func theJournalIsFiltered() async throws {
        let office = try await Office()
        let first = try await open(office, "买米", within: 1)
        _ = try await open(office, "外乡的", within: 1, region: nextTownship, as: neighbour)
        office.clock.set(day(2024, 6, 21))
        try await office.submit("errands.do-errand", ["errand": first])
        func count(_ query: JournalQuery, as actor: Actor = auditor) async throws -> Int { try await office.counter.read(as: actor) { try $0.journal(query, limit: 50).count } }
        #expect(try await count(JournalQuery()) == 3)
        #expect(try await count(JournalQuery(), as: clerk) == 2)
        #expect(try await count(JournalQuery(who: "谁也不是")) == 0)
        #expect(try await count(JournalQuery(action: "errands.do-errand")) == 1)
        #expect(try await count(JournalQuery(subject: "PT2024-000001")) == 2)
        #expect(try await count(JournalQuery(region: nextTownship)) == 1)
        #expect(try await count(JournalQuery(day: day(2024, 6, 20))) == 2)
        #expect(try await count(JournalQuery(day: day(2024, 6, 19))) == 0)
        try await Sealer(database: office.database, clock: office.clock).sealWaiting()
        let page = try await office.page("desk", "journal", [:], ["day": "昨天"], as: auditor)
        #expect(page.text.contains("第 1 块") && page.text.contains("aria-invalid"))
    }

    @Test("日志没人封存：过一刻钟提醒，封存后不提醒")
    func anUnsealedTailWarns() async throws {
        let office = try await Office()
        _ = try await open(office, "买米", within: 1)
        #expect(try await !office.page("desk", "workbench", as: auditor).text.contains("尚未封存"))
        office.clock.set(day(2024, 6, 21))
        #expect(try await office.page("desk", "workbench", as: auditor).text.contains("1 条尚未封存"))
        #expect(try await !office.page("desk", "workbench", as: clerk).text.contains("尚未封存"))
        try await Sealer(database: office.database, clock: office.clock).sealWaiting()
        #expect(try await !office.page("desk", "workbench", as: auditor).text.contains("尚未封存"))
    }

    @Test("没办成的任务提醒管它的人")
    func failedJobsWarn() async throws {
        let office = try await Office()
        let now = office.clock.now(), id: ID<Job> = .make(at: now)
        try await office.database.write { connection -> Void in
            try connection.run("""
                INSERT INTO job (id, kind, title, input, state, done, failed, message, created_by, created_at, finished_at)
                VALUES (\(id), 'recompute', '重新核算', '', 'failed', 3, 1, '第四户没有标准', 'x', \(now), \(now))
                """)
        }
        #expect(try await office.page("desk", "workbench", as: leader).text.contains("第四户没有标准"))
        #expect(try await office.page("desk", "jobs", as: leader).text.contains("重新核算"))
        #expect(try await !office.page("desk", "workbench", as: clerk).text.contains("第四户没有标准"))
    }
}
