import GRDB

/// 对照：一行一提交。The peer of the bench: the engine alone, one prepared row and one FULL commit at a time, nothing of ours around it.
public enum SingleCommits {
    /// Commits single rows to a new file beside the office's own, until the time is up.
    /// - Returns: commits per second.
    public static func rate(at path: String, seconds: Double) throws -> Double {
        let queue = try DatabaseQueue(path: path)
        return try queue.inDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "CREATE TABLE IF NOT EXISTS visit (id TEXT PRIMARY KEY, note TEXT NOT NULL) STRICT")
            let statement = try database.makeStatement(sql: "INSERT INTO visit (id, note) VALUES (?, ?)")
            let clock = ContinuousClock(), began = clock.now, until = began.advanced(by: .seconds(seconds))
            var commits = 0
            while clock.now < until {
                try statement.execute(arguments: ["\(began)-\(commits)", "入户调查"])
                commits += 1
            }
            return Double(commits) / began.duration(to: clock.now).inSeconds
        }
    }
}
