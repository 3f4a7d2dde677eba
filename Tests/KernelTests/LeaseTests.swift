import Kernel
import Storage
import Synchronization
import TestSupport
import Testing
import Values

/// Several nodes share the work behind the acts: each piece is done once, by one at a time, and what a dead node held is taken over.
@Suite struct LeaseTests {
    /// What a job of the tests did, in order, and how many of its slices ran at the same time.
    final class Diary: Sendable {
        struct Fault: Error {}
        private let state = Mutex((lines: [String](), inside: [String: Int](), crowd: 0, faults: 0))

        var lines: [String] { state.withLock { $0.lines } }
        /// The most slices of one job at a time.
        var crowd: Int { state.withLock { $0.crowd } }

        func fail(_ times: Int) { state.withLock { $0.faults = times } }

        func enter(_ job: Job) {
            state.withLock { state in
                state.inside[job.title, default: 0] += 1
                state.crowd = max(state.crowd, state.inside[job.title] ?? 0)
            }
        }

        func leave(_ job: Job, at step: Int) throws {
            try state.withLock { state in
                state.inside[job.title, default: 0] -= 1
                state.lines.append("\(job.title)\(step)")
                guard state.faults > 0 else { return }
                state.faults -= 1
                throw Fault()
            }
        }
    }

    /// Two nodes over one database file, and a job that lends a toy in each slice.
    struct Nodes {
        let databases: [any Database]
        let counters: [Counter]
        let clock: VirtualClock
        let diary = Diary()

        init(_ count: Int = 2) async throws {
            let office = try await ToyOffice()
            let diary = diary, keyring = office.counter.house.keyring
            clock = office.clock
            let chores = Line("chores", "杂务", jobs: [JobKind("lend", "借出") { job, counter in
                let step = Int(job.cursor ?? "0") ?? 0
                diary.enter(job)
                let act: ID<JournalEntry> = job.id.derived(by: "\(step)")
                let values: RawFields = ["region": .typed("000181001"), "borrower": .typed("借者")]
                _ = try await counter.submit(Submission("toys.lend-toy", id: act, values: values), as: clerk)
                await Task.yield()
                try diary.leave(job, at: step)
                return JobProgress(done: step + 1, cursor: String(step + 1), isFinished: step + 1 == Int(job.input))
            }])
            databases = try await TestDatabase.twins(count)
            let house = House(lines: [toys, chores], keyring: keyring), clock = clock
            counters = databases.map { Counter(database: $0, house: house, clock: clock) }
            try await databases[0].migrate(house.migrations)
            let first = counters[0]
            try await office.seed(loanDays.ships(14, in: .country, from: day(2020, 1, 1), cite: "玩具借还办法第三条"), at: first)
        }

        func add(_ title: String, slices: Int) async throws {
            let id = ID<Job>.make(at: clock.now()), now = clock.now()
            try await databases[0].write { connection in
                try connection.run("""
                    INSERT INTO job (id, kind, title, input, state, done, failed, created_by, created_at)
                    VALUES (\(id), 'lend', \(title), \(String(slices)), 'waiting', 0, 0, \(clerk.user), \(now))
                    """)
            }
        }

        func count(_ statement: Statement) async throws -> Int { try await databases[0].read { try $0.value(statement) ?? -1 } }

        /// Every node runs slices until there is nothing to do.
        func work() async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for counter in counters { group.addTask { while try await JobRunner(counter).runSlice() {} } }
                try await group.waitForAll()
            }
        }
    }

    @Test("四个节点抢着办：每一段只办一次，一个任务同时只有一个节点在办")
    func racing() async throws {
        let nodes = try await Nodes(4)
        for title in ["甲", "乙", "丙"] { try await nodes.add(title, slices: 10) }
        try await nodes.work()
        // A node that found nothing free left early; the rest is done by whoever comes again.
        try await nodes.work()
        #expect(nodes.diary.crowd == 1)
        #expect(nodes.diary.lines.sorted() == ["甲", "乙", "丙"].flatMap { title in (0 ..< 10).map { "\(title)\($0)" } }.sorted())
        #expect(try await nodes.count("SELECT count(*) FROM loan") == 30)
        #expect(try await nodes.count("SELECT count(*) FROM job WHERE state = 'finished' AND holder IS NULL") == 3)
    }

    @Test("轮流办：长任务不挡短任务")
    func fairness() async throws {
        let nodes = try await Nodes(1)
        for title in ["甲", "乙"] { try await nodes.add(title, slices: 3) }
        try await nodes.work()
        #expect(nodes.diary.lines == ["甲0", "乙0", "甲1", "乙1", "甲2", "乙2"])
    }

    @Test("持有的节点死了：租约没到期谁也不动，到期由另一个接着办，已办的不重办", arguments: [(59.0, false), (61.0, true)])
    func holderDies(_ seconds: Double, _ isTaken: Bool) async throws {
        let nodes = try await Nodes(), runner = JobRunner(nodes.counters[1])
        try await nodes.add("甲", slices: 1)
        // It did the slice and died before it could say so.
        nodes.diary.fail(1)
        await #expect(throws: Diary.Fault.self) { try await JobRunner(nodes.counters[0]).runSlice() }
        let taken = nodes.clock.now().adding(seconds: 60 - seconds)
        try await nodes.databases[0].write { try $0.run("UPDATE job SET holder = '死了的', held_until = \(taken)") }
        #expect(try await runner.runSlice() == isTaken)
        #expect(nodes.diary.lines == (isTaken ? ["甲0", "甲0"] : ["甲0"]))
        #expect(try await nodes.count("SELECT count(*) FROM loan") == 1)
        #expect(try await nodes.count("SELECT count(*) FROM job WHERE state = 'finished'") == (isTaken ? 1 : 0))
    }

    @Test("时钟错得离谱的租约不算数")
    func strangeClock() async throws {
        let nodes = try await Nodes(1)
        try await nodes.add("甲", slices: 1)
        try await nodes.databases[0].write { try $0.run("UPDATE job SET holder = '别年的', held_until = '2031-01-01T00:00:00.000Z'") }
        #expect(try await JobRunner(nodes.counters[0]).runSlice())
    }

    @Test("出错的任务歇一会儿再试，别的照办；再试时不重办")
    func faultsArePutOff() async throws {
        let nodes = try await Nodes(1), runner = JobRunner(nodes.counters[0])
        try await nodes.add("甲", slices: 1)
        nodes.diary.fail(1)
        await #expect(throws: Diary.Fault.self) { try await runner.runSlice() }
        try await nodes.add("乙", slices: 1)
        while try await runner.runSlice() {}
        #expect(nodes.diary.lines == ["甲0", "乙0"])
        nodes.clock.set(day(2024, 6, 21))
        #expect(try await runner.runSlice())
        #expect(nodes.diary.lines == ["甲0", "乙0", "甲0"])
        #expect(try await nodes.count("SELECT count(*) FROM loan") == 2)
        #expect(try await nodes.count("SELECT count(*) FROM job WHERE faults IS NULL AND state = 'finished'") == 2)
    }

    @Test("租约被别人接过去了：原来的说什么都不算")
    func lostLease() async throws {
        let nodes = try await Nodes(1), counter = nodes.counters[0]
        try await nodes.add("甲", slices: 2)
        let thief = Line("thief", "接手", jobs: [JobKind("lend", "借出") { job, counter in
            try await counter.database.write { try $0.run("UPDATE job SET holder = '接手的' WHERE id = \(job.id)") }
            return JobProgress(done: 9, isFinished: true)
        }])
        let house = House(lines: [toys, thief], keyring: counter.house.keyring)
        #expect(try await JobRunner(Counter(database: counter.database, house: house, clock: nodes.clock)).runSlice())
        #expect(try await nodes.count("SELECT count(*) FROM job WHERE holder = '接手的' AND done = 0 AND finished_at IS NULL") == 1)
    }
}
