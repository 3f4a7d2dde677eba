/// 事实。Something that is now so and may matter to other lines: PersonDied.
public protocol Fact: Sendable {}

/// 反应。What a line does when a fact becomes so, in the same transaction.
public struct Reaction: Sendable {
    let respond: @Sendable (any Fact, Desk) throws -> Void

    public init<F: Fact>(to: F.Type, _ respond: @escaping @Sendable (F, Desk) throws -> Void) {
        self.respond = { fact, desk in
            if let fact = fact as? F { try respond(fact, desk) }
        }
    }
}
