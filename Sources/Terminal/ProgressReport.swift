import Synchronization

/// 进度。Tells how far long work is, whatever is news; to the errors, so that the output stays clean.
final class ProgressReport: Sendable {
    private let console: Console
    private let last = Mutex("")

    init(_ console: Console) { self.console = console }

    /// Each step once, and then every tenth of it.
    func tell(_ step: String, _ done: Int, _ total: Int) {
        tell("\(step) \(done)/\(total)", as: "\(step) \(total > 0 ? done * 10 / total : 0)")
    }

    /// A text once, until there is another.
    func tell(_ text: String) { tell(text, as: text) }

    private func tell(_ text: String, as news: String) {
        let isNews = last.withLock { last in
            defer { last = news }
            return last != news
        }
        if isNews { console.complain(text) }
    }
}
