import Cryptography
import Storage
import Values

/// 待发消息。A message to somebody outside, written in the act's transaction and sent after the commit.
public struct OutboxMessage: Sendable, Hashable {
    /// `sms`.
    public let channel: String
    /// One message per channel and key, however often the act is repeated.
    public let key: String
    public let recipient: String
    public let body: LongText

    public init(channel: String = "sms", key: String, recipient: String, body: LongText) {
        self.channel = channel
        self.key = key
        self.recipient = recipient
        self.body = body
    }
}

/// 短信通道、银行通道。Takes a message out of the house.
///
/// Sending the same key twice must be harmless: a node that dies between sending and marking leaves the message to another,
/// which sends it again under the same key. A channel that can't tell its other side the key must remember it itself.
public protocol Channel: Sendable {
    var name: String { get }
    func send(key: String, recipient: String, body: String) async throws
}

/// Sends what is waiting. Several runners share the messages: one is held while it is on its way. A message that fails is tried again
/// after a while, longer each time, up to ten times.
public struct OutboxRunner: Sendable {
    let counter: Counter
    let channels: [any Channel]

    public init(_ counter: Counter, channels: [any Channel]) {
        self.counter = counter
        self.channels = channels
    }

    /// So many are held at a time, for so many seconds; what isn't sent when the time is nearly over is left to whoever comes next.
    private static let batch = 20, hold = 120.0, margin = 30.0
    /// Seconds before the second try, and at most before any.
    private static let firstPause = 5.0, longestPause = 3_600.0

    /// - Returns: how many messages were sent.
    @discardableResult
    public func sendWaiting(limit: Int = 100) async throws -> Int {
        guard !channels.isEmpty else { return 0 }
        var sent = 0, taken = 0
        while taken < limit {
            let (messages, lease) = try await take(min(Self.batch, limit - taken))
            guard !messages.isEmpty else { break }
            taken += messages.count
            for message in messages {
                guard counter.clock.now() < lease.until.adding(seconds: -Self.margin) else { break }
                guard let channel = channels.first(where: { $0.name == message.channel }) else { continue }
                if try await send(message, under: lease, through: channel) { sent += 1 }
            }
        }
        return sent
    }

    /// A quiet house is only read.
    private func take(_ count: Int) async throws -> ([Waiting], Lease) {
        let now = counter.clock.now(), lease = Lease(at: now, length: Self.hold)
        let names = channels.map { Statement(StoredValue.text($0.name)) }.joined(", ")
        let waiting: Statement = "FROM outbox WHERE sent_at IS NULL AND tries < 10 AND channel IN (\(names)) AND \(Lease.free(at: now))"
        guard try await counter.database.read({ try $0.first("SELECT id \(waiting) LIMIT 1") { _ in true } }) != nil else { return ([], lease) }
        let messages = try await counter.database.write { connection in
            let messages = try connection.all("""
                SELECT id, channel, key, recipient, body, tries \(waiting) ORDER BY id LIMIT \(count)\(Statement.passingOverTaken)
                """, Waiting.init)
            for message in messages { try connection.run("UPDATE outbox SET holder = \(lease.holder), held_until = \(lease.until) WHERE id = \(message.id)") }
            return messages
        }
        return (messages, lease)
    }

    private func send(_ message: Waiting, under lease: Lease, through channel: any Channel) async throws -> Bool {
        let keyring = counter.house.keyring
        do {
            try await channel.send(key: message.key, recipient: try keyring.open(message.recipient), body: try keyring.open(message.body).typed)
        } catch {
            let fault = String(String(describing: error).prefix(200)), tries = message.tries + 1
            let next = counter.clock.now().adding(seconds: Lease.pause(after: tries, first: Self.firstPause, atMost: Self.longestPause))
            try await counter.database.write { connection in
                try connection.run("""
                    UPDATE outbox SET tries = \(tries), fault = \(fault), holder = NULL, held_until = \(next)
                    WHERE id = \(message.id) AND holder = \(lease.holder) AND sent_at IS NULL
                    """)
            }
            return false
        }
        let now = counter.clock.now()
        return try await counter.database.write { connection in
            try connection.run("""
                UPDATE outbox SET sent_at = \(now), tries = tries + 1, holder = NULL, held_until = NULL WHERE id = \(message.id) AND sent_at IS NULL
                """) == 1
        }
    }

    private struct Waiting: Sendable {
        let id: ID<OutboxMessage>, channel: String, key: String, recipient: Sealed<String>, body: Sealed<LongText>, tries: Int

        init(_ row: Row) throws {
            id = try row.read(0)
            channel = try row.read(1)
            key = try row.read(2)
            recipient = try row.read(3)
            body = try row.read(4)
            tries = try row.read(5)
        }
    }
}
