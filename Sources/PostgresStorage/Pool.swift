import Dispatch
import Foundation
import Storage
import Synchronization
import Values

/// 连接池。As many threads as sessions: work that waits for the server never waits on the cooperative threads.
final class Pool: Sendable {
    struct Job: Sendable {
        let perform: @Sendable (Session) -> Void
        let fail: @Sendable (any Error) -> Void
    }

    private struct State {
        var jobs: [Job] = []
        var idle = 0
        var workers = 0
        var isClosed = false
    }

    /// What the threads share; they don't keep the pool alive.
    private final class Shared: Sendable {
        let state = Mutex(State())
        let arrival = DispatchSemaphore(value: 0)
        let farewell = DispatchGroup()
    }

    private let shared = Shared()
    private let address: ServerAddress
    let size: Int
    /// How many may wait.
    let limit: Int

    init(to address: ServerAddress, size: Int, limit: Int) {
        self.address = address
        self.size = max(1, size)
        self.limit = limit
    }

    deinit { close() }

    var waiting: Int { shared.state.withLock { $0.jobs.count } }
    var sessions: Int { shared.state.withLock { $0.workers } }

    func submit(_ job: Job) {
        do {
            let needsWorker = try shared.state.withLock { state -> Bool in
                guard !state.isClosed else { throw StorageError.connection("数据库已关闭") }
                guard state.jobs.count < limit else { throw Refusal(.busy, "现在办理的人太多，请稍等片刻再提交；已填写的内容不会丢失") }
                state.jobs.append(job)
                guard state.jobs.count > state.idle, state.workers < size else { return false }
                state.workers += 1
                return true
            }
            if needsWorker { startWorker() }
            shared.arrival.signal()
        } catch {
            job.fail(error)
        }
    }

    private func startWorker() {
        let shared = shared, address = address
        shared.farewell.enter()
        let thread = Thread {
            let session = Session(to: address)
            while let job = Self.next(shared) { job.perform(session) }
            session.discard()
            shared.farewell.leave()
        }
        thread.name = "postgres"
        thread.stackSize = 4 << 20
        thread.start()
    }

    private static func next(_ shared: Shared) -> Job? {
        shared.state.withLock { $0.idle += 1 }
        shared.arrival.wait()
        return shared.state.withLock { state in
            state.idle -= 1
            return state.jobs.isEmpty ? nil : state.jobs.removeFirst()
        }
    }

    /// Refuses what comes from now on; what waits is still done, then the threads end.
    func close() {
        let workers = shared.state.withLock { state -> Int in
            guard !state.isClosed else { return 0 }
            state.isClosed = true
            return state.workers
        }
        for _ in 0 ..< workers { shared.arrival.signal() }
    }

    /// Returns when the last thread has ended.
    func end() async {
        close()
        await withCheckedContinuation { caller in shared.farewell.notify(queue: .global()) { caller.resume() } }
    }
}

/// 会话。A thread's own link, opened when it is first needed and again after it was lost.
final class Session {
    private let address: ServerAddress
    private var current: Link?

    init(to address: ServerAddress) { self.address = address }

    func link() throws(StorageError) -> Link {
        if let current, !current.isLost { return current }
        let opened = try Link(to: address)
        current = opened
        return opened
    }

    /// Ends the transaction; a link that can't even do that is given up.
    func rollBack() {
        guard let current, !current.isLost else { return discard() }
        do {
            // Posted and never heard: whatever is said against it, it is undone.
            if current.hasPosted { _ = Result { () throws(StorageError) in try current.flush() } }
            guard !current.isLost else { return discard() }
            try current.queue("ROLLBACK")
            try current.flush()
        } catch {
            discard()
        }
    }

    func discard() { current = nil }
}
