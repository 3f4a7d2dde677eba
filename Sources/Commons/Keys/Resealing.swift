import Cryptography
import Kernel
import Storage
import Values

/// 换封。Seals anew under the current key whatever rests under an older one: every declared column, then every attachment file.
///
/// It goes in slices beside the running house and may be stopped anywhere: what is done is told by its own key, so the next run goes on
/// with the rest. A value that somebody changed meanwhile is left alone; it was sealed when it was changed.
public struct Resealing: Sendable {
    let counter: Counter
    let shelf: AttachmentShelf
    public static let slice = 200

    public init(_ counter: Counter, _ shelf: AttachmentShelf) {
        self.counter = counter
        self.shelf = shelf
    }

    /// How many values rest under which key, by its name. Texts that aren't sealed at all are under 「无」.
    public func survey() async throws -> [String: Int] {
        let places = counter.house.sealedPlaces
        var counts = try await counter.database.read { try places.keyCounts($0) }
        let shelf = shelf
        for name in try await onDiskThread({ try shelf.names() }) {
            guard let key = try await onDiskThread({ try shelf.key(of: name) }) else { continue }
            counts[key, default: 0] += 1
        }
        return counts
    }

    public static let unsealed = "无"

    /// What one round came to.
    public struct Tally: Sendable, Hashable {
        /// Values and files sealed anew.
        public var done = 0
        /// Those that no key at hand opens, by place; they stay as they are.
        public var unreadable: [String: Int] = [:]

        public init(done: Int = 0) { self.done = done }
    }

    /// Goes through everything once.
    /// - Parameter tell: the place and how much was sealed anew so far.
    public func run(_ tell: @Sendable (String, Int) -> Void = { _, _ in }) async throws -> Tally {
        var tally = Tally()
        for place in counter.house.sealedPlaces { try await run(place, &tally, tell) }
        try await runFiles(&tally, tell)
        return tally
    }

    private func run(_ place: SealedPlace, _ tally: inout Tally, _ tell: (String, Int) -> Void) async throws {
        let keyring = counter.house.keyring
        var cursor: [String]?
        while true {
            let after = cursor
            let found = try await counter.database.read { try place.stale(after: after, unlike: keyring.currentPrefix, limit: Self.slice, $0) }
            guard let last = found.last else { return }
            let fresh = try found.compactMap { row in try Self.opening { try place.reseal(row.text, keyring) }.map { (row: row, text: $0) } }
            if fresh.count < found.count { tally.unreadable[place.name, default: 0] += found.count - fresh.count }
            tally.done += try await counter.database.write { connection in
                try fresh.reduce(0) { $0 + (try place.replace($1.row, with: $1.text, connection)) }
            }
            cursor = last.key
            tell(place.name, tally.done)
            // The writers of the running house come first.
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    private func runFiles(_ tally: inout Tally, _ tell: (String, Int) -> Void) async throws {
        let shelf = shelf, current = counter.house.keyring.currentKey
        for name in try await onDiskThread({ try shelf.names() }) {
            let isDone = try await onDiskThread { () -> Bool? in
                guard let key = try shelf.key(of: name), key != current else { return false }
                return try Self.opening { try shelf.reseal(name) }.map { true }
            }
            if isDone == nil { tally.unreadable["attachments", default: 0] += 1 }
            guard isDone == true else { continue }
            tally.done += 1
            tell("attachments", tally.done)
        }
    }

    /// Nil for what no key opens; everything else that goes wrong ends the round.
    private static func opening<T>(_ work: () throws -> T) throws -> T? {
        do { return try work() } catch let error as CryptoError {
            switch error {
            case .tampered, .unknownKey, .wrongPurpose: return nil
            case .unreadableKeyFile, .internalFailure: throw error
            }
        }
    }
}

extension Keyring {
    /// `aes.1a2b3c4d.` of the key in use.
    var currentPrefix: String { keys.last?.prefix ?? "" }
}

extension SealedPlace {
    struct Row: Sendable {
        let key: [String], text: String
    }

    /// `person.phone`.
    var name: String { "\(table).\(column)" }
    private var tableName: Statement { Statement(name: table) }
    private var columnName: Statement { Statement(name: column) }
    private var keys: [Statement] { key.map { Statement(name: $0) } }

    /// How values begin, and how many begin so: `aes.1a2b3c4d` is twelve characters.
    func counts(_ connection: any Connection) throws -> [(String, Int)] {
        try connection.all("SELECT substr(\(columnName), 1, 12), count(*) FROM \(tableName) WHERE \(columnName) IS NOT NULL GROUP BY 1") {
            (try $0.read(0), try $0.read(1))
        }
    }

    /// The next rows, by key, that don't rest under the current key.
    func stale(after cursor: [String]?, unlike prefix: String, limit: Int, _ connection: any Connection) throws -> [Row] {
        let names = keys.joined(", ")
        let beyond: Statement = cursor.map { "AND (\(names)) > (\($0.map { "\($0)" as Statement }.joined(", ")))" } ?? ""
        // A full stop is followed by a stroke, so the prefix is a range.
        return try connection.all("""
            SELECT \(columnName), \(names) FROM \(tableName)
            WHERE \(columnName) IS NOT NULL AND NOT (\(columnName) >= \(prefix) AND \(columnName) < \(String(prefix.dropLast()) + "/")) \(beyond)
            ORDER BY \(names) LIMIT \(limit)
            """) { row in
            Row(key: try (1 ... key.count).map { try row.read($0) }, text: try row.read(0))
        }
    }

    /// - Returns: 1, or 0 when the value was changed meanwhile.
    func replace(_ row: Row, with text: String, _ connection: any Connection) throws -> Int {
        let conditions = zip(keys, row.key).map { "\($0) = \($1)" as Statement }.joined(" AND ")
        return try connection.run("UPDATE \(tableName) SET \(columnName) = \(text) WHERE \(conditions) AND \(columnName) = \(row.text)")
    }
}
