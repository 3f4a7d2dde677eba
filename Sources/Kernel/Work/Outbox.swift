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

/// 短信通道、银行通道。Takes a message out of the house. Sending the same key twice must be harmless.
public protocol Channel: Sendable {
    var name: String { get }
    func send(key: String, recipient: String, body: String) async throws
}

/// Sends what is waiting; a message that fails stays and is tried again, up to ten times.
public struct OutboxRunner: Sendable {
    let counter: Counter
    let channels: [any Channel]

    public init(_ counter: Counter, channels: [any Channel]) {
        self.counter = counter
        self.channels = channels
    }

    /// - Returns: how many messages were sent.
    @discardableResult
    public func sendWaiting(limit: Int = 100) async throws -> Int {
        let waiting = try await counter.database.read { connection in
            try connection.all("SELECT id, channel, key, recipient, body FROM outbox WHERE sent_at IS NULL AND tries < 10 ORDER BY id LIMIT \(limit)", Waiting.init)
        }
        var sent = 0
        for message in waiting {
            guard let channel = channels.first(where: { $0.name == message.channel }) else { continue }
            if try await send(message, through: channel) { sent += 1 }
        }
        return sent
    }

    private func send(_ message: Waiting, through channel: any Channel) async throws -> Bool {
        let keyring = counter.house.keyring
        do {
            try await channel.send(key: message.key, recipient: try keyring.open(message.recipient), body: try keyring.open(message.body).typed)
        } catch {
            let fault = String(describing: error).prefix(200)
            try await counter.database.write { try $0.run("UPDATE outbox SET tries = tries + 1, fault = \(String(fault)) WHERE id = \(message.id)") }
            return false
        }
        let now = counter.clock.now()
        try await counter.database.write { try $0.run("UPDATE outbox SET sent_at = \(now), tries = tries + 1 WHERE id = \(message.id)") }
        return true
    }

    private struct Waiting: Sendable {
        let id: ID<OutboxMessage>, channel: String, key: String, recipient: Sealed<String>, body: Sealed<LongText>

        init(_ row: Row) throws {
            id = try row.read(0)
            channel = try row.read(1)
            key = try row.read(2)
            recipient = try row.read(3)
            body = try row.read(4)
        }
    }
}
