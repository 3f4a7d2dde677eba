import Kernel
import Storage
import Values

extension Counter {
    /// Does an act on every subject, each by itself; more than `BulkAct.atOnce` are left to a job.
    ///
    /// Safe to repeat: what was done stays done, what waits is done now.
    /// - Throws: what is wrong with the whole: no such act, another role, values that can't be read.
    public func submit(all bulk: BulkAct, as actor: Actor) async throws -> BulkReport {
        let action = try require(bulk, actor), ledger = BulkLedger(counter: self)
        try await ledger.open(bulk, by: actor)
        guard bulk.subjects.count <= BulkAct.atOnce else {
            try await enqueue(bulk, action, by: actor)
            return try await ledger.report(bulk.id, of: actor)
        }
        let waiting = try await ledger.report(bulk.id, of: actor).results.filter { $0.state == .waiting }
        try await perform(waiting, of: bulk, action, as: actor)
        return try await ledger.report(bulk.id, of: actor)
    }

    /// The same to the end, however many: for those who can wait, like the command line.
    public func submitToTheEnd(all bulk: BulkAct, as actor: Actor) async throws -> BulkReport {
        let action = try require(bulk, actor), ledger = BulkLedger(counter: self)
        try await ledger.open(bulk, by: actor)
        var waiting = try await ledger.report(bulk.id, of: actor).results.filter { $0.state == .waiting }
        while !waiting.isEmpty {
            try await perform(Array(waiting.prefix(BulkAct.atOnce)), of: bulk, action, as: actor)
            waiting.removeFirst(min(BulkAct.atOnce, waiting.count))
        }
        return try await ledger.report(bulk.id, of: actor)
    }

    /// How far a bulk came, for whoever asked for it.
    public func report(ofBulk id: ID<JournalEntry>, as actor: Actor) async throws -> BulkReport {
        try await BulkLedger(counter: self).report(id, of: actor)
    }

    private func require(_ bulk: BulkAct, _ actor: Actor) throws -> AnyAction {
        let action = try house.action(bulk.permission)
        guard action.roles.contains(actor.role) else { throw Refusal.forbidden("您的岗位（\(actor.role.label)）不能办理「\(action.title)」，请转交给\(action.roles.labels)") }
        guard let shared = action.sharedOutline, let term = action.subjectTerm else { throw Refusal.invalid("「\(action.title)」要逐件填写，不能批量办理") }
        guard !bulk.subjects.isEmpty else { throw Refusal.invalid("还没有选中要办理的行，请先勾选") }
        guard bulk.subjects.count <= BulkAct.atMost else { throw Refusal.tooLarge("一次最多办理 \(BulkAct.atMost) 件，请缩小范围，分几次办理") }
        if let strange = bulk.subjects.firstIndex(where: { !$0.isWritable }) { throw Refusal.invalid("这不是编号，请核对").at(["subjects", String(strange)]) }
        guard Set(bulk.subjects.map(\.id)).count == bulk.subjects.count else { throw Refusal.invalid("同一件选了两次，请去掉重复的再办理") }
        let misfits = shared.misfits(in: bulk.values)
        guard misfits.isEmpty else { throw Refusal.faults(misfits) }
        let problems = try problems(bulk.permission, bulk.submission(for: bulk.subjects[0], term: term).values).filter { $0.path != [term] }
        guard problems.isEmpty else { throw Refusal.faults(problems) }
        return action
    }

    // MARK: One after another, many at a time

    /// So many stand at the counter at once: enough to fill a group commit, and never the whole queue.
    private static let abreast = 32

    fileprivate func perform(_ waiting: [BulkResult], of bulk: BulkAct, _ action: AnyAction, as actor: Actor) async throws {
        guard let term = action.subjectTerm else { return }
        let ledger = BulkLedger(counter: self)
        for start in stride(from: 0, to: waiting.count, by: Self.abreast) {
            let part = waiting[start ..< min(start + Self.abreast, waiting.count)]
            let (results, fault) = await withTaskGroup { group in
                for result in part { group.addTask { await done(result, bulk.submission(for: result.subject, term: term), as: actor) } }
                return await group.reduce(into: ([BulkResult](), (any Error)?.none)) { all, one in
                    all.0.append(one.0)
                    all.1 = all.1 ?? one.1
                }
            }
            try await ledger.keep(results, of: bulk.id)
            // Our own fault is told as such, after what was done has been written down.
            if let fault { throw fault }
        }
    }

    /// - Returns: what became of it, and our own fault, if it was one.
    private func done(_ result: BulkResult, _ submission: Submission, as actor: Actor) async -> (BulkResult, (any Error)?) {
        var result = result
        do {
            let receipt = try await patiently { try await submit(submission, as: actor) }
            (result.state, result.message, result.link) = (.done, receipt.outcome.message, receipt.outcome.link)
            return (result, nil)
        } catch let refusal as Refusal where refusal.kind != .busy {
            (result.state, result.message) = (.refused, refusal.sentence)
            return (result, nil)
        } catch {
            // Who was only too busy is asked again; a fault of ours isn't tried for ever.
            if !Self.isBusy(error) { (result.state, result.message) = (.refused, "系统这边出了问题，这件没有办成。请稍后再选这件办理；仍不行时请联系系统管理员") }
            return (result, error)
        }
    }

    /// Whoever is told to come again in a moment does, a few times.
    private func patiently<T: Sendable>(_ body: () async throws -> T) async throws -> T {
        for attempt in 1 ... 5 {
            do { return try await body() } catch where Self.isBusy(error) { try await Task.sleep(for: .milliseconds(100 * attempt)) }
        }
        return try await body()
    }

    private static func isBusy(_ error: any Error) -> Bool {
        switch error {
        case let refusal as Refusal: refusal.kind == .busy
        case StorageError.busy, StorageError.serialization: true
        default: false
        }
    }
}

extension Refusal {
    /// The message, and what is wrong at which field.
    var sentence: String {
        problems.isEmpty || problems.count == 1 && problems[0].message == message ? description : ([message] + problems.map(\.message)).joined(separator: "；")
    }
}

// MARK: As a job

extension Counter {
    fileprivate func enqueue(_ bulk: BulkAct, _ action: AnyAction, by actor: Actor) async throws {
        let now = clock.now(), title = "批量\(action.title)（\(bulk.subjects.count) 件）", job: ID<Job> = bulk.id.derived(by: "job")
        try await database.write { connection in
            try connection.run("""
                INSERT INTO job (id, kind, title, input, state, total, done, failed, created_by, created_at)
                VALUES (\(job), \(bulkJob.name), \(title), \(bulk.id), \(JobState.waiting), \(bulk.subjects.count), 0, 0, \(actor.user), \(now))
                ON CONFLICT (id) DO NOTHING
                """)
        }
    }

    fileprivate func slice(_ job: Job) async throws -> JobProgress {
        guard let id = ID<JournalEntry>(rawValue: job.input) else { throw BulkLedger.absent }
        let actor = try await actor(whoAsked: id), ledger = BulkLedger(counter: self)
        let bulk = try await ledger.bulk(id, of: actor), report = try await ledger.report(id, of: actor), waiting = report.results.filter { $0.state == .waiting }
        try await perform(Array(waiting.prefix(BulkAct.atOnce)), of: bulk, try house.action(bulk.permission), as: actor)
        let now = try await ledger.report(id, of: actor)
        return JobProgress(total: now.results.count, done: now.done, failed: now.refused, message: now.sentence, isFinished: now.isFinished)
    }

    /// Whoever asked, in the role they have today.
    /// - Throws: `.forbidden` when the account was closed meanwhile: nobody acts in the name of who has left.
    private func actor(whoAsked id: ID<JournalEntry>) async throws -> Actor {
        try await read(as: .house) { reader in
            let asked: ID<User>? = try reader.connection.value("SELECT actor FROM bulk WHERE id = \(id)")
            guard let asked, let user = try reader.first(User.self, where: "id = \(asked)"), user.disabledOn == nil else {
                throw Refusal.forbidden("发起人的账号已停用，没有办完的不再办理，请由现任经办人重新选择办理")
            }
            return user.actor
        }
    }
}

/// 批量办理。Runs as the person who asked, slice by slice.
let bulkJob = JobKind("bulk", "批量办理") { job, counter in try await counter.slice(job) }
