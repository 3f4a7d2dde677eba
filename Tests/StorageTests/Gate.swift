import Dispatch

/// 闸门。Holds a closure on its own thread until the test lets it go on.
struct Gate: Sendable {
    private let entrance: (stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation) = AsyncStream.makeStream()
    private let exit = DispatchSemaphore(value: 0)

    /// Called from the closure: tells the test that it has arrived, and waits.
    func hold() {
        entrance.continuation.yield()
        exit.wait()
    }

    /// Called from the test: returns when the closure has arrived.
    func arrival() async {
        for await _ in entrance.stream { return }
    }

    func open() {
        exit.signal()
    }
}
